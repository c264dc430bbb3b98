/**
 * Fills the tables of a copy of the database with rows on both sides of every wall. Row security asks for nothing but
 * its own columns, so the copy loses its checks, foreign and other keys but the primary ones, and a row is its key and what its scope is decided by:
 * a new table is filled without anybody writing a valid row for it.
 */
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { ProofStreet } from '../support/proof-street.ts'
import type { CastMember } from './cast.ts'
import { scopeColumns, scopeOf, type TableScope } from './row-scopes.ts'
import type { GuardedTable } from './row-tables.ts'

export interface Planting {
  readonly outside: Client
  readonly cast: readonly CastMember[]
  readonly street: ProofStreet
  readonly other: ProofStreet
}

/** What else holds rows of its own in the copy stays as it is. */
export async function plantRows(planting: Planting, tables: readonly GuardedTable[]): Promise<void> {
  await loosen(planting.outside)
  // Triggers that hold what a row must be, such as the lines of a transfer, would refuse rows that are only keys.
  await planting.outside.query("set session_replication_role = 'replica'")
  for (const { name } of tables) {
    const scope = scopeOf(name)
    const scoped = scope.read !== 'street' || scope.change !== 'street' || scope.remove !== 'street'
    const rows = scoped
      ? [planting.street, planting.other].flatMap((street) => variety(planting, street, scope))
      : await missingRows(planting, name)
    if (rows.length > 0) await insertRows(planting.outside, name, scope, rows)
  }
  await planting.outside.query("set session_replication_role = 'origin'")
}

/** Cases that a mandatory report names, at every place, made by a clerk of one community and by one of the other. */
export async function plantGuardedCases({ outside, street: ours, other }: Planting): Promise<void> {
  const makers = ['clerk-c1', 'clerk-c2'].map((key) => ours.staffOf(key).accountId)
  await outside.query(
    `insert into cases select p.* from (select distinct on (c.street_id, c.area) c as whole from cases c
         where c.kind = 'praise' and c.street_id = any($1) order by c.street_id, c.area, c.id) k
       cross join unnest($2::uuid[]) m(maker)
       cross join lateral jsonb_populate_record(k.whole, jsonb_build_object(
         'id', gen_random_uuid(), 'guarded_by', m.maker, 'reporter_id', null, 'organisation_id', null,
         'shared_organisations', '[]'::jsonb, 'holder_account_id', null)) p`,
    [[ours.streetId, other.streetId], makers],
  )
}

async function loosen(outside: Client): Promise<void> {
  await outside.query(`do $$
    declare one record;
    begin
      for one in select c.conrelid::regclass as name, c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid
        where c.connamespace = 'public'::regnamespace and c.contype in ('f', 'c', 'u') and c.conparentid = 0 and c.coninhcount = 0 and not t.relispartition
        order by c.contype = 'u'
      loop
        execute format('alter table %s drop constraint %I', one.name, one.conname);
      end loop;
      for one in select i.indexrelid::regclass as name from pg_index i join pg_class t on t.oid = i.indrelid
        where t.relnamespace = 'public'::regnamespace and i.indisunique and not i.indisprimary and not t.relispartition
      loop
        execute format('drop index %s', one.name);
      end loop;
      for one in select a.attrelid::regclass as name, a.attname from pg_attribute a join pg_class t on t.oid = a.attrelid
        where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
          and a.attnum > 0 and not a.attisdropped and a.attnotnull and a.attidentity = ''
          and not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary and a.attnum = any (i.indkey))
      loop
        execute format('alter table %s alter %I drop not null', one.name, one.attname);
      end loop;
    end $$`)
}

type Row = Record<string, unknown>

/** A row at every place that is nobody's, and at a place where few have a post one of each person and organisation. */
function variety({ cast, street: ours }: Planting, street: ProofStreet, scope: TableScope): Row[] {
  const reach = Object.values(scope).find((one) => one !== 'street')
  const areaColumn = scopeColumns(scope).find((column) => column === 'area' || column === 'desk_path')
  const placed = (path: string, more: Row = {}): Row => ({
    street_id: street.streetId,
    ...(areaColumn === undefined ? {} : { [areaColumn]: path }),
    ...more,
  })
  if (reach === undefined) return []
  const others = scopeColumns(scope).filter((column) => column !== areaColumn)
  const elsewhere = street.areaPath('c2')
  const owners = [...cast.map(({ person }) => person.accountId), street.staffOf('clerk-c2').accountId]
  const organisations = ['enforcement', 'water'].map((code) => ours.organisationId(code))
  const ownersOf = (column: string): (string | string[])[] => {
    if (column === 'called_organisations') return organisations.map((one) => [one])
    if (column === 'readers') return owners.map((one) => [one])
    return column === 'organisation_id' ? organisations : owners
  }
  return [
    ...[...street.areas.values()].map(({ path }) => placed(path)),
    // A row of the other street at our own place and in our own names: the street alone keeps it apart.
    ...(street === ours ? [] : [placed(ours.areaPath('c1g1m1'))]),
    ...others.flatMap((column) => ownersOf(column).map((owner) => placed(elsewhere, { [column]: owner }))),
  ]
}

/** Two rows for each street that has none: without them a wall that let everything through would look the same. */
async function missingRows({ outside, street, other }: Planting, table: string): Promise<Row[]> {
  const { rows } = await outside.query<{ street_id: number }>(`select distinct street_id from ${table}`)
  const there = new Set(rows.map(({ street_id }) => street_id))
  return [street, other].flatMap(({ streetId }) =>
    there.has(streetId) ? [] : [{ street_id: streetId }, { street_id: streetId }],
  )
}

async function insertRows(
  outside: Client,
  table: string,
  scope: TableScope,
  rows: readonly Row[],
): Promise<void> {
  const { rows: keys } = await outside.query<{ name: string; type: string }>(
    `select a.attname as name, a.atttypid::regtype::text as type from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
     where i.indrelid = $1::regclass and i.indisprimary and a.attidentity = '' and a.attname <> 'street_id'`,
    [table],
  )
  const columns = [...new Set(['street_id', ...keys.map(({ name }) => name), ...scopeColumns(scope)])]
  const whole = rows.map((row, index) => ({
    ...Object.fromEntries(keys.map(({ name, type }) => [name, keyValue(type, index)])),
    ...row,
  }))
  await outside.query(
    `insert into ${table} (${columns.join(', ')})
     select ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(whole)],
  )
}

function keyValue(type: string, index: number): string | number {
  if (type === 'uuid') return randomUUID()
  if (type === 'integer' || type === 'bigint' || type === 'smallint') return 10_000 + index
  if (type === 'date' || type.startsWith('timestamp'))
    return new Date(Date.UTC(2090, 0, 1 + index)).toISOString()
  return `planted-${index}`
}
