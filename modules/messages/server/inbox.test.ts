import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { messagesModule } from './index.ts'
import { receiptSignature } from './take-receipt.ts'
import { type NoticeAsk, tell } from './tell.ts'

let t: TestStreets
beforeAll(async () => {
  t = await startTestStreets({ modules: [messagesModule] })
})
afterAll(() => t.close())

const subject = () => newId(t.clock.now().getTime())
const staff = (name: string) => ({ account: t.street.staff.get(name)?.accountId ?? '' })
const resident = () => ({ account: t.street.residents[0]?.accountId ?? '' })

async function say(id: string, more: Partial<NoticeAsk> = {}, areaCode = 'c1g1m1'): Promise<void> {
  const at = t.clock.now()
  const actor = systemActorOf(t.street)
  await inTransaction(t.pool, { actor }, async (tx) =>
    tell({ tx, at, actor, newId: () => newId(at.getTime()), event: () => {}, job: () => {} }, [
      {
        event: 'case.assigned',
        reader: 'holder',
        to: [staff('clerk-c1')],
        about: { type: 'case', id, area: t.street.areas.get(areaCode)?.path ?? '' },
        facts: { number: '20260914-00001', due: '2026-09-14T15:59:59.999Z' },
        urgency: 'P2',
        dedupe: '1',
        ...more,
      },
    ]),
  )
}

/** A way that a notice took, as the job would have left it. */
async function delivery(
  id: string,
  port: string,
  state: string,
  reason: string | null = null,
): Promise<string> {
  const [row] = await t.look<{ id: string }>(
    `insert into notice_deliveries (street_id, id, notice_id, port, once_key, area, state, next_at, reason, created_at)
      select street_id, gen_random_uuid(), id, $2, id::text, area, $3, created_at, $4, created_at from notices
      where subject_id = $1 returning id`,
    [id, port, state, reason],
  )
  return row?.id ?? ''
}

test('a notice stands in the inbox of whom it is for, in both languages, and in nobody else’s', async () => {
  const id = subject()
  await say(id)
  const clerk = await t.as('clerk-c1')
  const { body } = await clerk.call(contract.listInbox)
  expect(body.items[0]).toMatchObject({
    event: 'case.assigned',
    about: { type: 'case', id },
    text: {
      zh: '诉求 20260914-00001 派给您这里办理，请尽快签收，2026年9月14日 24:00 前办结。',
      en: 'Case 20260914-00001 was given to you. Please take it soon and finish by 14 Sep 2026, 24:00.',
    },
    readAt: null,
  })
  // The desk of the place sees that it was told; it is not in their inbox.
  const other = await t.as('clerk-c1-2')
  expect((await other.call(contract.listInbox)).body.items).toEqual([])
  expect((await other.call(contract.countUnread)).body).toEqual({ count: 0 })
  expect((await clerk.call(contract.countUnread)).body).toEqual({ count: 1 })
})

test('read once, shown as read from then on, on every screen; all at once too; another’s can not be marked', async () => {
  const [one, two, three] = [subject(), subject(), subject()]
  for (const id of [one, two, three]) await say(id, { to: [staff('secretary-c1')] })
  const secretary = await t.as('secretary-c1')
  const items = (await secretary.call(contract.listInbox)).body.items
  const ids = items.slice(0, 1).map(({ id }) => id)
  expect((await (await t.as('clerk-c1')).call(contract.markRead, { body: { ids } })).body).toEqual({
    marked: 0,
  })
  expect((await secretary.call(contract.markRead, { body: { ids } })).body).toEqual({ marked: 1 })
  expect((await secretary.call(contract.markRead, { body: { ids } })).body).toEqual({ marked: 0 })
  const unread = await secretary.call(contract.listInbox, { query: { unread: true } })
  expect(unread.body.items.map(({ about }) => about.id)).toEqual([two, one])
  const heard = await t.look("select audience from event_outbox where type = 'notice.read'")
  expect(heard).toEqual([{ audience: { accounts: [staff('secretary-c1').account] } }])
  expect((await secretary.call(contract.markRead, { body: {} })).body).toEqual({ marked: 2 })
  expect((await secretary.call(contract.countUnread)).body).toEqual({ count: 0 })
})

test('the inbox is paged without a gap or a repetition', async () => {
  const told = []
  for (let n = 0; n < 7; n += 1) {
    const id = subject()
    told.unshift(id)
    await say(id, { to: [staff('grid-head-c1g1')] })
    if (n % 2 === 0) t.clock.moveBy(1000)
  }
  const head = await t.as('grid-head-c1g1')
  const found = []
  let cursor: string | undefined
  do {
    const { body } = await head.call(contract.listInbox, {
      query: { limit: 3, ...(cursor ? { cursor } : {}) },
    })
    found.push(...body.items.map(({ about }) => about.id))
    cursor = body.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(found).toEqual(told)
  expect((await head.call(contract.listInbox, { query: { cursor: 'abc' } })).status).toBe(400)
})

test('who was told of a subject, by post and never by name, with what became of it: for those who have its area', async () => {
  const id = subject()
  await say(id, { to: [staff('handler-property')] })
  await say(id, { event: 'case.answered', reader: 'resident', to: [resident()] })
  await t.look("update notices set read_at = created_at where subject_id = $1 and reader = 'holder'", [id])
  const notice = await t.look<{ id: string }>(
    "select id from notices where subject_id = $1 and reader = 'resident'",
    [id],
  )
  await t.look(
    `insert into notice_deliveries (street_id, id, notice_id, port, once_key, area, state, next_at, created_at)
      select street_id, gen_random_uuid(), id, 'text', 'x', area, 'sent', created_at, created_at from notices where id = $1`,
    [notice[0]?.id],
  )
  const { body } = await (await t.as('clerk-c1')).call(contract.listToldAbout, { params: { id } })
  expect(
    body.items.map(({ words, to, inApp, readAt, deliveries }) => [
      words.zh,
      to,
      inApp,
      readAt !== null,
      deliveries.map(({ port, state }) => [port, state]),
    ]),
  ).toEqual([
    ['派单', { role: 'handler', place: '安居物业' }, true, true, []],
    ['诉求已答复', { role: 'resident', place: null }, true, false, [['text', 'sent']]],
  ])
  // A handler sees what they were told themselves; another community and another street see nothing.
  const about = async (name: string) =>
    (await (await t.as(name)).call(contract.listToldAbout, { params: { id } })).body.items.length
  expect(await about('handler-property')).toBe(1)
  expect(await about('clerk-c2')).toBe(0)
  expect(await about('other-clerk-c1')).toBe(0)
  expect((await (await t.as('viewer')).call(contract.listToldAbout, { params: { id } })).status).toBe(403)
})

test('a phone task is done or tried again, three times at most, by the desk that has the place; each mark is audited', async () => {
  const id = subject()
  await say(id, { event: 'case.answered', reader: 'resident', to: ['contact'] })
  const task = await delivery(id, 'phone', 'queued', 'no-number')
  const clerk = await t.as('clerk-c1')
  const open = async () =>
    (await clerk.call(contract.listPhoneTasks)).body.items.filter(({ about }) => about.id === id)
  expect(await open()).toMatchObject([
    {
      id: task,
      reason: 'no-number',
      triesLeft: 3,
      to: { role: 'resident' },
      facts: { number: '20260914-00001' },
    },
  ])
  expect(JSON.stringify(await open())).not.toMatch(/1[3-9]\d{9}/)
  const settle = (result: 'told' | 'not-reached', by = clerk) =>
    by.call(contract.settlePhoneTask, { params: { id: task }, body: { result } })
  expect((await settle('told', await t.as('clerk-c2'))).code).toBe('messages/not-found')
  expect((await settle('told', await t.as('grid-worker-c1g1'))).status).toBe(403)
  expect((await settle('not-reached')).body).toMatchObject({ state: 'failed', triesLeft: 2, settledAt: null })
  expect((await settle('told')).body).toMatchObject({ state: 'delivered', triesLeft: 0 })
  expect((await settle('told')).code).toBe('messages/call-settled')
  expect(await open()).toEqual([])
  const settled = await clerk.call(contract.listPhoneTasks, { query: { state: 'settled' } })
  expect(settled.body.items.map((one) => one.id)).toContain(task)
  const trail = await t.look(
    "select detail from audit_entries where operation = 'messages.settlePhoneTask' and subject_id = $1 order by at, id",
    [id],
  )
  expect(trail.map(({ detail }) => detail.result)).toEqual(['not-reached', 'told'])
})

test('after three calls in vain the task is closed as not reached; a resident who read the notice needs no call', async () => {
  const id = subject()
  await say(id, { event: 'case.answered', reader: 'resident', to: [resident()] })
  const task = await delivery(id, 'phone', 'queued')
  const desk = await t.as('dispatcher')
  const shown = async () =>
    (await desk.call(contract.listPhoneTasks)).body.items.some(({ about }) => about.id === id)
  expect(await shown()).toBe(true)
  const browser = await t.asResident(t.street.residents[0]?.phone ?? '')
  await browser.call(contract.markRead, { body: {} })
  expect(await shown()).toBe(false)
  for (const state of ['failed', 'failed', 'given-up'])
    expect(
      (await desk.call(contract.settlePhoneTask, { params: { id: task }, body: { result: 'not-reached' } }))
        .body.state,
    ).toBe(state)
})

test('a signed receipt says that a text arrived; an unsigned, an old or a stranger’s one is refused', async () => {
  const id = subject()
  await say(id, { event: 'case.answered', reader: 'resident', to: [resident()] })
  const text = await delivery(id, 'text', 'sent')
  Object.assign(t.services.sms, { receiptSecret: 'made-up' })
  const time = Math.floor(t.clock.now().getTime() / 1000)
  const report = (
    state: 'delivered' | 'failed',
    more: { secret?: string; time?: number; id?: string } = {},
  ) => {
    const body = { id: more.id ?? `${t.street.streetId}-${text}`, state, time: more.time ?? time }
    const signature = receiptSignature(more.secret ?? 'made-up', body.id, state, body.time)
    return t.client().call(contract.takeReceipt, { body: { ...body, signature } })
  }
  const state = async () =>
    (await t.look('select state, reason from notice_deliveries where id = $1', [text]))[0]
  expect((await report('delivered', { secret: 'wrong' })).code).toBe('messages/receipt-unsigned')
  expect((await report('delivered', { time: time - 301 })).code).toBe('messages/receipt-unsigned')
  expect((await report('delivered', { id: `${t.other.streetId}-${text}` })).code).toBe('messages/not-found')
  expect((await report('delivered', { id: `999-${text}` })).code).toBe('messages/not-found')
  expect((await report('failed')).status).toBe(200)
  expect(await state()).toEqual({ state: 'failed', reason: 'refused' })
  expect(await t.look("select 1 from job_outbox where task = 'messages.deliver'")).toHaveLength(1)
  await t.look("update notice_deliveries set state = 'sent', reason = null where id = $1", [text])
  expect((await report('delivered')).status).toBe(200)
  expect((await report('delivered')).status).toBe(200)
  expect(await state()).toMatchObject({ state: 'delivered' })
})
