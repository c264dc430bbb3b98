import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { DueSoonRule } from '../rules/clock.ts'
import type { ActSettings } from '../rules/decide-act.ts'
import type { WorkingCalendar } from '../rules/working-days.ts'
import { workingCalendar } from './calendar.ts'
import { dutyFacts } from './duty-facts.ts'
import type { Names } from './names.ts'
import { actSettings, dueSoonRuleOf } from './street-clocks.ts'

/** What every view of a case is made with. */
export interface Seen {
  actor: Actor
  at: Date
  names: Names
  calendar: WorkingCalendar
  /** The street's own numbers. */
  dueSoon: DueSoonRule
  settings: ActSettings
}

/** What every view of a case is made with: names, the calendar and the street's own numbers; mostly from memory. */
export async function seenOf(
  { tx, actor, at }: { tx: Tx; actor: Actor; at: Date },
  names: Names,
): Promise<Seen> {
  const { streetId } = actor
  return {
    actor,
    at,
    names,
    calendar: await workingCalendar(tx, streetId),
    dueSoon: await dueSoonRuleOf(tx, streetId, at),
    settings: { ...(await actSettings(tx, streetId, at)), duty: await dutyFacts(tx, actor, at) },
  }
}
