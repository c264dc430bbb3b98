/** All SQL on whistles, whom they called, their tasks and what climbed. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { WhistleKind, WhistleStep, WhistleTaskState } from '../whistle-words.ts'
import type { Satisfaction } from '../words.ts'

export interface WhistleRow {
  readonly id: string
  readonly case_id: string
  readonly kind: WhistleKind
  readonly area_id: string
  readonly area: string
  readonly words: string
  readonly called_organisations: string[]
  readonly raised_by: string
  readonly raised_post: string | null
  readonly raised_at: Date
  readonly released_at: Date | null
  readonly released_words: string | null
}

export interface WhistleCallRow {
  readonly whistle_id: string
  readonly organisation_id: string
  readonly is_lead: boolean
  readonly called_at: Date
  readonly due_at: Date
  readonly arrived_at: Date | null
  readonly arrived_by: string | null
  readonly arrived_post: string | null
  readonly arrived_words: string | null
  readonly rating: Satisfaction | null
  readonly rated_words: string | null
}

export interface WhistleTaskRow {
  readonly id: string
  readonly whistle_id: string
  readonly organisation_id: string
  readonly words: string
  readonly due_at: Date | null
  readonly state: WhistleTaskState
  readonly done_at: Date | null
  readonly done_words: string | null
  readonly judged_words: string | null
  readonly vetoes: number
}

export interface ClimbRow {
  readonly whistle_id: string
  readonly organisation_id: string
  readonly step: WhistleStep
}

export interface WholeWhistle {
  readonly row: WhistleRow
  readonly calls: readonly WhistleCallRow[]
  readonly tasks: readonly WhistleTaskRow[]
  readonly climbs: readonly ClimbRow[]
}

type NewRow<Row> = Row & { readonly streetId: number }

export async function insertWhistle(
  tx: Tx,
  row: NewRow<Omit<WhistleRow, 'released_at' | 'released_words'>>,
): Promise<void> {
  await tx.run(sql`insert into whistles (street_id, id, case_id, kind, area_id, area, words, called_organisations, raised_by,
      raised_post, raised_at)
    values (${row.streetId}, ${row.id}, ${row.case_id}, ${row.kind}, ${row.area_id}, ${row.area}::ltree, ${row.words},
      ${row.called_organisations}::uuid[], ${row.raised_by}, ${row.raised_post}, ${row.raised_at})`)
}

export async function insertCall(
  tx: Tx,
  streetId: number,
  whistle: WhistleRow | Omit<WhistleRow, 'released_at' | 'released_words'>,
  call: { organisationId: string; isLead: boolean; dueAt: Date },
): Promise<void> {
  await tx.run(sql`insert into whistle_calls (street_id, whistle_id, organisation_id, area, called_organisations, raised_by,
      is_lead, called_at, due_at)
    values (${streetId}, ${whistle.id}, ${call.organisationId}, ${whistle.area}::ltree, ${whistle.called_organisations}::uuid[],
      ${whistle.raised_by}, ${call.isLead}, ${whistle.raised_at}, ${call.dueAt})`)
}

export async function insertTask(
  tx: Tx,
  streetId: number,
  whistle: Pick<WhistleRow, 'id' | 'area' | 'called_organisations' | 'raised_by'>,
  task: { id: string; organisationId: string; words: string; dueAt: Date | null; at: Date },
): Promise<void> {
  await tx.run(sql`insert into whistle_tasks (street_id, id, whistle_id, organisation_id, area, called_organisations, raised_by,
      words, due_at, state, given_at)
    values (${streetId}, ${task.id}, ${whistle.id}, ${task.organisationId}, ${whistle.area}::ltree,
      ${whistle.called_organisations}::uuid[], ${whistle.raised_by}, ${task.words}, ${task.dueAt}, 'open', ${task.at})`)
}

/** Open ones first, then the newest; those within the caller's reach. */
export async function findWhistles(
  tx: Tx,
  streetId: number,
  wanted: { caseId?: string | undefined; open?: boolean | undefined; ids?: readonly string[] },
): Promise<WholeWhistle[]> {
  const rows = await tx.many(
    sql<WhistleRow>`select *, area::text as area from whistles where street_id = ${streetId}
      ${wanted.caseId === undefined ? sql`` : sql`and case_id = ${wanted.caseId}`}
      ${wanted.open === undefined ? sql`` : sql`and (released_at is null) = ${wanted.open}`}
      ${wanted.ids === undefined ? sql`` : sql`and id = any(${[...wanted.ids]}::uuid[])`}
      order by released_at is not null, raised_at desc, id desc limit 100`,
  )
  if (rows.length === 0) return []
  return wholeOf(tx, streetId, rows)
}

async function wholeOf(tx: Tx, streetId: number, rows: readonly WhistleRow[]): Promise<WholeWhistle[]> {
  const ids = rows.map(({ id }) => id)
  const calls = await tx.many(sql<WhistleCallRow>`select * from whistle_calls
    where street_id = ${streetId} and whistle_id = any(${ids}::uuid[]) order by is_lead desc, organisation_id`)
  const tasks = await tx.many(sql<WhistleTaskRow>`select * from whistle_tasks
    where street_id = ${streetId} and whistle_id = any(${ids}::uuid[]) order by given_at, id`)
  const climbs = await tx.many(sql<ClimbRow>`select whistle_id, organisation_id, step from whistle_climbs
    where street_id = ${streetId} and whistle_id = any(${ids}::uuid[]) order by at`)
  return rows.map((row) => ({
    row,
    calls: calls.filter((one) => one.whistle_id === row.id),
    tasks: tasks.filter((one) => one.whistle_id === row.id),
    climbs: climbs.filter((one) => one.whistle_id === row.id),
  }))
}

/**
 * One whistle, with its calls and tasks locked against other acts. The whistle's own row is locked where the actor may
 * change it: whom it called may not, and locks only the calls and tasks that every act on it locks.
 */
export async function lockWhistle(tx: Tx, streetId: number, id: string): Promise<WholeWhistle | undefined> {
  await tx.many(sql`select 1 from whistle_calls where street_id = ${streetId} and whistle_id = ${id}
    order by organisation_id for update`)
  await tx.many(
    sql`select 1 from whistle_tasks where street_id = ${streetId} and whistle_id = ${id} order by id for update`,
  )
  const [found] = await findWhistles(tx, streetId, { ids: [id] })
  return found
}

export async function whistleOfTask(tx: Tx, streetId: number, taskId: string): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{
      id: string
    }>`select whistle_id as id from whistle_tasks where street_id = ${streetId} and id = ${taskId}`,
  )
  return row?.id
}

export async function arrive(
  tx: Tx,
  streetId: number,
  whistleId: string,
  organisationId: string,
  by: { accountId: string; postId: string | null; words: string; at: Date },
): Promise<void> {
  await tx.run(sql`update whistle_calls set arrived_at = ${by.at}, arrived_by = ${by.accountId}, arrived_post = ${by.postId},
      arrived_words = ${by.words}
    where street_id = ${streetId} and whistle_id = ${whistleId} and organisation_id = ${organisationId}`)
}

export async function finishTask(
  tx: Tx,
  streetId: number,
  id: string,
  by: { accountId: string; words: string; at: Date },
): Promise<void> {
  await tx.run(sql`update whistle_tasks set state = 'done', done_at = ${by.at}, done_by = ${by.accountId},
      done_words = ${by.words} where street_id = ${streetId} and id = ${id}`)
}

export async function judgeTask(
  tx: Tx,
  streetId: number,
  id: string,
  verdict: { accept: boolean; words: string | null; at: Date },
): Promise<void> {
  await tx.run(sql`update whistle_tasks set state = ${verdict.accept ? 'accepted' : 'vetoed'}, judged_at = ${verdict.at},
      judged_words = ${verdict.words}, vetoes = vetoes + ${verdict.accept ? 0 : 1}
    where street_id = ${streetId} and id = ${id}`)
}

export async function rateCall(
  tx: Tx,
  streetId: number,
  whistleId: string,
  organisationId: string,
  rated: { rating: Satisfaction; words: string | null; at: Date },
): Promise<void> {
  await tx.run(sql`update whistle_calls set rating = ${rated.rating}, rated_words = ${rated.words}, rated_at = ${rated.at}
    where street_id = ${streetId} and whistle_id = ${whistleId} and organisation_id = ${organisationId}`)
}

/** Rows changed: 0 when somebody else ended it first, or when the database does not let this actor. */
export function release(
  tx: Tx,
  streetId: number,
  id: string,
  by: { accountId: string; postId: string | null; words: string; at: Date },
): Promise<number> {
  return tx.run(sql`update whistles set released_at = ${by.at}, released_by = ${by.accountId}, released_post = ${by.postId},
      released_words = ${by.words} where street_id = ${streetId} and id = ${id} and released_at is null`)
}
