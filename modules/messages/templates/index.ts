/** All templates. A module that tells people something adds its file here. */
import type { Reader } from '../notice-parts.ts'
import { callNotices } from './call-notices.ts'
import { caseNotices } from './case-notices.ts'
import { dutyNotices } from './duty-notices.ts'
import { safetyNotices } from './safety-notices.ts'
import type { NoticeTemplate } from './template.ts'
import { volunteerNotices } from './volunteer-notices.ts'

export type { NoticeTemplate } from './template.ts'

/** Every event that somebody can be told; an unknown one does not compile. */
export type NoticeEvent = (
  | typeof caseNotices
  | typeof dutyNotices
  | typeof callNotices
  | typeof volunteerNotices
  | typeof safetyNotices
)[number]['event']

export const noticeTemplates: readonly NoticeTemplate[] = [
  ...caseNotices,
  ...dutyNotices,
  ...callNotices,
  ...volunteerNotices,
  ...safetyNotices,
]

const byName = new Map(noticeTemplates.map((one) => [`${one.event} ${one.reader}`, one]))

/** Undefined for an event of an older version that no template speaks of any more. */
export const findTemplate = (event: string, reader: Reader): NoticeTemplate | undefined =>
  byName.get(`${event} ${reader}`)
