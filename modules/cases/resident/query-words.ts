/** The words of the question by number and code. */
import { defineWords } from '../../../ui/language.ts'

export const queryWords = defineWords({
  title: { zh: '凭回执查询', en: 'Ask with your slip' },
  hint: { zh: '编号和查询码都印在回执上。', en: 'Number and code are printed on the slip.' },
  number: { zh: '编号', en: 'Number' },
  numberExample: { zh: '例如 20261122-00041', en: 'such as 20261122-00041' },
  code: { zh: '查询码', en: 'Code' },
  codeExample: { zh: '八个字母和数字，大小写都行', en: 'eight letters and figures, small or capital' },
  ask: { zh: '查看进展', en: 'Show how far it is' },
  asking: { zh: '正在查询…', en: 'Asking…' },
  fill: { zh: '请把编号和查询码都填上。', en: 'Please enter both number and code.' },
  due: { zh: '{time} 前答复您', en: 'Answered by {time}' },
  answered: {
    zh: '已经有答复。答复的内容请打受理台电话或到受理台问。',
    en: 'There is an answer. Call the desk or ask there to hear it.',
  },
  declined: {
    zh: '这件事不能在这里受理。原因和可以去的地方，请打受理台电话或到受理台问。',
    en: 'This can not be taken on here. Call the desk or ask there for the reason and where to turn.',
  },
  merged: {
    zh: '已和同类的事一起办理，办好了一样答复您。',
    en: 'Handled together with the same matter; you are answered all the same.',
  },
  waiting: { zh: '已登记，等待受理。', en: 'Filed, waiting to be accepted.' },
  call: { zh: '打电话问：{phone}', en: 'Call {phone}' },
  another: { zh: '查另一件', en: 'Ask about another' },
  home: { zh: '回到首页', en: 'To the start' },
})
