/** Words of bulk work: what may be done to many cases at once, and how each came out. */
import type { Bilingual } from '../../lib/language.ts'

/** `accept` may give out as well; `undo` takes a batch back. */
export const batchActs = [
  'accept',
  'assign',
  'merge',
  'decline',
  'answer-now',
  'escalate',
  'send-down',
  'remind',
  'undo',
] as const
export type BatchAct = (typeof batchActs)[number]

/** `partly`: accepted, and then not given out. */
export const batchItemStates = ['waiting', 'done', 'partly', 'refused'] as const
export type BatchItemState = (typeof batchItemStates)[number]

export const batchItemStateNames: Readonly<Record<BatchItemState, Bilingual>> = {
  waiting: { zh: '等待中', en: 'Waiting' },
  done: { zh: '已办', en: 'Done' },
  partly: { zh: '只受理，没派出', en: 'Accepted, not assigned' },
  refused: { zh: '没办成', en: 'Not done' },
}

/** More than this are several batches: a person has to be able to look at what they chose. */
export const batchAtMost = 1_000

export const bulkRefusalWords = {
  'cases/nothing-to-undo': { zh: '没有可以撤回的操作。', en: 'There is nothing to take back.' },
  'cases/undo-over': {
    zh: '可以撤回的时间已经过了。请按现在的状态继续办。',
    en: 'The time for taking this back has passed. Please go on from where it stands.',
  },
  'cases/undo-acted-since': {
    zh: '之后已经有人办过这条诉求，不能再撤回。请按现在的状态继续办。',
    en: 'Somebody has acted on this case since, so it can not be taken back. Please go on from where it stands.',
  },
  'cases/undo-not-yours': {
    zh: '只有办这一步的人能撤回，而且岗位要还在任。',
    en: 'Only whoever did this may take it back, while they hold that post.',
  },
  'cases/undo-told': {
    zh: '答复已经发给居民，不能撤回。需要更正的，请再次打开这条诉求办理。',
    en: 'The resident has been told already. To correct it, open the case again.',
  },
  'cases/batch-not-found': {
    zh: '没有找到这次批量处理。每个人只能看自己做的。',
    en: 'This batch was not found. Everybody sees only their own.',
  },
  'cases/batch-running': {
    zh: '这次批量处理还没有办完，请等它办完再撤回。',
    en: 'This batch is still running. Please take it back when it has ended.',
  },
  'cases/batch-unsure': {
    zh: '这条没有足够把握的事项建议，请单独受理。',
    en: 'No suggestion is sure enough for this one. Please accept it by itself.',
  },
  'cases/batch-no-holder': {
    zh: '职责清单没有指明唯一的承办单位，请单独派单。',
    en: 'The duty list names no single organisation for this one. Please assign it by itself.',
  },
  'cases/batch-post-ended': {
    zh: '办到一半时您的岗位已经结束，剩下的没有办。',
    en: 'Your post ended before these were reached; they were not done.',
  },
  'cases/batch-fault': {
    zh: '系统出错，这条没有办成，请单独再试。',
    en: 'A fault of the system: this one was not done. Please try it by itself.',
  },
  'cases/template-unknown': {
    zh: '没有找到这个答复模板，或者已经停用。',
    en: 'This template was not found, or is no longer in use.',
  },
  'cases/template-field-unknown': {
    zh: '没有叫“{field}”的字段。可以用：{known}。',
    en: 'There is no field called “{field}”. There are: {known}.',
  },
  'cases/template-gap': {
    zh: '这条诉求还没有“{field}”，模板填不满，请单独答复。',
    en: 'This case has no “{field}” yet, so the template stays unfilled. Please answer it by itself.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>
