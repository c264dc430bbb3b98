/** The fixed words of duty tasks of a grid. */
import type { Bilingual } from '../../lib/language.ts'

export const taskKinds = ['publicity', 'persuasion', 'hazard-check'] as const
export type TaskKind = (typeof taskKinds)[number]

/** What has to be shown to call it done. Nobody's presence at a place is asked for. */
export const taskNeeds = ['nothing', 'words', 'photos'] as const
export type TaskNeed = (typeof taskNeeds)[number]

/** `ended`: its day passed. A task ends then and is chased no further. */
export const taskStates = ['open', 'done', 'ended', 'called-off'] as const
export type TaskState = (typeof taskStates)[number]

export const taskKindNames: Readonly<Record<TaskKind, Bilingual>> = {
  publicity: { zh: '宣传', en: 'Tell people' },
  persuasion: { zh: '劝导', en: 'Persuade' },
  'hazard-check': { zh: '隐患排查', en: 'Look for hazards' },
}
export const taskNeedNames: Readonly<Record<TaskNeed, Bilingual>> = {
  nothing: { zh: '按“完成”即可', en: 'Just press “done”' },
  words: { zh: '写一句结果', en: 'A word on the result' },
  photos: { zh: '附照片', en: 'With photos' },
}
export const taskStateNames: Readonly<Record<TaskState, Bilingual>> = {
  open: { zh: '进行中', en: 'Open' },
  done: { zh: '已完成', en: 'Done' },
  ended: { zh: '到期结束', en: 'Ended with its day' },
  'called-off': { zh: '已取消', en: 'Called off' },
}

export const taskRefusalWords = {
  'cases/is-task': {
    zh: '这是网格任务，只能完成或取消。',
    en: 'This is a duty task: it is done or called off, and nothing else.',
  },
  'cases/not-task': { zh: '这不是网格任务。', en: 'This is no duty task.' },
  'cases/nobody-there': {
    zh: '选的网格里现在没有人，请先配好岗位。',
    en: 'Nobody holds a post in these grids now.',
  },
  'cases/task-photos': { zh: '这个任务要附照片。', en: 'This task asks for photos.' },
} as const
