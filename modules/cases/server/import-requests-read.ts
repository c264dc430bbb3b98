/** Requests and replies from other systems, as text: JSON lines, or CSV with a mapping of our fields to its columns. */
import { parseCsvRows } from '../../../lib/csv.ts'
import { isDay, startOfDay } from '../../../lib/time.ts'

export const requestFields = ['id', 'user', 'title', 'time', 'text', 'reply', 'replyTime', 'label'] as const
type Field = (typeof requestFields)[number]

/** Our field → the name it has in the file; a field that is left out has its own name. */
export type RequestMapping = Partial<Record<Field, string>>

export interface ImportedRequest {
  /** Unique in its source. */
  readonly id: string
  readonly user: string | null
  readonly title: string
  readonly text: string
  readonly at: Date
  readonly reply: { readonly text: string; readonly at: Date } | null
  readonly label: string | null
}

export interface RequestRow {
  readonly line: number
  /** A text says what is wrong with the row. */
  readonly read: ImportedRequest | string
}

/** Rule: the texts of real boards run to 9,000 characters; beyond this a row is no request of one person. */
const longestText = 10_000
const longestTitle = 100

/**
 * Each row of the file, good or bad. JSON lines when the text begins with a brace, else CSV with a header.
 * @throws Error when the file is empty, or a CSV lacks the columns of id, time and text
 */
export function readRequests(text: string, mapping: RequestMapping = {}): RequestRow[] {
  const body = text.replace(/^\uFEFF/, '')
  const name = (field: Field) => mapping[field] ?? field
  if (body.trim() === '') throw new Error('the file is empty')
  return body.trimStart().startsWith('{') ? readJsonLines(body, name) : readCsv(body, name)
}

type NameOf = (field: Field) => string

function readJsonLines(body: string, name: NameOf): RequestRow[] {
  return body.split('\n').flatMap((line, index): RequestRow[] => {
    if (line.trim() === '') return []
    try {
      const values: unknown = JSON.parse(line)
      const fits = typeof values === 'object' && values !== null && !Array.isArray(values)
      const read = fits
        ? readRequest((field) => textOf((values as Record<string, unknown>)[name(field)]))
        : 'no JSON object'
      return [{ line: index + 1, read }]
    } catch {
      return [{ line: index + 1, read: 'no JSON object' }]
    }
  })
}

function readCsv(body: string, name: NameOf): RequestRow[] {
  const [header, ...rows] = parseCsvRows(body)
  const columns = (header?.cells ?? []).map((cell) => cell.trim())
  const lacking = (['id', 'time', 'text'] as const).filter((field) => !columns.includes(name(field)))
  if (lacking.length > 0)
    throw new Error(
      `no column for ${lacking.map((field) => `${field} (${name(field)})`).join(', ')}; give a mapping of our fields to its columns`,
    )
  return rows.map(({ line, cells }) => ({
    line,
    read:
      cells.length === columns.length
        ? readRequest((field) => cells[columns.indexOf(name(field))] ?? '')
        : `${cells.length} cells under ${columns.length} columns`,
  }))
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

function readRequest(field: (name: Field) => string): ImportedRequest | string {
  const get = (name: Field) => field(name).trim()
  // Neither a zero character nor half of a surrogate pair is text that a database keeps.
  if (requestFields.some((name) => /\0|\p{Cs}/u.test(field(name))))
    return 'it holds characters that are no text'
  const [id, text, reply] = [get('id'), get('text'), get('reply')]
  if (id === '' || id.length > 100) return 'the id is missing or longer than 100 characters'
  if (text === '' || text.length > longestText)
    return `the text is missing or longer than ${longestText} characters`
  if (reply.length > longestText) return `the reply is longer than ${longestText} characters`
  const at = readTime(get('time'))
  if (!at) return `time ${JSON.stringify(get('time').slice(0, 40))} is no time`
  const repliedAt = readTime(get('replyTime'))
  if (reply !== '' && !repliedAt) return 'there is a reply, and replyTime is no time'
  if (reply !== '' && repliedAt && repliedAt < at) return 'the reply is earlier than the request'
  return {
    id,
    text,
    at,
    title: titleOf(get('title') || text),
    user: get('user').slice(0, 100) || null,
    label: get('label').slice(0, 100) || null,
    reply: reply !== '' && repliedAt ? { text: reply, at: repliedAt } : null,
  }
}

function titleOf(text: string): string {
  const characters = [...(text.split('\n')[0] ?? text)]
  return characters.length > longestTitle
    ? `${characters.slice(0, longestTitle - 1).join('')}…`
    : characters.join('')
}

/** ISO 8601, or `2019-04-24 16:03[:40]` and `2019/4/24 16:03` as a street writes it, at UTC+8. */
function readTime(text: string): Date | undefined {
  const local = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text)
  if (!local) {
    const at = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
    return Number.isNaN(at) ? undefined : new Date(at)
  }
  const [, year, month = '', day = '', hours = '0', minutes = '0', seconds = '0'] = local
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isDay(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const intoDay = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
  return new Date(startOfDay(date).getTime() + intoDay)
}
