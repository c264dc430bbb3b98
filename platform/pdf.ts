/**
 * Papers as PDF: Chinese type, lines, a QR code. Every paper of the product is drawn through here, so that all look
 * alike and none needs a font of the machine that prints it.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Pdf from 'pdfkit'
import { create as createQr } from 'qrcode'

/** Points to the millimetre. */
const mm = 72 / 25.4

/** Beside the bundle in a built system, in its package in development. Licence: SIL Open Font License 1.1. */
export function fontFile(): string {
  const built = fileURLToPath(new URL('./fonts/NotoSansSC_400Regular.ttf', import.meta.url))
  return existsSync(built)
    ? built
    : fileURLToPath(
        new URL(
          '../node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
          import.meta.url,
        ),
      )
}

export interface Paper {
  /** A line of the largest type at the top. */
  title(text: string): void
  /** A paragraph, wrapped at the margins; what does not fit goes on to the next page. */
  text(words: string, style?: { size?: number; grey?: boolean; after?: number }): void
  /** Facts in two columns, a thin line under each. */
  facts(rows: readonly (readonly [label: string, value: string])[]): void
  /** Empty lines to write on by hand, under a label. */
  lines(label: string, count: number): void
  /** A square of `sideMm` at the right margin of the top, with words under it. */
  qr(target: string, sideMm: number, words: string): void
  /** Slips to cut apart, two in a row, each with a code on its right; they begin where the paper stands now. */
  tickets(all: readonly Ticket[]): void
}

export interface Ticket {
  /** What its QR code holds. */
  readonly target: string
  readonly head: string
  /** In the largest type. */
  readonly value: string
  readonly lines: readonly string[]
}

const ink = '#1E2328'
const soft = '#5B636B'
const line = '#B9B6AE'

/** Draws one document. `at` is the time it carries; the same input gives the same paper. */
export function drawPaper(
  options: { size: 'A4' | 'A5'; title: string; at: Date },
  draw: (paper: Paper) => void,
): Promise<Buffer> {
  const margin = (options.size === 'A4' ? 18 : 14) * mm
  const doc = new Pdf({
    size: options.size,
    margin,
    info: { Title: options.title, Producer: 'Linli', Creator: 'Linli', CreationDate: options.at },
    font: fontFile(),
  })
  const parts: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
  draw(paperOn(doc, margin))
  doc.end()
  return done
}

function paperOn(doc: PDFKit.PDFDocument, margin: number): Paper {
  const width = doc.page.width - 2 * margin
  /** What stands beside the QR code is narrower, down to its foot. */
  let qrFoot = 0
  let qrSide = 0
  const room = () => (doc.y < qrFoot ? width - qrSide - 6 * mm : width)
  const rule = (y: number, to: number) =>
    doc
      .moveTo(margin, y)
      .lineTo(margin + to, y)
      .lineWidth(0.5)
      .strokeColor(line)
      .stroke()
  const square = (target: string, left: number, top: number, side: number) => {
    const { modules } = createQr(target, { errorCorrectionLevel: 'M' })
    const cell = side / modules.size
    doc.fillColor(ink)
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column))
          doc.rect(left + column * cell, top + row * cell, cell + 0.05, cell + 0.05)
    doc.fill()
  }
  return {
    title(text) {
      doc.fontSize(18).fillColor(ink).text(text, margin, doc.y, { width: room(), lineGap: 4 })
      doc.moveDown(0.4)
    },
    text(words, { size = 10.5, grey = false, after = 0.4 } = {}) {
      doc
        .fontSize(size)
        .fillColor(grey ? soft : ink)
        .text(words, margin, doc.y, { width: room(), lineGap: size * 0.35 })
      doc.moveDown(after)
    },
    facts(rows) {
      const label = 26 * mm
      for (const [name, value] of rows) {
        const wide = room()
        doc.fontSize(10.5)
        const height = doc.heightOfString(value || ' ', { width: wide - label, lineGap: 3 }) + 6
        if (doc.y + height > doc.page.height - margin) doc.addPage()
        const y = doc.y
        doc.fillColor(soft).text(name, margin, y + 2, { width: label - 4 })
        doc.fillColor(ink).text(value || ' ', margin + label, y + 2, { width: wide - label, lineGap: 3 })
        doc.x = margin
        doc.y = y + height
        rule(doc.y, wide)
        doc.y += 2
      }
      doc.moveDown(0.4)
    },
    lines(label, count) {
      doc.fontSize(10.5).fillColor(soft).text(label, margin, doc.y, { width })
      for (let i = 0; i < count; i++) {
        doc.y += 9 * mm
        if (doc.y > doc.page.height - margin) doc.addPage()
        rule(doc.y, width)
      }
      doc.moveDown(0.8)
    },
    qr(target, sideMm, words) {
      qrSide = sideMm * mm
      const [left, top] = [margin + width - qrSide, margin]
      square(target, left, top, qrSide)
      const [x, y] = [doc.x, doc.y]
      doc
        .fontSize(8)
        .fillColor(soft)
        .text(words, left - 4 * mm, top + qrSide + 2, { width: qrSide + 4 * mm, align: 'right' })
      qrFoot = doc.y + 2
      qrSide += 4 * mm
      doc.x = x
      doc.y = y
    },
    tickets(all) {
      const [wide, high, gap] = [(width - 4 * mm) / 2, 46 * mm, 4 * mm]
      let top = doc.y
      for (const [index, one] of all.entries()) {
        const column = index % 2
        if (column === 0 && index > 0) top += high + gap
        if (column === 0 && top + high > doc.page.height - margin) {
          doc.addPage()
          top = margin
        }
        ticket(doc, one, { left: margin + column * (wide + gap), top, wide, high }, square)
      }
      doc.x = margin
      doc.y = top + high + gap
    },
  }
}

function ticket(
  doc: PDFKit.PDFDocument,
  one: Ticket,
  { left, top, wide, high }: { left: number; top: number; wide: number; high: number },
  square: (target: string, left: number, top: number, side: number) => void,
): void {
  const pad = 3 * mm
  const side = 24 * mm
  doc.rect(left, top, wide, high).lineWidth(0.6).dash(3, { space: 2 }).strokeColor(line).stroke().undash()
  square(one.target, left + wide - side - pad, top + pad, side)
  // Each line at its own place: nothing of a slip may run on to the next page.
  const put = (text: string, size: number, y: number, colour: string, room = wide - side - 3 * pad) =>
    doc
      .fontSize(size)
      .fillColor(colour)
      .text(text, left + pad, y, { width: room, height: size * 1.4, ellipsis: true })
  put(one.head, 9, top + pad, soft)
  put(one.value, 20, top + pad + 13, ink)
  let y = top + pad + 44
  for (const text of one.lines) {
    put(text, 8.5, y, ink, y > top + pad + side ? wide - 2 * pad : wide - side - 3 * pad)
    y += 13
  }
}
