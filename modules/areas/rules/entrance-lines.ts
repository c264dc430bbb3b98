/** Entrances as a clerk types them, one a line: '1单元 6层 101,102,201'. And back again. */
import type { BuildingParts } from '../ground-views.ts'

type Entrance = BuildingParts['entrances'][number]

export type EntranceLines =
  | { readonly ok: true; readonly entrances: readonly Entrance[] }
  /** The line from 1, and its text. */
  | { readonly ok: false; readonly line: number; readonly text: string }

const pattern =
  /^(?:第)?([0-9A-Za-z]{1,4})\s*(?:单元|门洞|#)?(?:[\s,]+(\d{1,3})\s*(?:层|F)?)?(?:[\s,]+([0-9A-Za-z\-,、\s]*))?$/

export function readEntranceLines(text: string): EntranceLines {
  const entrances: Entrance[] = []
  const lines = text.normalize('NFKC').split('\n')
  for (const [index, line] of lines.entries()) {
    const plain = line.trim()
    if (plain === '') continue
    const [, code = '', floors, doors = ''] = pattern.exec(plain) ?? []
    if (code === '') return { ok: false, line: index + 1, text: plain }
    const dwellings = [...new Set(doors.split(/[,、\s]+/).filter(Boolean))]
    entrances.push({ code, floors: floors === undefined ? null : Number(floors), dwellings })
  }
  return { ok: true, entrances }
}

export const writeEntranceLines = (entrances: readonly Entrance[]): string =>
  entrances
    .map(({ code, floors, dwellings }) =>
      [`${code}单元`, floors === null ? '' : `${floors}层`, dwellings.join(',')].filter(Boolean).join(' '),
    )
    .join('\n')
