/** The loaded demo street over HTTP, on a real PostgreSQL; every reply is checked against its contract. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDutyNow, getRoster } from '../modules/accounts/contract.ts'
import { accountsModule, authenticator } from '../modules/accounts/server/index.ts'
import { areasModule } from '../modules/areas/server/index.ts'
import { getCase, listCases, listPetitions, listTasks, listWhistles } from '../modules/cases/contract.ts'
import { casesModule } from '../modules/cases/server/index.ts'
import type { TestClient } from '../platform/testing/test-client.ts'
import { startTestServer, type TestServer } from '../platform/testing/test-server.ts'
import { type DemoReport, demoIsUnfinished, loadDemo } from './load-demo.ts'

const password = 'Linli-Demo-2026'
const today = '2026-09-14'
let server: TestServer
let broken: DemoReport
let rest: DemoReport

beforeAll(async () => {
  server = await startTestServer({
    modules: [areasModule, accountsModule, casesModule],
    authenticator,
    demo: true,
  })
  const stop = new AbortController()
  const { pool, services } = server
  const load = { pool, keys: services.keys, today }
  broken = await loadDemo({
    ...load,
    password: 'shown-but-never-used-1A',
    say: (line) => {
      if (line.includes('400 /')) stop.abort()
    },
    signal: stop.signal,
  })
  expect(await demoIsUnfinished(pool)).toBe(true)
  // Another day by now: what was begun is finished as it was begun.
  rest = await loadDemo({ ...load, today: '2026-09-15', password, say: () => {} })
}, 120_000)
afterAll(() => server.close())

const count = async (sql: string) =>
  (await server.look<{ n: number }>(`select count(*)::int as n from ${sql}`))[0]?.n

test('a load that was broken off goes on, and run again it adds nothing', async () => {
  expect(broken.stopped).toBe(true)
  expect(broken.added.cases).toBe(400)
  expect(rest.added.cases).toBe(((await count('cases')) ?? 0) - 400)
  const before = await count('case_entries')
  const again = await loadDemo({
    pool: server.pool,
    keys: server.services.keys,
    today,
    password,
    say: () => {},
  })
  expect(again).toMatchObject({ wasThere: true, added: { areas: 0, people: 0, residents: 0, cases: 0 } })
  expect(await count('case_entries')).toBe(before)
  expect(await demoIsUnfinished(server.pool)).toBe(false)
})

async function signedIn(username: string): Promise<TestClient> {
  const browser = server.client()
  const reply = await browser.signInAs(username, password)
  expect(reply.status, username).toBe(200)
  return browser
}

test('every page of the dispatcher’s list answers, and a case of every state opens with its history', async () => {
  const dispatcher = await signedIn('dispatcher')
  const byState = new Map<string, string>()
  let cursor: string | undefined
  let seen = 0
  do {
    const reply = await dispatcher.call(listCases, { query: { limit: 100, ...(cursor ? { cursor } : {}) } })
    expect(reply.status).toBe(200)
    for (const item of reply.body.items) byState.set(item.state, item.id)
    seen += reply.body.items.length
    cursor = reply.body.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toBe(await count("cases where task is null and special is distinct from 'mediation'"))
  expect(byState.size).toBe(9)
  for (const id of byState.values()) {
    const reply = await dispatcher.call(getCase, { params: { id } })
    expect(reply.status).toBe(200)
    expect(reply.body.entries[0]?.act).toBe('file')
    expect(reply.body.case.reporter?.phone ?? '').not.toMatch(/\d{11}/)
  }
})

test('each person of the demo signs in under their role and sees what is theirs', async () => {
  for (const role of [
    'clerk',
    'secretary',
    'handler',
    'organisation-lead',
    'grid-worker',
    'verifier',
    'viewer',
  ]) {
    const reply = await (await signedIn(role)).call(listCases, { query: { limit: 5 } })
    expect(reply.status, role).toBe(200)
    expect(reply.body.items.length, role).toBeGreaterThan(0)
  }
  const handler = await (await signedIn('handler')).call(listCases, { query: { limit: 100 } })
  const owners = new Set(
    handler.body.items.flatMap(({ holder }) => [
      holder.organisation?.code,
      ...holder.helpers.map((h) => h.code),
    ]),
  )
  expect(owners).toContain('urban-enforcement')
})

test('tasks of grids, petitions and a whistle stand on their pages, each with what was done so far', async () => {
  const dispatcher = await signedIn('dispatcher')
  const tasks = await (await signedIn('clerk')).call(listTasks)
  expect(
    tasks.body.items.map(({ title, lines }) => [title, new Set(lines.map(({ state }) => state))]),
  ).toEqual([
    ['楼道堆物和飞线充电排查', new Set(['done', 'open'])],
    ['城乡居民医保参保提醒', new Set(['done', 'ended'])],
  ])
  const petitions = await dispatcher.call(listPetitions, { query: { tab: 'all' } })
  expect(petitions.body.items.map(({ form, notice }) => [form, notice]).sort()).toEqual([
    ['letter', null],
    ['visit', 'taken-on'],
  ])
  const whistles = await dispatcher.call(listWhistles, { query: {} })
  expect(whistles.body.items.map(({ calls }) => calls.length)).toEqual([2])
})

test('the street’s desk has a roster with one night to fill, and somebody is on duty this morning', async () => {
  const duty = await (await signedIn('duty-head')).call(getDutyNow)
  expect(duty.body.items.find(({ isStreet }) => isStreet)?.shift?.head.displayName).toBeTruthy()
  const desk = duty.body.items.find(({ isStreet }) => isStreet)?.desk.id ?? ''
  const roster = await (await signedIn('duty-head')).call(getRoster, { params: { id: desk }, query: {} })
  const soon = roster.body.gaps.filter(({ day }) => day >= today && day < '2026-09-28')
  expect(soon.map(({ day, kind }) => `${day} ${kind}`)).toEqual(['2026-09-16 night'])
})

test('new cases of a demo day take numbers after those that are there', async () => {
  const [row] = await server.look<{ fits: boolean }>(
    `select bool_and(c.next_number > m.last) as fits from case_number_counters c
      join (select left(number, 8) as day, max(right(number, 5)::int) as last from cases group by 1) m
        on m.day = to_char(c.day, 'YYYYMMDD')`,
  )
  expect(row?.fits).toBe(true)
})

test('the demo is refused beside a real street', async () => {
  const other = await startTestServer({ modules: [areasModule], authenticator })
  try {
    await other.look(`insert into streets (code, name, created_at) values ('990101009', '试街道', now())`)
    const { pool, services } = other
    await expect(
      loadDemo({ pool, keys: services.keys, today, password, say: () => {} }),
    ).rejects.toMatchObject({
      code: 'platform/demo-beside-real',
    })
    expect(await demoIsUnfinished(pool)).toBe(false)
  } finally {
    await other.close()
  }
})
