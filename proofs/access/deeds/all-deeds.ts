/** Every deed that needs more than a probe sends, by operation. */
import { accountDeeds } from './account-deeds.ts'
import { caseDeeds } from './case-deeds.ts'
import { deskDeeds } from './desk-deeds.ts'
import { groundDeeds } from './ground-deeds.ts'
import type { Deed } from './hands.ts'
import { peopleDeeds } from './people-deeds.ts'
import { pointsDeeds } from './points-deeds.ts'
import { safetyDeeds } from './safety-deeds.ts'
import { sheetDeeds } from './sheet-deeds.ts'
import { volunteeringDeeds } from './volunteering-deeds.ts'

export const deeds: Readonly<Record<string, Deed>> = {
  ...accountDeeds,
  ...caseDeeds,
  ...deskDeeds,
  ...groundDeeds,
  ...peopleDeeds,
  ...pointsDeeds,
  ...safetyDeeds,
  ...sheetDeeds,
  ...volunteeringDeeds,
}
