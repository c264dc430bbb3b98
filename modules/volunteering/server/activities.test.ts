/** From joining to being there: who may serve, in what, with how many others, and in one place at a time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, openPool } from '../../../platform/db.ts'
import { giveConsent } from '../../people/contract.ts'
import { phoneOfPerson } from '../../people/server/index.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
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

test('more press at once than there are places: as many have one as there are, and the others wait in the order of time', async () => {
  const people = [one, two, ...(await Promise.all(['甲', '乙', '丙'].map((name) => t.resident(`周${name}`))))]
  const activity = await t.activity({ shifts: [shift(2)] })
  const replies = await Promise.all(people.map((who) => join(who, shiftId(activity))))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  const after = (await one.client.call(contract.getActivity, { params: { id: activity.id } })).body
  expect(after.shifts).toMatchObject([{ places: 2, taken: 2, waiting: 3 }])
  const list = await (await t.by('clerk-c1')).call(contract.listSignUps, { params: { id: activity.id } })
  expect(list.body.items.map(({ state }) => state)).toEqual([
    ...Array(2).fill('joined'),
    ...Array(3).fill('waiting'),
  ])
  expect((await join(one, shiftId(activity))).code).toBe('volunteering/joined-already')
})

/** One has the only place of a shift in a day, the others wait in this order. */
const queue = async (...others: TestPerson[]) => {
  const activity = await t.activity({ shifts: [shift(1, 24)] })
  const id = shiftId(activity)
  for (const who of [one, ...others]) {
    await join(who, id)
    t.pass(1)
  }
  const giveBack = (who: TestPerson) => who.client.call(contract.withdraw, { params: { id }, body: {} })
  const own = async (who: TestPerson) =>
    (await who.client.call(contract.getActivity, { params: { id: activity.id } })).body.shifts[0]
  return { activity, id, giveBack, own }
}

test('a place that became free is kept for whoever waits longest, who is told, until they say yes or the time is over', async () => {
  const third = await t.resident('吴候')
  const { activity, id, giveBack, own } = await queue(two, third)
  await giveBack(one)
  const until = new Date(t.clock.now().getTime() + 12 * 3_600_000).toISOString()
  expect(await own(two)).toMatchObject({ mine: 'offered', offeredUntil: until, taken: 1, waiting: 1 })
  const told = await t.look<{ account_id: string; facts: { due: string } }>(
    "select account_id, facts from notices where event = 'volunteering.place-offered' and subject_id = $1",
    [activity.id],
  )
  expect(told).toMatchObject([{ facts: { due: until } }])
  // Kept: whoever presses meanwhile waits.
  await join(one, id)
  expect(await own(one)).toMatchObject({ mine: 'waiting', taken: 1, waiting: 2 })
  t.pass(12 * 60 + 1)
  expect((await join(two, id)).code).toBe('volunteering/offer-over')
  await t.job('volunteering.passOffers')
  await t.job('volunteering.passOffers')
  expect(await own(two)).toMatchObject({ mine: null, taken: 1, waiting: 1 })
  expect((await join(third, id)).body.shifts).toMatchObject([{ mine: 'joined', taken: 1, waiting: 1 }])
})

test('no to an offered place passes it on; with nobody left it is free, and nothing is offered once the shift began', async () => {
  const { id, giveBack, own } = await queue(two)
  await giveBack(one)
  await giveBack(two)
  expect(await own(one)).toMatchObject({ mine: null, taken: 0, waiting: 0 })
  await join(one, id)
  await join(two, id)
  t.pass(24 * 60)
  await giveBack(one)
  expect(await own(two)).toMatchObject({ mine: 'waiting', taken: 0, waiting: 1 })
})

test('somebody without an account is phoned about their place, and the desk says yes for them', async () => {
  const clerk = await t.by('clerk-c1')
  const old = await t.registered('没有手机')
  await clerk.call(contract.addVolunteer, { body: { personId: old, groupId: t.groupId, interests: [] } })
  const { activity, id, giveBack } = await queue()
  const put = () => clerk.call(contract.signUp, { params: { id }, body: { personId: old } })
  await put()
  await giveBack(one)
  const told = await t.look<{ account_id: string | null; subject_type: string }>(
    "select account_id, subject_type from notices where event = 'volunteering.place-offered' and subject_id = $1",
    [old],
  )
  expect(told).toEqual([{ account_id: null, subject_type: 'person' }])
  // The job that sends it is a worker and finds the number in the register.
  const worker = openPool(t.database.workerUrl, 1, 'linli-test-worker')
  const phone = await inTransaction(worker, { actor: systemActorOf(t.street) }, (tx) =>
    phoneOfPerson({ tx, keys: t.services.keys, streetId: t.street.streetId }, old),
  )
  await worker.end()
  expect(phone).toMatch(/^137/)
  const names = async () =>
    (await clerk.call(contract.listSignUps, { params: { id: activity.id } })).body.items
  expect(await names()).toMatchObject([{ personId: old, state: 'offered', offeredUntil: expect.any(String) }])
  await put()
  expect(await names()).toMatchObject([{ personId: old, state: 'joined', offeredUntil: null }])
})

test('a whole series is signed up for at once or one date of it; what is refused is named and the others are kept', async () => {
  const series = await (await t.by('clerk-c1')).call(contract.createSeries, {
    body: { areaId: t.street.areaId('c1'), name: '孝心敬老' },
  })
  const weekly = await t.activity({ seriesId: series.body.id, shifts: [shift(5, 30), shift(1, 200)] })
  const other = await t.activity({ seriesId: series.body.id, shifts: [shift(5, 60)], skill: 'hair' })
  const who = await t.resident('钱全')
  const others = await t.resident('占位')
  await join(others, shiftId(weekly, 1))
  const all = (whole: 'activity' | 'series') =>
    who.client.call(contract.signUpSeries, { params: { id: weekly.id }, body: { whole } })
  expect((await all('series')).body.items).toMatchObject([
    { shiftId: shiftId(weekly), state: 'joined', why: null },
    { shiftId: shiftId(other), state: null, why: 'volunteering/skill-missing' },
    { shiftId: shiftId(weekly, 1), state: 'waiting', why: null },
  ])
  expect((await all('activity')).body.items.map(({ why }) => why)).toEqual(
    Array(2).fill('volunteering/joined-already'),
  )
  const mine = (await who.client.call(contract.listActivities, { query: { mine: true } })).body.items
  expect(mine.map(({ id }) => id)).toEqual([weekly.id])
})

test('an activity that is called off is told to everybody who meant to come, once', async () => {
  const activity = await t.activity({ shifts: [shift(5, 2)] })
  for (const who of [one, two]) await join(who, shiftId(activity))
  const params = { id: activity.id }
  await (await t.by('clerk-c1')).call(contract.cancelActivity, { params, body: { reason: '下雨' } })
  const told = await t.look(
    "select 1 from notices where event = 'volunteering.called-off' and subject_id = $1",
    [activity.id],
  )
  expect(told).toHaveLength(2)
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

test('the calendar holds each festival of a year with what a community plans for it and whose turn it is; drafts are its desk’s', async () => {
  const clerk = await t.by('clerk-c1')
  const [gas, fire] = [t.street.organisationId('property'), t.street.organisationId('water')]
  const year = String(Number(t.clock.now().toISOString().slice(0, 4)) + 1)
  const plan = async (day: string, organiserId: string, more: object = {}) => {
    const at = (hour: string) => `${year}-${day}T${hour}:00:00+08:00`
    const shifts = [{ startsAt: at('09'), endsAt: at('11'), places: 30 }]
    return t.activity({ title: `用火安全 ${day}`, festival: 'safety', organiserId, shifts, ...more })
  }
  const calendar = async (client: TestPerson['client']) =>
    (await client.call(contract.getFestivalCalendar, { query: { year } })).body
  const here = async (client: TestPerson['client']) =>
    (await calendar(client)).communities.find(({ id }) => id === t.street.areaId('c1'))

  await plan('06-16', gas)
  expect(await here(clerk)).toMatchObject({ next: null, mayPlan: true })
  const second = await plan('06-17', fire)
  expect(second).toMatchObject({ festival: 'safety', organiser: { id: fire } })
  // Fire came last, so gas is next; called off, it was nobody’s turn.
  expect((await here(clerk))?.next).toMatchObject({ id: gas })
  await clerk.call(contract.cancelActivity, { params: { id: second.id }, body: { reason: '下雨' } })
  expect((await here(clerk))?.next).toBeNull()

  const draft = await clerk.call(contract.planActivity, {
    body: {
      areaId: t.street.areaId('c1'),
      groupId: t.groupId,
      kind: 'culture',
      title: '包粽子',
      content: '一起包粽子',
      placeText: '活动室',
      risk: 'ordinary',
      festival: 'dragon-boats',
      shifts: [
        { startsAt: `${year}-06-08T09:00:00+08:00`, endsAt: `${year}-06-08T11:00:00+08:00`, places: 9 },
      ],
    },
  })
  const seen = async (client: TestPerson['client']) =>
    (await calendar(client)).activities.map(({ title, communityId }) => [title, communityId])
  expect(await seen(clerk)).toEqual([
    ['包粽子', t.street.areaId('c1')],
    ['用火安全 06-16', t.street.areaId('c1')],
  ])
  expect(draft.status).toBe(201)
  expect(await seen(one.client)).toEqual([['用火安全 06-16', t.street.areaId('c1')]])
  expect((await here(one.client))?.mayPlan).toBe(false)
  const whole = await calendar(one.client)
  expect(whole.festivals.map(({ on }) => on)).toEqual([...whole.festivals.map(({ on }) => on)].sort())
  expect(whole.festivals.find(({ code }) => code === 'children')?.on).toBe(`${year}-06-01`)
  const unknown = { title: '没有这个节', festival: 'none' }
  await expect(t.activity(unknown)).rejects.toThrow(/kind-unknown/)
})
