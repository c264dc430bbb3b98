/** What the form of a paper sheet holds before it is sent. */
import type { BodyOf } from '../../../lib/contract.ts'
import type { recordSheet } from '../contract.ts'
import { instantOf } from './volunteering-data.ts'

export interface SheetPerson {
  personId: string
  name: string
  on: boolean
  from: string
  until: string
  why: string
}
interface SheetDraft {
  from: string
  until: string
  rows: SheetPerson[]
}

export const emptySheet = (from: string, until: string): SheetDraft => ({ from, until, rows: [] })

/** Each person once; somebody who is there already is ticked. */
export function putOn(draft: SheetDraft, person: Pick<SheetPerson, 'personId' | 'name' | 'on'>): void {
  const known = draft.rows.find(({ personId }) => personId === person.personId)
  if (known) known.on ||= person.on
  else draft.rows.push({ ...person, from: draft.from, until: draft.until, why: '' })
}

/** The times of all to each. */
export function spread(draft: SheetDraft): void {
  for (const row of draft.rows) Object.assign(row, { from: draft.from, until: draft.until })
}

export const sheetRows = (draft: SheetDraft, servedId: string): BodyOf<typeof recordSheet>['rows'] =>
  draft.rows
    .filter(({ on }) => on)
    .map((row) => ({
      personId: row.personId,
      startedAt: instantOf(row.from),
      endedAt: instantOf(row.until),
      ...(servedId ? { servedId } : {}),
    }))
