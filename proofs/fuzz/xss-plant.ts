/**
 * The same words in every text of the database that people wrote, whatever table it is in: what an import, an older
 * version or an operator may have put there, and what no operation lets in again.
 */
import type { Client } from 'pg'
import type { Keys } from '../../platform/keys.ts'
import type { Payload } from './xss-payloads.ts'

/** Written by people: it has a space or a letter that no code has. A time of day has a space too. */
const isWords = (column: string): string =>
  `${column} ~ '[^!-~]' and ${column} !~ '^\\d{4}-\\d\\d-\\d\\d[ T]'`

/** What is kept to be compared by itself, and never shown. */
const neverShown =
  /^(?:idempotency_|seal|job_outbox|event_outbox|demo_progress|case_terms|migrations|working_)/

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  /** Part of a key that no two rows may share. */
  readonly unique: boolean
}

export interface Planted {
  readonly columns: number
  readonly values: number
}

/**
 * As the superuser, with triggers and checks of a copy that is thrown away put aside.
 * `shift` gives each value the next text but so many, so that a second round shows others in the same place.
 */
export async function plantTexts(outside: Client, texts: readonly string[], shift: number): Promise<Planted> {
  await outside.query("set session_replication_role = 'replica'")
  await dropChecks(outside)
  await outside.query(inJson)
  let columns = 0
  let values = 0
  for (const one of await wordColumns(outside)) {
    const changed = await outside.query(statementOf(one), [texts, texts.length, shift])
    if ((changed.rowCount ?? 0) > 0) columns += 1
    values += changed.rowCount ?? 0
  }
  await outside.query("set session_replication_role = 'origin'")
  return { columns, values }
}

export const plantPayloads = (outside: Client, payloads: readonly Payload[], shift: number) =>
  plantTexts(
    outside,
    payloads.map(({ text }) => text),
    shift,
  )

async function wordColumns(outside: Client): Promise<Column[]> {
  const { rows } = await outside.query<Column>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
       exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any(i.indkey)) as unique
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and format_type(a.atttypid, null) in ('text', 'text[]', 'jsonb') and a.attname <> 'terms'
       and not exists (select from pg_constraint k
         where k.conrelid = c.oid and k.contype in ('p', 'f') and a.attnum = any(k.conkey))
     order by 1, 2`,
  )
  return rows.filter(({ table }) => !neverShown.test(table))
}

function statementOf({ table, column, type, unique }: Column): string {
  const name = `"${column}"`
  const payload = `($1::text[])[1 + ((r.n + $3) % $2)::int]`
  const [value, where] =
    type === 'text'
      ? [unique ? `${payload} || ' ' || r.n` : payload, isWords(name)]
      : type === 'text[]'
        ? [`array[${payload}, ${payload}]`, isWords(`array_to_string(${name}, '')`)]
        : [`pg_temp.with_payloads(t.${name}, (r.n + $3)::int, $1, $2)`, isWords(`${name}::text`)]
  return `update "${table}" t set ${name} = ${value}
    from (select tableoid, ctid, row_number() over (order by ctid) as n from "${table}" where ${where}) r
    where t.tableoid = r.tableoid and t.ctid = r.ctid`
}

/** Every text of a JSON value that people wrote; keys, codes and numbers stay. */
const inJson = `create or replace function pg_temp.with_payloads(value jsonb, n int, texts text[], many int) returns jsonb
  language plpgsql immutable as $$
  begin
    case jsonb_typeof(value)
      when 'string' then
        return case when ${isWords("(value #>> '{}')")} then to_jsonb(texts[1 + (n % many)]) else value end;
      when 'array' then
        return coalesce((select jsonb_agg(pg_temp.with_payloads(e, n + i::int, texts, many) order by i)
          from jsonb_array_elements(value) with ordinality x(e, i)), '[]'::jsonb);
      when 'object' then
        return coalesce((select jsonb_object_agg(k, pg_temp.with_payloads(v, n + i::int, texts, many))
          from jsonb_each(value) with ordinality x(k, v, i)), '{}'::jsonb);
      else return value;
    end case;
  end $$`

async function dropChecks(outside: Client): Promise<void> {
  await outside.query(`do $$
    declare one record;
    begin
      for one in select conrelid::regclass as name, conname from pg_constraint
        where connamespace = 'public'::regnamespace and contype = 'c' and coninhcount = 0
      loop
        execute format('alter table %s drop constraint %I', one.name, one.conname);
      end loop;
    end $$`)
}

/**
 * Sealed columns can not be written from outside: names and addresses are opened as payloads instead, and what is
 * sealed as JSON (a sheet's preview, a row's values) keeps its shape around them; phones stay.
 */
export function keysThatOpen(keys: Keys, payloads: readonly Payload[]): Keys {
  return {
    ...keys,
    open(place, sealed) {
      const plain = keys.open(place, sealed)
      let turn = [...place].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
      const asPayload = (words: string): string => {
        if (/^[!-~]*$/.test(words)) return words
        turn += 1
        return payloads[turn % payloads.length]?.text ?? words
      }
      const tree = sealedTree(plain)
      return tree === undefined ? asPayload(plain) : JSON.stringify(withWords(tree, asPayload))
    },
  }
}

/** The object or list that a sealed text holds; undefined where it is words. */
function sealedTree(plain: string): object | undefined {
  if (!/^[{[]/.test(plain)) return undefined
  try {
    return JSON.parse(plain) as object
  } catch {
    return undefined
  }
}

/** Every text of a JSON value by way of `put`; keys and numbers stay. */
function withWords(value: unknown, put: (words: string) => string): unknown {
  if (typeof value === 'string') return put(value)
  if (Array.isArray(value)) return value.map((one) => withWords(one, put))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withWords(one, put)]))
}
