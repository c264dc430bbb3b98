/** Ready-made readers of cells, so that a date or a phone is understood the same way in every kind of list. */
import { normaliseMobile } from '../../lib/codes.ts'
import type { Bilingual } from '../../lib/language.ts'
import { addDays, type Day, isDay, startOfDay } from '../../lib/time.ts'
import { numberText, serialText } from './cell-text.ts'
import type { CellRead, SheetCell } from './sheet-kind.ts'

const good = <Value>(value: Value, note?: Bilingual): CellRead<Value> => ({
  ok: true,
  value,
  ...(note ? { note } : {}),
})
const bad = (zh: string, en: string): CellRead<never> => ({ ok: false, reason: { zh, en } })

/** A text on one line, without the apostrophe that an export puts before what looks like a formula. */
export function readText(most: number): (cell: SheetCell) => CellRead<string> {
  return ({ text }) => {
    const plain = text.replace(/\s+/g, ' ').replace(/^'(?=[=+\-@|\uff1d\uff0b\uff0d\uff20])/, '')
    const length = [...plain].length
    return length > most
      ? bad(`太长了：有 ${length} 个字，最多 ${most} 个`, `Too long: ${length} characters, at most ${most}`)
      : good(plain)
  }
}

const chineseDigits: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
const notADay = bad(
  '看不懂这个日期，请写成 2026-03-05 这样',
  'Not understood as a date; write it like 2026-03-05',
)

/**
 * A real date, a serial number (46086), or a text: 2026年3月5日, 2026.3.5, 2026/3/5, 20260305, 26/3/5, 3月5日 (of this year),
 * 二〇二六年三月五日. A time after the day is left out. Serial numbers are taken between 1990 and 2100 only.
 */
export function readDay(cell: SheetCell, today: Day): CellRead<Day> {
  const day = dayIn(cell, today)
  return day === undefined ? notADay : good(day)
}

function dayIn({ text, type }: SheetCell, today: Day): Day | undefined {
  const head = text.slice(0, 10)
  if (type === 'date') return isDay(head) ? head : undefined
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const day = serialText(Math.floor(Number(text)), false)
    return day !== undefined && day >= '1990-01-01' && day <= '2100-01-01' ? day : undefined
  }
  return dayInText(text, today)
}

function dayInText(text: string, today: Day): Day | undefined {
  const plain = [...text.normalize('NFKC').replace(/(?:(?<!\s)\s+)?([年月日./-])\s*/g, '$1')].join('')
  const spelled =
    /^([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?$/.exec(
      plain,
    )
  if (spelled) {
    const year = [...(spelled[1] ?? '')].map((digit) => chineseDigits[digit] ?? '').join('')
    return dayFrom(year, String(smallNumber(spelled[2] ?? '')), String(smallNumber(spelled[3] ?? '')))
  }
  const full = /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})(?:[日号]|$|[ T])/.exec(plain)
  if (full) return dayFrom(full[1], full[2], full[3])
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (packed) return dayFrom(packed[1], packed[2], packed[3])
  const short = /^(\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(plain)
  if (short) return dayFrom(`20${short[1]}`, short[2], short[3])
  const ofThisYear = /^(\d{1,2})[月./-](\d{1,2})[日号]?$/.exec(plain)
  if (ofThisYear) return dayFrom(today.slice(0, 4), ofThisYear[1], ofThisYear[2])
  return undefined
}

/** 十 10, 十二 12, 二十三 23. */
function smallNumber(text: string): number {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['', text]
  const digit = (character: string) => Number(chineseDigits[character] ?? 0)
  return (text.includes('十') ? (tens === '' ? 1 : digit(tens)) * 10 : 0) + digit(ones)
}

function dayFrom(year = '', month = '', day = ''): Day | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : undefined
}

/** A day with its time at UTC+8, as ISO 8601; a day alone is its first instant. ISO texts with an offset are kept. */
export function readInstant(cell: SheetCell, today: Day): CellRead<string> {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(cell.text) && !Number.isNaN(Date.parse(cell.text)))
    return good(new Date(cell.text).toISOString())
  const serial = /^\d{5}\.\d+$/.test(cell.text) ? serialText(Number(cell.text), false) : undefined
  const text = serial ?? cell.text
  const time = /(?:^|[ T日])(\d{1,2})[:时\uff1a](\d{1,2})(?:[:分\uff1a](\d{1,2}))?[秒分]?$/.exec(text)
  const day = dayIn(
    { ...cell, text: serial ?? (time ? text.slice(0, time.index + 1).replace(/[ T]$/, '') : text) },
    today,
  )
  if (day === undefined)
    return bad(
      '看不懂这个时间，请写成 2026-03-05 14:30 这样',
      'Not understood as a time; write it like 2026-03-05 14:30',
    )
  const [hours = 0, minutes = 0, seconds = 0] = [time?.[1], time?.[2], time?.[3]].map((part) =>
    Number(part ?? 0),
  )
  if (hours > 24 || minutes > 59 || seconds > 59) return bad('这个时间不存在', 'There is no such time')
  const base = startOfDay(hours === 24 ? addDays(day, 1) : day).getTime()
  const intoDay = ((hours % 24) * 3600 + minutes * 60 + seconds) * 1000
  return good(new Date(base + intoDay).toISOString())
}

/** A mainland mobile number, also when it was stored as a number (1.39E+10). Of several the first is taken, with a word. */
export function readMobile(cell: SheetCell): CellRead<string> {
  const text = numberText(cell.text)
  const whole = normaliseMobile(text)
  if (whole !== undefined) return good(whole)
  for (const part of text.split(/[\n,;、/|\uff0c\uff1b]+|(?<![^\S\n])\s+(?=1[3-9])/)) {
    const mobile = normaliseMobile(part)
    if (mobile !== undefined)
      return good(mobile, { zh: `有几个号码，取了 ${mobile}`, en: `Several numbers; took ${mobile}` })
  }
  return bad('不是 11 位手机号', 'Not a mobile number of 11 digits')
}

/** A whole number of at least `least`; 1,200 and '12户' are read. */
export function readWholeNumber(least: number, most: number): (cell: SheetCell) => CellRead<number> {
  return ({ text }) => {
    const plain = text
      .replace(/(?<=\d)[,\uff0c](?=\d{3})/g, '')
      .replace(/(?<![户人个栋号层平方米㎡\s])[户人个栋号层平方米㎡\s]+$/, '')
    const value = /^-?\d+(\.0+)?$/.test(plain) ? Number(plain) : Number.NaN
    return value >= least && value <= most
      ? good(value)
      : bad(`要填 ${least} 到 ${most} 的整数`, `A whole number from ${least} to ${most}`)
  }
}

export function readDecimal(least: number, most: number): (cell: SheetCell) => CellRead<number> {
  return ({ text }) => {
    const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    return value >= least && value <= most
      ? good(value)
      : bad(`要填 ${least} 到 ${most} 的数`, `A number from ${least} to ${most}`)
  }
}

/** One of some words; what people also write stands in the table as keys. The refusal names the usual words. */
export function readChoice<Value>(
  choices: Readonly<Record<string, Value>>,
  usual: readonly string[],
): (cell: SheetCell) => CellRead<Value> {
  const byPlain = new Map(Object.entries(choices).map(([word, value]) => [plainWord(word), value]))
  return ({ text }) => {
    const value = byPlain.get(plainWord(text))
    return value === undefined
      ? bad(`不是可填的内容。可以填：${usual.join('、')}`, `Not a choice. Choices: ${usual.join(', ')}`)
      : good(value)
  }
}

const plainWord = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** Several words in one cell. */
export function readList(most: number): (cell: SheetCell) => CellRead<readonly string[]> {
  return ({ text }) => {
    const words = [...new Set(text.split(/[\n,;、|\uff0c\uff1b]+|\s+/).filter(Boolean))]
    return words.length > most ? bad(`最多 ${most} 项`, `At most ${most} items`) : good(words)
  }
}
