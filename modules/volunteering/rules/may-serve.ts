import type { Day } from '../../../lib/time.ts'

/** Words of why somebody cannot take a place; each is a refusal of the contract. */
export type ServeRefusal =
  | 'volunteering/too-young-here'
  | 'volunteering/consent-missing'
  | 'volunteering/not-a-volunteer'
  | 'volunteering/skill-missing'
  | 'volunteering/licence-missing'
  | 'volunteering/minor-danger'

export interface ServeFacts {
  readonly age: number
  readonly consent: 'not-needed' | 'missing' | 'given' | 'withdrawn'
  readonly isVolunteer: boolean
  /** Skills that were seen, each with the last day of its licence if it has one. */
  readonly skills: ReadonlyMap<string, Day | null>
}

export interface ServeWish {
  readonly minAge: number
  readonly dangerous: boolean
  readonly skill: string | null
  readonly skillIsLicensed: boolean
  /** The last day of the service: a licence has to reach it. */
  readonly lastDay: Day
}

/** Whether somebody may take part; undefined when they may. */
// Rule: 志愿服务条例 15-17 (rules.md §8): work fits age and skill, licensed skills need the licence, minors a guardian's consent.
export function serveRefusal(who: ServeFacts, wish: ServeWish): ServeRefusal | undefined {
  if (!who.isVolunteer) return 'volunteering/not-a-volunteer'
  if (who.consent === 'missing' || who.consent === 'withdrawn') return 'volunteering/consent-missing'
  if (who.age < wish.minAge) return 'volunteering/too-young-here'
  if (wish.dangerous && who.age < 18) return 'volunteering/minor-danger'
  if (wish.skill === null) return undefined
  const licenceUntil = who.skills.get(wish.skill)
  if (licenceUntil === undefined) return 'volunteering/skill-missing'
  if (wish.skillIsLicensed && (licenceUntil === null || licenceUntil < wish.lastDay))
    return 'volunteering/licence-missing'
  return undefined
}

export interface InsuranceFacts {
  readonly risk: 'ordinary' | 'dangerous'
  readonly policy: string | null
  readonly from: Date | null
  readonly until: Date | null
}

/** Whether accident insurance stands for the whole activity, where it is dangerous. */
// Rule: 志愿服务条例 16: personal accident insurance BEFORE a dangerous activity.
export function isInsured(
  { risk, policy, from, until }: InsuranceFacts,
  shifts: readonly { readonly starts_at: Date; readonly ends_at: Date }[],
): boolean {
  if (risk === 'ordinary') return true
  if (policy === null || from === null || until === null) return false
  return shifts.every((shift) => from <= shift.starts_at && shift.ends_at <= until)
}
