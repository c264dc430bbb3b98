/** Duty tasks of a grid: to whom one is given, what it needs to be done, and what it leaves of the loop. */
import type { Role } from '../../../lib/contract.ts'
import type { CaseRefusal } from '../refusals.ts'
import type { TaskNeed, TaskState } from '../task-words.ts'
import type { CaseState } from '../words.ts'
import type { Transition } from './transition.ts'

export interface TaskPost {
  readonly id: string
  readonly role: Role
  readonly areaPath: string | null
  readonly current: boolean
  readonly lead: boolean
}

/** Who does it in a grid, first choice first: a worker before the head, who has the whole grid to look after. */
const doers: readonly Role[] = ['grid-worker', 'micro-grid-member', 'grid-head']

/** The post of exactly this area that gets the task: by role, the lead first; undefined where nobody has one. */
export function doerOf<P extends TaskPost>(areaPath: string, posts: readonly P[]): P | undefined {
  return posts
    .filter((post) => post.current && post.areaPath === areaPath && doers.includes(post.role))
    .sort(
      (a, b) =>
        doers.indexOf(a.role) - doers.indexOf(b.role) ||
        Number(b.lead) - Number(a.lead) ||
        (a.id < b.id ? -1 : 1),
    )[0]
}

/** What is missing to call it done. */
export function taskFault(
  needs: TaskNeed,
  said: { words: string | undefined; photos: number },
): CaseRefusal | undefined {
  if (needs === 'photos' && said.photos === 0) return 'cases/task-photos'
  return needs === 'words' && !said.words?.trim() ? 'cases/nothing-said' : undefined
}

/** `ended`: the system closed it with its day; nobody is asked why. */
export function taskState(state: CaseState, ended: boolean): TaskState {
  if (state === 'declined') return 'called-off'
  if (state !== 'closed') return 'open'
  return ended ? 'ended' : 'done'
}

type ActRow = Pick<Transition, 'act' | 'onlyTask'>

/** A task is done or called off, words may be added; and neither is ever done to a case that somebody reported. */
export const taskAllows = ({ act, onlyTask }: ActRow, isTask: boolean): boolean =>
  isTask ? onlyTask === true || act === 'add' : !onlyTask
