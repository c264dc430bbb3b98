/**
 * Reads the yearly notice on days off, as an administrator pastes it: the words of the State Council's notice itself,
 * or a table (day, working, name), or JSON as holiday lists on the web are written. What the notice says twice, the
 * weekday and the number of days, is checked against the calendar: a wrong year never goes in unseen.
 */
// Rule: 全国年节及纪念日放假办法; the notice 国务院办公厅关于××年部分节假日安排的通知 (rules.md 5).
import type { Bilingual } from '../../../lib/language.ts'
import { addDays, type Day, daysBetween, isDay, weekdayOf, yearOf } from '../../../lib/time.ts'

export interface NoticeDay {
  readonly day: Day
  readonly working: boolean
  readonly name: string
}

export interface NoticeRead {
  /** In order, each day once. */
  readonly days: readonly NoticeDay[]
  /** The import is refused while there is one. */
  readonly errors: readonly Bilingual[]
  /** To be looked at before confirming. */
  readonly warnings: readonly Bilingual[]
}

const said = (zh: string, en: string): Bilingual => ({ zh, en })
const holidays = ['元旦', '春节', '清明', '劳动节', '端午', '中秋', '国庆'] as const

/** Such as `2026-01-01,放假,元旦`. */
const tableLine = /^[^\S\n]*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[^\S\n]*[,，\t;]/m

export function readNotice(year: number, text: string): NoticeRead {
  const errors: Bilingual[] = []
  const warnings: Bilingual[] = []
  const trimmed = text.trim()
  const found =
    trimmed.startsWith('{') || trimmed.startsWith('[')
      ? readJson(trimmed, errors)
      : /放假/.test(trimmed) && !tableLine.test(trimmed)
        ? readWords(year, trimmed, errors)
        : readTable(trimmed, errors)
  const days = oneEach(found, errors)
  lookOver(year, days, errors, warnings)
  return { days, errors, warnings }
}

function readJson(text: string, errors: Bilingual[]): NoticeDay[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    errors.push(
      said(
        '这段 JSON 读不出来，可能没有复制完整。',
        'This JSON cannot be read; perhaps not all of it was copied.',
      ),
    )
    return []
  }
  const list: unknown = Array.isArray(parsed) ? parsed : (parsed as { days?: unknown } | null)?.days
  if (!Array.isArray(list)) {
    errors.push(said('JSON 里没有“days”列表。', 'The JSON has no list of days.'))
    return []
  }
  return list.flatMap((one: unknown, index) => {
    const row = (one ?? {}) as Record<string, unknown>
    const day = row.day ?? row.date
    const working = typeof row.working === 'boolean' ? row.working : notOf(row.isOffDay)
    if (isDay(day) && working !== undefined) return [{ day, working, name: nameOf(row.name) }]
    errors.push(
      said(
        `第 ${index + 1} 项没有日期，或没说上班还是放假。`,
        `Item ${index + 1} lacks its day, or whether it is worked.`,
      ),
    )
    return []
  })
}

const notOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? !value : undefined)
const nameOf = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 20) : '')

const workingWords = new Map<string, boolean>([
  ...['上班', '是', '班', '补班', '调休上班', 'true', '1', 'yes', 'work', 'working'].map(
    (w) => [w, true] as const,
  ),
  ...['放假', '休息', '否', '休', '假', 'false', '0', 'no', 'off', 'holiday'].map((w) => [w, false] as const),
])

/** Lines of day, working, name; commas or tabs; a first line of headings is skipped. */
function readTable(text: string, errors: Bilingual[]): NoticeDay[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [first = '', second = '', third = ''] = line.split(/[,，\t;]/).map((cell) => cell.trim())
    if (first === '' || (index === 0 && !/\d/.test(first))) return []
    const day = dayFrom(first)
    const working = workingWords.get(second.toLowerCase())
    if (day !== undefined && working !== undefined) return [{ day, working, name: nameOf(third) }]
    errors.push(
      said(
        `第 ${index + 1} 行读不懂：“${line.trim().slice(0, 30)}”。每行应是：日期，上班或放假，名称。`,
        `Line ${index + 1} cannot be read: “${line.trim().slice(0, 30)}”. Each line is day, work or off, name.`,
      ),
    )
    return []
  })
}

function dayFrom(text: string): Day | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  return match ? toDay(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

function toDay(year: number, month: number, date: number): Day | undefined {
  const day = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isDay(day) ? day : undefined
}

const sectionStart = /(?:^|\n)\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）])\s*/
const dated =
  /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^（()）]*)[)）])?(?:\s*(?:至|-|—|～|~)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^（()）]*)[)）])?)?/g

/** The notice itself: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。 */
function readWords(year: number, text: string, errors: Bilingual[]): NoticeDay[] {
  const sections = text
    .split(sectionStart)
    .filter((part) => /放假/.test(part) && /^[^：:。]{1,12}[：:]/.test(part))
  if (sections.length === 0)
    errors.push(
      said(
        '没有认出节日。请把通知里“一、元旦：……”到最后一个节日的几段完整粘贴进来。',
        'No holiday was recognised. Paste the paragraphs of the notice from “一、元旦：…” to the last holiday whole.',
      ),
    )
  return sections.flatMap((section) => readSection(year, section, errors))
}

function readSection(year: number, section: string, errors: Bilingual[]): NoticeDay[] {
  const [, title = '', rest = ''] = /^([^：:]{1,12})[：:]([\s\S]*)$/.exec(section) ?? []
  const name = title.trim().replace(/^(清明|端午|中秋|国庆)$/, '$1节')
  const days: NoticeDay[] = []
  for (const sentence of rest.split(/[。；;]/)) {
    const working = /上班/.test(sentence)
    if (!working && !/放假/.test(sentence)) continue
    const spans = spansIn(year, name, sentence, errors)
    const found = spans.flat().map((day) => ({ day, working, name }))
    const counted = /共\s*(\d+)\s*天/.exec(sentence)?.[1]
    if (!working && counted !== undefined && Number(counted) !== found.length)
      errors.push(
        said(
          `${name}：通知说共 ${counted} 天，读出来是 ${found.length} 天。`,
          `${name}: the notice says ${counted} days, ${found.length} were read.`,
        ),
      )
    days.push(...found)
  }
  return days
}

/** The days of each date or span of a sentence; a month that is not named again is the last one named. */
function spansIn(year: number, name: string, sentence: string, errors: Bilingual[]): Day[][] {
  let month = 1
  return [...sentence.matchAll(dated)].map((match) => {
    const [, y1, m1, d1, note1, y2, m2, d2, note2] = match
    month = m1 === undefined ? month : Number(m1)
    const first = toDay(Number(y1 ?? year), month, Number(d1))
    const startMonth = month
    if (m2 !== undefined) month = Number(m2)
    const nextYear = month < startMonth ? 1 : 0
    const last =
      d2 === undefined ? first : toDay(Number(y2 ?? Number(y1 ?? year) + nextYear), month, Number(d2))
    if (first === undefined || last === undefined || last < first || daysBetween(first, last) > 15) {
      errors.push(said(`${name}：“${match[0]}”不是日期。`, `${name}: “${match[0]}” is no date.`))
      return []
    }
    checkWeekday(name, first, note1, errors)
    checkWeekday(name, last, note2, errors)
    return Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index))
  })
}

const weekdays = '日一二三四五六'

function checkWeekday(name: string, day: Day, note: string | undefined, errors: Bilingual[]): void {
  const told = /(?:周|星期)([一二三四五六日天])/.exec(note ?? '')?.[1]?.replace('天', '日')
  if (told === undefined || weekdays[weekdayOf(day)] === told) return
  errors.push(
    said(
      `${name}：${day} 是周${weekdays[weekdayOf(day)]}，通知写的是周${told}。是不是选错了年份？`,
      `${name}: the weekday of ${day} is not what the notice says. Is the year right?`,
    ),
  )
}

function oneEach(found: readonly NoticeDay[], errors: Bilingual[]): NoticeDay[] {
  const byDay = new Map<Day, NoticeDay>()
  for (const one of found) {
    const known = byDay.get(one.day)
    if (known && known.working !== one.working)
      errors.push(said(`${one.day} 又说放假又说上班。`, `${one.day} is said to be both off and worked.`))
    if (!known) byDay.set(one.day, one)
  }
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

function lookOver(
  year: number,
  days: readonly NoticeDay[],
  errors: Bilingual[],
  warnings: Bilingual[],
): void {
  // A New Year's holiday may begin on the last days of December.
  const foreign = days.filter(({ day }) => yearOf(day) !== year && day.slice(0, 7) !== `${year - 1}-12`)
  if (foreign[0])
    errors.push(said(`${foreign[0].day} 不在 ${year} 年。`, `${foreign[0].day} is not in ${year}.`))
  if (days.length === 0) {
    if (errors.length === 0) errors.push(said('没有读到任何一天。', 'Not a single day was read.'))
    return
  }
  const names = days.map(({ name }) => name).join(' ')
  const missing = holidays.filter((name) => !names.includes(name.replace('节', '')))
  if (missing.length > 0)
    warnings.push(
      said(
        `没有看到：${missing.join('、')}。请核对是否粘贴完整。`,
        `Not found: ${missing.join(', ')}. Was all of it pasted?`,
      ),
    )
  const idle = days.filter(({ day, working }) => working && ![0, 6].includes(weekdayOf(day)))
  if (idle[0])
    warnings.push(
      said(
        `${idle[0].day} 本来就是工作日，却写着调休上班。`,
        `${idle[0].day} is a weekday anyway, yet is said to be made up.`,
      ),
    )
}
