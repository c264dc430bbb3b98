/** Words of gatherings and of the three routes of a case. */
import type { Bilingual } from '../../lib/language.ts'

/** How a community asked what people need. */
export const gatheringKinds = ['courtyard-meeting', 'home-visit', 'interview', 'questionnaire'] as const
export type GatheringKind = (typeof gatheringKinds)[number]

export const gatheringKindNames: Readonly<Record<GatheringKind, Bilingual>> = {
  'courtyard-meeting': { zh: '坝坝会', en: 'Courtyard meeting' },
  'home-visit': { zh: '入户走访', en: 'Home visit' },
  interview: { zh: '访谈', en: 'Interview' },
  questionnaire: { zh: '问卷', en: 'Questionnaire' },
}

/** 三办: who can settle a need, and so how it goes on. */
export const caseRoutes = ['handle-now', 'coordinate', 'track'] as const
export type CaseRoute = (typeof caseRoutes)[number]

export const routeNames: Readonly<Record<CaseRoute, Bilingual>> = {
  'handle-now': { zh: '马上办', en: 'Handle now' },
  coordinate: { zh: '协调办', en: 'Coordinate' },
  track: { zh: '跟踪办', en: 'Track' },
}

export const routeMeanings: Readonly<Record<CaseRoute, Bilingual>> = {
  'handle-now': { zh: '社区自己能解决的', en: 'The community can solve it' },
  coordinate: { zh: '要请几方坐到一起商量的', en: 'Several have to sit down together' },
  track: { zh: '要上级部门帮助解决的', en: 'A higher level has to help' },
}

export const routeName: Bilingual = { zh: '三办', en: 'Route' }

/** Where a matter stands, in the words of a public list. */
export const publicStages = ['noted', 'accepted', 'under-way', 'answered', 'settled', 'long-term'] as const
export type PublicStage = (typeof publicStages)[number]

export const publicStageNames: Readonly<Record<PublicStage, Bilingual>> = {
  noted: { zh: '已记下', en: 'Noted' },
  accepted: { zh: '已受理', en: 'Accepted' },
  'under-way': { zh: '办理中', en: 'Under way' },
  answered: { zh: '已答复', en: 'Answered' },
  settled: { zh: '已办结', en: 'Settled' },
  'long-term': { zh: '长期跟进', en: 'Followed up' },
}

/** What comes next for a case, and who has to do it. */
export const nextSteps = [
  'accept',
  'assign',
  'take',
  'submit-result',
  'check',
  'rate',
  'review',
  'approve',
  'none',
] as const
export type NextStep = (typeof nextSteps)[number]

export const nextStepNames: Readonly<Record<NextStep, Bilingual>> = {
  accept: { zh: '等受理台受理', en: 'The desk accepts it' },
  assign: { zh: '等派单', en: 'The desk assigns it' },
  take: { zh: '等承办签收', en: 'The holder takes it' },
  'submit-result': { zh: '等承办反馈结果', en: 'The holder reports the result' },
  check: { zh: '等核查', en: 'It is checked' },
  rate: { zh: '等居民评价', en: 'The resident rates it' },
  review: { zh: '到期再看一次', en: 'It is looked at again' },
  approve: { zh: '等审批', en: 'A request is approved' },
  none: { zh: '已办完', en: 'Nothing is left to do' },
}
