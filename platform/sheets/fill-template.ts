/**
 * A street's own workbook as a template. `{{field}}` in a cell is filled in; the one row that names fields of the list
 * is repeated for every row of it. The workbook is changed in its own XML, so that styles, widths, merged cells, print
 * areas and pictures stay as they are, and rows are written as they come.
 */
import { openZip, type Zip } from './open-zip.ts'
import { plainCell } from './plain-cell.ts'
import { SheetFault } from './sheet-limits.ts'
import { moveReferences, stretchReferences } from './shift-references.ts'
import { attribute, escapeXml, scanXml, unescapeXml } from './xml-scan.ts'
import { ZipWriter } from './zip-writer.ts'

const fieldPattern = /\{\{\s*([^{}]{1,60}?)\s*\}\}/g
const rowPattern = /<row\b[^>]*?(?:\/>|>[\s\S]*?<\/row>)/g
const cellPattern = /<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g

export interface TemplateFields {
  /** Fields of the repeated row, as written. */
  readonly row: readonly string[]
  readonly others: readonly string[]
}

interface Template {
  readonly zip: Zip
  readonly path: string
  readonly xml: string
  readonly strings: readonly string[]
  readonly repeated: { readonly xml: string; readonly number: number }
}

/** Which fields a template names; `isField` knows those of the list. @throws SheetFault unreadable when none is */
export function templateFields(bytes: Buffer, isField: (name: string) => boolean): TemplateFields {
  const template = openTemplate(bytes, isField)
  const named = (xml: string): string[] => [
    ...new Set(cellsOf(xml, template.strings).flatMap(({ text }) => fieldsIn(text))),
  ]
  const row = named(template.repeated.xml)
  return { row, others: named(template.xml).filter((name) => !row.includes(name)) }
}

const fieldsIn = (text: string): string[] => [...text.matchAll(fieldPattern)].map(([, name = '']) => name)

function openTemplate(bytes: Buffer, isField: (name: string) => boolean): Template {
  if (bytes.length < 4 || bytes.readUInt32BE(0) !== 0x504b0304) throw new SheetFault('unreadable')
  const zip = openZip(bytes)
  const strings = sharedStrings(zip.part('xl/sharedStrings.xml')?.toString('utf8') ?? '')
  for (const path of zip.names.filter((name) => /^xl\/worksheets\/[\w-]+\.xml$/.test(name)).sort()) {
    const xml = zip.part(path)?.toString('utf8') ?? ''
    for (const [row] of xml.matchAll(rowPattern)) {
      const number = Number(attribute(row.slice(4, row.indexOf('>')), 'r'))
      if (!Number.isInteger(number)) continue
      if (cellsOf(row, strings).some(({ text }) => fieldsIn(text).some(isField)))
        return { zip, path, xml, strings, repeated: { xml: row, number } }
    }
  }
  throw new SheetFault('unreadable')
}

function sharedStrings(xml: string): string[] {
  const strings: string[] = []
  let text = ''
  let inside = false
  scanXml(xml, {
    open({ name, closed }) {
      if (name === 'si') text = ''
      inside = name === 't' && !closed
    },
    close(name) {
      if (name === 'si') strings.push(text)
      inside = false
    },
    text(part) {
      if (inside) text += part
    },
  })
  return strings
}

interface Cell {
  readonly attributes: string
  readonly inner: string
  /** '' for anything but a text. */
  readonly text: string
}

function cellsOf(xml: string, strings: readonly string[]): Cell[] {
  return [...xml.matchAll(cellPattern)].map(([, attributes = '', inner = '']) => ({
    attributes,
    inner,
    text: textOf(attributes, inner, strings),
  }))
}

function textOf(attributes: string, inner: string, strings: readonly string[]): string {
  const type = attribute(attributes, 't')
  const value = /<v[^>]*>([\s\S]*?)<\/v>/.exec(inner)?.[1] ?? ''
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'inlineStr')
    return [...inner.matchAll(/<t[^>]*>([\s\S]*?)<\/t>/g)].map(([, part = '']) => unescapeXml(part)).join('')
  return type === 'str' ? unescapeXml(value) : ''
}

export interface Filling {
  /** By the name as written in the template; undefined leaves the cell empty. */
  readonly fact: (name: string) => string | number | undefined
  readonly rows: AsyncIterable<(name: string) => string | number | undefined>
}

/** The filled workbook. @throws SheetFault when it is no template */
export async function fillTemplate(
  bytes: Buffer,
  isField: (name: string) => boolean,
  filling: Filling,
): Promise<{ bytes: Buffer; rows: number }> {
  const template = openTemplate(bytes, isField)
  const { zip, path, xml, repeated } = template
  const writer = new ZipWriter()
  const counted = { rows: 0 }
  await writer.addTexts(path, sheetParts(template, filling, counted))
  const name = sheetNameOf(zip, path)
  for (const part of zip.names) {
    if (part === path || part === 'xl/calcChain.xml' || part.endsWith('/')) continue
    const content = zip.part(part)
    if (content)
      writer.add(part, otherPart(part, content, { row: repeated.number, count: counted.rows, name }))
  }
  if (!xml.includes('<sheetData')) throw new SheetFault('unreadable')
  return { bytes: writer.end(), rows: counted.rows }
}

/** Links to the calculation chain go with it; print areas of the filled sheet grow. */
function otherPart(
  part: string,
  content: Buffer,
  grown: { row: number; count: number; name: string | undefined },
): Buffer {
  const text = () => content.toString('utf8')
  if (part === '[Content_Types].xml')
    return Buffer.from(text().replace(/<Override[^>]*calcChain[^>]*\/>/g, ''))
  if (part === 'xl/_rels/workbook.xml.rels')
    return Buffer.from(text().replace(/<Relationship\b[^>]*calcChain[^>]*\/>/g, ''))
  if (part !== 'xl/workbook.xml') return content
  const { name, row, count } = grown
  const named = text().replace(
    /(<definedName\b[^>]*>)([^<]*)(<\/definedName>)/g,
    (whole, open, range: string, close) =>
      name !== undefined && unescapeXml(range).replace(/'/g, '').startsWith(`${name}!`)
        ? `${open}${range.replace(/![^!]*$/, (tail) => stretchReferences(tail, row, Math.max(count, 1)))}${close}`
        : whole,
  )
  const calc = '<calcPr fullCalcOnLoad="1"/>'
  return Buffer.from(
    /<calcPr\b[^>]*\/>/.test(named)
      ? named.replace(/<calcPr\b[^>]*\/>/, calc)
      : named.replace(/<\/sheets>(?![\s\S]*<definedNames)|<\/definedNames>/, (end) => `${end}${calc}`),
  )
}

function sheetNameOf(zip: Zip, path: string): string | undefined {
  const rels = zip.part('xl/_rels/workbook.xml.rels')?.toString('utf8') ?? ''
  const workbook = zip.part('xl/workbook.xml')?.toString('utf8') ?? ''
  const file = path.slice('xl/'.length)
  for (const [, attributes = ''] of rels.matchAll(/<Relationship\b([^>]*)\/>/g)) {
    if (!(attribute(attributes, 'Target') ?? '').endsWith(file)) continue
    const id = attribute(attributes, 'Id')
    for (const [, sheet = ''] of workbook.matchAll(/<sheet\b([^>]*)\/>/g))
      if (attribute(sheet, '(?:\\w+:)?id') === id) return attribute(sheet, 'name')
  }
  return undefined
}

const piece = 64 * 1024

async function* sheetParts(
  template: Template,
  { fact, rows }: Filling,
  counted: { rows: number },
): AsyncGenerator<string> {
  const { xml, repeated, strings } = template
  const start = xml.indexOf(repeated.xml)
  const before = xml.slice(0, start).replace(/<dimension\b[^>]*\/>/, '')
  yield before.replace(rowPattern, (row) => fillRow(row, strings, fact, 0))
  let waiting = ''
  for await (const value of rows) {
    const own = (name: string) => value(name) ?? fact(name)
    waiting += copyRow(repeated, strings, own, counted.rows)
    counted.rows++
    if (waiting.length > piece) {
      yield waiting
      waiting = ''
    }
  }
  // An empty list keeps the row, with nothing in its fields.
  if (counted.rows === 0) waiting = copyRow(repeated, strings, fact, 0)
  yield waiting
  yield rest(xml.slice(start + repeated.xml.length), template, fact, Math.max(counted.rows, 1))
}

function rest(xml: string, { repeated, strings }: Template, fact: Filling['fact'], count: number): string {
  const { number } = repeated
  const end = xml.indexOf('</sheetData>')
  const stretch = (text: string) => stretchReferences(text, number, count)
  const rows = xml.slice(0, end).replace(rowPattern, (row) => {
    const moved = row
      .replace(
        /(<row\b[^>]*?\sr=")(\d+)(")/,
        (_, open, at, close) => `${open}${Number(at) + count - 1}${close}`,
      )
      .replace(/(<c\b[^>]*?\sr=")([A-Z]+\d+)(")/g, (_, open, at, close) => `${open}${stretch(at)}${close}`)
    return fillRow(moved, strings, fact, 0, stretch)
  })
  return rows + afterRows(xml.slice(end), number, count)
}

/** Merged cells, rules and checks: those below move, those of the repeated row are repeated or grow. */
function afterRows(xml: string, row: number, count: number): string {
  return xml
    .replace(/<mergeCells\b[^>]*>([\s\S]*?)<\/mergeCells>/, (_, inner: string) => {
      const ranges = [...inner.matchAll(/ref="([^"]+)"/g)].flatMap(([, range = '']) => {
        const rowsOf = [...range.matchAll(/\d+/g)].map(Number)
        if (rowsOf.every((each) => each === row))
          return Array.from({ length: count }, (_unused, offset) => moveReferences(range, offset))
        return [stretchReferences(range, row, count)]
      })
      return `<mergeCells count="${ranges.length}">${ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`
    })
    .replace(/ sqref="([^"]+)"/g, (_, ranges: string) => {
      const grown = ranges
        .split(' ')
        .map((range) => {
          const single = /^\$?([A-Z]+)\$?(\d+)$/.exec(range)
          // A rule on one cell of the repeated row is one on its whole column of rows.
          if (single && Number(single[2]) === row && count > 1)
            return `${range}:${single[1]}${row + count - 1}`
          return stretchReferences(range, row, count)
        })
        .join(' ')
      return ` sqref="${grown}"`
    })
}

function copyRow(
  { xml, number }: Template['repeated'],
  strings: readonly string[],
  value: (name: string) => string | number | undefined,
  offset: number,
): string {
  const at = number + offset
  const numbered = xml
    .replace(/(<row\b[^>]*?\sr=")\d+(")/, `$1${at}$2`)
    .replace(/(<c\b[^>]*?\sr="[A-Z]+)\d+(")/g, `$1${at}$2`)
  return fillRow(numbered, strings, value, offset)
}

/** Fields become values; a formula moves with its row and loses its last value, so that it is counted anew. */
function fillRow(
  row: string,
  strings: readonly string[],
  value: (name: string) => string | number | undefined,
  offset: number,
  stretch?: (text: string) => string,
): string {
  return row.replace(cellPattern, (whole, attributes: string, inner = '') => {
    const formula = /<f\b[^>]*>([\s\S]*?)<\/f>/.exec(inner)
    if (formula) {
      const text = formula[1] ?? ''
      return `<c${withoutType(attributes)}><f>${stretch ? stretch(text) : moveReferences(text, offset)}</f></c>`
    }
    const text = textOf(attributes, inner, strings)
    if (!text.includes('{{')) return whole
    return filledCell(withoutType(attributes), text, value)
  })
}

const withoutType = (attributes: string): string => attributes.replace(/\st="[^"]*"/, '').replace(/\/$/, '')

function filledCell(
  attributes: string,
  text: string,
  value: (name: string) => string | number | undefined,
): string {
  const whole = /^\{\{\s*([^{}]{1,60}?)\s*\}\}$/.exec(text.trim())
  const only = whole ? value(whole[1] ?? '') : undefined
  if (typeof only === 'number') return `<c${attributes}><v>${only}</v></c>`
  const filled = plainCell(text.replace(fieldPattern, (_, name: string) => String(value(name) ?? '')))
  return filled === ''
    ? `<c${attributes}/>`
    : `<c${attributes} t="inlineStr"><is><t xml:space="preserve">${escapeXml(filled)}</t></is></c>`
}
