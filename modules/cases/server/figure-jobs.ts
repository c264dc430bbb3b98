/** Folds of every minute and the recount of every night. All of it in short turns: what a job holds, other jobs and readers wait for. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall, JobModule } from '../../../platform/jobs.ts'
import { changesAtOnce, figureShape, foldFigures, lockFigures } from './fold-figures.ts'
import { namesOf } from './names.ts'
import { freshRecount, type Recount, type Recounted, recountStep } from './recount-steps.ts'

const foldTask = 'cases.foldFigures'
const stepTask = 'cases.recountOn'

/** Folds of one run: nobody reads a fold before its run ends, so in a storm runs are short and follow each other. */
const foldsPerRun = 8
/** How long one run of a recount takes steps, in milliseconds. */
const recountRunMs = 1_000
/** A recount that has not moved for so long lost its job: somebody ended the server just then. */
const lostAfterMs = 5 * 60_000

export const figureJobs: JobModule['jobs'] = [
  { task: foldTask, scope: 'street', everyMinutes: 1, run: foldEveryMinute },
  { task: 'cases.recountFigures', scope: 'street', everyMinutes: 1440, run: beginRecount },
  { task: stepTask, scope: 'street', run: recountOn },
]

/** Every minute, and on at once while changes are left. A street whose sums are of an older shape, or that has none, is counted first. */
export async function foldEveryMinute(call: JobCall): Promise<void> {
  const { tx, actor, at, job } = call
  await resumeRecount(call)
  if (!(await isCounted(tx, actor.streetId))) return beginRecount(call)
  const names = await namesOf(tx, actor.streetId)
  for (let fold = 0; fold < foldsPerRun; fold++)
    if ((await foldFigures(tx, actor.streetId, names)) < changesAtOnce) return
  job({ task: foldTask, payload: {}, runAt: at })
}

async function isCounted(tx: Tx, streetId: number): Promise<boolean> {
  const { counted } = await tx.one(
    sql<{ counted: boolean }>`select exists (
      select from case_figure_checks where street_id = ${streetId} and shape >= ${figureShape}) as counted`,
  )
  return counted
}

/** Each night, and first of all on a new system. Nothing while one goes on. */
export async function beginRecount({ tx, actor, at, job, newId }: JobCall): Promise<void> {
  const { streetId } = actor
  const { stage, first } = freshRecount(!(await isCounted(tx, streetId)))
  const id = newId()
  const begun = await tx.many(
    sql`insert into case_figure_counts (street_id, id, moved_at, shape, first, stage)
      values (${streetId}, ${id}, ${at}, ${figureShape}, ${first}, ${stage}) on conflict (street_id) do nothing returning id`,
  )
  if (begun.length > 0) job({ task: stepTask, payload: { count: id, turn: 0 }, runAt: at })
}

async function resumeRecount({ tx, actor, at, job }: JobCall): Promise<void> {
  const lost = await tx.maybe(
    sql<{ id: string; turn: number }>`select id, turn from case_figure_counts
      where street_id = ${actor.streetId} and moved_at < ${new Date(at.getTime() - lostAfterMs)}`,
  )
  if (lost) job({ task: stepTask, payload: { count: lost.id, turn: lost.turn }, runAt: at })
}

/** Some steps, and then asks for the next run. A difference is put right and stands in the audit trail, for there should be none. */
export async function recountOn(call: JobCall): Promise<void> {
  const { tx, actor, at, payload, job } = call
  const { streetId } = actor
  const { count, turn } = payload as { count: string; turn: number }
  const kept = await tx.maybe(
    sql<
      Recount & { shape: number }
    >`select stage, after, first, cases, facts_wrong as "factsWrong", sums_wrong as "sumsWrong", shape
      from case_figure_counts where street_id = ${streetId} and id = ${count} and turn = ${turn} for update`,
  )
  if (!kept) return
  const { shape, ...begun } = kept
  if (shape !== figureShape) {
    await tx.run(sql`delete from case_figure_counts where street_id = ${streetId}`)
    return beginRecount(call)
  }
  const names = await namesOf(tx, streetId)
  await lockFigures(tx, streetId)
  const until = performance.now() + recountRunMs
  let now = begun as Recount
  do now = await recountStep(tx, streetId, names, now)
  while (now.stage !== 'done' && performance.now() < until)
  if (now.stage !== 'done') {
    await tx.run(sql`update case_figure_counts set turn = turn + 1, moved_at = ${at}, stage = ${now.stage}, after = ${now.after},
        cases = ${now.cases}, facts_wrong = ${now.factsWrong}, sums_wrong = ${now.sumsWrong}
      where street_id = ${streetId}`)
    job({ task: stepTask, payload: { count, turn: turn + 1 }, runAt: at })
    return
  }
  await tx.run(sql`delete from case_figure_counts where street_id = ${streetId}`)
  await keepCheck(tx, streetId, at, count, now)
  const { cases, factsWrong, sumsWrong } = now
  if (factsWrong + sumsWrong > 0)
    call.audit({
      subjectType: 'street',
      outcome: 'figures-differed',
      detail: { cases, factsWrong, sumsWrong },
    })
}

/** A whole recount in one transaction, kept under `id`: for whoever has the database to himself. */
export async function recountStreet(tx: Tx, streetId: number, at: Date, id: string): Promise<Recounted> {
  const names = await namesOf(tx, streetId)
  await lockFigures(tx, streetId)
  let now = freshRecount(!(await isCounted(tx, streetId)))
  while (now.stage !== 'done') now = await recountStep(tx, streetId, names, now)
  await keepCheck(tx, streetId, at, id, now)
  return now
}

async function keepCheck(tx: Tx, streetId: number, at: Date, id: string, found: Recounted): Promise<void> {
  await tx.run(sql`insert into case_figure_checks (street_id, id, at, cases, facts_wrong, sums_wrong, shape)
    values (${streetId}, ${id}, ${at}, ${found.cases}, ${found.factsWrong}, ${found.sumsWrong}, ${figureShape})`)
}
