/** The words of the resident's page about who works where they live. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '身边的人', en: 'People near you' },
  back: { zh: '返回', en: 'Back' },
  hint: {
    zh: '看看谁在您住的地方做事，也可以报名做微网格员。',
    en: 'See who works where you live, or become a member yourself.',
  },
  address: { zh: '您住在哪里', en: 'Where you live' },
  addressExample: { zh: '例如：梧桐苑 3 栋', en: 'Such as: Building 3, Wutong Court' },
  find: { zh: '查看', en: 'Look' },
  notFound: { zh: '没有找到这个地方，请换一种写法。', en: 'This place was not found; try other words.' },
  roster: { zh: '亮身份的同志', en: 'Who agreed to be named' },
  rosterNone: { zh: '这里还没有人公开身份。', en: 'Nobody here is named yet.' },
  rosterNote: { zh: '只列出本人同意公开的人。', en: 'Only those who agreed are listed.' },
  calls: { zh: '正在招募', en: 'Open calls' },
  callsNone: { zh: '现在没有招募。', en: 'No calls are open now.' },
  until: { zh: '{day} 截止', en: 'until {day}' },
  apply: { zh: '我要报名', en: 'Apply' },
  applyHint: {
    zh: '先在上面写清您住在哪里，才知道报哪个微网格。',
    en: 'Say where you live first, so that the micro-grid is known.',
  },
  forGrid: { zh: '报名：{place}', en: 'For {place}' },
  pool: { zh: '您是', en: 'You are' },
  own: { zh: '想说的话', en: 'Your words' },
  send: { zh: '提交报名', en: 'Send' },
  cancel: { zh: '取消', en: 'Cancel' },
  sent: { zh: '已报名，选定后会在这里告诉您。', en: 'Sent; you will read here what became of it.' },
  withdraw: { zh: '撤回报名', en: 'Withdraw' },
  mine: { zh: '我的报名：{state}', en: 'My application: {state}' },
})
