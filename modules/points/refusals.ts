import type { RefusalCatalogue } from '../../lib/contract.ts'

export const refusals = {
  'points/account-not-found': 404,
  'points/too-little': 409,
  'points/transfer-reused': 409,
  'points/settled-otherwise': 409,
  'points/stopped': 409,
  'points/not-your-area': 403,
} as const satisfies RefusalCatalogue
export type PointsRefusal = keyof typeof refusals
