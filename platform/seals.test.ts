import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../modules/testing/case-fixture.ts'
import { systemActorOf } from '../modules/testing/system-actor.ts'
import { plainSettings } from './backup-tables.ts'
import { fixedQuery, inTransaction, openPool, type Pool } from './db.ts'
import { runJob } from './jobs.ts'
import { folderPort, sealPortFromEnvironment } from './seal-ports.ts'
import { sealedTables } from './seal-sources.ts'
import { sealJobs } from './seals-jobs.ts'
import { compareWithKept, openKept, sizesOf } from './seals-outside.ts'
import { type Recount, recountSeals } from './seals-recount.ts'
import type { SealPort, Services } from './services.ts'

let t: TestCases
let worker: Pool
let above: Client
const folder = mkdtempSync(join(tmpdir(), 'linli-seals-'))

beforeAll(async () => {
  t = await startTestCases()
  worker = openPool(t.database.workerUrl, 2, 'linli-test')
  above = new Client({ connectionString: t.database.superuserUrl })
  await above.connect()
  await above.query(plainSettings)
})
afterAll(async () => {
  await above.end()
  await worker.end()
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

const [seal, deliver] = sealJobs.jobs
async function run(job: typeof seal, seals?: SealPort): Promise<void> {
  if (!job) throw new Error('the job is not there')
  const services: Services = { ...t.services, ...(seals ? { seals } : {}) }
  await runJob({ pool: worker, services }, job, { street: t.street.streetId, payload: {} }, t.clock.now())
}

/** In a transaction that is taken back, after `change` as somebody above all walls and triggers. */
async function recount(change = '', sizes: number[] = []): Promise<Recount> {
  await above.query('begin')
  try {
    if (change !== '') await above.query(`set local session_replication_role = replica; ${change}`)
    return await recountSeals(above, t.street.streetId, t.services.keys.seals.publicKey, sizes)
  } finally {
    await above.query('rollback')
  }
}
const ours = () => `street_id = ${t.street.streetId}`

async function fileSome(count: number): Promise<void> {
  const there = await t.asResident('13900000001')
  for (let each = 0; each < count; each += 1) await t.file(there, { place: t.street.pointIn('c1g1m1') })
}

test('what was written waits, is sealed once an hour, and the recount agrees', async () => {
  await fileSome(3)
  const before = await recount()
  expect(before.size).toBe(0)
  expect(before.waiting).toBeGreaterThanOrEqual(6)
  expect(before.findings).toEqual([])
  await run(seal)
  const after = await recount()
  expect(after).toMatchObject({ size: before.waiting, waiting: 0, checkpoints: 1, findings: [] })
  await run(seal)
  expect(await recount()).toMatchObject({ size: after.size, checkpoints: 1 })
  await fileSome(2)
  t.clock.moveBy(3_600_000)
  await run(seal)
  expect(await recount()).toMatchObject({ checkpoints: 2, waiting: 0, findings: [] })
})

test('an entry whose transaction commits after a later one was sealed is sealed then, and not missed', async () => {
  const entry = `insert into audit_entries (street_id, id, at, operation, outcome, request_id)
    values (${t.street.streetId}, $1, $2, 'test.late', 'done', 'r')`
  const at = t.clock.now()
  const [early, late] = [randomUUID(), randomUUID()]
  const slow = new Client({ connectionString: t.database.superuserUrl })
  await slow.connect()
  await slow.query('begin')
  await slow.query(entry, [early, at])
  await above.query(entry, [late, at])
  await run(seal)
  await slow.query('commit')
  await slow.end()
  const between = await recount()
  expect(between).toMatchObject({ waiting: 1, findings: [] })
  await run(seal)
  expect(await recount()).toMatchObject({ size: between.size + 1, waiting: 0, findings: [] })
})

test('sealings of one street at the same moment take turns: every entry stands once', async () => {
  await fileSome(4)
  const { size, waiting } = await recount()
  await Promise.all([run(seal), run(seal)])
  expect(await recount()).toMatchObject({ size: size + waiting, waiting: 0, findings: [] })
})

test.each([
  ['a changed word', "update case_entries set words = 'x'", ['changed']],
  ['a moved time', "update audit_entries set at = at - interval '1 minute'", ['changed']],
  ['a removed entry', 'delete from audit_entries', ['removed']],
  [
    'an entry put in quietly',
    "insert into audit_entries select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* from audit_entries a where OURS limit 1",
    ['inserted'],
  ],
  [
    'a leaf that was adapted',
    "update seal_leaves set hash = sha256('x') where leaf_index = 1 and OURS",
    ['changed', 'resealed'],
  ],
  [
    'leaves that changed places',
    'update seal_leaves set leaf_index = 9001 - leaf_index where leaf_index < 2 and OURS; update seal_leaves set leaf_index = leaf_index - 9000 where leaf_index >= 9000 and OURS',
    ['reordered', 'resealed'],
  ],
  [
    'a leaf taken out',
    'delete from seal_leaves where leaf_index = 2 and OURS',
    ['inserted', 'leaf', 'resealed'],
  ],
  [
    'a note of another size',
    "update seal_checkpoints set note = replace(note, 'at 20', 'at 19')",
    ['signature'],
  ],
  [
    'a checkpoint taken out',
    'delete from seal_checkpoints where size = (select min(size) from seal_checkpoints where OURS) and OURS',
    ['chain'],
  ],
  [
    'the last checkpoint taken out',
    'delete from seal_checkpoints where size = (select max(size) from seal_checkpoints where OURS) and OURS',
    ['unsigned'],
  ],
  ['other peaks', "update seal_checkpoints set peaks = sha256('x')", ['signature']],
  [
    'a sealed entry queued again',
    'insert into seal_queue select street_id, source, entry_id, line, case_id from seal_leaves where leaf_index = 0 and OURS',
    ['requeued'],
  ],
  [
    'an entry removed while it waited',
    "insert into seal_queue values (STREET, 'audit', gen_random_uuid(), 0, null)",
    ['vanished'],
  ],
])('%s is found and named', async (_, change, found) => {
  const sql = change.replaceAll('OURS', ours()).replaceAll('STREET', String(t.street.streetId))
  const { findings } = await recount(sql)
  expect(findings.map(({ what }) => what)).toEqual(expect.arrayContaining(found))
  for (const { zh, en, where } of findings) {
    expect(where).toMatch(/^(audit|case|ledger|leaf|checkpoint) \S+$/)
    expect(zh).toMatch(/[\u4e00-\u9fff]/)
    expect(en).toMatch(/\.$/)
  }
})

test('an entry that comes in by the front door with a time of long ago is named', async () => {
  const kept = await recount()
  await above.query(
    `insert into audit_entries (street_id, id, at, operation, outcome, request_id) values ($1, $2, $3, 'test.past', 'done', 'r')`,
    [t.street.streetId, randomUUID(), new Date(t.clock.now().getTime() - 30 * 86_400_000)],
  )
  await run(seal)
  const { findings, size } = await recount()
  expect(size).toBe(kept.size + 1)
  expect(findings.map(({ what }) => what)).toEqual(['backdated'])
})

test('checkpoints leave by the port, prove that the tree only grew, and show what was cut off or sealed anew', async () => {
  let away = true
  const port = folderPort(folder)
  const failing: SealPort = {
    name: 'address',
    send: async (...sent) => {
      if (away) throw new Error('the keeper is away')
      await port.send(...sent)
    },
  }
  await expect(run(deliver, failing)).rejects.toThrow('away')
  expect(await t.look('select from seal_deliveries')).toEqual([])
  away = false
  await run(deliver, failing)
  await run(deliver, failing)
  await fileSome(3)
  await run(seal, failing)
  await run(deliver, failing)
  const files = readdirSync(folder).sort()
  expect(files).toHaveLength(2)
  const texts = files.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  const publicKey = t.services.keys.seals.publicKey
  const kept = openKept(texts, publicKey)
  const sizes = sizesOf(kept, t.street.streetId)
  const past = (await recount()).findings.map(({ what }) => what)
  expect(past).toEqual(['backdated'])
  const against = async (change: string, more = kept) =>
    compareWithKept([await recount(change, sizes)], more).map(({ what }) => what)
  expect(await against('')).toEqual([])
  // Everything after the first delivery is gone without a trace: only what was kept elsewhere tells.
  const cut = `delete from audit_entries e using seal_leaves l where l.entry_id = e.id and l.leaf_index >= ${sizes[0]} and l.${ours()};
    delete from case_entries e using seal_leaves l where l.entry_id = e.id and l.leaf_index >= ${sizes[0]} and l.${ours()};
    delete from seal_leaves where leaf_index >= ${sizes[0]} and ${ours()}; delete from seal_checkpoints where size > ${sizes[0]} and ${ours()}`
  expect((await recount(cut)).findings.map(({ what }) => what)).toEqual(past)
  expect(await against(cut)).toEqual(['cut-off'])
  // A proof of growth that does not fit the checkpoint before is a second history.
  const other = texts.map(({ name, text }) => ({
    name,
    text: text.replace(/^(old [1-9]\d*\n)(?:\S{44}\n)+/, `$1${Buffer.alloc(32).toString('base64')}\n`),
  }))
  expect(await against('', openKept(other, publicKey))).toEqual(['forked'])
  expect(openKept([{ name: 'x', text: 'no note' }], publicKey).findings).toHaveLength(1)
})

test('the serving role can neither read nor change what is sealed, and the owner is refused by the tables themselves', async () => {
  const system = systemActorOf(t.street)
  const asApp = (sql: string) => inTransaction(t.pool, { actor: system }, (tx) => tx.run(fixedQuery(sql, [])))
  for (const sql of ['select from seal_leaves', 'select from seal_queue', 'delete from seal_queue'])
    await expect(asApp(sql), sql).rejects.toMatchObject({ code: '42501' })
  for (const table of ['seal_leaves', 'seal_checkpoints', 'seal_deliveries']) {
    await expect(above.query(`delete from ${table}`), table).rejects.toMatchObject({ code: 'LP009' })
    await expect(above.query(`truncate ${table} cascade`), table).rejects.toMatchObject({ code: 'LP009' })
  }
})

test('every column of what is sealed is sealed: a new one needs a source of its own', async () => {
  for (const { table, columns } of Object.values(sealedTables)) {
    const rows = await t.look<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      [table],
    )
    const sealed = columns.filter((one) => one.startsWith('e.')).map((one) => one.slice(2))
    expect(sealed.sort()).toEqual(rows.map(({ name }) => name).sort())
  }
})

test.each([
  [{}, 'none'],
  [{ LINLI_SEAL_URL: 'https://keeper.example/seals' }, 'address'],
  [{ LINLI_SEAL_URL: 'http://127.0.0.1:9/seals' }, 'address'],
  [{ LINLI_SEAL_URL: 'http://keeper.example/seals' }, 'refused'],
  [{ LINLI_SEAL_FOLDER: tmpdir() }, 'folder'],
  [{ LINLI_SEAL_FOLDER: 'here' }, 'refused'],
  [{ LINLI_SEAL_FOLDER: '/no/such/folder' }, 'refused'],
])('the port by %o is %s', (env, outcome) => {
  if (outcome === 'refused') expect(() => sealPortFromEnvironment(env)).toThrow('LINLI_SEAL')
  else expect(sealPortFromEnvironment(env)?.name ?? 'none').toBe(outcome)
})
