import { expect, test } from 'vitest'
import { at, calm, personWith, postOf } from '../../testing/act-facts.ts'
import { acts } from '../words.ts'
import { decideAct, decideAll } from './decide-act.ts'
import { doerOf, type TaskPost, taskFault, taskState } from './duty-task.ts'

const post = (id: string, role: TaskPost['role'], more: Partial<TaskPost> = {}): TaskPost => ({
  id,
  role,
  areaPath: 's.c1.g1',
  current: true,
  lead: false,
  ...more,
})

test.each([
  ['the worker before the head', [post('h', 'grid-head'), post('w', 'grid-worker')], 'w'],
  [
    'the lead of several members',
    [post('a', 'micro-grid-member'), post('b', 'micro-grid-member', { lead: true })],
    'b',
  ],
  ['nobody who has left', [post('w', 'grid-worker', { current: false }), post('h', 'grid-head')], 'h'],
  ['nobody of another grid', [post('w', 'grid-worker', { areaPath: 's.c1.g2' })], undefined],
  ['no clerk', [post('c', 'clerk')], undefined],
])('given to %s', (_, posts, id) => {
  expect(doerOf('s.c1.g1', posts)?.id).toBe(id)
})

test.each([
  ['nothing', undefined, 0, undefined],
  ['words', ' ', 0, 'cases/nothing-said'],
  ['words', '发了二十份', 0, undefined],
  ['photos', '发了二十份', 0, 'cases/task-photos'],
  ['photos', undefined, 1, undefined],
] as const)('%s asked, %s said, %s photos: %s', (needs, words, photos, fault) => {
  expect(taskFault(needs, { words, photos })).toBe(fault)
})

test('a task can only be done or called off, each by whom it belongs to, and no case ever is', () => {
  const task = {
    ...calm,
    task: true,
    state: 'assigned' as const,
    organisationId: null,
    holderPostId: 'post-grid-worker-s.c1.g1',
  }
  const worker = personWith(postOf('grid-worker'))
  const clerk = personWith(postOf('clerk'))
  expect(Object.keys(decideAll(task, worker, at)).sort()).toEqual(['add', 'finish-task'])
  expect(Object.keys(decideAll(task, clerk, at)).sort()).toEqual(['add', 'call-off-task'])
  const all = personWith(
    ...(['clerk', 'dispatcher', 'verifier', 'supervisor', 'grid-worker'] as const).map((role) =>
      postOf(role),
    ),
  )
  for (const act of acts.filter((one) => !['file', 'add', 'finish-task', 'call-off-task'].includes(one)))
    expect(decideAct(act, task, all, at).ok, act).toBe(false)
  for (const act of ['finish-task', 'call-off-task'] as const)
    expect(decideAct(act, { ...task, task: false }, all, at), act).toEqual({
      ok: false,
      why: 'cases/not-task',
    })
})

test('it ends by being done, called off, or with its day', () => {
  expect(taskState('assigned', false)).toBe('open')
  expect(taskState('closed', false)).toBe('done')
  expect(taskState('closed', true)).toBe('ended')
  expect(taskState('declined', false)).toBe('called-off')
})
