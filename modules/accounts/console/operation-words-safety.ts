/** Audited acts of public safety in words; see operation-words.ts. */
import type { Bilingual } from '../../../lib/language.ts'

export const safetyActWords = {
  'safety.registerMediation': { zh: '登记调解', en: 'Register mediation' },
  'safety.exportMediations': { zh: '导出调解登记簿', en: 'Export register of mediations' },
  'safety.getMediation': { zh: '查看调解', en: 'Look at mediation' },
  'safety.openMyMediations': { zh: '查看我的调解', en: 'Look at own mediations' },
  'safety.recordConsent': { zh: '记录当事人意愿', en: 'Record consent' },
  'safety.wishMediator': { zh: '选择调解员', en: 'Wish for mediator' },
  'safety.setMediators': { zh: '确定调解员', en: 'Set mediators' },
  'safety.planSession': { zh: '约定调解时间', en: 'Plan session' },
  'safety.recordSession': { zh: '记录调解', en: 'Record session' },
  'safety.moveMediationUp': { zh: '调解到上一级', en: 'Move mediation up' },
  'safety.putOffMediation': { zh: '延长调解时间', en: 'Put off mediation' },
  'safety.writeAgreement': { zh: '拟写调解协议', en: 'Write agreement' },
  'safety.signAgreement': { zh: '记录协议签字盖章', en: 'Record signature' },
  'safety.recordPerformance': { zh: '协议履行回访', en: 'Record performance' },
  'safety.recordCourtStep': { zh: '记录司法确认', en: 'Record court step' },
  'safety.notePoliceReport': { zh: '记录报告公安', en: 'Record report to police' },
  'safety.endMediation': { zh: '终止调解', en: 'End mediation' },
  'safety.unmaskParty': { zh: '查看当事人联系方式', en: 'Unmask party' },
  'safety.printAgreement': { zh: '打印调解协议', en: 'Print agreement' },
  'safety.getSignedPaper': { zh: '查看签好的协议', en: 'Look at signed agreement' },
  'safety.putMediator': { zh: '修改调解员名册', en: 'Change list of mediators' },
} as const satisfies Readonly<Record<string, Bilingual>>
