/** A street of a million cases on the older schema: real rows of that version, again and again under new ids. */
import { Client } from 'pg'

const mostCases = 1_000_000
const samples = 200
/** Every fourth of the new cases has its entries, which are then a million or two as well. */
const withEntries = 4

/** Cases and their entries, on which a lock is felt by everybody. As the superuser, past the triggers. */
export async function growToMillion(superuserUrl: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query(`set session_replication_role = 'replica'; set synchronous_commit = off`)
    const each = Math.ceil(mostCases / samples)
    await client.query(
      `create temporary table grown as select c.street_id, c.id as old_id, gen_random_uuid() as id, n
       from (select street_id, id from cases where outside_number is null and petition is null order by id limit ${samples}) c
         cross join generate_series(1, ${each}) n`,
    )
    await copyRows(client, 'cases', 'r.street_id = g.street_id and r.id = g.old_id', {
      id: 'g.id',
      number: "'M' || g.n || '-' || g.id",
    })
    await copyRows(
      client,
      'case_entries',
      `r.street_id = g.street_id and r.case_id = g.old_id and g.n % ${withEntries} = 0`,
      { id: 'gen_random_uuid()', case_id: 'g.id' },
    )
    await client.query('vacuum analyze cases, case_entries')
  } finally {
    await client.end()
  }
}

/** Each row that belongs to a grown case once more, with these columns anew. */
async function copyRows(
  client: Client,
  table: string,
  belongs: string,
  anew: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  const names = rows.map(({ name }) => name)
  await client.query(
    `insert into ${table} (${names.join(', ')})
     select ${names.map((name) => anew[name] ?? `r.${name}`).join(', ')} from grown g join ${table} r on ${belongs}`,
  )
}
