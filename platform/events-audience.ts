import type { Actor } from './actor.ts'
import type { OutboxEvent } from './events-hub.ts'

/** Whether an actor may hear of an event: the same reach as rows have (rights.md, Rows), read from the row's audience. */
export function mayHear(actor: Actor, event: Pick<OutboxEvent, 'streetId' | 'audience'>): boolean {
  if (event.streetId !== actor.streetId) return false
  const { area, organisations = [], accounts = [] } = event.audience
  return (
    (area !== undefined && actor.scope.areas.some((own) => `${area}.`.startsWith(`${own}.`))) ||
    organisations.some((one) => actor.scope.organisations.includes(one)) ||
    accounts.includes(actor.accountId)
  )
}
