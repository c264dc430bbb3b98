/** The rows of a gathering while they are typed: a draft that outlives the page, and what is sent of it. */
import { newId } from '../../../lib/ids.ts'
import type { NeedOutcome, NeedRow } from '../contract.ts'
import type { CaseRefusal } from '../refusals.ts'

export interface RowDraft {
  id: string
  text: string
  address: string
  matterCode: string
  /** The matter was suggested by the words and nobody chose it: other words may suggest another. */
  suggested: boolean
  kind: string
  route: string
  name: string
  phone: string
  consent: boolean
  joinCaseId: string
  joinNumber: string
  wrong: CaseRefusal | ''
}

export const blankRow = (): RowDraft => ({
  id: newId(Date.now()),
  text: '',
  address: '',
  matterCode: '',
  suggested: false,
  kind: '',
  route: '',
  name: '',
  phone: '',
  consent: false,
  joinCaseId: '',
  joinNumber: '',
  wrong: '',
})

export const isBlank = (row: RowDraft): boolean =>
  [row.text, row.address, row.name, row.phone].every((text) => text.trim() === '')

/** The rows in which something stands, as they are sent. */
export const needsOf = (rows: readonly RowDraft[]): NeedRow[] =>
  rows
    .filter((row) => !isBlank(row))
    .map((row) => ({
      id: row.id,
      text: row.text,
      ...(row.address.trim() ? { addressText: row.address.trim() } : {}),
      ...(row.kind ? { kind: row.kind } : {}),
      ...(row.matterCode ? { matterCode: row.matterCode } : {}),
      ...(row.route ? { route: row.route } : {}),
      ...(row.name.trim() ? { name: row.name.trim() } : {}),
      ...(row.phone.trim() ? { phone: row.phone.trim() } : {}),
      ...(row.consent ? { consent: true } : {}),
      ...(row.joinCaseId ? { joinCaseId: row.joinCaseId } : {}),
    }))

/** Pasted lines as rows: numbering and bullets in front of a line are no part of what was said. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line.replace(/^\s*(?:[-•·*]|[（(]?\d{1,3}[)）.、．]|[一二三四五六七八九十]+、)\s*/, '').trim(),
    )
    .filter((line) => line !== '')

/** What was not kept stays to be corrected, each with its reason; an id that another case has is given up. */
export function leftOver(rows: readonly RowDraft[], outcomes: readonly NeedOutcome[]): RowDraft[] {
  const refused = new Map<string, CaseRefusal | ''>(
    outcomes.filter(({ outcome }) => outcome === 'refused').map((one) => [one.id, one.why ?? '']),
  )
  return rows
    .filter((row) => refused.has(row.id))
    .map((row) => ({
      ...row,
      wrong: refused.get(row.id) ?? '',
      id: refused.get(row.id) === 'cases/id-taken' ? newId(Date.now()) : row.id,
      ...(refused.get(row.id)?.startsWith('cases/merge') ? { joinCaseId: '', joinNumber: '' } : {}),
    }))
}

export const rowsDraftName = (gatheringId: string): string => `gathering.${gatheringId}`

/** Lays the rows that were refused where the page of the gathering finds them. */
export function keepLeftOver(gatheringId: string, rows: readonly RowDraft[]): void {
  try {
    sessionStorage.setItem(`linli.draft.${rowsDraftName(gatheringId)}`, JSON.stringify({ rows }))
  } catch {
    // without storage they stand on the page that sent them
  }
}
