/** When a post has ended its open work passes on by rule, so that nothing is left with nobody. */
import { dayOf } from '../../../lib/time.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { type PostRow, postIndex, standInFor } from '../../accounts/server/index.ts'
import type { CaseRow } from './case-row.ts'
import { changeCase } from './case-store.ts'
import { addHandOvers, lockWorkOfEndedPosts, type NewHandOver } from './hand-over-store.ts'
import { audienceOf } from './perform-act.ts'
import { tellOfAct } from './tell-people.ts'

const batch = 200

/**
 * Each order goes to the post that stands in by the rule of accounts; inside an organisation only to one of its own,
 * else it is again the whole organisation's. The case keeps its state and its clock, and says so in an entry. Where
 * nobody stands in it stays, and the desk sees it as held by nobody.
 */
// Rule: issue 3, item 9; decision 0017.
export async function passWork(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const heirs = new Map<string, PostRow | undefined>()
  const rows = await lockWorkOfEndedPosts(tx, actor.streetId, dayOf(at), batch)
  const people = await postIndex(tx, actor.streetId)
  const passed: NewHandOver[] = []
  for (const row of rows) {
    const from = row.holder_post_id
    if (from === null) continue
    if (!heirs.has(from)) heirs.set(from, await standInFor(tx, actor.streetId, from, at))
    const heir = heirFor(row, heirs.get(from))
    if (heir === undefined && row.organisation_id === null) continue
    const after = await passOn(call, row, heir)
    await tellOfAct(call, people, { act: 'hand-on', before: row, after })
    passed.push({
      id: call.newId(),
      at,
      case_id: row.id,
      area: row.area,
      organisation_id: row.organisation_id,
      from_post_id: from,
      to_post_id: heir?.id ?? null,
    })
  }
  if (passed.length > 0) await addHandOvers(tx, actor.streetId, passed)
}

/** An organisation's order stays inside it. */
const heirFor = (row: CaseRow, heir: PostRow | undefined): PostRow | undefined =>
  row.organisation_id === null || heir?.organisationId === row.organisation_id ? heir : undefined

async function passOn(call: JobCall, row: CaseRow, heir: PostRow | undefined): Promise<CaseRow> {
  const change = { holder_post_id: heir?.id ?? null, holder_account_id: heir?.accountId ?? null }
  const detail = { from: row.holder_post_id, post: heir?.id ?? null, because: 'post-ended' }
  const { row: after } = await changeCase(call.tx, row, change, [
    {
      id: call.newId(),
      at: call.at,
      act: 'hand-on',
      actor_id: call.actor.accountId,
      post_id: null,
      from_state: row.state,
      to_state: null,
      words: null,
      detail,
      file_ids: [],
      internal: true,
    },
  ])
  call.audit({ subjectType: 'case', subjectId: row.id, detail: { act: 'hand-on', ...detail } })
  call.event({ type: 'case.hand-on', subjectId: row.id, audience: audienceOf(after, row) })
  return after
}
