/** Who serves and in what: volunteers, their skills and training, their hours and their calendar. */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, IdParams, Instant, Nullable, type Who, Words } from '../../lib/contract.ts'
import { PersonView } from '../people/contract.ts'
import { capacities, evidenceKinds, grades, sessionSources, sessionStates } from './hour-words.ts'

const strict = { additionalProperties: false } as const
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
export const Items = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ items: Type.Array(item) })

/** Rule: rights.md: the community's desk and the street's centre run what happens in their area. */
export const runners: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head']

/** Kinds and skills are the street's own words, for every screen. */
export const getChoices = defineOperation({
  name: 'volunteering.getChoices',
  method: 'GET',
  path: '/api/volunteer-choices',
  summary: 'Kinds of service and skills as the street names them',
  who: 'signed-in',
  output: Type.Object({
    kinds: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })),
    skills: Type.Array(
      Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), licensed: Type.Boolean() }),
    ),
  }),
})

const SkillView = Type.Object({ skill: Type.String(), licenceUntil: Nullable(Day) })

export const EvidenceView = Type.Object({
  kind: Words(evidenceKinds),
  capacity: Words(capacities),
  at: Instant,
  words: Nullable(Type.String()),
})

/** One service of one person; `minutes` is null while it runs. */
export const SessionView = Type.Object({
  id: Id,
  personId: Id,
  name: Type.String(),
  groupName: Type.String(),
  activityId: Nullable(Id),
  needId: Nullable(Id),
  /** The paper that it was written down from. */
  sheetId: Nullable(Id),
  title: Type.String(),
  placeText: Type.String(),
  source: Words(sessionSources),
  state: Words(sessionStates),
  grade: Words(grades),
  startedAt: Instant,
  endedAt: Nullable(Instant),
  minutes: Nullable(Type.Integer()),
  noticeUntil: Nullable(Instant),
  /** Objections that nobody has settled yet. */
  objections: Type.Integer(),
  evidence: Type.Array(EvidenceView),
  mayConfirm: Type.Boolean(),
  /** Why it was struck, or what was said to an objection. */
  settledWords: Nullable(Type.String()),
})
export type SessionView = Static<typeof SessionView>

export const VolunteerView = Type.Object({
  person: PersonView,
  groupId: Id,
  groupName: Type.String(),
  interests: Type.Array(Type.String()),
  availability: Nullable(Type.String()),
  joinedAt: Instant,
  skills: Type.Array(SkillView),
  trainings: Type.Array(Type.Object({ title: Type.String(), heldOn: Day, minutes: Type.Integer() })),
  /** Of all entered hours; spending points never lowers it. */
  enteredMinutes: Type.Integer(),
  /** Of these, seen by nobody but the recorder. */
  honourMinutes: Type.Integer(),
})
export type VolunteerView = Static<typeof VolunteerView>

const profile = {
  groupId: Id,
  interests: Type.Array(Type.String({ maxLength: 30 }), { maxItems: 20, uniqueItems: true }),
  availability: Type.Optional(Type.String({ maxLength: 100 })),
}
const joinRefusals = [
  'volunteering/not-registered',
  'volunteering/volunteer-already',
  'volunteering/consent-missing',
  'volunteering/group-unfit',
  'volunteering/kind-unknown',
] as const

export const joinAsVolunteer = defineOperation({
  name: 'volunteering.joinAsVolunteer',
  method: 'POST',
  path: '/api/volunteers/me',
  summary: 'A registered person becomes a volunteer of an organisation, of their own will',
  who: 'signed-in',
  status: 201,
  body: Type.Object(profile, strict),
  output: VolunteerView,
  refusals: joinRefusals,
})

export const getMyService = defineOperation({
  name: 'volunteering.getMyService',
  method: 'GET',
  path: '/api/volunteers/me',
  summary: 'My profile as a volunteer, my hours with their evidence, and what I am asked to confirm',
  who: 'signed-in',
  output: Type.Object({
    volunteer: Nullable(VolunteerView),
    sessions: Type.Array(SessionView),
    /** Of others, which I may confirm as whoever was served, as lead or for the committee. */
    toConfirm: Type.Array(SessionView),
    hasCalendar: Type.Boolean(),
  }),
})

export const addVolunteer = defineOperation({
  name: 'volunteering.addVolunteer',
  method: 'POST',
  path: '/api/volunteers',
  summary: 'The desk notes that a registered person wants to volunteer',
  who: runners,
  status: 201,
  body: Type.Object({ personId: Id, ...profile }, strict),
  output: VolunteerView,
  refusals: joinRefusals,
})

export const listVolunteers = defineOperation({
  name: 'volunteering.listVolunteers',
  method: 'GET',
  path: '/api/volunteers',
  summary: 'Volunteers of one’s areas by organisation, masked',
  who: runners,
  audit: 'read',
  query: Type.Object({ groupId: Type.Optional(Id) }, strict),
  output: Items(VolunteerView),
})

export const putSkill = defineOperation({
  name: 'volunteering.putSkill',
  method: 'POST',
  path: '/api/volunteers/{id}/skills',
  summary: 'A skill that somebody saw, with the last day of its licence if it has one; or its end',
  who: runners,
  params: IdParams,
  body: Type.Object(
    {
      skill: Type.String({ maxLength: 30 }),
      licenceUntil: Type.Optional(Day),
      ended: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  output: VolunteerView,
  refusals: ['volunteering/not-found', 'volunteering/kind-unknown', 'volunteering/licence-missing'],
})

export const recordTraining = defineOperation({
  name: 'volunteering.recordTraining',
  method: 'POST',
  path: '/api/volunteers/{id}/trainings',
  summary: 'Training that a volunteer had',
  who: runners,
  params: IdParams,
  body: Type.Object(
    { title: Text(60), heldOn: Day, minutes: Type.Integer({ minimum: 1, maximum: 6000 }) },
    strict,
  ),
  output: VolunteerView,
  refusals: ['volunteering/not-found', 'volunteering/times-wrong'],
})

export const makeCalendarLink = defineOperation({
  name: 'volunteering.makeCalendarLink',
  method: 'POST',
  path: '/api/volunteers/me/calendar',
  summary: 'A new secret address of my calendar feed; the one before ends',
  who: 'signed-in',
  idempotency: 'unstored',
  output: Type.Object({ path: Type.String() }),
  refusals: ['volunteering/not-a-volunteer'],
})

export const getCalendar = defineOperation({
  name: 'volunteering.getCalendar',
  method: 'GET',
  path: '/api/volunteer-calendars/{street}/{token}',
  summary: 'The shifts of one volunteer as iCalendar, by a secret address',
  who: 'anyone',
  params: Type.Object(
    { street: Type.String({ maxLength: 20 }), token: Type.String({ minLength: 20, maxLength: 60 }) },
    strict,
  ),
  output: Type.Unsafe<Uint8Array>(Type.Any()),
  refusals: ['volunteering/not-found'],
})

export const volunteerOperations = [
  getChoices,
  joinAsVolunteer,
  getMyService,
  addVolunteer,
  listVolunteers,
  putSkill,
  recordTraining,
  makeCalendarLink,
  getCalendar,
] as const
