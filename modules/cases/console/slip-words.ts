/** The words of the printed slip. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  printSlip: { zh: '打印回执', en: 'Print slip' },
  accepted: { zh: '受理回执', en: 'Slip of acceptance' },
  filed: { zh: '登记回执', en: 'Slip of filing' },
  number: { zh: '编号', en: 'Number' },
  code: { zh: '查询码', en: 'Code' },
  what: { zh: '反映的事', en: 'What was said' },
  filedAt: { zh: '登记时间', en: 'Filed' },
  acceptedAt: { zh: '受理时间', en: 'Accepted' },
  dueAt: { zh: '答复期限', en: 'Answered by' },
  dueLater: { zh: '受理后告知', en: 'Told once it is accepted' },
  desk: { zh: '受理台', en: 'Desk' },
  phone: { zh: '咨询电话', en: 'Phone' },
  howTo: {
    zh: '用手机扫一扫，或打开下面的网址，输入编号和查询码，就能看到办到哪一步。没有手机，可以打电话或到受理台问，报编号就行。',
    en: 'Scan this with a phone, or open the address below and enter number and code, to see how far it is. Without a phone, call or ask at the desk; the number is enough.',
  },
  keep: {
    zh: '查询码只有您知道，请收好。丢了可以到受理台补打。',
    en: 'Only you know the code: please keep it. The desk can print a lost slip again.',
  },
  printedAt: { zh: '打印于 {time}', en: 'Printed {time}' },
  print: { zh: '打印', en: 'Print' },
  noPhone: {
    zh: '还没有填咨询电话，请系统管理员在“设置”里填上。',
    en: 'No phone of the desk is set yet; the system administrator can set it under “Settings”.',
  },
  qr: { zh: '查询页面的二维码', en: 'QR code of the query page' },
  retry: { zh: '再试一次', en: 'Try again' },
})
