/** Rows to lines of the register: where each stands is read from its case, what it is called from the street's own words. */
import { dayOf } from '../../../lib/time.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type AreaIndex, areaIndex, chainOf, type IndexedArea } from '../../areas/server/index.ts'
import type { CaseSummary } from '../../cases/contract.ts'
import { type CaseRow, caseStandings, findCase } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { isMeasurable, mayHandOver, violationStage } from '../rules/violation.ts'
import { violationKinds } from '../violation-settings.ts'
import { type Acting, postOver } from './acting.ts'
import type { ViolationRow } from './violation-store.ts'

interface Kind {
  readonly zh: string
  readonly en: string
  readonly type: contract.ViolationType
  readonly measured: boolean
}

/** As the street calls it now; a kind that it struck off, as it was called on the day of listing. */
export async function kindOf({ tx, actor, at }: Acting, code: string, listedAt: Date): Promise<Kind> {
  const now = await readSetting(tx, actor.streetId, violationKinds, at)
  const then = await readSetting(tx, actor.streetId, violationKinds, listedAt)
  const found = [...now, ...then].find((one) => one.code === code)
  return found ?? { zh: code, en: code, type: 'disorder', measured: false }
}

/** The community that a place lies in, or the street itself. */
export function countedArea(areas: AreaIndex, path: string): IndexedArea {
  return chainOf(areas, path)[1] ?? areas.root
}

export interface SeenLine {
  readonly line: contract.ViolationLine
  readonly under: IndexedArea
  readonly measured: boolean
}

async function seenLine(
  call: Acting,
  areas: AreaIndex,
  row: ViolationRow,
  one: CaseSummary,
): Promise<SeenLine> {
  const kind = await kindOf(call, row.kind, row.listed_at)
  const stage = violationStage(one.state, one.outcome, row.document_number !== null)
  const underWay = stage === 'rectifying' || stage === 'to-check'
  const dueAt = row.rectify_on === null ? null : one.dueAt
  const line: contract.ViolationLine = {
    id: row.case_id,
    number: one.number,
    title: one.title,
    area: one.area,
    placeText: one.placeText,
    kind: row.kind,
    kindName: { zh: kind.zh, en: kind.en },
    type: kind.type,
    supervisor: one.holder.organisation,
    rectifyBy: dueAt,
    putOff: dueAt !== null && row.rectify_on !== null && dayOf(new Date(dueAt)) > row.rectify_on,
    stage,
    state: one.state,
    late: underWay && dueAt !== null && new Date(dueAt) < call.at,
    listedOn: dayOf(row.listed_at),
    areaCm2: row.area_cm2,
    removedCm2: row.removed_cm2,
    handedOver:
      row.handed_to !== null && row.document_number !== null && row.handed_on !== null
        ? { to: row.handed_to, documentNumber: row.document_number, on: row.handed_on }
        : null,
  }
  return { line, under: countedArea(areas, row.area), measured: kind.measured }
}

/** Lines whose case is within sight, in the order of the rows. */
export async function seenLines(call: Acting, rows: readonly ViolationRow[]): Promise<SeenLine[]> {
  const areas = await areaIndex(call.tx, call.actor.streetId)
  const standings = await caseStandings(
    call,
    rows.map(({ case_id }) => case_id),
  )
  const lines: SeenLine[] = []
  for (const row of rows) {
    const standing = standings.get(row.case_id)
    if (standing) lines.push(await seenLine(call, areas, row, standing.summary))
  }
  return lines
}

const checkers = ['verifier', 'supervisor']

/** The desk of its place, whoever it was given to, and whoever re-checks there. */
export function mayMeasure({ actor }: Acting, row: CaseRow): boolean {
  return (
    postOver(actor, row.area, [...contract.desk, ...checkers]) !== undefined ||
    row.holder_account_id === actor.accountId ||
    (row.organisation_id !== null && actor.scope.organisations.includes(row.organisation_id))
  )
}

/** One line with what may be done about it; undefined out of sight. */
export async function violationView(
  call: Acting,
  row: ViolationRow,
): Promise<contract.ViolationView | undefined> {
  const [seen] = await seenLines(call, [row])
  const of = await findCase(call.tx, call.actor.streetId, row.case_id)
  if (!seen || !of) return undefined
  const atDesk = postOver(call.actor, of.area, contract.desk) !== undefined
  const waits = of.pending_approval !== null
  return {
    ...seen.line,
    measured: seen.measured,
    can: {
      give: atDesk && seen.line.stage === 'to-give',
      measure: isMeasurable(of.state) && mayMeasure(call, of),
      handOver: atDesk && mayHandOver({ state: of.state, waits, suspended: of.suspended_until !== null }),
    },
  }
}
