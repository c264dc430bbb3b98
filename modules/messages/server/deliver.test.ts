import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { createSeededRandom } from '../../../lib/seeded-random.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import type { Services } from '../../../platform/services.ts'
import { httpSms } from '../../../platform/sms.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { messagesModule } from './index.ts'
import { messagesJobs } from './jobs.ts'
import { type NoticeAsk, tell } from './tell.ts'

/** What the gateway is told to do with the next text. */
type Answer = 'take' | 'refuse' | 'stay silent'

let t: TestStreets
let gateway: Server
let heard: { id: string; phone: string; text: string }[] = []
let answer: (nth: number) => Answer = () => 'take'
let whenHeard: (nth: number) => Promise<void> = async () => {}
const chat: { street: string; text: string; id: string }[] = []
let services: Services
const workers: Worker[] = []

beforeAll(async () => {
  t = await startTestStreets({ modules: [messagesModule] })
  gateway = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', async () => {
      heard.push({
        ...(JSON.parse(body) as { phone: string; text: string }),
        id: String(request.headers['idempotency-key']),
      })
      const nth = heard.length
      await whenHeard(nth)
      const does = answer(nth)
      // A gateway that stays silent has taken the text all the same: that is how repetitions come about.
      if (does !== 'stay silent') response.writeHead(does === 'take' ? 200 : 500).end()
    })
  })
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done))
  services = {
    ...t.services,
    sms: httpSms({
      url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`,
      template: '{"phone":"{{phone}}","text":"{{text}}"}',
      secret: 'made-up',
      timeoutMs: 150,
    }),
    chat: {
      serves: (street) => street === t.street.code,
      send: async (street, text, id) => void chat.push({ street, text, id }),
    },
  }
  for (let n = 0; n < 2; n += 1) workers.push(await worker())
})
afterAll(async () => {
  for (const one of workers) await one.stop()
  gateway.closeAllConnections()
  gateway.close()
  await t.close()
})
beforeEach(async () => {
  heard = []
  chat.length = 0
  answer = () => 'take'
  whenHeard = async () => {}
  await t.look('delete from notices')
})

const worker = () =>
  startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services,
    modules: [
      messagesJobs({ case: { phone: async (_, id) => (id.endsWith('0') ? undefined : '13900000009') } }),
    ],
    onError: () => {},
    pollMs: 0,
  })

/** A minute later, everything that is due then: once to plan it, once to send it. */
async function turn(minutes = 1): Promise<void> {
  t.clock.moveBy(minutes * 60_000)
  for (let round = 0; round < 2; round += 1) await Promise.all(workers.map((one) => one.turn()))
}
const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await turn()
}

const subject = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(11, '0')}1`
const resident = () => ({ account: t.street.residents[0]?.accountId ?? '' })
const staff = (name: string) => ({ account: t.street.staff.get(name)?.accountId ?? '' })

async function say(...asks: (Partial<NoticeAsk> & { n?: number })[]): Promise<void> {
  const at = t.clock.now()
  await inTransaction(t.pool, { actor: systemActorOf(t.street) }, async (tx) =>
    tell(
      {
        tx,
        at,
        actor: systemActorOf(t.street),
        newId: () => newId(at.getTime()),
        event: () => {},
        job: () => {},
      },
      asks.map(({ n = 1, ...more }) => ({
        event: 'case.answered' as const,
        reader: 'resident' as const,
        to: [resident()],
        about: { type: 'case', id: subject(n), area: t.street.areas.get('c1g1m1')?.path ?? '' },
        facts: { number: `20260914-${String(n).padStart(5, '0')}` },
        urgency: 'P2' as const,
        dedupe: '1',
        ...more,
      })),
    ),
  )
}

const deliveries = () =>
  t.look<{ port: string; state: string; tries: number; reason: string | null; id: string }>(
    'select port, state, tries, reason, id from notice_deliveries order by port, created_at, id',
  )
const stated = async () => (await deliveries()).map(({ port, state, reason }) => [port, state, reason])

test('200 events with dying workers and a gateway that is silent every third time: none is lost, and what comes twice bears the same id', async () => {
  const random = createSeededRandom(7)
  answer = () => (random.next() < 0.3 ? 'stay silent' : 'take')
  const deaths = new Set([5, 23, 60, 61, 97, 130, 171, 240])
  whenHeard = async (nth) => {
    if (!deaths.has(nth)) return
    // The transaction dies with what it knew; the gateway has the text already.
    await t.look(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'linli-worker' and state like 'idle in%'",
    )
  }
  for (let n = 1; n <= 200; n += 1) await say({ n })
  for (let n = 0; n < 60; n += 1) {
    await turn(2)
    const left = await t.look(
      "select 1 from notices where planned_at is null union all select 1 from notice_deliveries where state in ('queued', 'failed') and port = 'text'",
    )
    if (left.length === 0) break
  }
  const byText = new Map<string, Set<string>>()
  for (const { text, id } of heard) byText.set(text, (byText.get(text) ?? new Set()).add(id))
  expect(byText.size).toBe(200)
  expect(Math.max(...[...byText.values()].map((ids) => ids.size))).toBe(1)
  expect(heard.length).toBeGreaterThan(200)
  const texts = (await deliveries()).filter(({ port }) => port === 'text')
  expect(texts).toHaveLength(200)
  const ids = new Set(heard.map(({ id }) => id))
  expect(texts.every(({ id }) => ids.has(`${t.street.streetId}-${id}`))).toBe(true)
  // In the inbox each stands once, however often its text left.
  expect(await t.look('select 1 from notices')).toHaveLength(200)
}, 120_000)

test('two asks of the same event for the same person are one notice; another round is another', async () => {
  await say({}, {})
  await say({})
  await say({ dedupe: '2' })
  await turns(2)
  expect(heard).toHaveLength(2)
  expect(await t.look('select 1 from notices')).toHaveLength(2)
})

test('what is asked in a transaction that fails is told to nobody', async () => {
  await expect(
    inTransaction(t.pool, { actor: systemActorOf(t.street) }, async (tx) => {
      tx.callAtCommit('tell_people', {})
      throw new Error('the act fails')
    }),
  ).rejects.toThrow('the act fails')
  expect(await t.look('select 1 from notices')).toEqual([])
})

test('quiet hours hold back all but P0 until they end; the inbox has it at once', async () => {
  t.clock.moveTo(new Date('2026-09-15T22:30:00+08:00'))
  await say({ n: 1 }, { n: 2, urgency: 'P0' })
  await turn()
  expect(heard.map(({ text }) => text.includes('20260914-00002'))).toEqual([true])
  const browser = await t.asResident(t.street.residents[0]?.phone ?? '')
  const inbox = await browser.request<{ items: unknown[] }>('GET', '/api/notices')
  expect(inbox.body.items).toHaveLength(2)
  t.clock.moveTo(new Date('2026-09-16T06:58:00+08:00'))
  await turn()
  expect(heard).toHaveLength(1)
  await turn()
  expect(heard).toHaveLength(2)
})

test('pauses grow, and after the last failure a person is asked to phone', async () => {
  t.clock.moveTo(new Date('2026-09-16T09:00:00+08:00'))
  answer = () => 'refuse'
  await say({})
  const tried: number[] = []
  let now = 0
  for (const minute of [1, 2, 3, 6, 7, 8, 21, 22, 23, 81, 82, 83, 120]) {
    const before = heard.length
    await turn(minute - now)
    now = minute
    if (heard.length > before) tried.push(minute)
  }
  expect(tried).toEqual([1, 2, 7, 22, 82])
  expect(await stated()).toEqual([
    ['phone', 'queued', 'unreachable'],
    ['text', 'given-up', 'unreachable'],
  ])
  await turns(3)
  expect(await stated()).toHaveLength(2)
})

test('without a number that takes texts a person is asked to phone at once, once', async () => {
  t.clock.moveTo(new Date('2026-09-17T09:00:00+08:00'))
  const id = `${subject(1).slice(0, -1)}0`
  const about = { type: 'case', id, area: t.street.areas.get('c1')?.path ?? '' }
  await say({ to: ['contact'], about })
  await say({ to: ['contact'], about })
  await turns(2)
  expect(heard).toEqual([])
  expect(await stated()).toEqual([
    ['phone', 'queued', 'no-number'],
    ['text', 'given-up', 'no-number'],
  ])
})

test('a contact without an account is told by the phone that the asking module finds, and nothing of it is kept', async () => {
  await say({ to: ['contact'] })
  await turns(1)
  expect(heard.map(({ phone }) => phone)).toEqual(['13900000009'])
  expect(
    JSON.stringify(await t.look('select * from notices n join notice_deliveries d on d.notice_id = n.id')),
  ).not.toContain('13900000009')
})

test('a group hears of an event once, however many of its people are told, and staff get texts of P0 only', async () => {
  const to = [staff('handler-property'), staff('handler-property-2'), staff('organisation-lead-property')]
  const facts = { number: '20260914-00001', due: '2026-09-14T10:00:00.000Z' }
  await say({ event: 'case.assigned', reader: 'holder', to, facts })
  await say({ event: 'case.handed-on', reader: 'holder', to: to.slice(0, 1), facts })
  await turns(2)
  expect(chat.map(({ street, text }) => [street, text])).toEqual([
    [t.street.code, '诉求 20260914-00001 派给您这里办理，请尽快签收，2026年9月14日 18:00 前办结。'],
  ])
  expect(heard).toEqual([])
  expect(await stated()).toEqual([['chat', 'sent', null]])
})

test('what a street set as its text is what is sent', async () => {
  await t.look(
    `insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
      values ($1, 'messages.text.case.answered.resident', gen_random_uuid(), 'set', $2, $3, $3, gen_random_uuid())`,
    [
      t.street.streetId,
      JSON.stringify({ zh: '{street}：{number} 已答复', en: '{number} answered' }),
      new Date('2026-01-01'),
    ],
  )
  const { forgetSettings } = await import('../../../platform/street-settings.ts')
  forgetSettings(t.street.streetId)
  await say({})
  await turns(1)
  expect(heard.map(({ text }) => text)).toEqual([`${t.street.name}：20260914-00001 已答复`])
})
