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

const pointsOf = async (who: TestPerson) => (await who.client.call(getPassbook)).body.points
const day = 24 * 60

test('came and left by code and confirmed by a second person: proven; the volunteer, or the lead for themselves, is nobody’s second person', async () => {
  const activity = await t.activity({ leadId: two.id })
  const [mine, leads] = await t.serve(activity, [one, two])
  expect(mine).toMatchObject({ state: 'published', grade: 'honour', minutes: 120 })
  const ids = [mine?.id ?? '', leads?.id ?? '']
  expect((await t.confirm(one.client, ids)).map(({ why }) => why)).toEqual([
    'volunteering/own-hours',
    'volunteering/not-found',
  ])
  const said = await t.confirm(two.client, ids)
  expect(said.map(({ why }) => why)).toEqual([null, 'volunteering/own-hours'])
  expect(said[0]?.session?.grade).toBe('proven')
  // The lead shows the board to themselves: their own code is no evidence, whoever of the desk confirms.
  const desk = await t.confirm(await t.by('clerk-c1'), [ids[1] ?? ''])
  expect(desk[0]?.why).toBe('volunteering/not-a-witness')
  expect((await t.confirm(committee.client, [ids[1] ?? '']))[0]?.session?.grade).toBe('witnessed')
})

test('honour-only hours are entered in full and earn nothing; confirmed later they earn then, once', async () => {
  const who = await t.resident('补录')
  const activity = await t.activity()
  t.pass(200)
  const [row] = await t.sheet(activity, [who.id])
  t.pass(4 * day)
  await t.enter()
  expect((await who.client.call(contract.getMyService)).body.volunteer).toMatchObject({
    enteredMinutes: 60,
    honourMinutes: 60,
  })
  expect(await pointsOf(who)).toBe(0)
  await t.confirm(committee.client, [row?.sessionId ?? ''])
  expect(await pointsOf(who)).toBe(1)
  expect((await t.confirm(committee.client, [row?.sessionId ?? '']))[0]?.why).toBe(
    'volunteering/confirmed-already',
  )
  expect(await pointsOf(who)).toBe(1)
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
  await t.enter()
  expect((await t.sessionOf(one, ids[0] ?? ''))?.state).toBe('entered')
  expect((await t.sessionOf(two, ids[1] ?? ''))?.state).toBe('published')
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

test('a check that was cleared lets the hours in, and asks again about what is added afterwards', async () => {
  const late = await t.activity({
    title: '补建的活动',
    shifts: [{ startsAt: t.minutesAgo(600), endsAt: t.minutesAgo(60), places: 5 }],
  })
  t.pass(60)
  const who = await t.resident('真来')
  const [row] = await t.sheet(late, [who.id])
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
  const [added] = await t.sheet(late, [await t.resident('后加').then(({ id }) => id)], {
    startedAt: t.minutesAgo(50),
  })
  await supervisor.call(contract.lookForPatterns, { body: {} })
  expect((await open()).flatMap(({ sample }) => sample.map(({ sessionId }) => sessionId))).toEqual([
    added?.sessionId,
  ])
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
