/** 平安建设: disputes and their mediation, campaigns against hazards, violations. */
export * from './agreement-operations.ts'
export * from './campaign-operations.ts'
export * from './campaign-words.ts'
export * from './mediation-operations.ts'
export * from './mediation-views.ts'
export * from './mediation-words.ts'
export { refusals, type SafetyRefusal } from './refusals.ts'
export * from './request-operations.ts'
export * from './violation-operations.ts'
export * from './violation-words.ts'

import { agreementOperations } from './agreement-operations.ts'
import { campaignOperations } from './campaign-operations.ts'
import { mediationOperations } from './mediation-operations.ts'
import { requestOperations } from './request-operations.ts'
import { violationOperations } from './violation-operations.ts'

export const operations = [
  ...mediationOperations,
  ...agreementOperations,
  ...campaignOperations,
  ...violationOperations,
  ...requestOperations,
] as const
