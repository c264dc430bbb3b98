import { insideWords } from '../rules/inside-deadline.ts'
import type { StartedClocks } from '../rules/start-clocks.ts'
import type { CaseRow } from './case-row.ts'
import type { CaseChange } from './case-store.ts'
import type { Names } from './names.ts'

/** Our own deadline of an order from above, which the import set; a case of our own has none yet. */
export const dueOfOrder = (row: CaseRow): Date | null => (row.outside_due_at === null ? null : row.due_at)

/** An order from above runs on our own deadline before theirs; its first contact is never due after that. */
export function clocksOfOrder(
  row: CaseRow,
  names: Pick<Names, 'sources'>,
  clocks: StartedClocks,
  at: Date,
): Pick<CaseChange, 'response_due_at' | 'due_at' | 'clock_rule'> {
  const own = { response_due_at: clocks.responseDueAt, due_at: clocks.dueAt, clock_rule: clocks.rule }
  const due = dueOfOrder(row)
  const source = names.sources.get(row.outside_source ?? '')
  if (due === null || source === undefined) return own
  const hours = Math.max(1, Math.ceil((due.getTime() - at.getTime()) / 3_600_000))
  return {
    response_due_at: new Date(Math.min(due.getTime(), clocks.responseDueAt.getTime())),
    due_at: due,
    clock_rule: {
      ...clocks.rule,
      finish: { amount: hours, unit: 'clock-hours' },
      words: insideWords(
        { zh: source.name, en: source.nameEn },
        { amount: source.insideAmount, unit: source.insideUnit },
      ),
    },
  }
}
