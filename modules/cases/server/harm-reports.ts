/** 强制报告: made in one act, opened and added to in its own trail, and the case brought back only by a supervising post. */
import type { BodyOf, OperationContract } from '../../../lib/contract.ts'
import { type Actor, supervisingRoles, systemAccountId } from '../../../platform/actor.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { tell } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import type { HarmAct, HarmAuthority } from '../harm-words.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { getCases, lockCase } from './case-store.ts'
import {
  entriesOfReports,
  findReports,
  guardCase,
  type HarmEntryRow,
  type HarmRow,
  insertHarmEntry,
  insertReport,
  releaseCase,
} from './harm-store.ts'
import { areaRef, byPost, type Names, namesOf } from './names.ts'

type Told = BodyOf<typeof contract.reportHarm>['told'][number]

const postOf = (actor: Actor): string | null => narrowestPost(actor)?.id ?? null
const wordsPlace = (id: string): string => `harm_reports.words.${id}`
const entryPlace = (id: string): string => `harm_report_entries.words.${id}`

export const reportHarm = operation(contract.reportHarm, async (call) => {
  const { tx, actor, at, body, services } = call
  const names = await namesOf(tx, actor.streetId)
  const place = await placeOf(call, names)
  const id = call.newId()
  const report: HarmRow = {
    id,
    case_id: body.caseId ?? null,
    area_id: place.id,
    area: place.path,
    concern: body.concern,
    words_encrypted: services.keys.seal(wordsPlace(id), body.words),
    made_by: actor.accountId,
    made_post: postOf(actor),
    made_at: at,
  }
  await insertReport(tx, actor.streetId, report)
  for (const told of body.told) await addTold(call, report, told)
  if (body.caseId !== undefined) await guardCase(tx, actor.streetId, body.caseId, actor.accountId)
  tellSupervising(call, report, names)
  return { id }
})

/** The place of the case, which has to be in sight and not reported yet; else the area that was named. */
async function placeOf(
  { tx, actor, body }: Call<typeof contract.reportHarm>,
  names: Names,
): Promise<{ id: string; path: string }> {
  if (body.caseId !== undefined) {
    const row = await lockCase(tx, actor.streetId, body.caseId)
    if (!row) throw new Refusal('cases/not-found')
    if (row.guarded_by !== null) throw new Refusal('cases/guarded')
    return { id: row.area_id, path: row.area }
  }
  if (body.areaId === undefined) throw new Refusal('cases/place-needed')
  const area = names.areas.byId.get(body.areaId)
  if (!area) throw new Refusal('cases/community-unknown')
  return area
}

function entry<C extends OperationContract>(
  call: Call<C>,
  report: HarmRow,
  act: HarmAct,
  more: { words?: string | undefined; authority?: HarmAuthority; toldAt?: Date } = {},
): Promise<void> {
  const id = call.newId()
  return insertHarmEntry(call.tx, call.actor.streetId, report, {
    id,
    report_id: report.id,
    at: call.at,
    act,
    actor_id: call.actor.accountId,
    actor_post: postOf(call.actor),
    authority: more.authority ?? null,
    told_at: more.toldAt ?? null,
    words_encrypted: more.words ? call.services.keys.seal(entryPlace(id), more.words) : null,
  })
}

function addTold<C extends OperationContract>(call: Call<C>, report: HarmRow, told: Told): Promise<void> {
  const toldAt = told.at === undefined ? call.at : new Date(told.at)
  if (toldAt > call.at) throw new Refusal('cases/date-in-future')
  return entry(call, report, 'told', { authority: told.authority, toldAt, words: told.takenBy?.trim() })
}

/** Whoever watches over the place hears that there is something to open, and of what kind nobody hears. */
function tellSupervising(call: Call<typeof contract.reportHarm>, report: HarmRow, { people }: Names): void {
  const to = [...people.posts.values()].filter(
    ({ current, role, areaPath, accountId }) =>
      current &&
      supervisingRoles.includes(role) &&
      areaPath !== null &&
      liesUnder(report.area, areaPath) &&
      accountId !== call.actor.accountId,
  )
  tell(call, [
    {
      event: 'harm.reported',
      reader: 'desk',
      to: [...new Set(to.map(({ accountId }) => accountId))].map((account) => ({ account })),
      // No place: whoever has the place would see that somebody was told.
      about: { type: 'harm-report', id: report.id, area: 'guarded' },
      facts: {},
      urgency: 'P1',
      dedupe: report.id,
    },
  ])
}

export const listHarmReports = operation(contract.listHarmReports, async (call) => {
  const { tx, actor } = call
  const rows = await findReports(tx, actor.streetId)
  return { items: await linesOf(call, rows) }
})

async function linesOf<C extends OperationContract>({ tx, actor }: Call<C>, rows: readonly HarmRow[]) {
  const { streetId } = actor
  const names = await namesOf(tx, streetId)
  const cases = await getCases(
    tx,
    streetId,
    rows.flatMap((row) => row.case_id ?? []),
  )
  const byId = new Map(cases.map((row) => [row.id, row]))
  const entries = await entriesOfReports(
    tx,
    streetId,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const area = names.areas.byId.get(row.area_id)
    const about = row.case_id === null ? undefined : byId.get(row.case_id)
    return {
      id: row.id,
      concern: row.concern,
      area: area ? areaRef(area) : null,
      madeAt: row.made_at.toISOString(),
      by: byPost(names, row.made_post, row.made_by, systemAccountId, row.made_at),
      mine: row.made_by === actor.accountId,
      caseId: about?.id ?? null,
      caseNumber: about?.number ?? null,
      guarded: about !== undefined && about.guarded_by !== null,
      told: [
        ...new Set(
          entries.flatMap((one) => (one.report_id === row.id && one.authority ? [one.authority] : [])),
        ),
      ],
    }
  })
}

async function reportOf<C extends OperationContract>({ tx, actor, params }: Call<C>): Promise<HarmRow> {
  const [row] = await findReports(tx, actor.streetId, (params as { id: string }).id)
  if (!row) throw new Refusal('cases/not-found')
  return row
}

async function wholeReport<C extends OperationContract>(
  call: Call<C>,
  report: HarmRow,
): Promise<contract.HarmReportView> {
  const { tx, actor, services } = call
  const names = await namesOf(tx, actor.streetId)
  const [line] = await linesOf(call, [report])
  if (!line) throw new Error('a report in sight has a line')
  const entries = await entriesOfReports(tx, actor.streetId, [report.id])
  return {
    ...line,
    words: services.keys.open(wordsPlace(report.id), report.words_encrypted),
    entries: entries.map((one: HarmEntryRow) => ({
      id: one.id,
      act: one.act,
      at: one.at.toISOString(),
      by: byPost(names, one.actor_post, one.actor_id, systemAccountId, one.at),
      authority: one.authority,
      toldAt: one.told_at?.toISOString() ?? null,
      words:
        one.words_encrypted === null ? null : services.keys.open(entryPlace(one.id), one.words_encrypted),
    })),
    canRelease: line.guarded && supervises(actor, report),
  }
}

const supervises = (actor: Actor, { area }: HarmRow): boolean =>
  actor.posts.some(
    ({ role, areaPath }) => areaPath !== null && supervisingRoles.includes(role) && liesUnder(area, areaPath),
  )

export const openHarmReport = operation(contract.openHarmReport, async (call) => {
  const report = await reportOf(call)
  await entry(call, report, 'opened')
  return wholeReport(call, report)
})

export const addToHarmReport = operation(contract.addToHarmReport, async (call) => {
  const { told, words } = call.body
  if (told === undefined && words === undefined) throw new Refusal('cases/nothing-said')
  const report = await reportOf(call)
  if (told !== undefined) await addTold(call, report, told)
  if (words !== undefined) await entry(call, report, 'noted', { words })
  return wholeReport(call, report)
})

export const releaseHarmCase = operation(contract.releaseHarmCase, async (call) => {
  const report = await reportOf(call)
  if (report.case_id === null || !supervises(call.actor, report)) throw new Refusal('cases/wrong-state')
  if ((await releaseCase(call.tx, call.actor.streetId, report.case_id)) === 0)
    throw new Refusal('cases/wrong-state')
  await entry(call, report, 'released', { words: call.body.words })
  return wholeReport(call, report)
})
