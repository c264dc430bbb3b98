/** Activities and series with their times and places; signing up, waiting, and being there. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nothing, Nullable, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { satisfactions } from './hour-words.ts'
import { Items, runners, SessionView } from './volunteer-operations.ts'

const strict = { additionalProperties: false } as const
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const activityStates = ['draft', 'open', 'cancelled'] as const
export type ActivityState = (typeof activityStates)[number]
export const risks = ['ordinary', 'dangerous'] as const

export const SeriesView = Type.Object({
  id: Id,
  name: Type.String(),
  audience: Nullable(Type.String()),
  area: Nullable(AreaRef),
})

export const listSeries = defineOperation({
  name: 'volunteering.listSeries',
  method: 'GET',
  path: '/api/activity-series',
  summary: 'What comes again: programmes for the old, for children, for people at work',
  who: 'signed-in',
  output: Items(SeriesView),
})

export const createSeries = defineOperation({
  name: 'volunteering.createSeries',
  method: 'POST',
  path: '/api/activity-series',
  summary: 'A new series of activities',
  who: runners,
  status: 201,
  body: Type.Object(
    { areaId: Id, name: Text(30), audience: Type.Optional(Type.String({ maxLength: 30 })) },
    strict,
  ),
  output: SeriesView,
  refusals: ['volunteering/not-your-area', 'volunteering/name-taken'],
})

export const ShiftView = Type.Object({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  places: Type.Integer(),
  taken: Type.Integer(),
  waiting: Type.Integer(),
  /** `offered`: a place became free and is kept for me until `offeredUntil`; signing up takes it. */
  mine: Nullable(Words(['joined', 'waiting', 'offered'] as const)),
  offeredUntil: Nullable(Instant),
  /** I came and have not left yet. */
  here: Type.Boolean(),
})
export type ShiftView = Static<typeof ShiftView>

export const ActivityView = Type.Object({
  id: Id,
  area: Nullable(AreaRef),
  groupId: Id,
  groupName: Type.String(),
  seriesId: Nullable(Id),
  seriesName: Nullable(Type.String()),
  /** For which festival of the street's calendar; the code of a setting. */
  festival: Nullable(Type.String()),
  /** The organisation 单位 whose turn it is to run it. */
  organiser: Nullable(Type.Object({ id: Id, name: Type.String() })),
  kind: Type.String(),
  title: Type.String(),
  content: Type.String(),
  placeText: Type.String(),
  risk: Words(risks),
  /** Insurance stands for every shift, or none is needed. */
  insured: Type.Boolean(),
  insurancePolicy: Nullable(Type.String()),
  skill: Nullable(Type.String()),
  minAge: Type.Integer(),
  leadName: Nullable(Type.String()),
  state: Words(activityStates),
  cancelledReason: Nullable(Type.String()),
  shifts: Type.Array(ShiftView),
  /** What those who were served said, and how many said it. */
  evaluations: Type.Object({ satisfied: Type.Integer(), all: Type.Integer() }),
  version: Type.Integer(),
  can: Type.Object({
    open: Type.Boolean(),
    cancel: Type.Boolean(),
    /** Runs it: sees who signed up, enters sheets. */
    run: Type.Boolean(),
    /** Shows the code on site. */
    showCode: Type.Boolean(),
    /** Was served, and says how it was. */
    evaluate: Type.Boolean(),
  }),
})
export type ActivityView = Static<typeof ActivityView>

const Shift = Type.Object(
  { startsAt: Instant, endsAt: Instant, places: Type.Integer({ minimum: 1, maximum: 500 }) },
  strict,
)
const Insurance = Type.Object({ policy: Text(60), from: Instant, until: Instant }, strict)

export const planActivity = defineOperation({
  name: 'volunteering.planActivity',
  method: 'POST',
  path: '/api/activities',
  summary: 'A draft of an activity with its shifts',
  who: runners,
  status: 201,
  body: Type.Object(
    {
      areaId: Id,
      groupId: Id,
      seriesId: Type.Optional(Id),
      festival: Type.Optional(Type.String({ maxLength: 30 })),
      organiserId: Type.Optional(Id),
      kind: Type.String({ maxLength: 30 }),
      title: Text(40),
      content: Text(1000),
      placeText: Text(100),
      risk: Words(risks),
      skill: Type.Optional(Type.String({ maxLength: 30 })),
      minAge: Type.Optional(Type.Integer({ minimum: 14, maximum: 80 })),
      /** Who runs it on site, of the register. */
      leadId: Type.Optional(Id),
      insurance: Type.Optional(Insurance),
      shifts: Type.Array(Shift, { minItems: 1, maxItems: 60 }),
    },
    strict,
  ),
  output: ActivityView,
  refusals: [
    'volunteering/not-your-area',
    'volunteering/kind-unknown',
    'volunteering/group-unfit',
    'volunteering/times-wrong',
    'volunteering/not-found',
  ],
})

export const openActivity = defineOperation({
  name: 'volunteering.openActivity',
  method: 'POST',
  path: '/api/activities/{id}/open',
  summary: 'Open for signing up; a dangerous one only when it is insured for its whole length',
  who: runners,
  params: IdParams,
  body: Type.Object({ insurance: Type.Optional(Insurance) }, strict),
  output: ActivityView,
  refusals: ['volunteering/not-found', 'volunteering/wrong-state', 'volunteering/insurance-missing'],
})

export const cancelActivity = defineOperation({
  name: 'volunteering.cancelActivity',
  method: 'POST',
  path: '/api/activities/{id}/cancel',
  summary: 'Called off, with the reason that everybody reads',
  who: runners,
  params: IdParams,
  body: Type.Object({ reason: Text(200) }, strict),
  output: ActivityView,
  refusals: ['volunteering/not-found', 'volunteering/wrong-state'],
})

export const listActivities = defineOperation({
  name: 'volunteering.listActivities',
  method: 'GET',
  path: '/api/activities',
  summary: 'Activities: those to come by time, or those past, newest first; drafts for who runs them',
  who: 'signed-in',
  query: Type.Object(
    {
      when: Type.Optional(Words(['coming', 'past'] as const)),
      areaId: Type.Optional(Id),
      kind: Type.Optional(Type.String({ maxLength: 30 })),
      seriesId: Type.Optional(Id),
      /** Only what I signed up for or lead. */
      mine: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  output: Items(ActivityView),
})

export const getActivity = defineOperation({
  name: 'volunteering.getActivity',
  method: 'GET',
  path: '/api/activities/{id}',
  summary: 'One activity with its shifts',
  who: 'signed-in',
  params: IdParams,
  output: ActivityView,
  refusals: ['volunteering/not-found'],
})

export const signUp = defineOperation({
  name: 'volunteering.signUp',
  method: 'POST',
  path: '/api/shifts/{id}/sign-up',
  summary:
    'A place in a shift, or one on the waiting list when all are taken; the desk may do it for somebody',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ personId: Type.Optional(Id) }, strict),
  output: ActivityView,
  refusals: [
    'volunteering/not-found',
    'volunteering/not-registered',
    'volunteering/not-a-volunteer',
    'volunteering/consent-missing',
    'volunteering/too-young-here',
    'volunteering/minor-danger',
    'volunteering/skill-missing',
    'volunteering/licence-missing',
    'volunteering/wrong-state',
    'volunteering/joined-already',
    'volunteering/shift-over',
    'volunteering/offer-over',
  ],
})

export const signUpSeries = defineOperation({
  name: 'volunteering.signUpSeries',
  method: 'POST',
  path: '/api/activities/{id}/sign-up',
  summary:
    'All dates to come of an activity, or of its whole series; each date by itself, a refused one is named',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ whole: Words(['activity', 'series'] as const), personId: Type.Optional(Id) }, strict),
  output: Items(
    Type.Object({
      shiftId: Id,
      title: Type.String(),
      startsAt: Instant,
      state: Nullable(Words(['joined', 'waiting'] as const)),
      /** Why there is no place in this one. */
      why: Nullable(Type.String()),
    }),
  ),
  refusals: ['volunteering/not-found', 'volunteering/not-registered', 'volunteering/wrong-state'],
})

export const withdraw = defineOperation({
  name: 'volunteering.withdraw',
  method: 'POST',
  path: '/api/shifts/{id}/withdraw',
  summary: 'Gives the place back, or declines one; it is offered to whoever waits longest',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ personId: Type.Optional(Id) }, strict),
  output: ActivityView,
  refusals: ['volunteering/not-found', 'volunteering/not-registered', 'volunteering/not-joined'],
})

export const listSignUps = defineOperation({
  name: 'volunteering.listSignUps',
  method: 'GET',
  path: '/api/activities/{id}/sign-ups',
  summary: 'Who comes and who waits, masked: for who runs the activity and its lead',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: Items(
    Type.Object({
      shiftId: Id,
      personId: Id,
      name: Type.String(),
      state: Words(['joined', 'waiting', 'offered'] as const),
      at: Instant,
      offeredUntil: Nullable(Instant),
      minor: Type.Boolean(),
    }),
  ),
  refusals: ['volunteering/not-found'],
})

export const getSiteCode = defineOperation({
  name: 'volunteering.getSiteCode',
  method: 'GET',
  path: '/api/shifts/{id}/code',
  summary: 'The code that the board on site shows now; a new one every thirty seconds',
  who: 'signed-in',
  params: IdParams,
  output: Type.Object({ code: Type.String(), nextAt: Instant, title: Type.String(), here: Type.Integer() }),
  refusals: ['volunteering/not-found', 'volunteering/not-now'],
})

const codeRefusals = [
  'volunteering/not-found',
  'volunteering/not-registered',
  'volunteering/not-now',
  'volunteering/code-wrong',
  'volunteering/code-too-often',
] as const
const CodeBody = Type.Object(
  {
    code: Type.String({ minLength: 6, maxLength: 20 }),
    /** A mark that the browser drew by lot and keeps, so that one phone that comes for many is seen. */
    device: Type.Optional(Type.String({ minLength: 16, maxLength: 64 })),
  },
  strict,
)

export const arrive = defineOperation({
  name: 'volunteering.arrive',
  method: 'POST',
  path: '/api/shifts/{id}/arrive',
  summary: '到场: the code on site says that I am here',
  who: 'signed-in',
  idempotency: 'unstored',
  params: IdParams,
  body: CodeBody,
  output: SessionView,
  refusals: [
    ...codeRefusals,
    'volunteering/not-joined',
    'volunteering/elsewhere-now',
    'volunteering/wrong-state',
  ],
})

export const leave = defineOperation({
  name: 'volunteering.leave',
  method: 'POST',
  path: '/api/shifts/{id}/leave',
  summary: '离场: the code on site says that I leave; the hours go on notice',
  who: 'signed-in',
  idempotency: 'unstored',
  params: IdParams,
  body: CodeBody,
  output: SessionView,
  refusals: [...codeRefusals, 'volunteering/not-arrived'],
})

export const endForOthers = defineOperation({
  name: 'volunteering.endForOthers',
  method: 'POST',
  path: '/api/shifts/{id}/end',
  summary: 'For those who forgot to leave: the lead sets the end; such hours need a witness to count',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ endedAt: Instant }, strict),
  output: Type.Object({ ended: Type.Integer() }),
  refusals: ['volunteering/not-found', 'volunteering/times-wrong'],
})

export const evaluateActivity = defineOperation({
  name: 'volunteering.evaluateActivity',
  method: 'POST',
  path: '/api/activities/{id}/evaluations',
  summary: 'What somebody who was served says; not of one’s own service',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object(
    { satisfaction: Words(satisfactions), words: Type.Optional(Type.String({ maxLength: 300 })) },
    strict,
  ),
  output: Nothing,
  refusals: [
    'volunteering/not-found',
    'volunteering/wrong-state',
    'volunteering/own-hours',
    'volunteering/confirmed-already',
  ],
})

export const activityOperations = [
  listSeries,
  createSeries,
  planActivity,
  openActivity,
  cancelActivity,
  listActivities,
  getActivity,
  signUp,
  signUpSeries,
  withdraw,
  listSignUps,
  getSiteCode,
  arrive,
  leave,
  endForOthers,
  evaluateActivity,
] as const
