/** The passbook on paper and as a table. */

import type { Language } from '../../../lib/language.ts'
import { formatDay, formatTime } from '../../../lib/time.ts'
import { drawPaper } from '../../../platform/pdf.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import type { PassbookView } from '../contract.ts'
import { amountText, causeWord, kinWords, yuan } from '../passbook-words.ts'
import { showVoucherCode } from '../rules/voucher-code.ts'

const labels = {
  title: { zh: '积分存折', en: 'Passbook of points' },
  number: { zh: '存折号', en: 'Number' },
  holder: { zh: '姓名', en: 'Name' },
  area: { zh: '社区', en: 'Community' },
  points: { zh: '可用积分', en: 'Points' },
  held: { zh: '冻结中', en: 'Held' },
  yearEnd: { zh: '年终', en: 'Year’s end' },
  hours: { zh: '小时', en: 'hours' },
  pointUnit: { zh: '分', en: 'points' },
  bank: { zh: '时间银行', en: 'Time bank' },
  honours: { zh: '年度荣誉', en: 'Honours' },
  kin: { zh: '家庭账户', en: 'Family account' },
  mark: { zh: '编号', en: 'Mark' },
  entry: { zh: '积分', en: 'Points' },
  voucher: { zh: '爱心券', en: 'Voucher' },
  good: { zh: '可用', en: 'good' },
  spent: { zh: '已用', en: 'spent' },
  expired: { zh: '已过期', en: 'expired' },
  now: { zh: '现在', en: 'now' },
  vouchers: { zh: '可用的爱心券', en: 'Good vouchers' },
  entries: { zh: '明细', en: 'Entries' },
  none: { zh: '暂无', en: 'None' },
  until: { zh: '有效期至', en: 'good until' },
  foot: {
    zh: '积分不是钱，不能买卖；服务时长另行永久记录，兑换不减少时长。',
    en: 'Points are no money and are never sold. Hours of service are a record of their own that redeeming does not lessen.',
  },
  time: { zh: '时间', en: 'Time' },
  what: { zh: '事由', en: 'What' },
  kind: { zh: '种类', en: 'Kind' },
  amount: { zh: '数量', en: 'Amount' },
} as const

export function drawPassbook(
  view: PassbookView,
  street: string,
  at: Date,
  language: Language,
): Promise<Buffer> {
  const say = (key: keyof typeof labels) => labels[key][language]
  const withUnit = (amount: number, unit: 'points' | 'minutes') =>
    `${amountText(amount, unit)} ${say(unit === 'minutes' ? 'hours' : 'pointUnit')}`
  return drawPaper({ size: 'A4', title: say('title'), at }, (paper) => {
    paper.text(street, { size: 10, grey: true, after: 0.1 })
    paper.title(say('title'))
    paper.facts([
      [say('number'), view.number ?? '—'],
      [say('holder'), view.holder],
      [say('area'), view.area ?? ''],
      [say('points'), String(view.points)],
      ...(view.heldPoints > 0 ? [[say('held'), String(view.heldPoints)] as const] : []),
      ...(view.minutes === null
        ? []
        : [[say('bank'), bankText(view.minutes, view.mostMinutes, language)] as const]),
      ...(view.yearEnd === null ? [] : [[say('yearEnd'), yearEndText(view.yearEnd, language)] as const]),
      ...view.honours.map((one) => [say('honours'), `${one.year} · ${one.number}`] as const),
      ...view.kin.map((one) => [say('kin'), `${one.name} · ${kinWords[one.relation][language]}`] as const),
    ])
    const good = view.vouchers.filter(({ state }) => state === 'good')
    paper.text(say('vouchers'), { grey: true, after: 0.1 })
    if (good.length === 0) paper.text(say('none'))
    paper.facts(
      good.map(({ serial, code, valueFen, expiresOn }) => [
        `¥${yuan(valueFen)}`,
        `${code === null ? '' : showVoucherCode(code)}   ${serial}   ${say('until')} ${formatDay(expiresOn, language)}`,
      ]),
    )
    paper.text(say('entries'), { grey: true, after: 0.1 })
    if (view.entries.length === 0) paper.text(say('none'))
    paper.facts(
      view.entries.map((entry) => [
        `${entry.amount > 0 ? '+' : ''}${withUnit(entry.amount, entry.unit)}`,
        `${formatTime(new Date(entry.at), language)}   ${causeWord(entry.cause, entry.unit)[language]}`,
      ]),
    )
    paper.text(say('foot'), { size: 9, grey: true })
  })
}

function yearEndText(
  { year, keeps, from }: NonNullable<PassbookView['yearEnd']>,
  language: Language,
): string {
  const day = formatDay(from, language)
  return language === 'zh'
    ? `${year} 年的积分请在 ${day} 前使用，到那天结转 ${keeps} 分，其余到期`
    : `points of ${year} may be used before ${day}; then ${keeps} are carried over and the rest expires`
}

/** What is there now, what the family account is, vouchers and honours, and every entry; one table for a spreadsheet. */
export function passbookCsv(view: PassbookView, language: Language): Buffer {
  const say = (key: keyof typeof labels) => labels[key][language]
  const voucherState = { good: say('good'), spent: say('spent'), expired: say('expired') } as const
  const rows = [
    [say('kind'), say('time'), say('what'), say('amount'), say('mark')],
    [say('holder'), '', view.holder, '', view.number ?? ''],
    [say('points'), '', say('now'), String(view.points), ''],
    [say('points'), '', say('held'), String(view.heldPoints), ''],
    ...(view.minutes === null
      ? []
      : [[say('bank'), '', say('now'), amountText(view.minutes, 'minutes'), '']]),
    ...view.kin.map((one) => [say('kin'), '', kinWords[one.relation][language], '', one.name]),
    ...view.honours.map((one) => [
      say('honours'),
      String(one.year),
      one.holder ?? '',
      String(one.points),
      one.number,
    ]),
    ...view.vouchers.map((one) => [
      say('voucher'),
      `${say('until')} ${one.expiresOn}`,
      voucherState[one.state],
      yuan(one.valueFen),
      one.serial,
    ]),
    ...view.entries.map((entry) => [
      say(entry.unit === 'points' ? 'entry' : 'bank'),
      formatTime(new Date(entry.at), language),
      causeWord(entry.cause, entry.unit)[language],
      amountText(entry.amount, entry.unit),
      entry.transferId,
    ]),
  ]
  // With a mark of its encoding, or a spreadsheet reads Chinese as something else.
  return Buffer.from(`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`)
}

function bankText(minutes: number, most: number | null, language: Language): string {
  const hours = (amount: number) => `${amountText(amount, 'minutes')} ${labels.hours[language]}`
  return most === null
    ? hours(minutes)
    : `${hours(minutes)}${language === 'zh' ? `（最多存 ${hours(most)}，多的进社区公益池）` : ` (${hours(most)} at most; the rest comes to the common pool)`}`
}

/** An amount with its sign stays a number; a name that a spreadsheet would run becomes a text. */
function cell(text: string): string {
  const plain = /^[-+]?[\d.,]+$/.test(text) ? text : plainCell(text)
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
