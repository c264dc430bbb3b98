/** Words of the duty roster that server and screens share: refusals, columns, days of the week. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { Bilingual } from '../../lib/language.ts'
import type { rosterRefusals } from './roster-operations.ts'
import type { ShiftRowFault } from './rules/roster-rows.ts'

export const rosterRefusalWords: RefusalWords<typeof rosterRefusals> = {
  'accounts/desk-not-found': {
    zh: '没有找到这个值班点。值班点是街道或某个社区。',
    en: 'This desk was not found. A desk is the street’s or a community’s.',
  },
  'accounts/not-your-desk': {
    zh: '这个值班点的值班表不由您负责:街道由值班长或督办员排,社区由社区书记排。',
    en: 'This desk’s roster is not yours: the duty head or a supervisor keeps the street’s, the secretary a community’s.',
  },
  'accounts/shift-not-found': {
    zh: '没有找到这个班,可能已从值班表上撤下。',
    en: 'This shift was not found; it may have been taken off the roster.',
  },
  'accounts/shift-past': {
    zh: '这个班已经开始或结束,值过的班是记录,不能再改。',
    en: 'This shift has begun or is over. What was stood is a record and stays.',
  },
  'accounts/shift-kind-unknown': {
    zh: '没有这种班次,请重新选择。',
    en: 'There is no such kind of shift. Please choose again.',
  },
  'accounts/not-at-this-desk': {
    zh: '所选的人那天在这里没有岗位,不能排班。',
    en: 'Somebody chosen holds no post here on that day.',
  },
  'accounts/may-not-head': {
    zh: '所选的人不能带班:带班的人要在街道或社区本级有岗位,才看得到全部诉求。',
    en: 'This person can not head a shift: it takes a post at the desk itself, which reaches all of its cases.',
  },
  'accounts/kinds-overlap': {
    zh: '两种班次的时间重叠或代码相同,分不清谁带班,请改一下时间。',
    en: 'Two kinds of shifts overlap or share a code, so nobody could say who heads. Please change the times.',
  },
  'accounts/kind-in-use': {
    zh: '后面还有人排在这种班次上,先改那些班再删除它。',
    en: 'Shifts to come use this kind. Change them first.',
  },
  'accounts/pattern-too-long': {
    zh: '请选正确的起止日期,一次最多排半年。',
    en: 'Please choose a first and a last day, half a year at most.',
  },
  'accounts/swap-not-found': { zh: '没有找到这次换班。', en: 'This swap was not found.' },
  'accounts/swap-settled': {
    zh: '这次换班已经有了结果,或对方还没有同意。',
    en: 'This swap is settled already, or the other has not agreed yet.',
  },
  'accounts/swap-not-yours': {
    zh: '这次换班要由被问到的同事答复。',
    en: 'The colleague who was asked answers this swap.',
  },
  'accounts/swap-own': {
    zh: '换班的两个人都不能批准自己的换班,请由另一位负责人批准。',
    en: 'Neither of the two approves their own swap. Another head must.',
  },
  'accounts/not-on-shift': {
    zh: '这个班上没有这个人,或班还没有开始。',
    en: 'This person does not stand this shift, or it has not begun.',
  },
  'accounts/already-on-shift': {
    zh: '对方本来就在这个班上,换不了。',
    en: 'The other stands in this shift already.',
  },
  'accounts/note-not-found': { zh: '没有找到这条交接班记录。', en: 'This hand-over note was not found.' },
  'accounts/not-called-here': {
    zh: '所选的人不能排进呼叫顺序:要在本级或街道有岗位,而且每人只排一次。',
    en: 'Somebody chosen can not be called here: it takes a post at the desk or the street, and each stands once.',
  },
}

/** Why a row of a roster sheet is not taken. */
export const shiftRowFaultWords: Readonly<Record<ShiftRowFault, Bilingual>> = {
  empty: { zh: '没有填', en: 'is empty' },
  'not-a-day': { zh: '不是日期', en: 'is no day' },
  'day-past': { zh: '这个班已经过去', en: 'is over' },
  'kind-unknown': { zh: '没有这种班次', en: 'is no kind of shift' },
  'person-unknown': { zh: '这个值班点没有这个人', en: 'is nobody of this desk' },
  'person-twice': { zh: '有几个同名的人,请填用户名', en: 'is the name of several; give the user name' },
  'may-not-head': { zh: '不能带班', en: 'may not head a shift' },
  'shift-twice': { zh: '这个班在表里出现了两次', en: 'stands in the sheet twice' },
}

/** The columns of an exported roster, in order. */
export const rosterWords = {
  day: { zh: '日期', en: 'Day' },
  weekday: { zh: '星期', en: 'Weekday' },
  kind: { zh: '班次', en: 'Shift' },
  head: { zh: '带班', en: 'Head' },
  members: { zh: '值班人员', en: 'Members' },
} as const satisfies Record<string, Bilingual>
export const rosterColumns: readonly Bilingual[] = Object.values(rosterWords)

/** 0 is Sunday. */
export const weekdayNames: readonly Bilingual[] = [
  { zh: '周日', en: 'Sun' },
  { zh: '周一', en: 'Mon' },
  { zh: '周二', en: 'Tue' },
  { zh: '周三', en: 'Wed' },
  { zh: '周四', en: 'Thu' },
  { zh: '周五', en: 'Fri' },
  { zh: '周六', en: 'Sat' },
]
