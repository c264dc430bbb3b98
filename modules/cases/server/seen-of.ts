import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { workingCalendar } from './calendar.ts'
import type { Seen } from './case-view.ts'
import { dutyFacts } from './duty-facts.ts'
import type { Names } from './names.ts'
import { actSettings, dueSoonRuleOf } from './street-clocks.ts'

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
