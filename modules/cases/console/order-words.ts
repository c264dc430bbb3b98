/** Words of orders from above: the card of a case and the page of sources. */
import type { Bilingual } from '../../../lib/language.ts'
import { defineWords } from '../../../ui/language.ts'
import type { InsideUnit, UpstreamKind } from '../contract.ts'
import type { ReplyField } from '../rules/reply-text.ts'

export const words = defineWords({
  order: { zh: '上级工单', en: 'Order from above' },
  outsideNumber: { zh: '编号', en: 'Number' },
  class: { zh: '上级分类', en: 'Their class' },
  theirs: { zh: '上级时限', en: 'Their deadline' },
  ours: { zh: '内部时限', en: 'Our deadline' },
  none: { zh: '没有写', en: 'None given' },
  returned: { zh: '退单', en: 'Sending back' },
  waiting: { zh: '已申请退单，等上级答复', en: 'Asked, waiting for their answer' },
  approved: { zh: '上级同意退回（{who}）', en: 'Taken back ({who})' },
  refused: { zh: '上级不同意退回（{who}），继续办理', en: 'Not taken back ({who}); work goes on' },
  reply: { zh: '回填', en: 'Reply above' },
  notYet: { zh: '还没有回填', en: 'Not yet sent' },
  sentAt: { zh: '{time} 已回填', en: 'Sent {time}' },
  makeReply: { zh: '生成回填文本', en: 'Make the reply' },
  replyAgain: { zh: '再次回填', en: 'Reply again' },
  copy: { zh: '复制', en: 'Copy' },
  copied: { zh: '已复制，请粘贴到上级系统。', en: 'Copied; paste it into the system above.' },
  copyFailed: { zh: '没能复制，请手工选中文本。', en: 'Could not copy; please select the text by hand.' },
  sent: { zh: '已粘贴，登记回填', en: 'Pasted; record it' },
  recorded: { zh: '已登记回填。', en: 'The reply is recorded.' },
  putAway: { zh: '收起', en: 'Put away' },
  rating: { zh: '上级回访', en: 'Their rating' },
  ratingHelp: { zh: '不再请居民重复评价', en: 'The resident is not asked again' },
  solved: { zh: '已解决', en: 'solved' },
  unsolved: { zh: '未解决', en: 'not solved' },
  alike: { zh: '可能重复', en: 'Possibly the same' },
  'same-number': { zh: '编号相同', en: 'same number' },
  'same-phone': { zh: '电话相同', en: 'same phone' },
  'same-place': { zh: '同一事项同一地点', en: 'same matter and place' },
  sources: { zh: '上级来源', en: 'Sources of orders' },
  sourcesHint: {
    zh: '谁转来工单、内部时限提前多少、他们的分类对应哪个事项、回填怎么写。工单由指挥中心导入。',
    en: 'Who sends orders, how much earlier ours end, which matter their classes mean, how a reply is worded. The street centre brings the orders in.',
  },
  add: { zh: '新增来源', en: 'Add a source' },
  change: { zh: '修改', en: 'Change' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '先不', en: 'Not now' },
  saved: { zh: '已保存，下一次导入起生效。', en: 'Saved; it holds from the next import.' },
  code: { zh: '代码', en: 'Code' },
  codeHelp: { zh: '小写字母、数字和横线，定了不再改。', en: 'Small letters, digits and hyphens; it stays.' },
  name: { zh: '名称', en: 'Name' },
  nameEn: { zh: '英文名称', en: 'English name' },
  kind: { zh: '类型', en: 'Kind' },
  inside: { zh: '内部时限', en: 'Our deadline' },
  insideHelp: { zh: '比上级时限提前多少。填 0 表示一样。', en: 'How long before theirs; 0 means the same.' },
  before: { zh: '提前{n}{unit}', en: '{n} {unit} earlier' },
  same: { zh: '与上级相同', en: 'the same as theirs' },
  template: { zh: '回填模板', en: 'Words of the reply' },
  templateHelp: { zh: '可用：{fields}', en: 'You may use: {fields}' },
  scale: { zh: '评价等级', en: 'Their ratings' },
  scaleHelp: { zh: '从好到差，用顿号或逗号分开。', en: 'Best first, separated by commas.' },
  contact: { zh: '联系处', en: 'Where to ask' },
  contactHelp: { zh: '写科室和办公电话，不写个人。', en: 'An office and its phone, not a person.' },
  mapping: { zh: '分类对应事项', en: 'Classes and matters' },
  mappingHelp: { zh: '一行一条：上级分类=事项代码', en: 'One a line: their class=matter code' },
  mapped: { zh: '{n} 条', en: '{n}' },
  active: { zh: '在用', en: 'In use' },
  inactive: { zh: '已停用', en: 'No longer used' },
  badMapping: { zh: '这一行没有写成“分类=代码”：{line}', en: 'This line is not “class=code”: {line}' },
  reading: { zh: '正在读取…', en: 'Loading…' },
})

export const upstreamKindNames: Readonly<Record<UpstreamKind, Bilingual>> = {
  hotline: { zh: '热线', en: 'Hotline' },
  'district-centre': { zh: '区县中心', en: 'District centre' },
  petition: { zh: '信访', en: 'Petitions' },
  school: { zh: '校园', en: 'Schools' },
  consumer: { zh: '消费', en: 'Consumers' },
  other: { zh: '其他', en: 'Other' },
}

export const insideUnitNames: Readonly<Record<InsideUnit, Bilingual>> = {
  hours: { zh: '小时', en: 'hours' },
  'working-days': { zh: '个工作日', en: 'working days' },
}

/** What stands behind each name in braces. */
export const replyFieldNames: Readonly<Record<ReplyField, Bilingual>> = {
  number: { zh: '本街道编号', en: 'our number' },
  outsideNumber: { zh: '上级编号', en: 'their number' },
  title: { zh: '标题', en: 'title' },
  answer: { zh: '答复', en: 'answer' },
  outcome: { zh: '办理结果', en: 'outcome' },
  organisation: { zh: '承办单位', en: 'organisation' },
  acceptedOn: { zh: '受理日期', en: 'day accepted' },
  answeredOn: { zh: '答复日期', en: 'day answered' },
  contactedOn: { zh: '联系日期', en: 'day contacted' },
}
