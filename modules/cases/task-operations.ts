/** 网格任务: a desk gives the same task to several grids until a day; each grid says that it is done. No visits are counted. */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, Instant, Nullable, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { act, desk, gridStaff, holders, OptionalText, strict } from './case-act.ts'
import { ByPost, FileIds, Text } from './case-views.ts'
import { taskKinds, taskNeeds, taskStates } from './task-words.ts'

export const TaskBatch = Type.Object({
  /** One press gave them all. */
  batch: Id,
  kind: Words(taskKinds),
  title: Type.String(),
  words: Type.String(),
  needs: Words(taskNeeds),
  endsOn: Day,
  by: ByPost,
  givenAt: Instant,
  /** By the order of the grids, never by who was first. */
  lines: Type.Array(
    Type.Object({
      caseId: Id,
      area: Nullable(AreaRef),
      state: Words(taskStates),
      words: Nullable(Type.String()),
      photos: Type.Integer(),
    }),
  ),
})
export type TaskBatch = Static<typeof TaskBatch>

export const giveTasks = defineOperation({
  name: 'cases.giveTasks',
  method: 'POST',
  path: '/api/duty-tasks',
  summary: 'The same duty task for several grids, each to the post that has it, until the end of a day',
  who: desk,
  status: 201,
  body: Type.Object(
    {
      kind: Words(taskKinds),
      title: Type.String({ minLength: 2, maxLength: 80 }),
      words: Text,
      needs: Words(taskNeeds),
      endsOn: Day,
      areaIds: Type.Array(Id, { minItems: 1, maxItems: 60 }),
    },
    strict,
  ),
  /** `without`: grids in which nobody holds a post now; they got no task. */
  output: Type.Object({ batch: Id, given: Type.Integer(), without: Type.Array(AreaRef) }),
  refusals: ['cases/community-unknown', 'cases/date-in-past', 'cases/nobody-there'],
})

export const listTasks = defineOperation({
  name: 'cases.listTasks',
  method: 'GET',
  path: '/api/duty-tasks',
  summary: 'Duty tasks within sight, the newest first, each with its grids',
  who: [...desk, ...gridStaff, 'supervisor'],
  output: Type.Object({ items: Type.Array(TaskBatch) }),
})

export const finishTask = act(
  'finish-task',
  'finishTask',
  'The grid says that its task is done, with what was asked for',
  holders,
  Type.Object({ words: OptionalText, fileIds: Type.Optional(FileIds) }, strict),
  ['cases/not-task', 'cases/nothing-said', 'cases/task-photos', 'cases/file-unknown'],
)

export const callOffTask = act(
  'call-off-task',
  'callOffTask',
  'The desk takes a task back',
  desk,
  Type.Object({ words: Text }, strict),
  ['cases/not-task'],
)

export const taskActs = { 'finish-task': finishTask, 'call-off-task': callOffTask } as const
