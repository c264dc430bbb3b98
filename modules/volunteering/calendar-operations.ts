/** The calendar of festivals 节日活动日历: what each community plans for each, and whose turn it is to organise. */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, Instant, Nullable, Words } from '../../lib/contract.ts'
import { activityStates } from './activity-operations.ts'

const Named = Type.Object({ id: Id, name: Type.String() })

export const FestivalCalendar = Type.Object({
  year: Type.Integer(),
  /** In the order of their days; a festival without a day in this year is left out. */
  festivals: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), on: Day })),
  communities: Type.Array(
    Type.Object({
      ...Named.properties,
      /** Whose turn it is, of the organisations that organised here before. */
      next: Nullable(Named),
      /** Whoever asks may plan here. */
      mayPlan: Type.Boolean(),
    }),
  ),
  activities: Type.Array(
    Type.Object({
      id: Id,
      /** Also of a festival that the street has taken out of its calendar. */
      festival: Type.String(),
      /** Null where it is for the whole street. */
      communityId: Nullable(Id),
      title: Type.String(),
      startsAt: Instant,
      state: Words(activityStates),
      organiser: Nullable(Type.String()),
      places: Type.Integer(),
      taken: Type.Integer(),
    }),
  ),
})
export type FestivalCalendar = Static<typeof FestivalCalendar>

export const getFestivalCalendar = defineOperation({
  name: 'volunteering.getFestivalCalendar',
  method: 'GET',
  path: '/api/festival-calendar',
  summary: 'The festivals of a year with what each community plans for them; drafts for who runs them',
  who: 'signed-in',
  query: Type.Object(
    { year: Type.Optional(Type.String({ pattern: '^20[0-9]{2}$' })) },
    { additionalProperties: false },
  ),
  output: FestivalCalendar,
})

export const calendarOperations = [getFestivalCalendar] as const
