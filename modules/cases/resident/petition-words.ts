export const words = {
  title: { zh: '信访事项', en: 'Petition' },
  number: { zh: '登记编号 {number}', en: 'Registered as {number}' },
  received: { zh: '收到日期 {day}', en: 'Received on {day}' },
  passed: { zh: '已转送 {who}，由它决定', en: 'Passed on to {who}, who decides' },
  notPassed: { zh: '正在确认由哪个机关办理', en: 'Who may decide is being found out' },
  toldBy: { zh: '最晚 {day} 书面告知您受理情况', en: 'You hear in writing by {day} who takes it on' },
  settleBy: { zh: '最晚 {day} 办结', en: 'Settled by {day}' },
  opinion: { zh: '处理意见：{opinion}', en: 'Answer: {opinion}' },
  receipt: { zh: '查看和保存回执', en: 'See and keep the receipt' },
} as const
