/** volunteering 志愿服务: volunteers and their organisations, activities, hours with evidence, needs, wishes, certificates. */
import { activityOperations } from './activity-operations.ts'
import { certificateOperations } from './certificate-operations.ts'
import { hourOperations } from './hour-operations.ts'
import { needOperations } from './need-operations.ts'
import { volunteerOperations } from './volunteer-operations.ts'

export * from './activity-operations.ts'
export * from './certificate-operations.ts'
export * from './hour-operations.ts'
export * from './hour-words.ts'
export * from './need-operations.ts'
export { refusals, type VolunteeringRefusal } from './refusals.ts'
export * from './volunteer-operations.ts'

export const operations = [
  ...volunteerOperations,
  ...activityOperations,
  ...hourOperations,
  ...needOperations,
  ...certificateOperations,
] as const
