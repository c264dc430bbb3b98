/** Sheets of labels to be cut and put up: a QR code with words, two across and four down on A4. */
import Pdf from 'pdfkit'
import { create as createQr } from 'qrcode'
import { fontFile } from './pdf.ts'

const mm = 72 / 25.4
const [across, down] = [2, 4]
const [width, height] = [96 * mm, 68 * mm]
const [left, top] = [(210 * mm - across * width) / 2, (297 * mm - down * height) / 2]
const side = 40 * mm

export interface Label {
  /** What the code holds: an address of this system. */
  readonly target: string
  readonly title: string
  readonly lines: readonly string[]
  /** In small type under the code, to be typed by whoever cannot scan it. */
  readonly foot: string
}

const ink = '#1E2328'
const soft = '#5B636B'

/** The same input gives the same sheet. */
export function drawLabels(
  options: { readonly title: string; readonly at: Date },
  labels: readonly Label[],
): Promise<Buffer> {
  const doc = new Pdf({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: options.title, Producer: 'Linli', Creator: 'Linli', CreationDate: options.at },
    font: fontFile(),
  })
  const parts: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
  labels.forEach((label, index) => {
    const place = index % (across * down)
    if (place === 0) doc.addPage()
    drawLabel(doc, label, left + (place % across) * width, top + Math.floor(place / across) * height)
  })
  doc.end()
  return done
}

function drawLabel(doc: PDFKit.PDFDocument, label: Label, x: number, y: number): void {
  doc.rect(x, y, width, height).dash(2, { space: 3 }).lineWidth(0.4).strokeColor('#B9B6AE').stroke().undash()
  const edge = 6 * mm
  const { modules } = createQr(label.target, { errorCorrectionLevel: 'M' })
  const cell = side / modules.size
  doc.fillColor(ink)
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column))
        doc.rect(x + edge + column * cell, y + edge + row * cell, cell + 0.05, cell + 0.05)
  doc.fill()
  doc
    .fontSize(8)
    .fillColor(soft)
    .text(label.foot, x + edge, y + edge + side + 2 * mm, { width: side, align: 'center', lineBreak: false })
  const words = { width: width - side - 3 * edge, lineGap: 3 }
  doc
    .fontSize(15)
    .fillColor(ink)
    .text(label.title, x + 2 * edge + side, y + edge, { ...words, height: 24 * mm, ellipsis: true })
  doc.fontSize(9.5).fillColor(soft)
  for (const line of label.lines) {
    doc.text(line, x + 2 * edge + side, doc.y + 2 * mm, { ...words, height: 16 * mm, ellipsis: true })
  }
}
