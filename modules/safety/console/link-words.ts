/** Words of what a case is or led to in public safety. */
export const words = {
  title: { zh: '平安建设', en: 'Public safety' },
  openMediation: { zh: '打开这件调解', en: 'Open this mediation' },
  fromRequest: { zh: '来自诉求 {number}', en: 'From request {number}' },
  onLedger: { zh: '隐患台账：{name}', en: 'Ledger of hazards: {name}' },
  onRegister: { zh: '治脏治乱治违台账', en: 'Register of violations' },
  mediated: { zh: '已转人民调解', en: 'Taken to mediation' },
  asked: { zh: '居民 {time} 申请人民调解', en: 'The resident asked for mediation, {time}' },
  mediate: { zh: '转人民调解', en: 'Take to mediation' },
  listHazard: { zh: '列入隐患（{name}）', en: 'List as hazard ({name})' },
  listViolation: { zh: '列入治脏治乱治违', en: 'List as violation' },
  mediateHint: {
    zh: '反映人的姓名、电话和下面的话会转过去，案件答复“正在调解”。调解里谈了什么不会回到这里。',
    en: 'Name and phone of whoever reported it and the words below go over; the case is answered “is being mediated”. Nothing that is said there comes back here.',
  },
  askedOnline: { zh: '居民自己申请的，不用再问。', en: 'The resident asked for it themselves.' },
  agreedHow: { zh: '反映人怎么答应的', en: 'How they agreed' },
  agreedHelp: {
    zh: '先问清楚愿不愿意；不愿意就按一般诉求办。',
    en: 'Ask first; if they do not want to, it goes on as a request.',
  },
  ownName: { zh: '反映人姓名', en: 'Name of whoever reported it' },
  ownNameHelp: { zh: '反映时没有留，请问清楚。', en: 'They left none; please ask.' },
  otherName: { zh: '对方姓名', en: 'Name of the other side' },
  mediateNow: { zh: '转调解并答复居民', en: 'Take it over and answer' },
  waiting: { zh: '居民申请调解的诉求', en: 'Requests whose person asked for mediation' },
} as const
