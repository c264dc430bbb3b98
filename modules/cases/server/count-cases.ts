import { dayOf, endOfDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { countByState, countMine } from './case-list.ts'
import { namesOf } from './names.ts'

/** Figures of the open cases that the actor may see; each opens the list behind it. */
export const countCases = operation(contract.countCases, async ({ tx, actor, at }) => {
  const rows = await countByState(tx, actor.streetId, at, endOfDay(dayOf(at)))
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0)
  return {
    at: at.toISOString(),
    states: rows.filter((row) => row.state !== 'closed').map(({ state, count }) => ({ state, count })),
    dueToday: sum((row) => row.due_today),
    overdue: sum((row) => row.overdue),
    longTerm: sum((row) => row.long_term),
    mine: await countMine(tx, actor, await namesOf(tx, actor.streetId)),
  }
})
