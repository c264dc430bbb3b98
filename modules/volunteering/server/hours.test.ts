/** Hours from evidence to record: every way to cheat is tried, and the record stays true, complete and for ever. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contextStatements } from '../../../platform/db.ts'
import { getPassbook } from '../../points/contract.ts'
import { pointsSteps } from '../../testing/points-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { startVolunteerStreet, type TestPerson, type VolunteerStreet } from './volunteer-test-street.ts'

let t: VolunteerStreet
let one: TestPerson
let two: TestPerson
let committee: TestPerson
beforeAll(async () => {
  t = await startVolunteerStreet()
  await pointsSteps(t).ready()
  one = await t.resident('王一')
  two = await t.resident('李二')
  committee = await t.resident('陈监', { joins: false })
  await (await t.by('secretary-c1')).call(contract.setMember, {
    params: { id: t.committeeId },
    body: { personId: committee.id, part: 'member' },
  })
})
afterAll(() => t.close())

const minutesAgo = (minutes: number) => new Date(t.clock.now().getTime() - minutes * 60_000).toISOString()
const confirm = async (who: TestPerson['client'], ids: readonly string[]) =>
  (await who.call(contract.confirmHours, { body: { ids: [...ids] } })).body.items
const enter = async () => (await (await t.by('clerk-c1')).call(contract.enterHours, { body: {} })).body
const session = async (who: TestPerson, id: string) =>
  (await who.client.call(contract.getMyService)).body.sessions.find((row) => row.id === id)
const pointsOf = async (who: TestPerson) => (await who.client.call(getPassbook)).body.points
/** A sheet by the clerk for service that is over; gives back the rows. */
const sheet = async (activity: contract.ActivityView, people: readonly string[], more: object = {}) => {
  const clerk = await t.by('clerk-c1')
  const rows = people.map((personId) => ({
    personId,
    startedAt: minutesAgo(70),
    endedAt: minutesAgo(10),
    ...more,
  }))
  const reply = await clerk.call(contract.recordSheet, {
    params: { id: activity.id },
    body: { photoId: await t.photo(clerk), rows },
  })
  return reply.body.items
}
const day = 24 * 60

test('came and left by code and confirmed by a second person: proven; the volunteer, or the lead for themselves, is nobody’s second person', async () => {
  const activity = await t.activity({ leadId: two.id })
  const [mine, leads] = await t.serve(activity, [one, two])
  expect(mine).toMatchObject({ state: 'published', grade: 'honour', minutes: 120 })
  const ids = [mine?.id ?? '', leads?.id ?? '']
  expect((await confirm(one.client, ids)).map(({ why }) => why)).toEqual([
    'volunteering/own-hours',
    'volunteering/not-found',
  ])
  const said = await confirm(two.client, ids)
  expect(said.map(({ why }) => why)).toEqual([null, 'volunteering/own-hours'])
  expect(said[0]?.session?.grade).toBe('proven')
  // The lead shows the board to themselves: their own code is no evidence, whoever of the desk confirms.
  const desk = await confirm(await t.by('clerk-c1'), [ids[1] ?? ''])
  expect(desk[0]?.session?.grade).toBe('honour')
  expect((await confirm(committee.client, [ids[1] ?? '']))[0]?.session?.grade).toBe('witnessed')
})

test('somebody at the desk who serves under a second account is still themselves: the same phone, the same person', async () => {
  const phone = '13722220001'
  const clerk = t.street.staff.get('clerk-c1-2')
  await t.look('update account_contacts set phone_encrypted = $2 where account_id = $1', [
    clerk?.accountId,
    t.services.keys.seal(`account_contacts.phone.${clerk?.accountId}`, phone),
  ])
  const twice = await t.resident('钱双', { phone })
  const activity = await t.activity()
  const [own] = await t.serve(activity, [twice])
  expect((await confirm(await t.by('clerk-c1-2'), [own?.id ?? '']))[0]?.why).toBe('volunteering/own-hours')
  expect((await confirm(await t.by('clerk-c1'), [own?.id ?? '']))[0]?.why).toBeNull()
})

test('a sheet needs its photo, and each photo serves one sheet', async () => {
  const clerk = await t.by('clerk-c1')
  const activity = await t.activity()
  t.pass(200)
  const rows = [{ personId: one.id, startedAt: minutesAgo(60), endedAt: minutesAgo(30) }]
  const send = (photoId: string) =>
    clerk.call(contract.recordSheet, { params: { id: activity.id }, body: { photoId, rows } })
  expect((await send(crypto.randomUUID())).code).toBe('volunteering/sheet-photo-missing')
  expect((await send(await t.photo(await t.by('secretary-c1')))).code).toBe(
    'volunteering/sheet-photo-missing',
  )
  const photo = await t.photo(clerk)
  expect((await send(photo)).body.items[0]?.why).toBeNull()
  expect((await send(photo)).code).toBe('volunteering/sheet-photo-missing')
})

test('a sheet stays honour-only whatever the desk says of it; whoever was served or the committee makes it count, and the recorder never', async () => {
  const served = await t.resident('秦老', { joins: false })
  const activity = await t.activity()
  t.pass(200)
  const [plain] = await sheet(activity, [one.id])
  const [forServed] = await sheet(activity, [two.id], { servedId: served.id })
  const ids = [plain?.sessionId ?? '', forServed?.sessionId ?? '']
  expect((await confirm(await t.by('clerk-c1'), ids)).map(({ why }) => why)).toEqual(
    Array(2).fill('volunteering/recorded-by-you'),
  )
  expect((await confirm(await t.by('secretary-c1'), ids)).map(({ why }) => why)).toEqual(
    Array(2).fill('volunteering/not-a-witness'),
  )
  expect((await confirm(served.client, ids)).map(({ why }) => why)).toEqual(['volunteering/not-found', null])
  t.pass(5)
  const seen = await confirm(committee.client, ids)
  expect(seen.map((row) => row.session?.grade)).toEqual(['witnessed', 'witnessed'])
  expect((await served.client.call(contract.getMyService)).body.toConfirm).toEqual([])
})

test('members of the recording organisation see hours for three days before they are entered; a day too early nothing is', async () => {
  const activity = await t.activity()
  const [row] = await t.serve(activity, [one])
  const id = row?.id ?? ''
  t.pass(5)
  await confirm(await t.by('clerk-c1'), [id])
  const seen = async (who: TestPerson) =>
    (await who.client.call(contract.listNotice)).body.items.map((one) => one.id)
  expect(await seen(two)).toContain(id)
  expect(await seen(committee)).not.toContain(id)
  t.pass(3 * day - 600)
  await enter()
  expect((await session(one, id))?.state).toBe('published')
  t.pass(day)
  expect((await enter()).entered).toBeGreaterThan(0)
  expect((await session(one, id))?.state).toBe('entered')
})

test('a cap lowers points and never hours; points that are spent lower no hours either', async () => {
  const who = await t.resident('长时')
  const activity = await t.activity()
  const before = await pointsOf(who)
  const [row] = await t.serve(activity, [who], 170)
  expect(row?.minutes).toBe(170)
  // Two people together on one rule: the rule here caps an activity at thirty points, so it is lowered to two.
  await t.look("update earning_rules set cap_activity = 2 where code = 'service'")
  await t.look("update earning_rules set points = 2 where code = 'service'")
  t.pass(5)
  await confirm(await t.by('clerk-c1'), [row?.id ?? ''])
  t.pass(4 * day)
  const report = await enter()
  expect(report.minutes).toBeGreaterThanOrEqual(170)
  expect((await pointsOf(who)) - before).toBe(2)
  const mine = (await who.client.call(contract.getMyService)).body.volunteer
  expect(mine).toMatchObject({ enteredMinutes: 170, honourMinutes: 0 })
})

test('honour-only hours are entered in full and earn nothing; confirmed later they earn then, once', async () => {
  const who = await t.resident('补录')
  const activity = await t.activity()
  t.pass(200)
  const [row] = await sheet(activity, [who.id])
  t.pass(4 * day)
  await enter()
  expect((await who.client.call(contract.getMyService)).body.volunteer).toMatchObject({
    enteredMinutes: 60,
    honourMinutes: 60,
  })
  expect(await pointsOf(who)).toBe(0)
  await confirm(committee.client, [row?.sessionId ?? ''])
  expect(await pointsOf(who)).toBe(2)
  expect((await confirm(committee.client, [row?.sessionId ?? '']))[0]?.why).toBe(
    'volunteering/confirmed-already',
  )
  expect(await pointsOf(who)).toBe(2)
  expect((await who.client.call(contract.getMyService)).body.volunteer).toMatchObject({
    enteredMinutes: 60,
    honourMinutes: 0,
  })
})

test('what a member objects to waits until a third person settles it; upheld it is struck, and stays to be read', async () => {
  const activity = await t.activity()
  const rows = await t.serve(activity, [one, two])
  const ids = rows.map(({ id }) => id)
  const object = (who: TestPerson, id: string) =>
    who.client.call(contract.objectToHours, { params: { id }, body: { words: '他那天没来' } })
  expect((await object(committee, ids[1] ?? '')).code).toBe('volunteering/not-found')
  expect((await object(one, ids[1] ?? '')).body.objections).toBe(1)
  expect((await object(one, ids[1] ?? '')).code).toBe('volunteering/objected-already')
  t.pass(4 * day)
  await enter()
  expect((await session(one, ids[0] ?? ''))?.state).toBe('entered')
  expect((await session(two, ids[1] ?? ''))?.state).toBe('published')
  const settle = async (by: string) =>
    (await t.by(by)).call(contract.settleObjection, {
      params: { id: ids[1] ?? '' },
      body: { upheld: true, words: '核实未到' },
    })
  expect((await settle('clerk-c1')).code).toBe('platform/not-for-your-role')
  expect((await settle('secretary-c2')).code).toBe('volunteering/not-found')
  expect((await settle('secretary-c1')).body).toMatchObject({ state: 'struck', settledWords: '核实未到' })
  expect((await settle('supervisor')).code).toBe('volunteering/settled-already')
})

test('the case of 2025: a made-up activity of five hundred places, hours entered in two minutes and sold, is caught, held and struck', async () => {
  const buyers = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => t.registered(`买${name}`)))
  const clerk = await t.by('clerk-c1')
  for (const personId of buyers)
    await clerk.call(contract.addVolunteer, { body: { personId, groupId: t.groupId, interests: [] } })
  const ghost = await t.activity({
    title: '敬老服务',
    shifts: [{ startsAt: minutesAgo(600), endsAt: minutesAgo(60), places: 500 }],
  })
  t.pass(1)
  const rows = await sheet(ghost, buyers)
  expect(rows.map(({ why }) => why)).toEqual([null, null, null, null])
  const ids = rows.map(({ sessionId }) => sessionId ?? '')
  // Even with an accomplice on the committee who confirms within the minute.
  await confirm(committee.client, ids)
  t.pass(4 * day)
  expect(await enter()).toMatchObject({ entered: 0, newPatterns: 3, points: 0 })
  const supervisor = await t.by('supervisor')
  const board = async () =>
    (await supervisor.call(contract.listPatterns)).body.items.filter(
      ({ activityId }) => activityId === ghost.id,
    )
  const found = await board()
  expect(found.map(({ pattern }) => pattern).sort()).toEqual([
    'entered-at-once',
    'ghost-activity',
    'hasty-confirmation',
  ])
  const check = found.find(({ pattern }) => pattern === 'ghost-activity')
  expect(check).toMatchObject({ facts: { people: 4, minutes: 240, places: 500 }, can: true })
  expect(check?.sample).toHaveLength(3)
  const params = { id: check?.id ?? '' }
  const clear = (by: typeof supervisor) =>
    by.call(contract.settlePattern, { params, body: { outcome: 'cleared', words: '没问题' } })
  expect((await clear(supervisor)).code).toBe('volunteering/calls-missing')
  for (const { sessionId } of check?.sample ?? [])
    await supervisor.call(contract.noteCall, {
      params,
      body: { sessionId, result: 'was-not-there', words: '花8元买的' },
    })
  expect((await clear(supervisor)).code).toBe('volunteering/said-not-there')
  const struck = await supervisor.call(contract.settlePattern, {
    params,
    body: { outcome: 'struck', words: '未参加，作废' },
  })
  expect(struck.body.state).toBe('struck')
  t.pass(day)
  expect(await enter()).toMatchObject({ entered: 0, points: 0 })
  const hours = await t.look('select 1 from volunteer_hours where activity_id = $1', [ghost.id])
  expect(hours).toEqual([])
})

test('a check that was cleared lets the hours in, and asks again about what is added afterwards', async () => {
  const late = await t.activity({
    title: '补建的活动',
    shifts: [{ startsAt: minutesAgo(600), endsAt: minutesAgo(60), places: 5 }],
  })
  t.pass(60)
  const who = await t.resident('真来')
  const [row] = await sheet(late, [who.id])
  const supervisor = await t.by('supervisor')
  const open = async () =>
    (await supervisor.call(contract.listPatterns)).body.items.filter(
      ({ activityId, state }) => activityId === late.id && state === 'open',
    )
  await supervisor.call(contract.lookForPatterns, { body: {} })
  const [check] = await open()
  const params = { id: check?.id ?? '' }
  await supervisor.call(contract.noteCall, {
    params,
    body: { sessionId: row?.sessionId ?? '', result: 'was-there' },
  })
  expect(
    (
      await supervisor.call(contract.settlePattern, {
        params,
        body: { outcome: 'cleared', words: '本人说来了' },
      })
    ).status,
  ).toBe(200)
  await supervisor.call(contract.lookForPatterns, { body: {} })
  expect(await open()).toEqual([])
  const [added] = await sheet(late, [await t.resident('后加').then(({ id }) => id)], {
    startedAt: minutesAgo(50),
  })
  await supervisor.call(contract.lookForPatterns, { body: {} })
  expect((await open()).flatMap(({ sample }) => sample.map(({ sessionId }) => sessionId))).toEqual([
    added?.sessionId,
  ])
})

test('fifty places that nobody came to are on the board; one phone for three people is too', async () => {
  await t.activity({
    title: '五十个名额',
    shifts: [{ startsAt: minutesAgo(300), endsAt: minutesAgo(200), places: 50 }],
  })
  const activity = await t.activity({ title: '一个手机' })
  const people = await Promise.all(
    ['一', '二', '三'].map((name) => t.registered(`同机${name}`, { phone: '13733330001' })),
  )
  const clerk = await t.by('clerk-c1')
  for (const personId of people)
    await clerk.call(contract.addVolunteer, { body: { personId, groupId: t.groupId, interests: [] } })
  t.pass(200)
  await sheet(activity, people)
  await clerk.call(contract.lookForPatterns, { body: {} })
  const items = (await clerk.call(contract.listPatterns)).body.items
  expect(items.filter(({ title }) => title === '五十个名额').map(({ pattern }) => pattern)).toEqual([
    'nobody-came',
  ])
  expect(items.filter(({ title }) => title === '一个手机').map(({ pattern }) => pattern)).toEqual([
    'shared-phone',
  ])
  expect(items.every(({ can }) => !can)).toBe(true)
})

test('the record is added to and never changed: no act of the application can lower, move or remove it', async () => {
  const client = await t.pool.connect()
  const denied = async (text: string) => {
    await client.query(`begin; ${contextStatements(systemActorOf(t.street))}`)
    const code = await client.query(text).then(
      () => 'done',
      (error: { code?: string }) => error.code,
    )
    await client.query('rollback')
    return code
  }
  for (const table of [
    'volunteer_hours',
    'service_evidence',
    'service_sheets',
    'volunteer_trainings',
    'activity_evaluations',
    'guardian_consents',
  ]) {
    expect(await denied(`update ${table} set street_id = street_id`), table).toBe('42501')
    expect(await denied(`delete from ${table}`), table).toBe('42501')
  }
  expect(await denied("update service_sessions set started_at = started_at - interval '1 hour'")).toBe(
    '42501',
  )
  client.release()
})
