/** The first sheet of a catalogue's file, read in a thread under limits, as the rule of matters takes it. */
import { Refusal } from '../../../platform/refusal.ts'
import { readInThread } from '../../../platform/sheets/read-in-thread.ts'
import { SheetFault } from '../../../platform/sheets/sheet-limits.ts'
import type { SheetRow } from '../rules/check-matter-rows.ts'

/**
 * The rows of the first sheet as texts; a formula is what it last gave. The heading is the first row that is not empty.
 * @throws Refusal cases/sheet-unreadable, cases/sheet-too-long
 */
export async function readSheet(
  bytes: Buffer,
  limits: { rows: number; columns: number },
): Promise<{ heading: string[]; rows: SheetRow[] }> {
  const sheet = await firstSheet(bytes)
  const [heading, ...rows] = sheet.map(({ row, cells }) => ({
    row,
    cells: Array.from({ length: limits.columns }, (_, at) => cells[at] ?? ''),
  }))
  if (heading === undefined) throw new Refusal('cases/sheet-unreadable')
  if (rows.length > limits.rows) throw new Refusal('cases/sheet-too-long')
  return { heading: heading.cells, rows }
}

async function firstSheet(bytes: Buffer) {
  // A csv has no place here: codes that begin with a zero do not outlive it.
  if (bytes.length < 4 || bytes.readUInt32BE(0) !== 0x504b0304) throw new Refusal('cases/sheet-unreadable')
  try {
    return (await readInThread(bytes, 0))[0]?.rows ?? []
  } catch (error) {
    if (!(error instanceof SheetFault)) throw error
    throw new Refusal(error.code === 'too-large' ? 'cases/sheet-too-long' : 'cases/sheet-unreadable')
  }
}
