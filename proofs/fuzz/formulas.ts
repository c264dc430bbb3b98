/** Words that a spreadsheet would run, in every text that the database lets us write, and every export read back. */
import exceljs from 'exceljs'
import type { Client } from 'pg'
import { xlsxMediaType } from '../../lib/contract.ts'
import { deedsOf } from '../access/choose-deeds.ts'
import type { SetScene } from '../access/set-the-scene.ts'
import type { Violation } from '../proof.ts'

/** Rule: quality.md R28, both widths; tab and line end come before a sign too. */
const formulas = [
  '=1+1',
  '=cmd|"/c calc"!A1',
  '=HYPERLINK("http://127.0.0.1/","x")',
  '+1+1',
  '-1+cmd',
  '@SUM(A1)',
  '＝1+1',
  '＋1',
  '－1+2',
  '＠SUM(A1)',
  '\t=1+1',
  '\r=1+1',
]

/** Texts that people typed, by table and column; what is encrypted or a code is none. */
const texts: readonly (readonly [table: string, column: string])[] = [
  ['cases', 'title'],
  ['cases', 'text'],
  ['cases', 'place_text'],
  ['areas', 'name'],
  ['organisations', 'name'],
  ['matters', 'name'],
  ['case_entries', 'words'],
]

/** As the superuser: no operation would let all of them in, and an import or an older version may have. */
export async function plantFormulas(outside: Client): Promise<void> {
  await outside.query("set session_replication_role = 'replica'")
  for (const [table, column] of texts)
    await outside.query(
      `update ${table} t set ${column} = ($1::text[])[1 + (r.n % $2)::int]
       from (select ctid, row_number() over () as n from ${table}) r where t.ctid = r.ctid and t.${column} is not null`,
      [formulas, formulas.length],
    )
  await outside.query("set session_replication_role = 'origin'")
}

/** A sign that a program would begin to count at; a dash alone and a number are what they are. */
const runs = (text: string): boolean =>
  /^[\s]*[=+\-@＝＋－＠]/.test(text) && !/^\s*[-+]?[\d.,%]*\s*$/.test(text)

export async function readExports(
  scene: SetScene,
  baseUrl: string,
): Promise<{ checked: number; exports: number; violations: Violation[] }> {
  const violations: Violation[] = []
  let exports = 0
  let checked = 0
  for (const contract of scene.contracts) {
    if (contract.method !== 'GET' || !JSON.stringify(contract.output).includes(xlsxMediaType)) continue
    for (const ask of deedsOf(scene, contract)) {
      const response = await fetch(`${baseUrl}${ask.path}`, { headers: { cookie: `linli=${ask.token}` } })
      if (!response.ok || !response.headers.get('content-type')?.includes('spreadsheet')) {
        await response.body?.cancel()
        continue
      }
      exports += 1
      for (const { address, text, isFormula } of await cellsOf(await response.arrayBuffer())) {
        checked += 1
        if (isFormula || runs(text))
          violations.push({
            what: 'a text becomes a formula in an export',
            where: `${contract.name} ${address}: ${text.slice(0, 60)}`,
          })
      }
      break
    }
  }
  if (exports === 0) violations.push({ what: 'no export could be read', where: '' })
  return { checked, exports, violations }
}

interface Cell {
  readonly address: string
  readonly text: string
  readonly isFormula: boolean
}

async function cellsOf(bytes: ArrayBuffer): Promise<Cell[]> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes)
  const cells: Cell[] = []
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        cells.push({
          address: `${sheet.name}!${cell.address}`,
          text: typeof cell.value === 'string' ? cell.value : '',
          isFormula: cell.type === exceljs.ValueType.Formula,
        })
      }),
    ),
  )
  return cells
}
