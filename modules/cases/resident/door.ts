/** A code on a building's door leads here. It waits through the sign-in and fills in the building once. */
import { call } from '../../../platform/client/index.ts'
import { openDoor } from '../../areas/contract.ts'
import type { Draft } from './draft.ts'

const storeKey = 'linli-door'

/** Of `/m/?door=…`, as the code says it. */
export function keepDoor(door: unknown): void {
  if (typeof door !== 'string' || !/^[0-9A-Za-z]{4,24}$/.test(door)) return
  try {
    sessionStorage.setItem(storeKey, door)
  } catch {
    // Without a store the address is written by hand.
  }
}

/**
 * Fills in the building of a code that was read, and forgets the code. Answers it, for whoever asks who is there.
 * @throws ClientRefusal for an unknown code
 */
export async function fillFromDoor(draft: Draft): Promise<string | undefined> {
  const door = sessionStorage.getItem(storeKey)
  if (door === null) return undefined
  sessionStorage.removeItem(storeKey)
  const { code, name, address } = await call(openDoor, { params: { door } })
  draft.where = { by: 'building', code, name: address || name, said: '' }
  return door
}
