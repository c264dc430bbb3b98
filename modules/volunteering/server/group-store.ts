/** All SQL on organisations, teams and committees, their members, and series of activities. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { GroupKind } from '../contract.ts'

export interface GroupRow {
  id: string
  area_id: string
  area: string
  kind: GroupKind
  name: string
  parent_id: string | null
  organisation_id: string | null
  head: string
  phone: string
  active: boolean
}

const columns = sql`id, area_id, area::text as area, kind, name, parent_id, organisation_id, head, phone, active`

export const allGroups = (tx: Tx, streetId: number): Promise<GroupRow[]> =>
  tx.many(
    sql<GroupRow>`select ${columns} from volunteer_groups where street_id = ${streetId} order by kind, name, id`,
  )

export const findGroup = (tx: Tx, streetId: number, id: string): Promise<GroupRow | undefined> =>
  tx.maybe(
    sql<GroupRow>`select ${columns} from volunteer_groups where street_id = ${streetId} and id = ${id}`,
  )

/** False when the name is taken in its area. */
export async function insertGroup(
  tx: Tx,
  streetId: number,
  row: GroupRow,
  by: { account: string; at: Date },
): Promise<boolean> {
  const added = await tx.run(
    sql`insert into volunteer_groups (street_id, id, area_id, area, kind, name, parent_id, organisation_id, organisation_since, head, phone,
        created_at, created_by)
      values (${streetId}, ${row.id}, ${row.area_id}, ${row.area}::ltree, ${row.kind}, ${row.name}, ${row.parent_id},
        ${row.organisation_id}, ${row.organisation_id === null ? null : by.at}, ${row.head}, ${row.phone}, ${by.at}, ${by.account})
      on conflict do nothing`,
  )
  return added === 1
}

/** A link begins when it is made; one that stays keeps its beginning. @throws the database's 23505 when the name is taken in its area */
export const changeGroupRow = (tx: Tx, streetId: number, row: GroupRow, at: Date): Promise<number> =>
  tx.run(
    sql`update volunteer_groups set name = ${row.name}, head = ${row.head}, phone = ${row.phone}, active = ${row.active},
        organisation_since = case when ${row.organisation_id}::uuid is null then null
          when organisation_id = ${row.organisation_id} then organisation_since else ${at}::timestamptz end,
        organisation_id = ${row.organisation_id}
      where street_id = ${streetId} and id = ${row.id}`,
  )

/**
 * The organisation whose people somebody was among when a service began: of the teams of the activity's own group first,
 * else of the one that they belong to longest. One at most, so that an hour earns for one. The caller reaches the street.
 */
export const organisationServedFor = (
  tx: Tx,
  streetId: number,
  service: { personId: string; groupId: string; startedAt: Date },
): Promise<{ organisation_id: string; area: string } | undefined> =>
  tx.maybe(
    sql<{
      organisation_id: string
      area: string
    }>`select g.organisation_id, g.area::text as area from group_members m
      join volunteer_groups g on g.street_id = m.street_id and g.id = m.group_id
      where m.street_id = ${streetId} and m.person_id = ${service.personId} and m.since <= ${service.startedAt}
        and (m.ended_at is null or m.ended_at > ${service.startedAt}) and g.organisation_since <= ${service.startedAt}
      order by g.id = ${service.groupId} desc, m.since, g.id limit 1`,
  )

export interface MemberRow {
  group_id: string
  person_id: string
  part: 'member' | 'lead'
  since: Date
  name_masked: string
}

export const membersOf = (tx: Tx, streetId: number, groupId: string): Promise<MemberRow[]> =>
  tx.many(
    sql<MemberRow>`select m.group_id, m.person_id, m.part, m.since, p.name_masked from group_members m
      join people p on p.street_id = m.street_id and p.id = m.person_id
      where m.street_id = ${streetId} and m.group_id = ${groupId} and m.ended_at is null
      order by m.part, m.since, m.person_id`,
  )

export async function putMember(
  tx: Tx,
  streetId: number,
  group: Pick<GroupRow, 'id' | 'area'>,
  person: { id: string; account_id: string | null },
  part: 'member' | 'lead' | 'none',
  at: Date,
): Promise<void> {
  if (part === 'none') {
    await tx.run(
      sql`update group_members set ended_at = ${at} where street_id = ${streetId} and group_id = ${group.id}
        and person_id = ${person.id} and ended_at is null`,
    )
    return
  }
  await tx.run(
    sql`insert into group_members (street_id, group_id, person_id, area, account_id, part, since)
      values (${streetId}, ${group.id}, ${person.id}, ${group.area}::ltree, ${person.account_id}, ${part}, ${at})
      on conflict (street_id, group_id, person_id) do update set part = excluded.part, since = excluded.since, ended_at = null`,
  )
}

/** Groups to which any of these people belong now. */
export const groupsOfPeople = (
  tx: Tx,
  streetId: number,
  people: readonly string[],
): Promise<Pick<GroupRow, 'id' | 'kind' | 'area'>[]> =>
  tx.many(
    sql<
      Pick<GroupRow, 'id' | 'kind' | 'area'>
    >`select distinct g.id, g.kind, g.area::text as area from group_members m
      join volunteer_groups g on g.street_id = m.street_id and g.id = m.group_id
      where m.street_id = ${streetId} and m.person_id = any(${[...people]}::uuid[]) and m.ended_at is null and g.active`,
  )

/** Paths of the areas over which these people watch as members of a supervision committee. */
export async function committeesOf(tx: Tx, streetId: number, people: readonly string[]): Promise<string[]> {
  const groups = await groupsOfPeople(tx, streetId, people)
  return groups.flatMap(({ kind, area }) => (kind === 'committee' ? [area] : []))
}

/** Accounts of the members of the committees that watch over a place; the caller reaches the street. */
export async function committeeAccounts(tx: Tx, streetId: number, area: string): Promise<string[]> {
  const rows = await tx.many(
    sql<{ account_id: string }>`select distinct m.account_id from volunteer_groups g
      join group_members m on m.street_id = g.street_id and m.group_id = g.id
      where g.street_id = ${streetId} and g.kind = 'committee' and g.active and ${area}::ltree <@ g.area
        and m.ended_at is null and m.account_id is not null`,
  )
  return rows.map((row) => row.account_id)
}

export interface SeriesRow {
  id: string
  area_id: string
  area: string
  name: string
  audience: string | null
}

export const allSeries = (tx: Tx, streetId: number): Promise<SeriesRow[]> =>
  tx.many(
    sql<SeriesRow>`select id, area_id, area::text as area, name, audience from activity_series
      where street_id = ${streetId} order by name, id`,
  )

export async function insertSeries(
  tx: Tx,
  streetId: number,
  row: SeriesRow,
  by: { account: string; at: Date },
): Promise<boolean> {
  const added = await tx.run(
    sql`insert into activity_series (street_id, id, area_id, area, name, audience, created_at, created_by)
      values (${streetId}, ${row.id}, ${row.area_id}, ${row.area}::ltree, ${row.name}, ${row.audience}, ${by.at}, ${by.account})
      on conflict do nothing`,
  )
  return added === 1
}
