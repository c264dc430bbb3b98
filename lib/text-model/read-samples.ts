/** Labelled messages out of a file: lines of JSON or a table with a head. */
import { parseCsvRows } from '../csv.ts'
import type { Sample } from './train-text-model.ts'

export interface ReadSamples {
  readonly samples: readonly Sample[]
  /** Lines that hold no label or no words. */
  readonly leftOut: readonly number[]
}

const labelNames = ['label', 'matter', '类别', '标签', '分类', '一级标签', '事项']
const titleNames = ['title', '标题', '主题', '留言主题']
const textNames = ['text', 'tokens', 'content', '内容', '正文', '留言详情', '诉求内容']

/**
 * Lines of JSON with `label` and either `title` and `text` or `tokens` (words set apart by spaces), or CSV whose first
 * row names such columns, in English or Chinese.
 * @throws RangeError when the first line is neither
 */
export function readSamples(text: string): ReadSamples {
  return text.trimStart().startsWith('{') ? fromLines(text) : fromTable(text)
}

type Fields = Readonly<Record<string, unknown>>

function fromLines(text: string): ReadSamples {
  const samples: Sample[] = []
  const leftOut: number[] = []
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '') return
    const sample = sampleOf(parsed(line))
    if (sample) samples.push(sample)
    else leftOut.push(at + 1)
  })
  return { samples, leftOut }
}

function parsed(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Fields) : {}
  } catch {
    return {}
  }
}

function fromTable(text: string): ReadSamples {
  const [head, ...rows] = parseCsvRows(text)
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  if (
    !names.some((name) => labelNames.includes(name)) ||
    !names.some((name) => textNames.includes(name) || titleNames.includes(name))
  )
    throw new RangeError('neither lines of JSON nor a table with a column label and one of text or title')
  const samples: Sample[] = []
  const leftOut: number[] = []
  for (const { line, cells } of rows) {
    const sample = sampleOf(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])))
    if (sample) samples.push(sample)
    else leftOut.push(line)
  }
  return { samples, leftOut }
}

function sampleOf(fields: Fields): Sample | undefined {
  const said = (names: readonly string[]) => {
    const name = names.find((one) => typeof fields[one] === 'string' && fields[one] !== '')
    return name === undefined ? '' : String(fields[name]).trim()
  }
  const [label, title, text] = [said(labelNames), said(titleNames), said(textNames)]
  return label === '' || (title === '' && text === '') ? undefined : { label, title, text }
}
