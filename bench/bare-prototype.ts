/**
 * What somebody would write in an afternoon: Fastify, pg and two statements a request. No rights, no row security, no
 * idempotency, no audit. The measure of what everything else costs.
 */
import fastify from 'fastify'
import pg from 'pg'

export const bareTables = `
  create table bare_cases (id uuid primary key, state text not null, text text not null, area_id uuid not null,
    version int not null default 1, created_at timestamptz not null);
  create index on bare_cases (state, created_at desc, id desc);
  create table bare_entries (id bigint generated always as identity primary key, case_id uuid not null references bare_cases,
    act text not null, at timestamptz not null);
  create index on bare_entries (case_id);`

/** `rows` pending cases with one entry each; their ids are md5 of their running number. */
export const fillBare = (rows: number) => `
  insert into bare_cases (id, state, text, area_id, created_at)
    select md5(n::text)::uuid, 'pending', repeat('楼道灯坏了。', 12), md5((n % 70)::text)::uuid, now() - n * interval '1 second' from generate_series(1, ${rows}) n;
  insert into bare_entries (case_id, act, at) select id, 'file', created_at from bare_cases;
  analyze;`

async function serve(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 12 })
  const app = fastify()
  app.post<{ Body: { id: string; text: string; areaId: string } }>('/cases', async (request, reply) => {
    const { id, text, areaId } = request.body
    const at = new Date()
    await pool.query({
      name: 'create',
      text: "insert into bare_cases (id, state, text, area_id, created_at) values ($1, 'pending', $2, $3, $4)",
      values: [id, text, areaId, at],
    })
    await pool.query({
      name: 'entry',
      text: "insert into bare_entries (case_id, act, at) values ($1, 'file', $2)",
      values: [id, at],
    })
    return reply.code(201).send({ id, state: 'pending', text, areaId, version: 1, createdAt: at })
  })
  app.get<{ Params: { id: string } }>('/cases/:id', async (request) => {
    const values = [request.params.id]
    const one = await pool.query({ name: 'get', text: 'select * from bare_cases where id = $1', values })
    const entries = await pool.query({
      name: 'entries',
      text: 'select * from bare_entries where case_id = $1 order by id',
      values,
    })
    return { case: one.rows[0], entries: entries.rows }
  })
  app.get('/cases', async () => {
    const rows = await pool.query({
      name: 'list',
      text: "select * from bare_cases where state = 'pending' order by created_at desc, id desc limit 20",
    })
    return { items: rows.rows }
  })
  app.post<{ Params: { id: string } }>('/cases/:id/accept', async (request, reply) => {
    const { id } = request.params
    const changed = await pool.query({
      name: 'accept',
      text: "update bare_cases set state = 'accepted', version = version + 1 where id = $1 and state = 'pending' returning *",
      values: [id],
    })
    if (changed.rowCount === 0) return reply.code(409).send({})
    await pool.query({
      name: 'accepted',
      text: "insert into bare_entries (case_id, act, at) values ($1, 'accept', $2)",
      values: [id, new Date()],
    })
    return changed.rows[0]
  })
  console.log(`listening ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
  process.on('SIGTERM', () => {
    app.close().then(() => process.exit(0))
  })
}

if (process.env.BENCH_BARE) await serve(process.env.BENCH_BARE)
