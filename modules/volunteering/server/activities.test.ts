/** From joining to being there: who may serve, in what, with how many others, and in one place at a time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveConsent } from '../../people/contract.ts'
import * as contract from '../contract.ts'
import { startVolunteerStreet, type TestPerson, type VolunteerStreet } from './volunteer-test-street.ts'

let t: VolunteerStreet
let one: TestPerson
let two: TestPerson
beforeAll(async () => {
  t = await startVolunteerStreet()
  one = await t.resident('王一')
  two = await t.resident('李二')
})
afterAll(() => t.close())

const hour = (from: number) => new Date(t.clock.now().getTime() + from * 3_600_000).toISOString()
const shift = (places = 10, from = 1) => ({ startsAt: hour(from), endsAt: hour(from + 2), places })
const shiftId = (activity: contract.ActivityView, at = 0) => activity.shifts[at]?.id ?? ''
const join = async (who: TestPerson, id: string) =>
  who.client.call(contract.signUp, { params: { id }, body: {} })

test('who is not registered, or registered and no volunteer, takes no place', async () => {
  const activity = await t.activity()
  const params = { id: shiftId(activity) }
  const stranger = await t.asResident('13900000002')
  expect((await stranger.call(contract.signUp, { params, body: {} })).code).toBe(
    'volunteering/not-registered',
  )
  const neighbour = await t.resident('孙三', { joins: false })
  expect((await join(neighbour, params.id)).code).toBe('volunteering/not-a-volunteer')
})

test('under eighteen somebody joins with a guardian’s consent only, and never where it is dangerous', async () => {
  const minor = await t.resident('少年', { joins: false, birthOn: '2010-01-01' })
  const body = { groupId: t.groupId, interests: [] }
  expect((await minor.client.call(contract.joinAsVolunteer, { body })).code).toBe(
    'volunteering/consent-missing',
  )
  await (await t.by('clerk-c1')).call(giveConsent, {
    params: { id: minor.id },
    body: { name: '其父', relation: '父亲' },
  })
  expect((await minor.client.call(contract.joinAsVolunteer, { body })).status).toBe(201)
  expect((await join(minor, shiftId(await t.activity()))).status).toBe(200)
  expect((await join(minor, shiftId(await t.activity({ minAge: 18 })))).code).toBe(
    'volunteering/too-young-here',
  )
})

test('a dangerous activity opens when insurance stands for its whole length, and not before', async () => {
  const clerk = await t.by('clerk-c1')
  const plan = {
    areaId: t.street.areaId('c1'),
    groupId: t.groupId,
    kind: 'safety',
    title: '高处清障',
    content: '清理高处杂物',
    placeText: '3栋楼顶',
    risk: 'dangerous' as const,
    shifts: [shift()],
  }
  const draft = (await clerk.call(contract.planActivity, { body: plan })).body
  expect(draft).toMatchObject({ state: 'draft', insured: false, minAge: 18 })
  const params = { id: draft.id }
  expect((await clerk.call(contract.openActivity, { params, body: {} })).code).toBe(
    'volunteering/insurance-missing',
  )
  const short = { policy: 'PICC-1', from: hour(0), until: hour(2) }
  expect((await clerk.call(contract.openActivity, { params, body: { insurance: short } })).code).toBe(
    'volunteering/insurance-missing',
  )
  const whole = { ...short, until: hour(4) }
  expect(
    (await clerk.call(contract.openActivity, { params, body: { insurance: whole } })).body,
  ).toMatchObject({ state: 'open', insured: true })
  // Were the operation to forget it, the database refuses.
  await expect(
    t.look('update volunteer_activities set insurance_policy = null where id = $1', [draft.id]),
  ).rejects.toThrow('insured_before_danger')
})

test('a licensed skill needs a licence that lasts to the day of service', async () => {
  const clerk = await t.by('clerk-c1')
  const activity = await t.activity({ skill: 'medicine' })
  expect((await join(one, shiftId(activity))).code).toBe('volunteering/skill-missing')
  const put = (licenceUntil?: string) =>
    clerk.call(contract.putSkill, {
      params: { id: one.id },
      body: { skill: 'medicine', ...(licenceUntil ? { licenceUntil } : {}) },
    })
  expect((await put()).code).toBe('volunteering/licence-missing')
  expect((await put('2026-09-13')).code).toBe('volunteering/licence-missing')
  expect((await put('2026-09-14')).status).toBe(200)
  const tomorrow = await t.activity({ skill: 'medicine', shifts: [shift(5, 24)] })
  expect((await join(one, shiftId(tomorrow))).code).toBe('volunteering/licence-missing')
  expect((await join(one, shiftId(activity))).status).toBe(200)
  const training = { title: '急救培训', heldOn: '2026-09-01', minutes: 120 }
  const trained = await clerk.call(contract.recordTraining, { params: { id: one.id }, body: training })
  expect(trained.body.trainings).toEqual([training])
})

test('more press at once than there are places: as many have one as there are, the others wait, and the first of them moves up', async () => {
  const people = [one, two, ...(await Promise.all(['甲', '乙', '丙'].map((name) => t.resident(`周${name}`))))]
  const activity = await t.activity({ shifts: [shift(2)] })
  const replies = await Promise.all(people.map((who) => join(who, shiftId(activity))))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  const after = (await one.client.call(contract.getActivity, { params: { id: activity.id } })).body
  expect(after.shifts).toMatchObject([{ places: 2, taken: 2, waiting: 3 }])
  const clerk = await t.by('clerk-c1')
  const list = async () =>
    (await clerk.call(contract.listSignUps, { params: { id: activity.id } })).body.items
  const before = await list()
  expect(before.filter(({ state }) => state === 'joined')).toHaveLength(2)
  const leaves = before.find(({ state }) => state === 'joined')
  const waits = before.filter(({ state }) => state === 'waiting')
  await clerk.call(contract.withdraw, {
    params: { id: shiftId(activity) },
    body: { personId: leaves?.personId ?? '' },
  })
  const now = await list()
  expect(now.filter(({ state }) => state === 'joined').map(({ personId }) => personId)).toContain(
    waits[0]?.personId,
  )
  const stays = people.find(({ id }) => id !== leaves?.personId)
  expect((await join(stays ?? one, shiftId(activity))).code).toBe('volunteering/joined-already')
  const [row] = await t.look<{ taken: number; waiting: number }>(
    'select taken, waiting from activity_shifts where id = $1',
    [shiftId(activity)],
  )
  expect(row).toEqual({ taken: 2, waiting: 2 })
})

test('names of who signed up are for who runs it and its lead; another community plans and opens nothing here', async () => {
  const led = await t.activity({ leadId: two.id })
  await join(one, shiftId(led))
  const names = (client: typeof one.client) => client.call(contract.listSignUps, { params: { id: led.id } })
  expect((await names(two.client)).body.items).toMatchObject([{ name: '王*', minor: false }])
  expect((await names(one.client)).code).toBe('volunteering/not-found')
  expect((await names(await t.by('clerk-c2'))).code).toBe('volunteering/not-found')
  const elsewhere = await t.by('clerk-c2')
  const cancel = await elsewhere.call(contract.cancelActivity, {
    params: { id: led.id },
    body: { reason: '下雨' },
  })
  expect(cancel.code).toBe('volunteering/not-found')
  expect(
    (
      await (
        await t.by('viewer')
      ).call(contract.cancelActivity, { params: { id: led.id }, body: { reason: '下雨' } })
    ).code,
  ).toBe('platform/not-for-your-role')
})

test('the code on the board brings somebody in; an old one, a wrong one and the eleventh try do not', async () => {
  const activity = await t.activity()
  const params = { id: shiftId(activity) }
  await join(two, params.id)
  const come = async (code: string) => two.client.call(contract.arrive, { params, body: { code } })
  const now = await t.code(params.id)
  expect((await one.client.call(contract.getSiteCode, { params })).code).toBe('volunteering/not-found')
  t.pass(1)
  expect((await come(now)).code).toBe('volunteering/code-wrong')
  for (let i = 0; i < 8; i++) await come('000000')
  const fresh = await t.code(params.id)
  expect((await come(fresh)).body).toMatchObject({ state: 'running', source: 'on-site', endedAt: null })
  expect((await come('000000')).code).toBe('volunteering/code-too-often')
})

test('nobody is in two places at once: the second arrival is refused, and so is a sheet over the same time, by the database', async () => {
  const here = await t.activity()
  const there = await t.activity({ title: '同时的另一处' })
  const who = await t.resident('吴双')
  for (const activity of [here, there]) await join(who, shiftId(activity))
  t.pass(10)
  const come = async (activity: contract.ActivityView) =>
    who.client.call(contract.arrive, {
      params: { id: shiftId(activity) },
      body: { code: await t.code(shiftId(activity)) },
    })
  expect((await come(here)).status).toBe(200)
  expect((await come(there)).code).toBe('volunteering/elsewhere-now')
  t.pass(60)
  const clerk = await t.by('clerk-c1')
  const rows = [{ personId: who.id, startedAt: hour(-0.5), endedAt: hour(0) }]
  const sheet = await clerk.call(contract.recordSheet, {
    params: { id: there.id },
    body: { photoId: await t.photo(clerk), rows },
  })
  expect(sheet.body.items).toEqual([{ personId: who.id, sessionId: null, why: 'volunteering/elsewhere-now' }])
  await expect(
    t.look(
      `insert into service_sessions (street_id, id, area, person_id, group_id, activity_id, source, started_at, ended_at, state, recorded_by, recorded_at)
       select street_id, gen_random_uuid(), area, person_id, group_id, activity_id, 'by-hand', started_at, started_at + interval '5 minutes',
         'published', recorded_by, recorded_at from service_sessions where person_id = $1`,
      [who.id],
    ),
  ).rejects.toThrow('one_place_at_a_time')
})

test('who forgets to leave is taken to have left when the shift ended, and may come elsewhere the next day', async () => {
  const who = await t.resident('郑忘')
  const first = await t.activity()
  await join(who, shiftId(first))
  t.pass(10)
  await who.client.call(contract.arrive, {
    params: { id: shiftId(first) },
    body: { code: await t.code(shiftId(first)) },
  })
  t.pass(24 * 60)
  const next = await t.activity()
  await join(who, shiftId(next))
  t.pass(10)
  const came = await who.client.call(contract.arrive, {
    params: { id: shiftId(next) },
    body: { code: await t.code(shiftId(next)) },
  })
  expect(came.status).toBe(200)
  const mine = (await who.client.call(contract.getMyService)).body.sessions
  expect(mine).toMatchObject([{ state: 'running' }, { state: 'published', minutes: 120, grade: 'honour' }])
})

test('the feed of one’s shifts opens by its secret address only, and a new address ends the old one', async () => {
  const activity = await t.activity({ title: '周末敬老', shifts: [shift(5, 48)] })
  await join(one, shiftId(activity))
  const { path } = (await one.client.call(contract.makeCalendarLink)).body
  const read = async (at: string) => {
    const reply = await fetch(`${t.baseUrl}${at}`)
    return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() }
  }
  const feed = await read(path)
  expect(feed).toMatchObject({ status: 200, type: 'text/calendar; charset=utf-8' })
  expect(feed.text).toContain('SUMMARY:周末敬老')
  expect((await read(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  const kept = await t.look<{ text: string }>(
    'select row_to_json(v)::text as text from volunteers v where person_id = $1',
    [one.id],
  )
  expect(kept[0]?.text).not.toContain(path.split('/').at(-1))
  await one.client.call(contract.makeCalendarLink)
  expect((await read(path)).status).toBe(404)
})

test('whoever was served says how it was, once; whoever served there does not praise themselves', async () => {
  const who = await t.resident('冯善')
  const activity = await t.activity()
  await t.serve(activity, [who])
  const params = { id: activity.id }
  const body = { satisfaction: 'satisfied' as const }
  expect((await who.client.call(contract.evaluateActivity, { params, body })).code).toBe(
    'volunteering/own-hours',
  )
  expect((await two.client.call(contract.evaluateActivity, { params, body })).status).toBe(200)
  expect((await two.client.call(contract.evaluateActivity, { params, body })).code).toBe(
    'volunteering/confirmed-already',
  )
  expect((await one.client.call(contract.getActivity, { params })).body.evaluations).toEqual({
    satisfied: 1,
    all: 1,
  })
})
