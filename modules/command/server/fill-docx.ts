/** Fills a Word file: {{field}} anywhere; {{#list}} … {{/list}} around a table row or paragraph repeats it. */
import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { plainZip } from '../../../platform/sheets/plain-zip.ts'
import type { Fields, PaperFields } from './paper-fields.ts'

const options = {
  delimiters: { start: '{{', end: '}}' },
  paragraphLoop: true,
  linebreaks: true,
  // A field that there is not stays empty and is no fault: a template may be older than the program.
  nullGetter: () => '',
  // Only plain names: a template computes nothing.
  parser: (tag: string) => ({
    get: (scope: unknown) => {
      const name = tag.trim()
      if (name === '.') return scope
      return typeof scope === 'object' && scope !== null && Object.hasOwn(scope, name)
        ? (scope as Record<string, unknown>)[name]
        : undefined
    },
  }),
} as const

/** Unpacked under limits before the library sees it. @throws SheetFault, Error */
const opened = (template: Uint8Array): PizZip => new PizZip(plainZip(Buffer.from(template)))

/** A control character that somebody pasted is none of a Word file's: with one in it no paper could be made at all. */
const legible = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(notInXml, '') : value,
    ]),
  )

// Rule: XML 1.0, 2.2: what a document may hold.
const notInXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** @throws Error for what is no Word file or has a broken field */
export function fillDocx(template: Uint8Array, fields: PaperFields): Uint8Array {
  const paper = new Docxtemplater(opened(template), options)
  const { once, lists } = fields
  paper.render({
    ...legible(once),
    ...Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, rows.map(legible)])),
  })
  return paper.getZip().generate({ type: 'uint8array', compression: 'DEFLATE' })
}

/** How many {{fields}} a Word file holds. @throws Error for what is no Word file */
export function countDocxFields(template: Uint8Array): number {
  const paper = new Docxtemplater(opened(template), options)
  return [...paper.getFullText().matchAll(/\{\{[^{}]+\}\}/g)].length
}
