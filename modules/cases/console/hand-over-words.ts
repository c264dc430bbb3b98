import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '交接', en: 'Hand-over' },
  hint: {
    zh: '岗位结束后，手里在办的事由系统按规则转给接手的人；走访过哪里、说了什么在这里看；钥匙和物品当面转交，在这里记下。',
    en: 'When a post ends, its open work passes by rule to whoever takes over, who reads here what was said on its visits. Keys and things are handed over in person and written down here.',
  },
  ahead: { zh: '先看一个岗位', en: 'Look ahead' },
  passed: { zh: '已转交', en: 'What passed' },
  post: { zh: '岗位', en: 'Post' },
  postHelp: { zh: '选一位要离开或要请假的同事。', en: 'Choose a colleague who leaves or goes on leave.' },
  takesOver: { zh: '由谁接手', en: 'Taken over by' },
  nobody: {
    zh: '没有合适的人接手：单位的单回到单位，其余留给受理台，今日待办里会标出“无人办理”。',
    en: 'Nobody fits: an organisation’s orders go back to it, the rest wait for the desk and are marked in its list of today.',
  },
  holds: { zh: '在办 {n} 件', en: '{n} open' },
  holdsNothing: { zh: '手里没有在办的事。', en: 'Holds nothing open.' },
  visits: { zh: '走访与会议 {n} 次', en: '{n} visits and meetings' },
  visitsMore: { zh: '走访与会议（最近 {n} 次）', en: 'Visits and meetings (newest {n})' },
  visitsHint: {
    zh: '大家当时说了什么、答应了什么，接手的人先看一遍再上门。',
    en: 'What people said and were promised: whoever takes over reads it before the next visit.',
  },
  noVisits: { zh: '没有记过走访或会议。', en: 'No visit or meeting was recorded.' },
  case: { zh: '诉求', en: 'Case' },
  number: { zh: '编号', en: 'Number' },
  state: { zh: '状态', en: 'State' },
  due: { zh: '期限', en: 'Due' },
  from: { zh: '原岗位', en: 'From' },
  to: { zh: '接手', en: 'To' },
  when: { zh: '转交时间', en: 'Passed' },
  backToDesk: { zh: '回到单位', en: 'Back to the organisation' },
  none: { zh: '还没有转交过', en: 'Nothing has passed yet' },
  noneHint: {
    zh: '有人离岗时，这里会列出转了哪些事、给了谁。',
    en: 'When somebody leaves a post, what passed to whom stands here.',
  },
})
