import { afterAll, beforeAll, expect, test } from 'vitest'
import { listCases } from '../modules/cases/contract.ts'
import { startTestCases, type TestCases } from '../modules/testing/case-fixture.ts'
import { whenCommitted } from './committed.ts'
import { eventsModule } from './events.ts'
import { mayHear } from './events-audience.ts'
import { eventsHub } from './events-hub.ts'
import type { TestClient } from './testing/test-client.ts'

let t: TestCases
beforeAll(async () => {
  t = await startTestCases({ modules: [eventsModule({ perAccount: 2, recheckMs: 20, heartbeatMs: 20 })] })
})
afterAll(() => t.close())

interface Heard {
  type: string
  subjectId: string
}

/** Opens a stream and reads it line by line. */
async function listen(by: TestClient) {
  const stop = new AbortController()
  const response = await fetch(`${t.baseUrl}/api/stream`, {
    headers: { cookie: `linli=${by.cookies.get('linli')}` },
    signal: stop.signal,
  })
  const heard: Heard[] = []
  let beats = 0
  let wake = () => {}
  let over = false
  const done = (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        if (block.startsWith('data: ')) heard.push(JSON.parse(block.slice(6)) as Heard)
        else if (block.startsWith(':')) beats += 1
      }
      wake()
    }
  })()
    .catch(() => {})
    .finally(() => {
      over = true
      wake()
    })
  /** Waits for what the stream brings, whenever that is. */
  const until = async (holds: () => boolean) => {
    while (!holds() && !over)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    expect(holds()).toBe(true)
  }
  return {
    status: response.status,
    headers: response.headers,
    heard,
    until,
    beats: () => beats,
    ended: done,
    close: async () => {
      stop.abort()
      await done
    },
  }
}

test('who may see a case hears of it at once by type and id; neighbours and other communities do not', async () => {
  const reporter = await t.asResident('13900000001')
  const streams = {
    reporter: await listen(reporter),
    neighbour: await listen(await t.asResident('13900000002')),
    clerk: await listen(await t.as('clerk-c1')),
    otherClerk: await listen(await t.as('clerk-c2')),
    handler: await listen(await t.as('handler-water')),
  }
  expect(streams.clerk.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(
    streams.clerk.headers.get('x-frame-options') ?? streams.clerk.headers.get('content-security-policy'),
  ).toBeTruthy()
  const first = await t.file(reporter)
  const second = await t.file(await t.asResident('13900000002'), { place: t.street.pointIn('c2g1m1') })
  await streams.reporter.until(() => streams.reporter.heard.length === 1)
  await streams.clerk.until(() => streams.clerk.heard.length === 1)
  await streams.neighbour.until(() => streams.neighbour.heard.length === 1)
  await streams.otherClerk.until(() => streams.otherClerk.heard.length === 1)
  expect(streams.clerk.heard).toEqual([{ type: 'case.file', subjectId: first.id }])
  expect(streams.reporter.heard).toEqual([{ type: 'case.file', subjectId: first.id }])
  expect(streams.neighbour.heard).toEqual([{ type: 'case.file', subjectId: second.id }])
  expect(streams.otherClerk.heard).toEqual([{ type: 'case.file', subjectId: second.id }])
  expect(streams.handler.heard).toEqual([])
  for (const stream of Object.values(streams)) await stream.close()
})

test('streets do not hear each other, not even their heads', async () => {
  const here = await listen(await t.as('dispatcher'))
  const there = await listen(await t.as('other-dispatcher'))
  const filed = await t.file(await t.asResident('13900000001'))
  const foreign = await t.file(await t.asResident('13900000003'), { place: t.other.pointIn('c1g1m1') })
  await here.until(() => here.heard.length === 1)
  await there.until(() => there.heard.length === 1)
  expect(here.heard.map((one) => one.subjectId)).toEqual([filed.id])
  expect(there.heard.map((one) => one.subjectId)).toEqual([foreign.id])
  await here.close()
  await there.close()
})

test('a stream beats while nothing happens and ends when its session has ended', async () => {
  const by = await t.as('clerk-c1-2')
  const stream = await listen(by)
  await stream.until(() => stream.beats() > 1)
  expect((await by.request('DELETE', '/api/session')).status).toBeLessThan(300)
  await stream.ended
})

test('an open stream does not keep a session from going idle', async () => {
  const by = await t.as('duty-head')
  const stream = await listen(by)
  const seen = () =>
    t.look<{ at: Date }>('select max(last_seen_at) as at from sessions where account_id = $1', [
      t.street.staff.get('duty-head')?.accountId,
    ])
  const [before] = await seen()
  t.clock.moveBy(5 * 60_000)
  const beats = stream.beats()
  await stream.until(() => stream.beats() > beats + 3)
  expect(await seen()).toEqual([before])
  await by.call(listCases)
  expect((await seen())[0]?.at).toEqual(t.clock.now())
  await stream.close()
})

test('a third stream of one account is refused, and free again after one has ended', async () => {
  const by = await t.as('secretary-c1')
  const first = await listen(by)
  const second = await listen(by)
  const third = await listen(by)
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '30'])
  await third.close()
  await first.close()
  // The server notices the closed connection on its own time.
  let next = await listen(by)
  while (next.status === 429) {
    await next.close()
    next = await listen(by)
  }
  expect(next.status).toBe(200)
  await next.close()
  await second.close()
})

test('nobody listens without a session', async () => {
  expect((await t.client().request('GET', '/api/stream')).code).toBe('platform/not-signed-in')
})

test('what committed late is told although it is older, and nothing is told twice', async () => {
  const heard: string[] = []
  const lags: number[] = []
  const hub = eventsHub({
    pool: t.pool,
    clock: t.clock,
    pollMs: 5,
    onLag: (seconds) => lags.push(seconds),
    onError: (error) => {
      throw error
    },
  })
  let wake = () => {}
  const end = await hub.listen((event) => {
    heard.push(event.type)
    wake()
  })
  const insert = (type: string, secondsAgo: number) =>
    t.look(
      `insert into event_outbox (street_id, id, at, type, subject_id, audience)
       values ($1, gen_random_uuid(), $2, $3, gen_random_uuid(), '{}')`,
      [t.street.streetId, new Date(t.clock.now().getTime() - secondsAgo * 1000), type],
    )
  const until = async (count: number) => {
    while (heard.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  await insert('on time', 0)
  await until(1)
  await insert('late', 20)
  await until(2)
  await insert('last', 0)
  await until(3)
  expect(heard).toEqual(['on time', 'late', 'last'])
  expect(lags).toEqual([0, 20, 0])
  end()
})

test('an act tells its process of its commit, a read does not', async () => {
  const told: boolean[] = []
  const forget = whenCommitted((wrote) => told.push(wrote.events))
  const by = await t.asResident('13900000001')
  await t.file(by)
  await by.call(listCases)
  forget()
  expect(told).toEqual([true])
})

test.each([
  ['an area below', { area: 's.c1.g1' }, true],
  ['the very area', { area: 's.c1' }, true],
  ['the area above', { area: 's' }, false],
  ['a neighbour whose code begins alike', { area: 's.c10' }, false],
  ['an organisation in common', { organisations: ['o2', 'o1'] }, true],
  ['another organisation', { organisations: ['o2'] }, false],
  ['the account itself', { accounts: ['me'] }, true],
  ['nobody named', {}, false],
])('audience: %s', (_, audience, expected) => {
  const actor = {
    kind: 'staff' as const,
    accountId: 'me',
    streetId: 1,
    posts: [],
    scope: { areas: ['s.c1'], organisations: ['o1'] },
    roles: [],
    mustEnrolTotp: false,
    sessionId: null,
  }
  expect(mayHear(actor, { streetId: 1, audience })).toBe(expected)
  expect(mayHear(actor, { streetId: 2, audience })).toBe(false)
})
