/** Hours on their way into the record: sheets, confirmations, the notice, objections, patterns, entry. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { callResults, patterns } from './hour-words.ts'
import { Items, runners, SessionView } from './volunteer-operations.ts'

const strict = { additionalProperties: false } as const
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** Rule: rights.md: who handles does not check. Checks are the supervisor's and verifier's; in a community the secretary's. */
export const checkers: Who = ['secretary', 'verifier', 'supervisor']
const readers: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor']

export const recordSheet = defineOperation({
  name: 'volunteering.recordSheet',
  method: 'POST',
  path: '/api/activities/{id}/sheets',
  summary: 'A paper sheet with its photo, all rows at once: honour-only until somebody else confirms',
  who: runners,
  params: IdParams,
  body: Type.Object(
    {
      photoId: Id,
      rows: Type.Array(
        Type.Object(
          { personId: Id, startedAt: Instant, endedAt: Instant, servedId: Type.Optional(Id) },
          strict,
        ),
        { minItems: 1, maxItems: 100 },
      ),
    },
    strict,
  ),
  output: Items(
    Type.Object({
      personId: Id,
      sessionId: Nullable(Id),
      /** Why this row was not kept. */
      why: Nullable(Type.String()),
    }),
  ),
  refusals: ['volunteering/not-found', 'volunteering/sheet-photo-missing'],
})

export const listSheets = defineOperation({
  name: 'volunteering.listSheets',
  method: 'GET',
  path: '/api/activities/{id}/sheets',
  summary: 'Paper sheets of an activity with what was written down from each: for who runs or checks it',
  who: 'staff',
  audit: 'read',
  params: IdParams,
  output: Items(
    Type.Object({ id: Id, recordedAt: Instant, isPhoto: Type.Boolean(), sessions: Type.Array(SessionView) }),
  ),
  refusals: ['volunteering/not-found'],
})

export const getSheetPhoto = defineOperation({
  name: 'volunteering.getSheetPhoto',
  method: 'GET',
  path: '/api/service-sheets/{id}/photo',
  summary: 'The photo of a paper sheet: for who runs or checks the activity, and the supervision committee',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: Bytes('image/jpeg'),
  refusals: ['volunteering/not-found'],
})

export const listSessions = defineOperation({
  name: 'volunteering.listSessions',
  method: 'GET',
  path: '/api/service-sessions',
  summary: 'Hours of one’s areas: to confirm, on notice, due for entry, objected to',
  who: readers,
  audit: 'read',
  query: Type.Object(
    {
      show: Type.Optional(
        Words(['to-confirm', 'on-notice', 'due', 'objected', 'entered', 'struck'] as const),
      ),
      activityId: Type.Optional(Id),
    },
    strict,
  ),
  output: Items(SessionView),
})

export const confirmHours = defineOperation({
  name: 'volunteering.confirmHours',
  method: 'POST',
  path: '/api/service-sessions/confirm',
  summary: 'A second person says that it was so; each row is judged by itself, and nobody confirms their own',
  who: 'signed-in',
  body: Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) }, strict),
  output: Items(Type.Object({ id: Id, session: Nullable(SessionView), why: Nullable(Type.String()) })),
})

export const listNotice = defineOperation({
  name: 'volunteering.listNotice',
  method: 'GET',
  path: '/api/hours-notice',
  summary: 'Hours that are shown to the members of the recording organisation before they are entered',
  who: 'signed-in',
  output: Items(SessionView),
})

export const objectToHours = defineOperation({
  name: 'volunteering.objectToHours',
  method: 'POST',
  path: '/api/service-sessions/{id}/object',
  summary: 'A member says during the notice that it was not so; it is not entered until that is settled',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ words: Text(300) }, strict),
  output: SessionView,
  refusals: ['volunteering/not-found', 'volunteering/hours-over', 'volunteering/objected-already'],
})

export const settleObjection = defineOperation({
  name: 'volunteering.settleObjection',
  method: 'POST',
  path: '/api/service-sessions/{id}/settle',
  summary: 'Right or not: struck when it was right, else the notice goes on; not by whoever recorded it',
  who: checkers,
  params: IdParams,
  body: Type.Object({ upheld: Type.Boolean(), words: Text(300) }, strict),
  output: SessionView,
  refusals: [
    'volunteering/not-found',
    'volunteering/settled-already',
    'volunteering/recorded-by-you',
    'volunteering/own-hours',
  ],
})

export const enterHours = defineOperation({
  name: 'volunteering.enterHours',
  method: 'POST',
  path: '/api/service-sessions/enter',
  summary:
    'Everything whose notice is over goes into the record for good; what a pattern or objection holds stays',
  who: runners,
  body: Type.Object({}, strict),
  output: Type.Object({
    entered: Type.Integer(),
    minutes: Type.Integer(),
    /** Given for them by the street's rules, whose caps limit points and never hours. */
    points: Type.Integer(),
    held: Type.Integer(),
    newPatterns: Type.Integer(),
  }),
})

export const PatternView = Type.Object({
  id: Id,
  /** Null where it is between two people. */
  activityId: Nullable(Id),
  title: Type.String(),
  /** The two people, masked; empty where an activity is asked about. */
  pair: Type.Array(Type.String()),
  area: Nullable(AreaRef),
  pattern: Words(patterns),
  facts: Type.Record(Type.String(), Type.Number()),
  foundAt: Instant,
  state: Words(['open', 'cleared', 'struck'] as const),
  settledWords: Nullable(Type.String()),
  sample: Type.Array(
    Type.Object({
      sessionId: Id,
      name: Type.String(),
      /** Whom they served, where it was one person. */
      servedName: Nullable(Type.String()),
      startedAt: Instant,
      phoneMasked: Nullable(Type.String()),
      personId: Id,
      result: Nullable(Words(callResults)),
      words: Nullable(Type.String()),
    }),
  ),
  can: Type.Boolean(),
})
export type PatternView = Static<typeof PatternView>

export const lookForPatterns = defineOperation({
  name: 'volunteering.lookForPatterns',
  method: 'POST',
  path: '/api/hour-patterns/look',
  summary: 'Looks through the records of one’s areas for patterns that ask for a check',
  who: readers,
  body: Type.Object({}, strict),
  output: Type.Object({ found: Type.Integer() }),
})

export const listPatterns = defineOperation({
  name: 'volunteering.listPatterns',
  method: 'GET',
  path: '/api/hour-patterns',
  summary: 'Patterns that ask for a sample to be called back, and what came of it',
  who: readers,
  audit: 'read',
  output: Items(PatternView),
})

export const noteCall = defineOperation({
  name: 'volunteering.noteCall',
  method: 'POST',
  path: '/api/hour-patterns/{id}/calls',
  summary: 'What somebody of the sample said when called back; not by whoever recorded or runs the activity',
  who: checkers,
  params: IdParams,
  body: Type.Object(
    { sessionId: Id, result: Words(callResults), words: Type.Optional(Type.String({ maxLength: 300 })) },
    strict,
  ),
  output: PatternView,
  refusals: [
    'volunteering/not-found',
    'volunteering/settled-already',
    'volunteering/recorded-by-you',
    'volunteering/own-hours',
  ],
})

export const settlePattern = defineOperation({
  name: 'volunteering.settlePattern',
  method: 'POST',
  path: '/api/hour-patterns/{id}/settle',
  summary:
    'Cleared when everybody of the sample was there, or the hours are struck; points of struck ones are never given',
  who: checkers,
  params: IdParams,
  body: Type.Object({ outcome: Words(['cleared', 'struck'] as const), words: Text(300) }, strict),
  output: PatternView,
  refusals: [
    'volunteering/not-found',
    'volunteering/settled-already',
    'volunteering/recorded-by-you',
    'volunteering/own-hours',
    'volunteering/calls-missing',
    'volunteering/said-not-there',
  ],
})

export const hourOperations = [
  recordSheet,
  listSheets,
  getSheetPhoto,
  listSessions,
  confirmHours,
  listNotice,
  objectToHours,
  settleObjection,
  enterHours,
  lookForPatterns,
  listPatterns,
  noteCall,
  settlePattern,
] as const
