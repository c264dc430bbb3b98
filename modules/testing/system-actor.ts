import { type Actor, systemActor } from '../../platform/actor.ts'
import type { TestStreet } from './street-fixture.ts'

/** The system in a test street. */
export function systemActorOf(street: TestStreet): Actor {
  const root = street.areas.get(street.code)
  if (!root) throw new Error('a test street has a root area')
  return systemActor(street.streetId, root.path)
}
