import type { OperationContract } from '../../../lib/contract.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { CaseRefusal } from '../refusals.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { decideSummary, mayBePublic, summaryRefusal } from '../rules/public-summary.ts'
import type { CaseRow } from './case-row.ts'
import { findCase, lockCase, reporterOf } from './case-store.ts'
import { communityOf } from './gathering-place.ts'
import { type Names, namesOf } from './names.ts'
import {
  findSummary,
  publishDraft,
  putDraft,
  type SummaryRow,
  voicesOf,
  withdraw as withdrawRow,
} from './public-summary-store.ts'

type SummaryCall = Call<OperationContract>

interface Public {
  row: CaseRow
  summary: SummaryRow | undefined
  names: Names
}

/** 公开摘要: what is or may be said in public about a case. */
export const getPublicSummary = operation(contract.getPublicSummary, async (call) => {
  const { tx, actor, params } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  return viewOf(call, {
    row,
    summary: await findSummary(tx, actor.streetId, row.id),
    names: await namesOf(tx, actor.streetId),
  })
})

/** The staff's own words. They stand nowhere until another person publishes them. */
export const writePublicSummary = operation(contract.writePublicSummary, async (call) => {
  const { tx, actor, at, body } = call
  const known = await locked(call)
  refuseUnless(viewOf(call, known).can.write)
  const words = body.summary.trim()
  await refuseWords(call, known.row, words)
  const { row, names } = known
  const area = communityOf(names.areas, row.area)?.path ?? row.area
  const summary = await putDraft(tx, {
    streetId: actor.streetId,
    caseId: row.id,
    area,
    words,
    by: actor.accountId,
    at,
  })
  note(call, row, { act: 'write', version: summary.version })
  return viewOf(call, { row, summary, names })
})

/** 公开: by somebody else than the writer, and exactly the words that they read. */
export const publishSummary = operation(contract.publishSummary, async (call) => {
  const { tx, actor, at, body } = call
  const known = await locked(call)
  const { row, summary, names } = known
  refuseUnless(viewOf(call, known).can.publish)
  if (!summary?.draft) throw new Refusal('cases/summary-missing')
  // Somebody may have said it in these very words since they were written.
  await refuseWords(call, row, summary.draft)
  const area = communityOf(names.areas, row.area)?.path ?? row.area
  const after = await publishDraft(tx, summary, { version: body.version, area, by: actor.accountId, at })
  if (!after) throw new Refusal('cases/stale-version')
  note(call, row, { act: 'publish', version: after.version })
  return viewOf(call, { row, summary: after, names })
})

/** 撤回: off the public list at once; the reason stays. */
export const withdrawSummary = operation(contract.withdrawSummary, async (call) => {
  const { tx, actor, at, body } = call
  const known = await locked(call)
  const { row, summary, names } = known
  refuseUnless(viewOf(call, known).can.withdraw)
  if (!summary) throw new Refusal('cases/summary-missing')
  const after = await withdrawRow(tx, summary, { by: actor.accountId, at, reason: body.reason.trim() })
  note(call, row, { act: 'withdraw', version: after.version })
  return viewOf(call, { row, summary: after, names })
})

/** The case is locked: two people who publish and rewrite at once go one after the other. */
async function locked<C extends OperationContract>(call: Call<C>): Promise<Public> {
  const { tx, actor } = call
  const { id } = call.params as { id: string }
  const row = await lockCase(tx, actor.streetId, id)
  if (!row) throw new Refusal('cases/not-found')
  return {
    row,
    summary: await findSummary(tx, actor.streetId, row.id),
    names: await namesOf(tx, actor.streetId),
  }
}

/** Nobody's name or phone, and nobody's own words, neither the reporter's nor those of who was merged. */
async function refuseWords<C extends OperationContract>(call: Call<C>, row: CaseRow, summary: string) {
  const { keys } = call.services
  for (const voice of await voicesOf(call.tx, row)) {
    const reporter = await reporterOf(call.tx, voice.id)
    const opened = (field: 'name' | 'phone') => {
      const sealed = reporter?.[`${field}_encrypted`]
      return sealed ? keys.open(`case_reporters.${field}.${voice.id}`, sealed) : ''
    }
    const why = summaryRefusal({ summary, text: voice.text, name: opened('name'), phone: opened('phone') })
    if (why) throw new Refusal(why)
  }
}

function refuseUnless(allowed: { ok: true } | { ok: false; why: CaseRefusal }): void {
  if (!allowed.ok) throw new Refusal(allowed.why)
}

const note = <C extends OperationContract>(
  call: Call<C>,
  row: CaseRow,
  detail: { act: string; version: number },
) => call.audit({ subjectType: 'case', subjectId: row.id, detail })

function viewOf<C extends OperationContract>(call: Call<C>, known: Public): contract.PublicSummaryView {
  const { actor } = call as unknown as SummaryCall
  const { row, summary, names } = known
  const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
  const covers = (...roles: string[]) =>
    actor.posts.some(
      (post) => roles.includes(post.role) && post.areaPath !== null && liesUnder(row.area, post.areaPath),
    )
  const isCommunity = covers('clerk', 'secretary')
  return {
    caseId: row.id,
    draft: summary?.draft ?? null,
    draftAt: summary?.draft_at?.toISOString() ?? null,
    mine: summary?.draft_by === actor.accountId,
    published: summary?.published ?? null,
    publishedAt: summary?.published_at?.toISOString() ?? null,
    withdrawnAt: summary?.withdrawn_at?.toISOString() ?? null,
    withdrawnReason: summary?.withdrawn_reason ?? null,
    version: summary?.version ?? 0,
    communityCode: communityOf(names.areas, row.area)?.code ?? null,
    can: decideSummary({
      mayBePublic: mayBePublic({
        state: row.state,
        confidential: row.confidential || row.petition !== null,
        matter: matter ? { isPublic: matter.is_public, sensitive: matter.sensitive } : null,
      }),
      draft: summary?.draft ?? null,
      draftBy: summary?.draft_by ?? null,
      published: summary?.published ?? null,
      actor: actor.accountId,
      isCommunity,
      isDesk: isCommunity || covers('dispatcher', 'duty-head'),
    }),
  }
}
