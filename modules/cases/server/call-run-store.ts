/** All SQL on runs down a call chain and whom they called. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { CallRunView } from '../call-operations.ts'

export interface CallRunRow {
  readonly id: string
  readonly caseId: string
  readonly deskAreaId: string
  readonly state: CallRunView['state']
  readonly startedAt: Date
  readonly nextAt: Date | null
  readonly answeredBy: string | null
  readonly answeredAt: Date | null
}

export interface CallStepRow {
  readonly runId: string
  readonly accountId: string
  readonly part: CallRunView['steps'][number]['part']
  readonly calledAt: Date
}

const selectRuns = sql`select id, case_id as "caseId", desk_area_id as "deskAreaId", state, started_at as "startedAt",
  next_at as "nextAt", answered_by as "answeredBy", answered_at as "answeredAt" from call_runs`

/** Begins the run of a case's round; nothing when it has one. */
export async function insertRun(
  tx: Tx,
  streetId: number,
  run: { id: string; caseId: string; round: number; area: string; deskAreaId: string; at: Date },
): Promise<void> {
  await tx.run(sql`insert into call_runs (street_id, id, case_id, round, area, desk_area_id, state, started_at, next_at)
    values (${streetId}, ${run.id}, ${run.caseId}, ${run.round}, ${run.area}::ltree, ${run.deskAreaId}, 'calling',
      ${run.at}, ${run.at}) on conflict do nothing`)
}

/** Runs whose next step is due, each locked; one that another worker has in hand is left to it. */
export function lockDueRuns(tx: Tx, streetId: number, at: Date): Promise<CallRunRow[]> {
  return tx.many(sql<CallRunRow>`${selectRuns} where street_id = ${streetId} and state = 'calling' and next_at <= ${at}
    order by next_at, id limit 50 for update skip locked`)
}

/** The latest run of a case, locked. */
export function lockRunOfCase(tx: Tx, streetId: number, caseId: string): Promise<CallRunRow | undefined> {
  return tx.maybe(sql<CallRunRow>`${selectRuns} where street_id = ${streetId} and case_id = ${caseId}
    order by round desc limit 1 for update`)
}

export function runsOfCase(tx: Tx, streetId: number, caseId: string): Promise<CallRunRow[]> {
  return tx.many(sql<CallRunRow>`${selectRuns} where street_id = ${streetId} and case_id = ${caseId}
    order by round desc limit 1`)
}

/** Runs of cases that nobody has yet. */
export function openRuns(tx: Tx, streetId: number): Promise<CallRunRow[]> {
  return tx.many(sql<CallRunRow>`${selectRuns} where street_id = ${streetId} and state in ('calling', 'exhausted')
    order by started_at, id limit 20`)
}

export function stepsOfRuns(tx: Tx, streetId: number, runIds: readonly string[]): Promise<CallStepRow[]> {
  return tx.many(sql<CallStepRow>`select run_id as "runId", account_id as "accountId", part, called_at as "calledAt"
    from call_steps where street_id = ${streetId} and run_id = any(${[...runIds]}::uuid[]) order by position`)
}

/** Writes calls down; gives back those who were not called before in this run. */
export async function insertSteps(
  tx: Tx,
  streetId: number,
  steps: readonly CallStepRow[],
): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{ id: string }>`insert into call_steps (street_id, run_id, position, account_id, part, called_at)
      select ${streetId}, s."runId", (select count(*) from call_steps c where c.street_id = ${streetId} and c.run_id = s."runId")
        + row_number() over (), s."accountId", s.part, s."calledAt"
      from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) s("runId" uuid, "accountId" uuid, part text,
        "calledAt" timestamptz)
      on conflict do nothing returning account_id as id`,
  )
  return new Set(rows.map(({ id }) => id))
}

export async function changeRun(
  tx: Tx,
  streetId: number,
  id: string,
  change: { state: CallRunView['state']; nextAt: Date | null },
): Promise<void> {
  await tx.run(sql`update call_runs set state = ${change.state}, next_at = ${change.nextAt}
    where street_id = ${streetId} and id = ${id}`)
}

export async function answerRun(
  tx: Tx,
  streetId: number,
  id: string,
  by: { accountId: string; postId: string; at: Date },
): Promise<void> {
  await tx.run(sql`update call_runs set state = 'answered', next_at = null, answered_by = ${by.accountId},
    answered_post = ${by.postId}, answered_at = ${by.at} where street_id = ${streetId} and id = ${id}`)
}
