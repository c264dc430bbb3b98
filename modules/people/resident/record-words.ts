/** Words of one's own record on the phone: what is held, and who looked. */
import type { Bilingual } from '../../../lib/language.ts'
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '我的登记', en: 'My record' },
  hint: {
    zh: '街道登记了您的什么、谁看过，都在这里。',
    en: 'What the street holds of you, and who looked at it.',
  },
  back: { zh: '返回', en: 'Back' },
  retry: { zh: '再试一次', en: 'Try again' },
  none: { zh: '还没有登记', en: 'Nothing is held of you' },
  noneHint: {
    zh: '参加志愿服务、求助或使用积分时才需要登记。',
    en: 'A record is made only when you volunteer, ask for help or use points.',
  },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '手机号', en: 'Mobile' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  birthOn: { zh: '出生日期', en: 'Birth day' },
  community: { zh: '社区', en: 'Community' },
  consent: { zh: '监护人同意', en: 'Guardian’s consent' },
  notGiven: { zh: '未登记', en: 'Not given' },
  wrong: {
    zh: '有不对的，请找社区更正，不收费。',
    en: 'If something is wrong, the community corrects it, free of charge.',
  },
  reads: { zh: '谁看过我的登记', en: 'Who looked at my record' },
  readsHint: {
    zh: '只显示岗位，不显示工作人员姓名。',
    en: 'By post, without the names of staff.',
  },
  self: { zh: '您自己', en: 'Yourself' },
  system: { zh: '系统', en: 'The system' },
  someResident: { zh: '来帮您的志愿者', en: 'A volunteer who helps you' },
  reason: { zh: '事由：{reason}', en: 'Reason: {reason}' },
  noReads: { zh: '还没有人看过', en: 'Nobody has looked yet' },
  more: { zh: '更早的', en: 'Earlier' },
  otherUse: { zh: '办事时用到', en: 'Used while something was done for you' },
})

/** What was done with the record, as the person it is about would say it; other acts are "used". */
export const readWords: Readonly<Record<string, Bilingual>> = {
  'people.getPerson': { zh: '查看了登记', en: 'Looked at the record' },
  'people.findPeople': { zh: '查找到您', en: 'Found you by a search' },
  'people.unmaskPerson': { zh: '查看了{field}原文', en: 'Read your {field} in full' },
  'people.correctPerson': { zh: '更正了登记', en: 'Corrected the record' },
  'people.registerPerson': { zh: '为您登记', en: 'Registered you' },
  'people.registerMyself': { zh: '登记', en: 'Registered' },
  'people.giveConsent': { zh: '登记了监护人同意', en: 'Noted the guardian’s consent' },
  'people.withdrawConsent': { zh: '登记了监护人撤回同意', en: 'Noted that the guardian withdrew' },
  'volunteering.addVolunteer': { zh: '登记您为志愿者', en: 'Noted you as a volunteer' },
  'volunteering.joinAsVolunteer': { zh: '加入志愿者', en: 'Joined as a volunteer' },
  'volunteering.putSkill': { zh: '登记了技能', en: 'Noted a skill' },
  'volunteering.recordTraining': { zh: '登记了培训', en: 'Noted a training' },
  'volunteering.arrive': { zh: '到场', en: 'Arrived at a service' },
  'volunteering.leave': { zh: '离场', en: 'Left a service' },
  'volunteering.askHelp': { zh: '提出求助', en: 'Asked for help' },
  'volunteering.listNeeds': { zh: '看了怎样联系您', en: 'Read how to reach you' },
  'volunteering.actOnNeed': { zh: '办理您的求助', en: 'Acted on what you asked for' },
  'volunteering.finishNeed': { zh: '办好了您的求助', en: 'Finished what you asked for' },
  'volunteering.evaluateNeed': { zh: '评价', en: 'Evaluated' },
  'volunteering.askCertificate': { zh: '申请证明', en: 'Asked for a certificate' },
  'volunteering.issueCertificate': { zh: '开具证明', en: 'Issued a certificate' },
  'volunteering.revokeCertificate': { zh: '撤销证明', en: 'Revoked a certificate' },
  'volunteering.printCertificate': { zh: '打开证明', en: 'Opened a certificate' },
  'volunteering.makeCalendarLink': { zh: '生成日历地址', en: 'Made a calendar address' },
}
