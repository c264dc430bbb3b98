import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { dutyDecidesDesk, dutyOf } from '../../accounts/server/index.ts'
import type { DutyFacts } from '../rules/decide-act.ts'

/** What the roster says of this person now; undefined where the street does not let it decide. */
export async function dutyFacts(tx: Tx, actor: Actor, at: Date): Promise<DutyFacts | undefined> {
  if (actor.kind !== 'staff') return undefined
  const decides = await readSetting(tx, actor.streetId, dutyDecidesDesk, at)
  return decides ? dutyOf(tx, actor.streetId, actor.accountId, at) : undefined
}
