/** A street of a million cases on the older schema: real rows of that version, again and again under new ids. */
import { Client } from 'pg'

const mostCases = 1_000_000
const samples = 200

/** Cases and their entries, on which a lock is felt by everybody. As the superuser, past the triggers. */
export async function growToMillion(superuserUrl: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query(`set session_replication_role = 'replica'; set synchronous_commit = off`)
    const each = Math.ceil(mostCases / samples)
    await client.query(
      `create temporary table grown as
         select c.street_id, c.id as old_id, gen_random_uuid() as id, to_jsonb(c) as whole, n
         from (select * from cases where outside_number is null and petition is null order by id limit ${samples}) c cross join generate_series(1, ${each}) n`,
    )
    await client.query(
      `insert into cases select (jsonb_populate_record(null::cases, g.whole || jsonb_build_object('id', g.id, 'number', 'M' || g.n || '-' || g.id))).*
       from grown g`,
    )
    await client.query(
      `insert into case_entries select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'case_id', g.id))).*
       from grown g join case_entries e on e.street_id = g.street_id and e.case_id = g.old_id`,
    )
    await client.query('vacuum analyze cases, case_entries')
  } finally {
    await client.end()
  }
}
