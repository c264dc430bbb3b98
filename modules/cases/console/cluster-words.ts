/** The words of clusters, hot matters and the emergency question. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  nowAsk: { zh: '现在正在发生吗？', en: 'Is it happening now?' },
  nowYes: { zh: '是，正在发生', en: 'Yes, right now' },
  nowNo: { zh: '不是', en: 'No' },
  nowHelp: {
    zh: '请对方先打上面的电话。登记后按 P0 处理，马上呼叫值班人员。',
    en: 'Ask them to call the number first. The case becomes P0 and whoever is on duty is called at once.',
  },
  title: { zh: '归并与热点', en: 'Alike and hot' },
  clusters: { zh: '疑似同一件事', en: 'Perhaps one thing' },
  clustersHelp: {
    zh: '比对了最近六十天在办的 {n} 条公共诉求。并单后每个反映人照样有自己的答复和评价；并错了可以撤销。',
    en: '{n} open public cases of the last sixty days were compared. After joining, each person keeps an answer and a rating; what was joined by mistake can be undone.',
  },
  none: { zh: '没有看起来像同一件事的诉求', en: 'No open cases look like one thing' },
  noneHint: { zh: '新诉求进来后会再比对。', en: 'New cases are compared as they come.' },
  count: { zh: '{n} 条', en: '{n} cases' },
  alike: { zh: '最少相似 {percent}%', en: 'at least {percent}% alike' },
  keep: { zh: '并到这一条', en: 'Kept' },
  merge: { zh: '把选中的 {n} 条并到 {number}', en: 'Join the chosen {n} to {number}' },
  merged: { zh: '已并单 {n} 条', en: '{n} joined' },
  undo: { zh: '撤销并单', en: 'Undo' },
  undone: { zh: '已拆开 {n} 条', en: '{n} split again' },
  mayNot: {
    zh: '要先受理并定同一公共事项，或不在您的受理台',
    en: 'Needs the same public matter first, or is not at your desk',
  },
  mergeWords: { zh: '疑似同一件事，一并办理', en: 'Seems to be one thing; handled together' },
  undoWords: { zh: '撤销并单', en: 'The joining was undone' },
  hot: { zh: '热点事项', en: 'Hot matters' },
  hotHelp: {
    zh: '同一社区同一事项当天至少 {least} 条，且不少于前二十八天日均的 {times} 倍。',
    en: 'At least {least} cases of one matter in one community on a day, and {times} times the daily mean of the 28 days before.',
  },
  hotNone: { zh: '这些天没有热点', en: 'Nothing was hot on these days' },
  day: { zh: '日期', en: 'Day' },
  area: { zh: '社区', en: 'Community' },
  matter: { zh: '事项', en: 'Matter' },
  said: { zh: '当天', en: 'That day' },
  usual: { zh: '平时每天', en: 'Usual a day' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  wholeStreet: { zh: '地点不明', en: 'Place unknown' },
})
