/** All SQL on who signed up for a shift, who waits for a place and who is offered one. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

/** `offered`: a free place is kept for them until `offered_until`; `lapsed`: they let it go by. */
export interface SignUpRow {
  shift_id: string
  person_id: string
  state: 'joined' | 'waiting' | 'offered' | 'lapsed' | 'withdrawn'
  at: Date
  offered_until: Date | null
}

const current = sql`u.state in ('joined', 'waiting', 'offered')`

export const findSignUp = (
  tx: Tx,
  streetId: number,
  shiftId: string,
  personId: string,
): Promise<SignUpRow | undefined> =>
  tx.maybe(
    sql<SignUpRow>`select shift_id, person_id, state, at, offered_until from shift_sign_ups
      where street_id = ${streetId} and shift_id = ${shiftId} and person_id = ${personId}`,
  )

export const signUpsOfPerson = (
  tx: Tx,
  streetId: number,
  personId: string,
): Promise<(SignUpRow & { activity_id: string })[]> =>
  tx.many(
    sql<
      SignUpRow & { activity_id: string }
    >`select u.shift_id, u.person_id, u.state, u.at, u.offered_until, f.activity_id from shift_sign_ups u
      join activity_shifts f on f.street_id = u.street_id and f.id = u.shift_id
      where u.street_id = ${streetId} and u.person_id = ${personId} and ${current}`,
  )

export const signUpsOfActivity = (
  tx: Tx,
  streetId: number,
  activityId: string,
): Promise<(SignUpRow & { name_masked: string; birth_on: string })[]> =>
  tx.many(
    sql<
      SignUpRow & { name_masked: string; birth_on: string }
    >`select u.shift_id, u.person_id, u.state, u.at, u.offered_until, p.name_masked, p.birth_on
      from activity_shifts f join shift_sign_ups u on u.street_id = f.street_id and u.shift_id = f.id
        join people p on p.street_id = u.street_id and p.id = u.person_id
      where f.street_id = ${streetId} and f.activity_id = ${activityId} and ${current}
      order by f.starts_at, u.state = 'waiting', u.at, u.person_id`,
  )

export const putSignUp = (
  tx: Tx,
  streetId: number,
  one: {
    shiftId: string
    person: { id: string; account_id: string | null }
    area: string
    state: SignUpRow['state']
    at: Date
    by: string
  },
): Promise<number> =>
  tx.run(
    sql`insert into shift_sign_ups (street_id, shift_id, person_id, area, account_id, state, at, by_account)
      values (${streetId}, ${one.shiftId}, ${one.person.id}, ${one.area}::ltree, ${one.person.account_id}, ${one.state}, ${one.at}, ${one.by})
      on conflict (street_id, shift_id, person_id) do update set state = excluded.state, at = excluded.at, by_account = excluded.by_account,
        offered_until = null`,
  )

/** A free place is kept for whoever waits longest. @returns them; undefined when nobody waits */
export const offerToFirst = (
  tx: Tx,
  streetId: number,
  shiftId: string,
  until: Date,
): Promise<{ person_id: string; account_id: string | null } | undefined> =>
  tx.maybe(
    sql<{
      person_id: string
      account_id: string | null
    }>`update shift_sign_ups set state = 'offered', offered_until = ${until}
      where street_id = ${streetId} and shift_id = ${shiftId}
        and person_id = (select person_id from shift_sign_ups where street_id = ${streetId} and shift_id = ${shiftId}
          and state = 'waiting' order by at, person_id limit 1)
      returning person_id, account_id`,
  )

/** Shifts with an offer that nobody answered in time, in one order of ids; the caller reaches the street. */
export const shiftsWithLapsedOffers = (tx: Tx, streetId: number, at: Date): Promise<{ id: string }[]> =>
  tx.many(
    sql<{ id: string }>`select distinct shift_id as id from shift_sign_ups
      where street_id = ${streetId} and state = 'offered' and offered_until <= ${at} order by shift_id limit 500`,
  )

/** @returns how many offers of this shift ended unanswered */
export const lapseOffers = (tx: Tx, streetId: number, shiftId: string, at: Date): Promise<number> =>
  tx.run(
    sql`update shift_sign_ups set state = 'lapsed', offered_until = null where street_id = ${streetId} and shift_id = ${shiftId}
      and state = 'offered' and offered_until <= ${at}`,
  )

/** Accounts of those who come, wait or are offered a place in a shift that has not ended; for who has to be told. */
export const accountsSignedUp = (
  tx: Tx,
  streetId: number,
  activityId: string,
  at: Date,
): Promise<{ shift_id: string; starts_at: Date; accounts: string[]; people: string[] }[]> =>
  tx.many(
    sql<{
      shift_id: string
      starts_at: Date
      accounts: string[]
      people: string[]
    }>`select f.id as shift_id, f.starts_at,
        coalesce(array_agg(u.account_id) filter (where u.account_id is not null), '{}') as accounts,
        coalesce(array_agg(u.person_id) filter (where u.account_id is null), '{}') as people
      from activity_shifts f join shift_sign_ups u on u.street_id = f.street_id and u.shift_id = f.id
      where f.street_id = ${streetId} and f.activity_id = ${activityId} and f.ends_at > ${at} and ${current}
      group by f.id, f.starts_at order by f.starts_at, f.id`,
  )

export interface CalendarRow {
  shift_id: string
  title: string
  place_text: string
  starts_at: Date
  ends_at: Date
  state: SignUpRow['state']
  cancelled: boolean
}

/** What one volunteer's calendar shows: shifts that ended after `since`, cancelled ones too; the caller reaches the street. */
export const calendarOf = (tx: Tx, streetId: number, personId: string, since: Date): Promise<CalendarRow[]> =>
  tx.many(
    sql<CalendarRow>`select u.shift_id, a.title, a.place_text, f.starts_at, f.ends_at, u.state, a.state = 'cancelled' as cancelled
      from shift_sign_ups u
        join activity_shifts f on f.street_id = u.street_id and f.id = u.shift_id
        join volunteer_activities a on a.street_id = f.street_id and a.id = f.activity_id
      where u.street_id = ${streetId} and u.person_id = ${personId} and ${current} and f.ends_at > ${since}
        and a.state <> 'draft'
      order by f.starts_at, f.id limit 1000`,
  )

export const countShift = (
  tx: Tx,
  streetId: number,
  shiftId: string,
  taken: number,
  waiting: number,
): Promise<number> =>
  tx.run(
    sql`update activity_shifts set taken = taken + ${taken}, waiting = waiting + ${waiting}
      where street_id = ${streetId} and id = ${shiftId}`,
  )
