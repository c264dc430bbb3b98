/** Words that a spreadsheet would run, in every text that people wrote, and every file for a spreadsheet read back. */
import exceljs from 'exceljs'
import type { Client } from 'pg'
import { openZip } from '../../platform/sheets/open-zip.ts'
import { deedsOf } from '../access/choose-deeds.ts'
import { type Ask, callHttp } from '../access/http-caller.ts'
import type { SetScene } from '../access/set-the-scene.ts'
import type { Violation } from '../proof.ts'
import { hostileFormulas } from './hostile-formulas.ts'
import { plantTexts } from './xss-plant.ts'

/** As the superuser: no operation would let all of them in, and an import or an older version may have. */
export const plantFormulas = (outside: Client, shift: number) => plantTexts(outside, hostileFormulas, shift)

/** A file that is given out, by what gives it. */
export interface ExportedFile {
  readonly name: string
  readonly ending: 'xlsx' | 'csv' | 'docx'
  readonly bytes: Buffer
}

export interface ExportsRead {
  readonly checked: number
  readonly files: readonly ExportedFile[]
  readonly violations: readonly Violation[]
}

/** A sign that a program would begin to count at; a dash alone and a number are what they are. */
export const runs = (text: string): boolean =>
  /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(text) && !/^\s*[-+]?[\d.,:%/ -]*\s*$/.test(text)

const endings: readonly (readonly [RegExp, ExportedFile['ending']])[] = [
  [/spreadsheetml|\.xlsx\b/, 'xlsx'],
  [/text\/csv|\.csv\b/, 'csv'],
  [/wordprocessingml|\.docx\b/, 'docx'],
]

export async function readExports(scene: SetScene, baseUrl: string): Promise<ExportsRead> {
  const violations: Violation[] = []
  const files: ExportedFile[] = []
  let checked = 0
  for (const { name, asks } of [...exportsByProbe(scene), ...(await exportsByHand(scene, baseUrl))])
    for (const ask of asks) {
      const file = await exported(baseUrl, name, ask)
      if (!file) continue
      files.push(file)
      for (const { address, text, isFormula } of await cellsOf(file)) {
        checked += 1
        if (isFormula || runs(text))
          violations.push({
            what: 'a text becomes a formula in an export',
            where: `${name} ${address}: ${text.slice(0, 60)}`,
          })
      }
      break
    }
  if (files.length === 0) violations.push({ what: 'no export could be read', where: '' })
  return { checked, files, violations }
}

interface Exporting {
  readonly name: string
  readonly asks: readonly Ask[]
}

const mostAsked = 2

/** Whatever is read may be a file: its answer tells. */
const exportsByProbe = (scene: SetScene): Exporting[] =>
  scene.contracts
    .filter(({ method, name }) => method === 'GET' && name !== 'events.stream')
    .map((contract) => ({ name: contract.name, asks: [...deedsOf(scene, contract)].slice(0, mostAsked) }))

/** What has first to be there: the paper of a meeting, and a list in the street's own template. */
async function exportsByHand(scene: SetScene, baseUrl: string): Promise<Exporting[]> {
  const tokenOf = (key: string) => scene.cast.find((one) => one.key === key)?.token ?? ''
  const idOf = async (ask: Ask) => ((await callHttp(baseUrl, ask)).body as { id?: string } | undefined)?.id
  const head = tokenOf('duty-head')
  const admin = tokenOf('system-admin')
  await callHttp(baseUrl, { token: head, method: 'POST', path: '/api/meetings', body: {} })
  const meetings = await callHttp(baseUrl, { token: head, method: 'GET', path: '/api/meetings' })
  const [meeting] = (meetings.body as { items?: { id: string }[] } | undefined)?.items ?? []
  const made: Exporting[] = ['xlsx', 'docx'].map((format) => ({
    name: `command.exportMeeting ${format}`,
    asks: [
      {
        token: head,
        method: 'GET',
        path: `/api/meetings/${meeting?.id}/export?format=${format}&language=zh`,
      },
    ],
  }))
  const listed = await callHttp(baseUrl, { token: admin, method: 'GET', path: '/api/list-kinds' })
  const lists = (listed.body as { items?: { list: string }[] } | undefined)?.items ?? []
  for (const { list } of lists) {
    const sample = await fetch(`${baseUrl}/api/list-kinds/${list}/sample?language=zh`, {
      headers: { cookie: `linli=${admin}` },
    })
    const id = await idOf({
      token: admin,
      method: 'POST',
      path: `/api/list-templates?list=${list}`,
      file: new Uint8Array(await sample.arrayBuffer()),
      fileName: 'a.xlsx',
    })
    made.push({
      name: `sheets.exportList ${list}`,
      asks: [head, admin].map((token) => ({
        token,
        method: 'GET',
        path: `/api/list-templates/${id}/export?language=zh`,
      })),
    })
  }
  return made
}

async function exported(baseUrl: string, name: string, ask: Ask): Promise<ExportedFile | undefined> {
  const response = await fetch(`${baseUrl}${ask.path}`, { headers: { cookie: `linli=${ask.token}` } })
  // Some say what they are, and all what they are called.
  const said = `${response.headers.get('content-type')} ${response.headers.get('content-disposition')}`
  const ending = endings.find(([pattern]) => pattern.test(said))?.[1]
  if (response.ok && ending) return { name, ending, bytes: Buffer.from(await response.arrayBuffer()) }
  await response.body?.cancel()
  return undefined
}

interface Cell {
  readonly address: string
  readonly text: string
  readonly isFormula: boolean
}

async function cellsOf({ ending, bytes }: ExportedFile): Promise<Cell[]> {
  if (ending === 'csv')
    return csvCells(bytes.toString('utf8')).map((text, nth) => ({
      address: `${nth}`,
      text,
      isFormula: false,
    }))
  // A Word file computes fields: none may come out of a text.
  if (ending === 'docx') {
    const xml = openZip(bytes).part('word/document.xml')?.toString() ?? ''
    return [{ address: 'document', text: '', isFormula: /w:(?:instrText|fldSimple)\b/.test(xml) }]
  }
  const book = new exceljs.Workbook()
  await book.xlsx.load(new Uint8Array(bytes).buffer)
  const cells: Cell[] = []
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        cells.push({
          address: `${sheet.name}!${cell.address}`,
          text: typeof cell.value === 'string' ? cell.value : '',
          isFormula: cell.type === exceljs.ValueType.Formula || cell.type === exceljs.ValueType.Hyperlink,
        })
      }),
    ),
  )
  return cells
}

/** Cells of a csv in order, quotes and line ends inside them kept. */
export function csvCells(text: string): string[] {
  const cells: string[] = []
  for (const [, quoted, plain] of text
    .replace(/^\ufeff/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r?\n|$)/g))
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
  return cells
}
