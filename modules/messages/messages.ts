/** Words of this module: every refusal, the ways a notice goes and what became of it. */
import type { RefusalWords } from '../../lib/contract.ts'
import type { Bilingual } from '../../lib/language.ts'
import type { refusals } from './contract.ts'
import type { DeliveryReason, DeliveryState, Port } from './notice-parts.ts'

export const words: RefusalWords<typeof refusals> = {
  'messages/not-found': {
    zh: '没有找到，或者不在您的查看范围内。',
    en: 'Not found, or not within what you may see.',
  },
  'messages/call-settled': {
    zh: '这个电话已经有人打过并登记了。请刷新列表。',
    en: 'Somebody has made this call already. Please refresh the list.',
  },
  'messages/receipt-unsigned': {
    zh: '回执的签名不对或已过时，没有采用。',
    en: 'The receipt is not signed rightly or is too old; it was not taken.',
  },
}

export const portNames: Readonly<Record<Port, Bilingual>> = {
  text: { zh: '短信', en: 'text' },
  chat: { zh: '工作群', en: 'work chat' },
  phone: { zh: '电话', en: 'phone call' },
}

export const deliveryStateNames: Readonly<Record<DeliveryState, Bilingual>> = {
  queued: { zh: '待发', en: 'waiting' },
  failed: { zh: '未成功，稍后再试', en: 'failed, tried again later' },
  sent: { zh: '已发出', en: 'sent' },
  delivered: { zh: '已送达', en: 'arrived' },
  'given-up': { zh: '未送达', en: 'did not arrive' },
}

/** A call is made by a person, so the same states read otherwise. */
export const callStateNames: Readonly<Record<DeliveryState, Bilingual>> = {
  queued: { zh: '待拨打', en: 'to be made' },
  failed: { zh: '未接通，待再打', en: 'not reached, to be made again' },
  sent: { zh: '已拨打', en: 'made' },
  delivered: { zh: '已告知', en: 'told' },
  'given-up': { zh: '多次未接通', en: 'never reached' },
}

export const deliveryReasonNames: Readonly<Record<DeliveryReason, Bilingual>> = {
  'no-number': { zh: '没有可发短信的号码', en: 'no number that takes texts' },
  refused: { zh: '短信没有送到', en: 'the text did not arrive' },
  unreachable: { zh: '短信一直发不出去', en: 'the text could not be sent' },
  'not-reached': { zh: '电话未接通', en: 'not reached by phone' },
}
