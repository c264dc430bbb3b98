/**
 * What Citus asks of tables, read from the catalogue of an ordinary PostgreSQL: so that no migration lands which a cluster
 * would refuse. Each rule names where Citus decides it (14.0, commit a3d5708); decision 0055 says what was not tried.
 */
import type { ClientBase } from 'pg'

/** `by-street`: distributed by street_id, all together. `reference`: whole on every node. `local`: on the coordinator. */
export type CitusKind = 'by-street' | 'reference' | 'local'

export interface CitusTable {
  readonly name: string
  readonly kind: CitusKind
  /** Never held a row. */
  readonly empty: boolean
}

/** Drained or counted over all streets at once, with locks, by one process; nothing joins them. */
const local: ReadonlySet<string> = new Set([
  'schema_migrations',
  'job_outbox',
  'event_outbox',
  'job_schedules',
  'rate_limits',
])
/** Global although they name a street: looked up before there is one. */
const global: ReadonlySet<string> = new Set(['streets', 'sessions'])

/** Every table with its kind, referenced ones before those that refer to them. @throws when references go round */
export async function citusPlan(client: ClientBase): Promise<CitusTable[]> {
  const { rows } = await client.query<{ name: string; street: boolean; empty: boolean; refers: string[] }>(
    `select c.relname as name, pg_relation_size(c.oid) = 0 as empty,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'street_id' and not a.attisdropped) as street,
       array(select distinct f.confrelid::regclass::text from pg_constraint f
         where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  const waiting = new Map(rows.map((row) => [row.name, row]))
  const plan: CitusTable[] = []
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ refers }) => refers.every((name) => !waiting.has(name)))
    if (free.length === 0) throw new Error(`references go round: ${[...waiting.keys()].join(', ')}`)
    for (const { name, street, empty } of free) {
      waiting.delete(name)
      const kind = local.has(name) ? 'local' : street && !global.has(name) ? 'by-street' : 'reference'
      plan.push({ name, kind, empty })
    }
  }
  return plan
}

export interface CitusFault {
  readonly table: string
  readonly what: string
}

const key = (column: string) =>
  `(select k.ordinality from unnest(f.${column}) with ordinality k(attnum, ordinality)
     join pg_attribute a on a.attrelid = f.${column === 'conkey' ? 'conrelid' : 'confrelid'} and a.attnum = k.attnum
     where a.attname = 'street_id')`
const own = "c.relnamespace = 'public'::regnamespace and not c.relispartition"

/** Each gives `table` and `what`; `$street` and `$whole` are names of the tables by street and of the reference tables. */
const rules: readonly string[] = [
  // create_distributed_table: the column is there and never empty (multi_router_planner.c: no INSERT without it).
  `select c.relname as table, 'street_id may be null, or is no integer' as what from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'street_id'
    where ${own} and c.relname = any ($street) and (not a.attnotnull or a.atttypid <> 'integer'::regtype)`,
  // commands/index.c, ErrorIfUnsupportedIndexStmt; create_distributed_table.c, ErrorIfUnsupportedConstraint.
  `select c.relname as table, 'unique without street_id: ' || i.indexrelid::regclass as what from pg_index i
    join pg_class c on c.oid = i.indrelid
    where ${own} and c.relname = any ($street) and i.indisunique and not exists (select from unnest(i.indkey::int2[]) k
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k and a.attname = 'street_id')`,
  // The same place: an exclusion holds within a shard when street_id is compared by equality.
  `select c.relname as table, 'excludes across streets: ' || f.conname as what from pg_constraint f
    join pg_class c on c.oid = f.conrelid
    where ${own} and c.relname = any ($street) and f.contype = 'x' and not exists (
      select from unnest(f.conkey, f.conexclop) k(attnum, op)
        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum and a.attname = 'street_id'
        join pg_operator o on o.oid = k.op and o.oprname = '=')`,
  // commands/foreign_constraint.c, ErrorIfUnsupportedForeignConstraintExists: street_id at the same place of both sides.
  `select c.relname as table, 'refers across streets: ' || f.conname as what from pg_constraint f
    join pg_class c on c.oid = f.conrelid join pg_class t on t.oid = f.confrelid
    where ${own} and f.contype = 'f' and c.relname = any ($street) and t.relname = any ($street)
      and ${key('conkey')} is distinct from ${key('confkey')}`,
  // The same place: whole tables refer to whole tables only, and shards to no table of the coordinator.
  `select c.relname as table, 'refers to ' || t.relname || ', which stands elsewhere: ' || f.conname as what
    from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class t on t.oid = f.confrelid
    where ${own} and f.contype = 'f' and (c.relname = any ($street) and not t.relname = any ($street || $whole)
      or not c.relname = any ($street) and t.relname = any ($street) or c.relname = any ($whole) and not t.relname = any ($whole))`,
  // The same place, EnsureSupportedFKeyOnDistKey.
  `select c.relname as table, 'would change street_id of a row: ' || f.conname as what from pg_constraint f
    join pg_class c on c.oid = f.conrelid
    where ${own} and f.contype = 'f' and c.relname = any ($street) and ${key('conkey')} is not null
      and (f.confdeltype in ('n', 'd') and coalesce(f.confdelsetcols, f.conkey) && array(
          select a.attnum from pg_attribute a where a.attrelid = f.conrelid and a.attname = 'street_id')
        or f.confupdtype in ('n', 'd', 'c'))`,
  // commands/policy.c, ErrorIfUnsupportedPolicyExpr.
  `select c.relname as table, 'a policy with a sub-select: ' || p.polname as what from pg_policy p
    join pg_class c on c.oid = p.polrelid
    where ${own} and c.relname = any ($street || $whole) and coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, '') ~ 'SUBLINK'`,
  // commands/trigger.c: allowed with citus.enable_unsafe_triggers; multi_executor.c, IsTaskExecutionAllowed: only within the shard.
  `select distinct c.relname as table, 'a trigger that writes elsewhere: ' || t.tgname || ' into ' || w.name[1] as what
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      cross join lateral regexp_matches(p.prosrc, '(?:insert into|update|delete from)\\s+([a-z_]+)', 'gi') w(name)
    where ${own} and not t.tgisinternal and c.relname = any ($street)
      and exists (select from pg_class o where o.relname = w.name[1] and o.relnamespace = 'public'::regnamespace)
      and not w.name[1] = any ($street)`,
  // The same place: a reference table is written on every node, and a trigger there would act as often.
  `select c.relname as table, 'a trigger on a table that stands on every node: ' || t.tgname as what
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where ${own} and not t.tgisinternal and c.relname = any ($whole)`,
  // Sequences give each node numbers of its own only as bigint (reference_workarounds, General).
  `select c.relname as table, 'a number of a sequence: ' || a.attname as what from pg_attribute a
    join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${own} and c.relkind in ('r', 'p') and c.relname = any ($street)
      and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'nextval')`,
  // Only plain and partitioned tables; no rules (reference_workarounds, General).
  `select c.relname as table, 'is a view or has rules' as what from pg_class c
    where ${own} and (c.relkind in ('v', 'm', 'f') or c.relkind in ('r', 'p') and c.relhasrules)`,
  // create_distributed_table.c: partitions of partitions.
  `select c.relname as table, 'is a partition with partitions' as what from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relispartition and c.relkind = 'p'`,
]

/** What a cluster would refuse, or do otherwise than one machine. */
export async function findCitusFaults(client: ClientBase): Promise<CitusFault[]> {
  const plan = await citusPlan(client)
  const names = (kind: CitusKind) => plan.filter((table) => table.kind === kind).map(({ name }) => name)
  const faults: CitusFault[] = []
  for (const rule of rules) {
    const sql = rule.replaceAll(/\$(street|whole)/g, '(select $1 from tables)::text[]')
    const { rows } = await client.query<CitusFault>(
      `with tables as (select $1::text[] as street, $2::text[] as whole) ${sql}`,
      [names('by-street'), names('reference')],
    )
    faults.push(...rows)
  }
  return faults
}
