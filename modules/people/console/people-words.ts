/** Words of the register on the console. */

import type { Bilingual } from '../../../lib/language.ts'
import { defineWords } from '../../../ui/language.ts'
import type { ConsentState } from '../contract.ts'

export const words = defineWords({
  title: { zh: '人员登记', en: 'Register of people' },
  hint: {
    zh: '按完整的姓名、手机号或身份证号查找。每次查找、查看和更正，本人都能看到。',
    en: 'Search by the whole name, mobile number or identity number. The person sees every search, look and correction.',
  },
  find: { zh: '查找', en: 'Search' },
  findLabel: { zh: '姓名、手机号或身份证号', en: 'Name, mobile or identity number' },
  notFound: { zh: '没有找到', en: 'Nobody found' },
  notFoundHint: {
    zh: '请核对是否写全。还没登记的，可以现在登记。',
    en: 'Please check that it is complete. Who is not in the register yet can be registered now.',
  },
  startTitle: { zh: '要找谁', en: 'Whom do you look for' },
  startHint: {
    zh: '登记册不能翻阅，只能查找，为的是不让谁的信息被随意浏览。',
    en: 'The register cannot be leafed through, only searched, so that nobody is looked at without a reason.',
  },
  register: { zh: '新登记', en: 'Register somebody' },
  registered: { zh: '已登记。', en: 'Registered.' },
  registerChange: {
    zh: '姓名、手机号和证件号加密保存，平时只显示一部分。',
    en: 'Name, mobile and identity number are kept encrypted and usually shown in part.',
  },
  save: { zh: '保存', en: 'Save' },
  retry: { zh: '再试一次', en: 'Try again' },
  name: { zh: '真实姓名', en: 'Real name' },
  phone: { zh: '手机号', en: 'Mobile' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  birthOn: { zh: '出生日期', en: 'Birth day' },
  community: { zh: '社区', en: 'Community' },
  age: { zh: '{n} 岁', en: '{n} years' },
  none: { zh: '未登记', en: 'Not given' },
  account: { zh: '自己的账号', en: 'Own account' },
  hasAccount: { zh: '有，可以自己办', en: 'Yes, acts themselves' },
  noAccount: { zh: '没有，由社区代办', en: 'None, the community acts for them' },
  open: { zh: '查看原文', en: 'Show in full' },
  openTitle: { zh: '查看{field}原文', en: 'Show {field} in full' },
  openChange: {
    zh: '事由会记下来，本人能看到是哪个岗位、什么时候、为什么查看。',
    en: 'The reason is kept. The person can read which post looked, when and why.',
  },
  reason: { zh: '事由', en: 'Reason' },
  reasonHelp: { zh: '比如：通知活动改期', en: 'Such as: the activity was moved' },
  shownFor: { zh: '离开这一页就不再显示。', en: 'Shown until you leave this page.' },
  correct: { zh: '更正', en: 'Correct' },
  correctHelp: { zh: '只填要改的，不填的不变。', en: 'Fill in only what is wrong; the rest stays.' },
  corrected: { zh: '已更正。', en: 'Corrected.' },
  consent: { zh: '监护人同意', en: 'Guardian’s consent' },
  guardianName: { zh: '监护人姓名', en: 'Guardian’s name' },
  guardianPhone: { zh: '监护人手机号', en: 'Guardian’s mobile' },
  relation: { zh: '与本人关系', en: 'Relation' },
  relationHelp: { zh: '比如：母亲', en: 'Such as: mother' },
  give: { zh: '登记同意', en: 'Note the consent' },
  giveChange: {
    zh: '监护人当面或书面同意参加志愿服务后再登记。同意前不能加入，也不能报名。',
    en: 'Only after the guardian has agreed in person or in writing. Before that nobody joins or signs up.',
  },
  given: { zh: '已登记监护人同意。', en: 'The consent is noted.' },
  takeBack: { zh: '登记撤回', en: 'Note its withdrawal' },
  takeBackChange: {
    zh: '撤回后不能再报名参加服务；已经记入的时长不变。',
    en: 'No more signing up after that; hours that were entered stay.',
  },
  takenBack: { zh: '已登记撤回。', en: 'The withdrawal is noted.' },
  agreedBy: { zh: '{relation} {name}，{day}', en: '{name}, {relation}, {day}' },
  neededUnder: { zh: '14 至 17 岁要有监护人同意', en: 'Needed from fourteen to seventeen' },
})

export const consentWords: Readonly<Record<ConsentState, Bilingual>> = {
  'not-needed': { zh: '不需要', en: 'Not needed' },
  missing: { zh: '还没有', en: 'Missing' },
  given: { zh: '已同意', en: 'Given' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}
