/** volunteering 志愿服务: volunteers and their organisations, activities, hours with evidence, needs, wishes, certificates. */
import { activityOperations } from './activity-operations.ts'
import { calendarOperations } from './calendar-operations.ts'
import { certificateOperations } from './certificate-operations.ts'
import { groupOperations } from './group-operations.ts'
import { hourOperations } from './hour-operations.ts'
import { needOperations } from './need-operations.ts'
import { volunteerOperations } from './volunteer-operations.ts'

export * from './activity-operations.ts'
export * from './calendar-operations.ts'
export * from './certificate-operations.ts'
export * from './group-operations.ts'
export * from './hour-operations.ts'
export * from './hour-words.ts'
export * from './need-operations.ts'
export { refusals, type VolunteeringRefusal } from './refusals.ts'
export * from './volunteer-operations.ts'

export const operations = [
  ...groupOperations,
  ...volunteerOperations,
  ...activityOperations,
  ...calendarOperations,
  ...hourOperations,
  ...needOperations,
  ...certificateOperations,
] as const
