/** 网格任务: given to many grids in one press, done by each, ended by their day. */
import { sql } from 'kysely'
import { endOfDay } from '../../../lib/time.ts'
import { systemAccountId } from '../../../platform/actor.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { tell } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { doerOf, taskFault, taskState } from '../rules/duty-task.ts'
import { takeCaseNumber } from './case-number.ts'
import type { CaseRow } from './case-row.ts'
import { insertCase } from './case-store.ts'
import { freshCase } from './fresh-case.ts'
import { areaRef, byPost, type Names, namesOf } from './names.ts'
import { audienceOf, performAct } from './perform-act.ts'
import { addEntries } from './system-entries.ts'

type GiveCall = Call<typeof contract.giveTasks>
const deskRoles: readonly string[] = contract.giveTasks.who as readonly string[]

export const giveTasks = operation(contract.giveTasks, async (call) => {
  const { tx, actor, at, body } = call
  const endsAt = endOfDay(body.endsOn)
  if (endsAt <= at) throw new Refusal('cases/date-in-past')
  const names = await namesOf(tx, actor.streetId)
  const areas = areasOf(call, names)
  const posts = [...names.people.posts.values()]
  const chosen = areas.map(({ area, post }) => ({ area, post, doer: doerOf(area.path, posts) }))
  const given = chosen.flatMap(({ area, post, doer }) => (doer ? [{ area, post, doer }] : []))
  if (given.length === 0) throw new Refusal('cases/nobody-there')
  const batch = call.newId()
  for (const { area, post, doer } of given) {
    const row: CaseRow = {
      ...freshCase,
      street_id: actor.streetId,
      id: call.newId(),
      number: await call.takeNumber((pool) => takeCaseNumber(pool, actor, at)),
      kind: null,
      matter_id: null,
      title: body.title,
      text: body.words,
      channel: 'task',
      state: 'assigned',
      urgency: 'P2',
      desk: post.areaPath?.includes('.') ? 'community' : 'street',
      area_id: area.id,
      area: area.path,
      lng: null,
      lat: null,
      source_datum: null,
      place_text: null,
      building_id: null,
      reporter_id: null,
      filed_by: actor.accountId,
      on_behalf: false,
      confidential: false,
      created_at: at,
      holder_post_id: doer.id,
      holder_account_id: doer.accountId,
      assigned_at: at,
      due_at: endsAt,
      task: { batch, kind: body.kind, needs: body.needs, endsOn: body.endsOn, givenPost: post.id },
    }
    await insertCase(tx, row, {
      entry: {
        id: call.newId(),
        at,
        act: 'give-task',
        actor_id: actor.accountId,
        post_id: post.id,
        from_state: null,
        to_state: 'assigned',
        words: null,
        detail: { until: endsAt.toISOString() },
        file_ids: [],
        internal: false,
      },
      reporter: null,
      terms: [],
      fileIds: [],
    })
    call.event({ type: 'case.give-task', subjectId: row.id, audience: audienceOf(row) })
    tell(call, [
      {
        event: 'case.task',
        reader: 'holder',
        to: [{ account: doer.accountId }],
        about: { type: 'case', id: row.id, area: row.area },
        facts: { number: row.number, due: endsAt.toISOString() },
        urgency: 'P2',
        dedupe: batch,
      },
    ])
  }
  call.audit({ subjectType: 'duty-task', subjectId: batch, detail: { kind: body.kind, given: given.length } })
  return {
    batch,
    given: given.length,
    without: chosen.flatMap(({ area, doer }) => (doer ? [] : [areaRef(area)])),
  }
})

/** Each within a desk of the actor, and the narrowest post of that desk. */
function areasOf({ actor, body }: GiveCall, { areas }: Names) {
  const posts = actor.posts
    .filter(({ role, areaPath }) => deskRoles.includes(role) && areaPath !== null)
    .sort((a, b) => (b.areaPath?.length ?? 0) - (a.areaPath?.length ?? 0))
  return [...new Set(body.areaIds)].map((id) => {
    const area = areas.byId.get(id)
    const post = area && posts.find(({ areaPath }) => liesUnder(area.path, areaPath ?? ''))
    if (!area || !post) throw new Refusal('cases/community-unknown')
    return { area, post }
  })
}

export const finishTask = operation(contract.finishTask, (call) =>
  performAct(call, 'finish-task', ({ row }) => {
    const { words, fileIds = [] } = call.body
    const fault = taskFault(row.task?.needs ?? 'nothing', { words, photos: fileIds.length })
    if (fault) throw new Refusal(fault)
    return { to: 'closed', set: { closed_at: call.at }, words, fileIds }
  }),
)

export const callOffTask = operation(contract.callOffTask, (call) =>
  performAct(call, 'call-off-task', () => ({
    to: 'declined',
    set: { closed_at: call.at },
    words: call.body.words,
  })),
)

interface TaskLine {
  row: CaseRow
  ended: boolean
  said: string | null
  photos: number
}

export const listTasks = operation(contract.listTasks, async ({ tx, actor }) => {
  const names = await namesOf(tx, actor.streetId)
  const lines = await tx.many(
    sql<TaskLine>`select to_jsonb(c) || jsonb_build_object('area', c.area::text) as row,
        coalesce(bool_or(e.act = 'end-task'), false) as ended, max(e.words) filter (where e.act = 'finish-task') as said,
        coalesce(max(cardinality(e.file_ids)) filter (where e.act = 'finish-task'), 0)::int as photos
      from (select * from cases where street_id = ${actor.streetId} and task is not null
        order by created_at desc, id desc limit 600) c
        left join lateral entries_of_case(c.id) e on e.act in ('end-task', 'finish-task')
      group by c.street_id, c.id, to_jsonb(c), c.area order by c.area`,
  )
  const batches = new Map<string, contract.TaskBatch>()
  for (const line of lines) {
    const { row } = line
    const { task } = row
    if (task === null) continue
    const area = names.areas.byId.get(row.area_id)
    const batch: contract.TaskBatch = batches.get(task.batch) ?? {
      batch: task.batch,
      kind: task.kind,
      title: row.title,
      words: row.text,
      needs: task.needs,
      endsOn: task.endsOn,
      by: byPost(names, task.givenPost, row.filed_by, systemAccountId),
      givenAt: new Date(row.created_at).toISOString(),
      lines: [],
    }
    batches.set(task.batch, batch)
    batch.lines.push({
      caseId: row.id,
      area: area ? areaRef(area) : null,
      state: taskState(row.state, line.ended),
      words: line.said,
      photos: line.photos,
    })
  }
  return { items: [...batches.values()].sort((a, b) => (a.givenAt < b.givenAt ? 1 : -1)) }
})

/** Each hour: a task whose day has passed ends by itself. It climbs to nobody. */
export async function endTasks(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const ended = await tx.many(
    sql<CaseRow>`update cases set state = 'closed', closed_at = ${at}, version = version + 1
      where street_id = ${actor.streetId} and task is not null and state = 'assigned' and due_at < ${at} returning *`,
  )
  if (ended.length === 0) return
  await addEntries(
    tx,
    actor.streetId,
    ended.map((row) => ({
      id: call.newId(),
      case_id: row.id,
      at,
      act: 'end-task',
      actor_id: systemAccountId,
      post_id: null,
      from_state: 'assigned',
      to_state: 'closed',
      words: null,
      detail: {},
      file_ids: [],
      internal: false,
    })),
  )
  for (const row of ended) call.event({ type: 'case.end-task', subjectId: row.id, audience: audienceOf(row) })
}
