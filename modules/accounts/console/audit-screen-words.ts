/** The words of the audit trail's screen. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '审计', en: 'Audit trail' },
  operation: { zh: '操作', en: 'Act' },
  actor: { zh: '操作人', en: 'Actor' },
  actorOf: { zh: '岗位', en: 'Post' },
  subject: { zh: '对象编号', en: 'Subject id' },
  subjectColumn: { zh: '对象', en: 'Subject' },
  at: { zh: '时间', en: 'Time' },
  outcome: { zh: '结果', en: 'Outcome' },
  detail: { zh: '内容', en: 'Detail' },
  noDetail: { zh: '没有更多内容。', en: 'Nothing more.' },
  privacy: {
    zh: '审计记录只有编号和代码，不写姓名、电话和诉求原文。',
    en: 'Entries hold ids and codes only, never names, phones or the words of a case.',
  },
  request: { zh: '请求编号', en: 'Request id' },
  actorId: { zh: '操作人编号', en: 'Actor id' },
  operationCode: { zh: '操作代码', en: 'Code of the act' },
  nobody: { zh: '未登录或系统', en: 'Nobody signed in, or the system' },
  formerly: { zh: '系统，或已不在岗', en: 'System, or in no post now' },
  sameActor: { zh: '只看此人', en: 'This person only' },
  sameSubject: { zh: '只看这个对象', en: 'This subject only' },
  sameOperation: { zh: '只看这种操作', en: 'This act only' },
  empty: { zh: '还没有记录', en: 'No entries yet' },
  badFilter: { zh: '编号的格式不对，请整段粘贴。', en: 'This is not an id; paste it whole.' },
  done: { zh: '已完成', en: 'done' },
  refused: { zh: '被拒绝', en: 'refused' },
  checked: { zh: '只检查', en: 'checked only' },
})
