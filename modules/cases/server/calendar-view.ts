/** Calendar years as the screens see them. */
import { addDays, type Day, dayOf, daysBetween, yearOf } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { CalendarYear, CalendarYearRef } from '../calendar-operations.ts'
import { type KnownYear, knownYears } from '../rules/calendar-history.ts'
import type { StoredChange } from './calendar-store.ts'

/** Days before a new year from which its missing notice is told; the doctor counts alike. */
export const toldBeforeDays = 90

/** The year that is missing today or within the next ninety days, if one is. */
export function missingYear(
  known: ReadonlySet<number>,
  at: Date,
): { year: number; daysUntil: number } | null {
  const today: Day = dayOf(at)
  const year = [yearOf(today), yearOf(addDays(today, toldBeforeDays))].find((one) => !known.has(one))
  return year === undefined ? null : { year, daysUntil: daysBetween(today, `${year}-01-01`) }
}

export function yearRefs(changes: readonly StoredChange[]): CalendarYearRef[] {
  const importedAt = new Map(changes.map(({ id, changedAt }) => [id, changedAt]))
  return [...knownYears(changes).values()]
    .sort((a, b) => b.year - a.year)
    .map(({ year, source, days, importId }) => ({
      year,
      source,
      importedAt: (importId === null ? undefined : importedAt.get(importId)?.toISOString()) ?? null,
      daysOff: days.filter(({ working }) => !working).length,
      makeUpDays: days.filter(({ working }) => working).length,
    }))
}

export function yearView(
  year: number,
  changes: readonly StoredChange[],
  actor: Actor,
  people: ReadonlyMap<string, string>,
): CalendarYear {
  const known: KnownYear | undefined = knownYears(changes).get(year)
  const mayImport = actor.roles.includes('system-admin')
  const undoing = new Map(changes.flatMap((one) => (one.undoes === null ? [] : [[one.undoes, one] as const])))
  const imports = changes.filter((one) => one.year === year && one.act === 'import')
  return {
    year,
    known: known !== undefined,
    source: known?.source ?? null,
    days: [...(known?.days ?? [])].sort((a, b) => (a.day < b.day ? -1 : 1)),
    history: imports.reverse().map((one) => {
      const undo = undoing.get(one.id)
      return {
        id: one.id,
        at: one.changedAt.toISOString(),
        by: people.get(one.changedBy) ?? null,
        source: one.source,
        undone: undo ? { at: undo.changedAt.toISOString(), by: people.get(undo.changedBy) ?? null } : null,
        moved: one.moved,
        can: { undo: mayImport && one.id === known?.importId },
      }
    }),
    can: { import: mayImport },
  }
}
