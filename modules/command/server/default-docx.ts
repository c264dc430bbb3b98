/** The Word file that the program ships for the meeting's paper: A4 across, plain tables, {{fields}} like any template. */
import PizZip from 'pizzip'
import type { Language } from '../../../lib/language.ts'
import { paperWords } from '../paper-words.ts'
import { paperFigureFields, paperTables } from './default-xlsx.ts'

const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

interface Look {
  readonly halfPoints?: number
  readonly bold?: boolean
}

function paragraph(text: string, { halfPoints = 21, bold = false }: Look = {}): string {
  const face = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="宋体"/>'
  const run = `<w:rPr>${face}${bold ? '<w:b/>' : ''}<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/></w:rPr>`
  return `<w:p><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr><w:r>${run}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r></w:p>`
}

const row = (cells: readonly string[], width: number, head = false): string =>
  `<w:tr><w:trPr><w:cantSplit/>${head ? '<w:tblHeader/>' : ''}</w:trPr>${cells
    .map(
      (text) =>
        `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraph(text, { halfPoints: 19, bold: head })}</w:tc>`,
    )
    .join('')}</w:tr>`

const pageWidth = 14_570

function table(rows: readonly (readonly string[])[], head: boolean): string {
  const columns = rows[0]?.length ?? 1
  const width = Math.floor(pageWidth / columns)
  const line = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>`
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(line).join('')
  const grid = `<w:gridCol w:w="${width}"/>`.repeat(columns)
  return `<w:tbl><w:tblPr><w:tblW w:w="${width * columns}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows
    .map((cells, index) => row(cells, width, head && index === 0))
    .join('')}</w:tbl>`
}

function body(language: Language): string {
  const figures = paperFigureFields(language).map(([name, field]) => [name, `{{${field}}}`])
  const half = Math.ceil(figures.length / 2)
  const pairs = figures.slice(0, half).map((pair, index) => [...pair, ...(figures[half + index] ?? ['', ''])])
  const tables = paperTables(language).map(({ heading, list, columns }) => {
    // The loop opens in the first cell of the row and closes in the last: the row is repeated.
    const fields = columns.map(([, field], index) => {
      const open = index === 0 ? `{{#${list}}}` : ''
      const close = index === columns.length - 1 ? `{{/${list}}}` : ''
      return `${open}{{${field}}}${close}`
    })
    const rows = [columns.map(([name]) => name), fields]
    return paragraph(heading, { halfPoints: 26, bold: true }) + table(rows, true)
  })
  return [
    paragraph('{{title}}', { halfPoints: 36, bold: true }),
    paragraph('{{period}}'),
    paragraph(`${paperWords.asOf[language]} {{asOf}}`),
    paragraph(paperWords.figures[language], { halfPoints: 26, bold: true }),
    table(pairs, false),
    ...tables,
    paragraph(paperWords.minutes[language], { halfPoints: 26, bold: true }),
    paragraph('{{minutes}}'),
  ].join('')
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const types = 'application/vnd.openxmlformats'

export function defaultDocx(language: Language): Uint8Array {
  const zip = new PizZip()
  zip.file(
    '[Content_Types].xml',
    `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="${types}-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${types}-officedocument.wordprocessingml.document.main+xml"/></Types>`,
  )
  zip.file(
    '_rels/.rels',
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
  )
  zip.file(
    'word/document.xml',
    `${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body(language)}<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`,
  )
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE' })
}
