/** A quarter run as the desks see it, with what its reserves hold and whether its list comes out the same today. */
import type { OperationContract, Role } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex, type IndexedArea } from '../../areas/server/index.ts'
import type { PointsRefusal, RunSummary, RunView } from '../contract.ts'
import { isYear } from '../rules/year.ts'
import { areaRefOf, postOver } from './community.ts'
import { holderNames } from './holder-names.ts'
import { accountsByIds, accountsOf, balancesOf } from './ledger-store.ts'
import { quarterList } from './quarter-list.ts'
import {
  findRun,
  type LineRow,
  linesOf,
  lockRun,
  type ObjectionRow,
  objectionsOf,
  type RunRow,
} from './run-store.ts'
import { vouchersOfRun } from './voucher-store.ts'
import { yearList } from './year-list.ts'

export const preparers: readonly Role[] = ['clerk', 'secretary']
export const runApprovers: readonly Role[] = ['secretary', 'duty-head', 'supervisor']

/** @throws Refusal points/run-not-found, also for what is out of sight */
export async function getRunRow<C extends OperationContract>(
  { tx, actor }: Call<C>,
  id: string,
  lockFor?: readonly Role[],
): Promise<RunRow> {
  const row = await (lockFor ? lockRun : findRun)(tx, actor.streetId, id)
  if (!row || (lockFor && !postOver(actor, row.area, lockFor))) throw new Refusal('points/run-not-found')
  return row
}

export function runSummary(row: RunRow, area: IndexedArea): RunSummary {
  return {
    id: row.id,
    area: areaRefOf(area),
    quarter: row.quarter,
    year: isYear(row.quarter),
    state: row.state,
    points: row.left_points,
    fen: row.left_points * row.rate_fen,
    people: row.people,
    noticeUntil: row.notice_until,
    approvals: Number(row.first_by !== null) + Number(row.second_by !== null),
  }
}

/** What each reserve has to pay; null is what no rule named a sponsor for. */
export function payments(lines: readonly LineRow[], rateFen: number): Map<string | null, number> {
  const sums = new Map<string | null, number>()
  for (const { parts, points } of lines) {
    let left = points
    for (const part of parts) {
      const used = Math.min(left, part.points)
      left -= used
      if (used > 0) sums.set(part.reserveId, (sums.get(part.reserveId) ?? 0) + used * rateFen)
    }
  }
  return sums
}

/** What sponsors hold in reserve now, by organisation; read by whoever reaches the street, as the system. */
export async function reservesNow(tx: Tx, streetId: number, organisationIds: readonly string[]) {
  const accounts = (await accountsOf(tx, streetId, organisationIds)).filter(({ kind }) => kind === 'reserve')
  const balances = await balancesOf(
    tx,
    accounts.map(({ id }) => id),
  )
  return new Map(accounts.map((row) => [row.holder_id, balances.get(row.id)?.available ?? 0]))
}

export async function runView<C extends OperationContract>(call: Call<C>, row: RunRow): Promise<RunView> {
  const { tx, actor } = call
  const areas = await areaIndex(tx, actor.streetId)
  const area = areas.byId.get(row.area_id)
  if (!area) throw new Error('a run belongs to an area')
  const lines = await linesOf(tx, actor.streetId, row.id)
  const accounts = await accountsByIds(
    tx,
    actor.streetId,
    lines.map(({ account_id }) => account_id),
  )
  const names = await holderNames(tx, actor.streetId, accounts)
  const numbers = new Map(accounts.map(({ id, number }) => [id, number]))
  const objections = await objectionsOf(tx, actor.streetId, row.id)
  const again = isYear(row.quarter)
    ? await yearList(tx, { area: row.area, year: row.quarter, counted: row.cutoff, keeps: row.keeps })
    : await quarterList(tx, actor.streetId, {
        area: row.area,
        quarter: row.quarter,
        cutoff: row.cutoff,
        rateFen: row.rate_fen,
        leastPoints: row.least_points,
      })
  return {
    ...runSummary(row, area),
    rateFen: row.rate_fen,
    keeps: row.keeps,
    cutoff: row.cutoff.toISOString(),
    frozenAt: row.frozen_at.toISOString(),
    sha256: row.list_sha256,
    reproduced: again.sha256 === row.list_sha256,
    lines: lines.map((line) => ({
      accountId: line.account_id,
      number: numbers.get(line.account_id) ?? null,
      holder: names.get(line.account_id) ?? null,
      points: line.points,
      fen: line.points * row.rate_fen,
      leftOut: line.left_out,
    })),
    reserves: await reserveViews(
      call,
      payments(
        lines.filter(({ left_out }) => left_out === null),
        row.rate_fen,
      ),
      areas.root.path,
    ),
    objections: objections.map((one) => ({
      id: one.id,
      accountId: one.account_id,
      words: one.words,
      madeAt: one.made_at.toISOString(),
      outcome: one.outcome,
      answer: one.answer,
    })),
    vouchers: (await vouchersOfRun(tx, actor.streetId, row.id)).length,
    can: acts(call, row, objections),
  }
}

function acts<C extends OperationContract>(
  { actor, at }: Call<C>,
  row: RunRow,
  objections: readonly ObjectionRow[],
): RunView['can'] {
  const approves = postOver(actor, row.area, runApprovers) !== undefined
  const why = approves ? whyNotApprove(row, actor.accountId, objections, at) : undefined
  const open = row.state === 'frozen' || row.state === 'noticed'
  return {
    notice: {
      ok: row.state === 'frozen' && postOver(actor, row.area, preparers) !== undefined,
      why: null,
    },
    approve: { ok: approves && row.state === 'noticed' && why === undefined, why: why ?? null },
    object:
      row.state === 'noticed' &&
      row.notice_until !== null &&
      dayOf(at) <= row.notice_until &&
      postOver(actor, row.area, preparers) !== undefined,
    settleObjection: approves && open,
    cancel: approves && open,
  }
}

/** Rule: rights.md: asked ≠ approved, and the two who approve are two people. */
export function whyNotApprove(
  row: RunRow,
  accountId: string,
  objections: readonly ObjectionRow[],
  at: Date,
): PointsRefusal | undefined {
  if (row.state !== 'noticed' || row.notice_until === null) return 'points/run-over'
  if (row.frozen_by === accountId || row.first_by === accountId) return 'points/asked-yourself'
  if (dayOf(at) <= row.notice_until) return 'points/notice-not-over'
  if (objections.some(({ outcome }) => outcome === null)) return 'points/objection-open'
  return undefined
}

async function reserveViews<C extends OperationContract>(
  call: Call<C>,
  sums: ReadonlyMap<string | null, number>,
  root: string,
): Promise<RunView['reserves']> {
  const { tx, actor } = call
  const { organisations } = await postIndex(tx, actor.streetId)
  const ids = [...sums.keys()].filter((id) => id !== null)
  const held = await call.asSystem(root, () => reservesNow(tx, actor.streetId, [...organisations.keys()]))
  const named = ids.map((id) => {
    const [fen, heldFen] = [sums.get(id) ?? 0, held.get(id) ?? 0]
    return { name: organisations.get(id)?.name ?? null, fen, heldFen, enough: heldFen >= fen }
  })
  const loose = sums.get(null) ?? 0
  if (loose === 0) return named
  const all = [...held.values()].reduce((sum, fen) => sum + fen, 0)
  const rest = all - named.reduce((sum, { fen }) => sum + fen, 0)
  return [...named, { name: null, fen: loose, heldFen: Math.max(0, rest), enough: rest >= loose }]
}
