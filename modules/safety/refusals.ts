import type { RefusalCatalogue } from '../../lib/contract.ts'

export const refusals = {
  'safety/not-found': 404,
  'safety/area-unknown': 422,
  'safety/not-your-area': 403,
  'safety/not-yours': 403,
  'safety/wrong-stage': 409,
  'safety/kind-unknown': 422,
  'safety/phone-wrong': 422,
  'safety/party-unknown': 422,
  'safety/consent-missing': 409,
  'safety/party-refuses': 409,
  'safety/nobody-refuses': 409,
  'safety/mediator-missing': 409,
  'safety/mediator-unfit': 422,
  'safety/no-attempt': 409,
  'safety/top-tier': 409,
  'safety/date-wrong': 422,
  'safety/duty-missing': 422,
  'safety/no-draft': 409,
  'safety/signed-already': 409,
  'safety/file-unknown': 422,
  'safety/duty-unknown': 422,
  'safety/court-closed': 409,
  'safety/paper-missing': 404,
  'safety/campaign-over': 409,
  'safety/holder-unknown': 422,
  'safety/petition-is-no-hazard': 409,
  'safety/case-elsewhere': 409,
} as const satisfies RefusalCatalogue

export type SafetyRefusal = keyof typeof refusals
