/** Rows of runs of a quarter or a year, their lines and objections; all SQL of them stands here. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { RunState } from '../contract.ts'
import type { ListLine } from '../rules/quarter.ts'

export interface RunRow {
  readonly id: string
  readonly area_id: string
  readonly area: string
  readonly quarter: string
  readonly cutoff: Date
  readonly rate_fen: number
  readonly least_points: number
  readonly state: RunState
  readonly list_sha256: string
  readonly points: number
  readonly notice_from: Day | null
  readonly notice_until: Day | null
  /** Of a year: what each account carries over. */
  readonly keeps: number
  /** Null where the system prepared it. */
  readonly frozen_by: string | null
  readonly frozen_at: Date
  readonly first_by: string | null
  readonly second_by: string | null
  /** Accounts that are in it, and their points. */
  readonly people: number
  readonly left_points: number
}

const columns = sql`r.id, r.area_id, r.area::text as area, r.quarter, r.cutoff, r.rate_fen, r.least_points, r.state, r.list_sha256, r.points,
  r.notice_from, r.notice_until, r.keeps, r.frozen_by, r.frozen_at, r.first_by, r.second_by,
  (select count(*)::int from quarter_lines l where l.street_id = r.street_id and l.run_id = r.id and l.left_out is null) as people,
  (select coalesce(sum(l.points), 0)::int from quarter_lines l where l.street_id = r.street_id and l.run_id = r.id and l.left_out is null) as left_points`

export function allRuns(tx: Tx, streetId: number, state?: RunState): Promise<RunRow[]> {
  return tx.many(
    sql<RunRow>`select ${columns} from quarter_runs r where r.street_id = ${streetId}
      ${state ? sql`and r.state = ${state}` : sql``} order by r.frozen_at desc, r.id desc limit 200`,
  )
}

export function findRun(tx: Tx, streetId: number, id: string): Promise<RunRow | undefined> {
  return tx.maybe(
    sql<RunRow>`select ${columns} from quarter_runs r where r.street_id = ${streetId} and r.id = ${id}`,
  )
}

/** Held until the end of the transaction, so that two approvals follow each other. */
export async function lockRun(tx: Tx, streetId: number, id: string): Promise<RunRow | undefined> {
  await tx.run(sql`select 1 from quarter_runs where street_id = ${streetId} and id = ${id} for update`)
  return findRun(tx, streetId, id)
}

export async function runExists(tx: Tx, streetId: number, areaId: string, quarter: string): Promise<boolean> {
  const row = await tx.maybe(
    sql`select 1 from quarter_runs where street_id = ${streetId} and area_id = ${areaId} and quarter = ${quarter}
      and state <> 'cancelled'`,
  )
  return row !== undefined
}

/** Also one that was given up: what people decided is not begun anew by itself. */
export async function runEverBegun(
  tx: Tx,
  streetId: number,
  areaId: string,
  quarter: string,
): Promise<boolean> {
  const row = await tx.maybe(
    sql`select 1 from quarter_runs where street_id = ${streetId} and area_id = ${areaId} and quarter = ${quarter}`,
  )
  return row !== undefined
}

export interface NewRun {
  readonly id: string
  readonly areaId: string
  readonly area: string
  readonly quarter: string
  readonly cutoff: Date
  readonly rateFen: number
  readonly leastPoints: number
  readonly list: string
  readonly sha256: string
  readonly points: number
  readonly keeps: number
  readonly by: string | null
  readonly at: Date
}

/** False when there is one of this community and quarter. */
export async function insertRun(tx: Tx, streetId: number, one: NewRun): Promise<boolean> {
  const rows = await tx.run(
    sql`insert into quarter_runs (street_id, id, area_id, area, quarter, cutoff, rate_fen, least_points, state, list, list_sha256, points, keeps, frozen_by, frozen_at)
      values (${streetId}, ${one.id}, ${one.areaId}, ${one.area}::ltree, ${one.quarter}, ${one.cutoff}, ${one.rateFen}, ${one.leastPoints}, 'frozen',
        ${one.list}, ${one.sha256}, ${one.points}, ${one.keeps}, ${one.by}, ${one.at})
      on conflict (street_id, area_id, quarter) where state <> 'cancelled' do nothing`,
  )
  return rows > 0
}

export interface LineRow {
  readonly account_id: string
  readonly points: number
  readonly parts: ListLine['parts']
  readonly hold_id: string
  readonly left_out: string | null
}

export async function insertLines(
  tx: Tx,
  streetId: number,
  run: { id: string; area: string },
  lines: readonly Omit<LineRow, 'left_out'>[],
): Promise<void> {
  await tx.run(
    sql`insert into quarter_lines (street_id, run_id, account_id, area, points, parts, hold_id)
      select ${streetId}, ${run.id}, l.account_id, ${run.area}::ltree, l.points, l.parts, l.hold_id
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) l(account_id uuid, points integer, parts jsonb, hold_id uuid)`,
  )
}

export function linesOf(tx: Tx, streetId: number, runId: string): Promise<LineRow[]> {
  return tx.many(
    sql<LineRow>`select account_id, points, parts, hold_id, left_out from quarter_lines
      where street_id = ${streetId} and run_id = ${runId} order by account_id`,
  )
}

export async function leaveOut(
  tx: Tx,
  streetId: number,
  runId: string,
  accountId: string,
  why: string,
): Promise<void> {
  await tx.run(
    sql`update quarter_lines set left_out = ${why} where street_id = ${streetId} and run_id = ${runId} and account_id = ${accountId}`,
  )
}

export async function beginNotice(
  tx: Tx,
  streetId: number,
  id: string,
  from: Day,
  until: Day,
): Promise<void> {
  await tx.run(
    sql`update quarter_runs set state = 'noticed', notice_from = ${from}, notice_until = ${until}
      where street_id = ${streetId} and id = ${id}`,
  )
}

export async function keepApproval(
  tx: Tx,
  streetId: number,
  id: string,
  which: 'first' | 'second',
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx.run(
    which === 'first'
      ? sql`update quarter_runs set first_by = ${by}, first_at = ${at} where street_id = ${streetId} and id = ${id}`
      : sql`update quarter_runs set second_by = ${by}, second_at = ${at}, state = 'issued' where street_id = ${streetId} and id = ${id}`,
  )
}

export async function giveUpRun(tx: Tx, streetId: number, id: string): Promise<void> {
  await tx.run(sql`update quarter_runs set state = 'cancelled' where street_id = ${streetId} and id = ${id}`)
}

export interface ObjectionRow {
  readonly id: string
  readonly account_id: string | null
  readonly words: string
  readonly made_by: string
  readonly made_at: Date
  readonly outcome: 'upheld' | 'dismissed' | null
  readonly answer: string | null
}

export function objectionsOf(tx: Tx, streetId: number, runId: string): Promise<ObjectionRow[]> {
  return tx.many(
    sql<ObjectionRow>`select id, account_id, words, made_by, made_at, outcome, answer from quarter_objections
      where street_id = ${streetId} and run_id = ${runId} order by made_at, id`,
  )
}

export async function insertObjection(
  tx: Tx,
  streetId: number,
  run: { id: string; area: string },
  one: { id: string; accountId: string | null; words: string; by: string; at: Date },
): Promise<void> {
  await tx.run(
    sql`insert into quarter_objections (street_id, run_id, id, area, account_id, words, made_by, made_at)
      values (${streetId}, ${run.id}, ${one.id}, ${run.area}::ltree, ${one.accountId}, ${one.words}, ${one.by}, ${one.at})`,
  )
}

export async function answerObjection(
  tx: Tx,
  streetId: number,
  runId: string,
  id: string,
  to: { outcome: string; answer: string; by: string; at: Date },
): Promise<void> {
  await tx.run(
    sql`update quarter_objections set outcome = ${to.outcome}, answer = ${to.answer}, settled_by = ${to.by}, settled_at = ${to.at}
      where street_id = ${streetId} and run_id = ${runId} and id = ${id}`,
  )
}
