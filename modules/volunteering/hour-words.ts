/** Fixed words of hours and their evidence. */
import type { Bilingual } from '../../lib/language.ts'

export const sessionSources = ['on-site', 'by-hand', 'need'] as const
export type SessionSource = (typeof sessionSources)[number]

export const sessionStates = ['running', 'published', 'entered', 'struck'] as const
export type SessionState = (typeof sessionStates)[number]

export const evidenceKinds = [
  'arrived',
  'left',
  'sheet',
  'confirmed',
  'objected',
  'objection-settled',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export const capacities = ['volunteer', 'lead', 'staff', 'served', 'committee', 'member'] as const
export type Capacity = (typeof capacities)[number]

export const grades = ['proven', 'witnessed', 'honour'] as const
export type Grade = (typeof grades)[number]

const activityPatterns = [
  'ghost-activity',
  'entered-at-once',
  'hasty-confirmation',
  'shared-phone',
  'nobody-came',
  'steep-month',
] as const
/** In the records of one activity. */
export type ActivityPattern = (typeof activityPatterns)[number]

const pairPatterns = ['served-in-turn', 'one-pair-only'] as const
/** Between two people. */
export type PairPattern = (typeof pairPatterns)[number]

export const patterns = [...activityPatterns, ...pairPatterns] as const
export type Pattern = (typeof patterns)[number]

export const callResults = ['was-there', 'was-not-there', 'not-reached'] as const
export type CallResult = (typeof callResults)[number]

export const satisfactions = ['satisfied', 'mostly', 'fair', 'dissatisfied'] as const
export type Satisfaction = (typeof satisfactions)[number]

type Names<K extends string> = Readonly<Record<K, Bilingual>>

export const gradeNames: Names<Grade> = {
  proven: { zh: '现场核实', en: 'Proven on site' },
  witnessed: { zh: '他人证实', en: 'Confirmed by others' },
  honour: { zh: '荣誉时长', en: 'Honour only' },
}
export const sourceNames: Names<SessionSource> = {
  'on-site': { zh: '现场到场码', en: 'Code on site' },
  'by-hand': { zh: '纸质名单补录', en: 'From a paper sheet' },
  need: { zh: '居民求助', en: 'A resident’s need' },
}
export const sessionStateNames: Names<SessionState> = {
  running: { zh: '服务中', en: 'Under way' },
  published: { zh: '公示中', en: 'On notice' },
  entered: { zh: '已记入', en: 'Entered' },
  struck: { zh: '已作废', en: 'Struck' },
}
export const evidenceNames: Names<EvidenceKind> = {
  arrived: { zh: '到场', en: 'Arrived' },
  left: { zh: '离场', en: 'Left' },
  sheet: { zh: '纸质名单', en: 'Paper sheet' },
  confirmed: { zh: '确认', en: 'Confirmed' },
  objected: { zh: '提出异议', en: 'Objected' },
  'objection-settled': { zh: '异议已处理', en: 'Objection settled' },
}
export const capacityNames: Names<Capacity> = {
  volunteer: { zh: '本人', en: 'themselves' },
  lead: { zh: '活动负责人', en: 'lead of the activity' },
  staff: { zh: '工作人员', en: 'staff' },
  served: { zh: '被服务人', en: 'person served' },
  committee: { zh: '居务监督委员会', en: 'supervision committee' },
  member: { zh: '组织成员', en: 'member' },
}
export const patternNames: Names<Pattern> = {
  'ghost-activity': {
    zh: '事后补建的活动，无人现场到场',
    en: 'Written down afterwards, nobody came by code',
  },
  'entered-at-once': {
    zh: '建活动后两分钟内录入时长',
    en: 'Hours entered within two minutes of the activity',
  },
  'hasty-confirmation': { zh: '录入后两分钟内就确认', en: 'Confirmed within two minutes of being entered' },
  'shared-phone': {
    zh: '三人以上用同一个手机号或同一部手机',
    en: 'One number or one phone for three people or more',
  },
  'nobody-came': {
    zh: '五十个以上名额，没有人用到场码',
    en: 'Fifty places or more, and nobody came by code',
  },
  'steep-month': { zh: '一个月时长异常增多', en: 'Very many hours in a month' },
  'served-in-turn': {
    zh: '两个人反复互相服务、互相确认',
    en: 'Two people serve and confirm one another again and again',
  },
  'one-pair-only': {
    zh: '长时间只为同一人服务，也只由这一人确认',
    en: 'Long service for one person alone, confirmed by nobody else',
  },
}
export const callResultNames: Names<CallResult> = {
  'was-there': { zh: '本人说参加了', en: 'Says they were there' },
  'was-not-there': { zh: '本人说没参加', en: 'Says they were not there' },
  'not-reached': { zh: '没联系上', en: 'Not reached' },
}
export const satisfactionNames: Names<Satisfaction> = {
  satisfied: { zh: '满意', en: 'Satisfied' },
  mostly: { zh: '基本满意', en: 'Mostly satisfied' },
  fair: { zh: '一般', en: 'Fair' },
  dissatisfied: { zh: '不满意', en: 'Dissatisfied' },
}
