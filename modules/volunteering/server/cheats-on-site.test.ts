/**
 * Every way to cheat at the place itself, one by one: each is tried, and fails. On paper, in the notice and with
 * certificates: cheats-on-paper.test.ts. Rule: issue of volunteers and points, point 3; edge.md 3.10, 4.15.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract.ts'
import { startVolunteerStreet, type TestPerson, type VolunteerStreet } from './volunteer-test-street.ts'

let t: VolunteerStreet
let one: TestPerson
let two: TestPerson
let committee: TestPerson
beforeAll(async () => {
  t = await startVolunteerStreet()
  one = await t.resident('王一')
  two = await t.resident('李二')
  committee = await t.resident('陈监', { joins: false })
  await (await t.by('secretary-c1')).call(contract.setMember, {
    params: { id: t.committeeId },
    body: { personId: committee.id, part: 'member' },
  })
})
afterAll(() => t.close())

const second = 1 / 60
const day = 24 * 60
const shiftId = (activity: contract.ActivityView) => activity.shifts[0]?.id ?? ''
/** Signed up for an activity that is about to begin. */
const joined = async (people: readonly TestPerson[], more: object = {}) => {
  const activity = await t.activity(more)
  const id = shiftId(activity)
  for (const { client } of people) await client.call(contract.signUp, { params: { id }, body: {} })
  t.pass(10)
  return { activity, id }
}
const come = (who: TestPerson, id: string, code: string) =>
  who.client.call(contract.arrive, { params: { id }, body: { code } })
const go = (who: TestPerson, id: string, code: string) =>
  who.client.call(contract.leave, { params: { id }, body: { code } })
const grades = async (who: TestPerson, activity: contract.ActivityView) =>
  (await who.client.call(contract.getMyService)).body.sessions.flatMap((row) =>
    row.activityId === activity.id ? [{ grade: row.grade, state: row.state, minutes: row.minutes }] : [],
  )

test('a code older than sixty seconds brings nobody in; one of less does', async () => {
  const { id } = await joined([one])
  // To the beginning of a step, so that the code was shown for all of its thirty seconds.
  t.clock.moveTo(new Date(Math.ceil(t.clock.now().getTime() / 30_000) * 30_000))
  const shown = await t.code(id)
  t.pass(61 * second)
  expect((await come(one, id, shown)).code).toBe('volunteering/code-wrong')
  const fresh = await t.code(id)
  t.pass(25 * second)
  expect((await come(one, id, fresh)).status).toBe(200)
  await go(one, id, await t.code(id))
})

test('a code photographed and passed on to where it is not shown opens nothing: it is of one shift, and the board is for who runs it', async () => {
  const { id } = await joined([one])
  const other = shiftId((await joined([one], { title: '别处' })).activity)
  expect((await come(one, other, await t.code(id))).code).toBe('volunteering/code-wrong')
  const board = await one.client.call(contract.getSiteCode, { params: { id } })
  expect(board.code).toBe('volunteering/not-found')
})

test('a replayed code arrives once: the same person again is there already, and who never signed up is not let in', async () => {
  const { id } = await joined([one])
  const code = await t.code(id)
  expect((await come(one, id, code)).status).toBe(200)
  expect((await come(one, id, code)).code).toBe('volunteering/elsewhere-now')
  expect((await come(two, id, code)).code).toBe('volunteering/not-joined')
  // The code of the arrival does not serve to leave an hour later without being there.
  t.pass(60)
  expect((await go(one, id, code)).code).toBe('volunteering/code-wrong')
  await go(one, id, await t.code(id))
})

test('guessing ends after ten tries, also with the right code', async () => {
  const { id } = await joined([two])
  for (let tries = 0; tries < 10; tries++)
    expect((await come(two, id, '000000')).code).toBe('volunteering/code-wrong')
  expect((await come(two, id, await t.code(id))).code).toBe('volunteering/code-too-often')
  t.pass(11)
  expect((await come(two, id, await t.code(id))).status).toBe(200)
  await go(two, id, await t.code(id))
})

test('a start without an end counts for nothing until the committee says so, however often lead and desk confirm', async () => {
  const who = await t.resident('郑忘')
  const { activity, id } = await joined([who], { leadId: two.id })
  await come(who, id, await t.code(id))
  t.pass(day)
  await t.job('volunteering.enterHours')
  expect(await grades(who, activity)).toEqual([{ grade: 'honour', state: 'published', minutes: 120 }])
  const session = (await who.client.call(contract.getMyService)).body.sessions[0]?.id ?? ''
  for (const client of [two.client, await t.by('clerk-c1')])
    expect((await t.confirm(client, [session]))[0]?.why).toBe('volunteering/not-a-witness')
  expect((await t.confirm(committee.client, [session]))[0]?.session?.grade).toBe('witnessed')
})

test('an end set by the lead for those who forgot is no code of theirs either', async () => {
  const who = await t.resident('许忘')
  const { activity, id } = await joined([who], { leadId: two.id })
  await come(who, id, await t.code(id))
  t.pass(90)
  const body = { endedAt: t.minutesAgo(1) }
  expect((await two.client.call(contract.endForOthers, { params: { id }, body })).body.ended).toBe(1)
  expect(await grades(who, activity)).toEqual([{ grade: 'honour', state: 'published', minutes: 89 }])
  const later = { endedAt: t.minutesAgo(-600) }
  expect((await two.client.call(contract.endForOthers, { params: { id }, body: later })).code).toBe(
    'volunteering/times-wrong',
  )
})

test('came and gone in one breath is struck and never entered', async () => {
  const who = await t.resident('何快')
  const { activity, id } = await joined([who])
  await come(who, id, await t.code(id))
  await go(who, id, await t.code(id))
  expect(await grades(who, activity)).toMatchObject([{ grade: 'honour', state: 'struck' }])
})

test('nobody confirms their own hours: not the volunteer, and not the lead who shows the board to themselves', async () => {
  const activity = await t.activity({ leadId: two.id })
  const [mine, leads] = await t.serve(activity, [one, two])
  const ids = [mine?.id ?? '', leads?.id ?? '']
  expect((await t.confirm(one.client, ids)).map(({ why }) => why)).toEqual([
    'volunteering/own-hours',
    'volunteering/not-found',
  ])
  expect((await t.confirm(two.client, ids)).map(({ why }) => why)).toEqual([null, 'volunteering/own-hours'])
  // Their own code is no evidence, so the desk's word does not make it count.
  expect((await t.confirm(await t.by('clerk-c1'), [ids[1] ?? '']))[0]?.why).toBe('volunteering/not-a-witness')
})

test('somebody at the desk who serves under a second account is still themselves: the same phone, the same person', async () => {
  const phone = '13722220001'
  const clerk = t.street.staff.get('clerk-c1-2')
  await t.look('update account_contacts set phone_encrypted = $2 where account_id = $1', [
    clerk?.accountId,
    t.services.keys.seal(`account_contacts.phone.${clerk?.accountId}`, phone),
  ])
  const twice = await t.resident('钱双', { phone })
  const [own] = await t.serve(await t.activity(), [twice])
  const said = async (by: string) => (await t.confirm(await t.by(by), [own?.id ?? '']))[0]?.why
  expect(await said('clerk-c1-2')).toBe('volunteering/own-hours')
  expect(await said('clerk-c1')).toBeNull()
})

test('nobody is in two activities at once: refused by the act, by the sheet, and by the database whatever asks it', async () => {
  const who = await t.resident('吴双')
  const there = await t.activity({ title: '同时的另一处' })
  await who.client.call(contract.signUp, { params: { id: shiftId(there) }, body: {} })
  const { id } = await joined([who])
  expect((await come(who, id, await t.code(id))).status).toBe(200)
  expect((await come(who, shiftId(there), await t.code(shiftId(there)))).code).toBe(
    'volunteering/elsewhere-now',
  )
  t.pass(60)
  const rows = await t.sheet(there, [who.id], { startedAt: t.minutesAgo(30), endedAt: t.minutesAgo(1) })
  expect(rows).toEqual([{ personId: who.id, sessionId: null, why: 'volunteering/elsewhere-now' }])
  await expect(
    t.look(
      `insert into service_sessions (street_id, id, area, person_id, group_id, activity_id, source, started_at, ended_at, state, recorded_by, recorded_at)
       select street_id, gen_random_uuid(), area, person_id, group_id, activity_id, 'by-hand', started_at, started_at + interval '5 minutes',
         'published', recorded_by, recorded_at from service_sessions where person_id = $1`,
      [who.id],
    ),
  ).rejects.toThrow('one_place_at_a_time')
})

test('one phone that comes for three people is asked about before a minute of theirs is entered; nothing of the phone is kept', async () => {
  const people = await Promise.all(['甲', '乙', '丙'].map((name) => t.resident(`同机${name}`)))
  const activity = await t.activity({ title: '一部手机' })
  const device = 'a mark that a browser drew by lot'
  const rows = await t.serve(activity, people, 60, device)
  t.pass(5)
  await t.confirm(
    await t.by('clerk-c1'),
    rows.map(({ id }) => id),
  )
  t.pass(4 * day)
  await t.job('volunteering.enterHours')
  const board = (await (await t.by('supervisor')).call(contract.listPatterns)).body.items
  expect(board.filter(({ activityId }) => activityId === activity.id)).toMatchObject([
    { pattern: 'shared-phone', facts: { people: 3 }, state: 'open' },
  ])
  for (const who of people) expect(await grades(who, activity)).toMatchObject([{ state: 'published' }])
  const kept = await t.look<{ text: string }>(
    'select string_agg(e::text, $1) as text from service_evidence e',
    [' '],
  )
  expect(kept[0]?.text).not.toContain(device)
})
