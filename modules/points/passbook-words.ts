/** Words for entries, units and vouchers, on screens and on paper alike. */
import type { Bilingual, Language } from '../../lib/language.ts'
import type { BenefitGroup, KinRelation, ShopLineKind } from './contract.ts'
import type { AccountKind, Cause, Unit } from './ledger-words.ts'

const causeWords: Readonly<Record<Cause, Bilingual>> = {
  award: { zh: '服务得分', en: 'Earned by service' },
  'award-reversed': { zh: '得分撤回', en: 'Award taken back' },
  redeem: { zh: '季度兑换', en: 'Quarter run' },
  expire: { zh: '年终到期', en: 'Expired at year’s end' },
  'carry-over': { zh: '年终结转', en: 'Carried over' },
  'gift-to-kin': { zh: '转给亲属', en: 'Given to kin' },
  'gift-to-pool': { zh: '捐入公益池', en: 'Given to the pool' },
  'surplus-to-pool': { zh: '存满转公益池', en: 'Beyond the most: to the pool' },
  'care-used': { zh: '换取照护', en: 'Spent for care' },
  donation: { zh: '企业捐赠', en: 'Donation' },
  'voucher-issued': { zh: '发出爱心券', en: 'Vouchers issued' },
  'voucher-spent': { zh: '收券', en: 'Voucher taken' },
  'voucher-returned': { zh: '退券', en: 'Voucher returned' },
  'voucher-expired': { zh: '券到期退回', en: 'Voucher expired' },
  'shop-paid': { zh: '商家结算', en: 'Shop paid' },
  correction: { zh: '更正', en: 'Correction' },
}

const hoursEarned: Bilingual = { zh: '服务存时', en: 'Hours of service' }

/** A cause of a later module keeps its own word until it has one here. */
export const causeWord = (cause: string, unit?: Unit): Bilingual =>
  unit === 'minutes' && cause === 'award'
    ? hoursEarned
    : ((causeWords as Readonly<Record<string, Bilingual>>)[cause] ?? { zh: cause, en: cause })

export const kindWords: Readonly<Record<AccountKind, Bilingual>> = {
  person: { zh: '个人', en: 'Person' },
  organisation: { zh: '单位', en: 'Organisation' },
  pool: { zh: '公益池', en: 'Common pool' },
  reserve: { zh: '企业储备', en: 'Sponsor’s reserve' },
  issuance: { zh: '累计发出', en: 'Issued' },
  redeemed: { zh: '已兑换', en: 'Redeemed' },
  expired: { zh: '已到期', en: 'Expired' },
  vouchers: { zh: '在外的券', en: 'Vouchers outstanding' },
  outside: { zh: '账外往来', en: 'Outside' },
}

export const unitWords: Readonly<Record<Unit, Bilingual>> = {
  points: { zh: '积分', en: 'Points' },
  minutes: { zh: '时间银行', en: 'Time bank' },
  fen: { zh: '金额', en: 'Money' },
}

/** 12.00 for 1200 fen. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2)

/** An amount of a unit, without its word: 30 · 1.5 · ¥12.00. */
export function amountText(amount: number, unit: Unit): string {
  if (unit === 'fen') return `${amount < 0 ? '-' : ''}¥${yuan(Math.abs(amount))}`
  return unit === 'minutes' ? String(Math.round((amount / 60) * 10) / 10) : String(amount)
}

/** What came or went, with its sign and, of hours, their word: +30 · −1.5 小时 · +¥12.00. */
export function signedText(amount: number, unit: Unit, language: Language): string {
  const sign = amount < 0 ? '−' : '+'
  const text = amountText(Math.abs(amount), unit)
  return unit === 'minutes' ? `${sign}${text} ${language === 'zh' ? '小时' : 'h'}` : `${sign}${text}`
}

/** What a line of a shop's statement is. */
export const shopLineWords: Readonly<Record<ShopLineKind, Bilingual>> = {
  spent: { zh: '收券', en: 'Taken' },
  returned: { zh: '退券', en: 'Returned' },
  paid: { zh: '街道结算', en: 'Paid' },
}

export const kinWords: Readonly<Record<KinRelation, Bilingual>> = {
  spouse: { zh: '配偶', en: 'Spouse' },
  'parent-child': { zh: '父母子女', en: 'Parent and child' },
  'grandparent-grandchild': { zh: '祖孙', en: 'Grandparent and grandchild' },
}

/** Who benefited from a gift, by group. */
export const benefitGroupWords: Readonly<Record<BenefitGroup, Bilingual>> = {
  minor: { zh: '未成年人', en: 'Under eighteen' },
  adult: { zh: '18至59岁', en: '18 to 59' },
  old: { zh: '60岁以上', en: 'Sixty and older' },
  organisation: { zh: '单位', en: 'Organisations' },
  others: { zh: '其他', en: 'Others' },
}
