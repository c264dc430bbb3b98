/** 平安建设: disputes and their mediation. */
export * from './mediation-operations.ts'
export * from './mediation-views.ts'
export * from './mediation-words.ts'
export { refusals, type SafetyRefusal } from './refusals.ts'

import { mediationOperations } from './mediation-operations.ts'

export const operations = [...mediationOperations] as const
