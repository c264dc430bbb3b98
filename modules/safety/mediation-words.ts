/** The fixed words of mediation 人民调解. Rule: 人民调解法 (2010), rules.md §16. */
import type { Bilingual } from '../../lib/language.ts'

/** Lowest first; a dispute starts where it lies and moves up, never down. */
export const tiers = ['courtyard', 'community', 'street'] as const
export type Tier = (typeof tiers)[number]

export const levels = ['red', 'orange', 'yellow', 'blue'] as const
export type Level = (typeof levels)[number]

export const stages = ['open', 'agreed', 'performed', 'ended'] as const
export type Stage = (typeof stages)[number]

export const endings = ['no-agreement', 'refused', 'withdrawn', 'not-performed'] as const
export type Ending = (typeof endings)[number]

export const consentAnswers = ['yes', 'no'] as const
export type ConsentAnswer = (typeof consentAnswers)[number]
export const consentWays = ['in-person', 'phone', 'in-writing', 'online'] as const
export type ConsentWay = (typeof consentWays)[number]

export const sessionResults = ['agreed', 'goes-on', 'no-agreement'] as const
export type SessionResult = (typeof sessionResults)[number]

export const moveReasons = ['attempt-failed', 'party-applied', 'party-refused'] as const
export type MoveReason = (typeof moveReasons)[number]

export const agreementForms = ['written', 'oral'] as const
export type AgreementForm = (typeof agreementForms)[number]
export const signers = ['party', 'mediator', 'stamp'] as const
export type Signer = (typeof signers)[number]
/** Rule: 人民调解法 art. 29: signed, sealed or with a fingerprint. */
export const signWays = ['signature', 'seal', 'fingerprint'] as const
export type SignWay = (typeof signWays)[number]

export const dutyStates = ['open', 'done', 'not-done'] as const
export type DutyState = (typeof dutyStates)[number]

export const courtSteps = ['applied', 'confirmed', 'not-confirmed'] as const
export type CourtStep = (typeof courtSteps)[number]

/** What follows when it fails, by the class of dispute. */
export const legalWays = ['civil', 'family', 'labour', 'consumer', 'medical', 'property'] as const
export type LegalWay = (typeof legalWays)[number]

/** Lines of the working record 工作记录. */
export const entryActs = [
  'registered',
  'consent',
  'wish',
  'mediators',
  'planned',
  'session',
  'moved-up',
  'put-off',
  'drafted',
  'signed',
  'in-force',
  'performance',
  'court',
  'police',
  'ended',
] as const
export type MediationAct = (typeof entryActs)[number]

export const tierNames: Readonly<Record<Tier, Bilingual>> = {
  courtyard: { zh: '楼院', en: 'Courtyard' },
  community: { zh: '社区', en: 'Community' },
  street: { zh: '街道', en: 'Street' },
}
export const stageNames: Readonly<Record<Stage, Bilingual>> = {
  open: { zh: '调解中', en: 'Being mediated' },
  agreed: { zh: '达成协议', en: 'Agreed' },
  performed: { zh: '协议已履行', en: 'Performed' },
  ended: { zh: '调解终止', en: 'Ended' },
}
export const endingNames: Readonly<Record<Ending, Bilingual>> = {
  'no-agreement': { zh: '调解不成', en: 'No agreement' },
  refused: { zh: '当事人不同意调解', en: 'A party does not want it' },
  withdrawn: { zh: '申请人撤回', en: 'Withdrawn' },
  'not-performed': { zh: '协议没有履行', en: 'Agreement not kept' },
}
export const consentNames: Readonly<Record<ConsentAnswer, Bilingual>> = {
  yes: { zh: '同意调解', en: 'Agrees to mediate' },
  no: { zh: '不同意调解', en: 'Does not want to' },
}
export const consentWayNames: Readonly<Record<ConsentWay, Bilingual>> = {
  'in-person': { zh: '当面', en: 'In person' },
  phone: { zh: '电话', en: 'By phone' },
  'in-writing': { zh: '书面', en: 'In writing' },
  online: { zh: '网上', en: 'Online' },
}
export const sessionResultNames: Readonly<Record<SessionResult, Bilingual>> = {
  agreed: { zh: '谈成了', en: 'They agree' },
  'goes-on': { zh: '下次再谈', en: 'To be continued' },
  'no-agreement': { zh: '没有谈成', en: 'No agreement' },
}
export const moveReasonNames: Readonly<Record<MoveReason, Bilingual>> = {
  'attempt-failed': { zh: '本级调解没有谈成', en: 'The attempt here failed' },
  'party-applied': { zh: '当事人申请到上一级', en: 'A party applies for it' },
  'party-refused': { zh: '当事人不同意在本级调解', en: 'A party does not want it here' },
}
export const agreementFormNames: Readonly<Record<AgreementForm, Bilingual>> = {
  written: { zh: '书面协议', en: 'Written' },
  oral: { zh: '口头协议', en: 'Oral' },
}
export const signWayNames: Readonly<Record<SignWay, Bilingual>> = {
  signature: { zh: '签名', en: 'Signature' },
  seal: { zh: '盖章', en: 'Seal' },
  fingerprint: { zh: '按指印', en: 'Fingerprint' },
}
export const dutyStateNames: Readonly<Record<DutyState, Bilingual>> = {
  open: { zh: '待履行', en: 'To be done' },
  done: { zh: '已履行', en: 'Done' },
  'not-done': { zh: '没有履行', en: 'Not done' },
}
export const courtStepNames: Readonly<Record<CourtStep, Bilingual>> = {
  applied: { zh: '双方已共同申请', en: 'Applied for together' },
  confirmed: { zh: '法院裁定有效', en: 'Confirmed by the court' },
  'not-confirmed': { zh: '法院没有确认', en: 'Not confirmed' },
}
export const entryActNames: Readonly<Record<MediationAct, Bilingual>> = {
  registered: { zh: '登记', en: 'Registered' },
  consent: { zh: '当事人意愿', en: 'Consent' },
  wish: { zh: '想请的调解员', en: 'Mediator wished for' },
  mediators: { zh: '确定调解员', en: 'Mediators chosen' },
  planned: { zh: '约定时间', en: 'Session planned' },
  session: { zh: '调解记录', en: 'Session held' },
  'moved-up': { zh: '到上一级', en: 'Moved up' },
  'put-off': { zh: '延长时间', en: 'Put off' },
  drafted: { zh: '拟写协议', en: 'Agreement written' },
  signed: { zh: '签字盖章', en: 'Signed' },
  'in-force': { zh: '协议生效', en: 'In force' },
  performance: { zh: '履行回访', en: 'Performance' },
  court: { zh: '司法确认', en: 'Court confirmation' },
  police: { zh: '报告公安', en: 'Police told' },
  ended: { zh: '调解终止', en: 'Ended' },
}

/** Rule: 人民调解法 art. 26: told to the parties when it fails; and art. 32, when an agreement is not kept. */
export const legalWayWords: Readonly<Record<LegalWay, Bilingual>> = {
  civil: {
    zh: '可以向有管辖权的人民法院起诉；双方有仲裁协议的，可以申请仲裁。想了解怎么做，可拨打 12348 公共法律服务热线，免费。',
    en: 'You may sue at the court in charge; where both signed an arbitration clause, ask for arbitration. 12348 gives free legal advice.',
  },
  family: {
    zh: '可以向人民法院起诉。有家庭暴力的，先拨打 110，并可以向法院申请人身安全保护令。咨询可拨打 12348，免费。',
    en: 'You may sue at the court. Where there is violence call 110 first; the court can order protection. 12348 gives free legal advice.',
  },
  labour: {
    zh: '先向劳动人事争议仲裁委员会申请仲裁（一年内）；不服裁决的，收到裁决书十五日内向法院起诉。拖欠工资也可以向劳动监察投诉，电话 12333。',
    en: 'First ask the labour arbitration commission within one year; then the court within fifteen days of its award. For unpaid wages also call 12333.',
  },
  consumer: {
    zh: '可以拨打 12315 投诉；有仲裁协议的可以申请仲裁，也可以向人民法院起诉。',
    en: 'You may complain at 12315, ask for arbitration where it was agreed, or sue at the court.',
  },
  medical: {
    zh: '可以向医疗纠纷人民调解委员会或者区卫生健康部门申请处理，也可以向人民法院起诉。',
    en: 'You may turn to the medical mediation committee or the district health authority, or sue at the court.',
  },
  property: {
    zh: '可以向区住房城乡建设、城市管理或生态环境等主管部门投诉举报（12345 转办），也可以向人民法院起诉或者按约定申请仲裁。',
    en: 'You may complain to the authority in charge (through 12345), sue at the court, or ask for arbitration where it was agreed.',
  },
}

/** Rule: 法释〔2011〕5号 art. 3, 民事诉讼法 205: both together, what they bring. */
export const courtPapers: Bilingual = {
  zh: '双方共同到法院申请，带：司法确认申请书、调解协议、身份证明、与协议有关的财产权利证明、双方联系方式。不收费。',
  en: 'Both apply together and bring: the application, the agreement, proof of identity, proof of property that it speaks of, contacts of both. It is free.',
}
