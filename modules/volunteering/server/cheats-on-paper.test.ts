/**
 * Every way to cheat with paper, with the notice, with points and with certificates, one by one: each is tried, and
 * fails. At the place itself: cheats-on-site.test.ts. Rule: issue of volunteers and points, point 3; edge.md 3.10, 4.15.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getPassbook } from '../../points/contract.ts'
import { pointsSteps } from '../../testing/points-steps.ts'
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

const day = 24 * 60
const pointsOf = async (who: TestPerson) => (await who.client.call(getPassbook)).body.points
const hoursOf = async (who: TestPerson) => (await who.client.call(contract.getMyService)).body.volunteer
const idsOf = (rows: readonly { sessionId: string | null }[]) => rows.map(({ sessionId }) => sessionId ?? '')
const whys = async (client: TestPerson['client'], ids: readonly string[]) =>
  (await t.confirm(client, ids)).map(({ why }) => why)
/** Over, and written down only now, as somebody would who makes it up. */
const over = (places: number, more: object = {}) =>
  t.activity({ shifts: [{ startsAt: t.minutesAgo(600), endsAt: t.minutesAgo(60), places }], ...more })
/** Volunteers who exist on paper. */
const onPaper = async (names: readonly string[], more: object = {}) => {
  const clerk = await t.by('clerk-c1')
  const ids = await Promise.all(names.map((name) => t.registered(name, more)))
  for (const personId of ids)
    await clerk.call(contract.addVolunteer, { body: { personId, groupId: t.groupId, interests: [] } })
  return ids
}
const board = async ({ id }: contract.ActivityView) =>
  (await (await t.by('supervisor')).call(contract.listPatterns)).body.items.filter(
    ({ activityId }) => activityId === id,
  )
const found = async (activity: contract.ActivityView) => {
  await (await t.by('clerk-c1')).call(contract.lookForPatterns, { body: {} })
  return (await board(activity)).map(({ pattern }) => pattern).sort()
}
const certify = (who: TestPerson) =>
  who.client.call(contract.askCertificate, {
    body: { groupId: t.groupId, from: '2026-09-01', to: '2026-12-31' },
  })

test('a sheet without its photo, with somebody else’s photo, or with a photo used before is none', async () => {
  const clerk = await t.by('clerk-c1')
  const activity = await t.activity()
  t.pass(200)
  const rows = [{ personId: one.id, startedAt: t.minutesAgo(60), endedAt: t.minutesAgo(30) }]
  const send = (photoId: string) =>
    clerk.call(contract.recordSheet, { params: { id: activity.id }, body: { photoId, rows } })
  const missing = 'volunteering/sheet-photo-missing'
  expect((await send(crypto.randomUUID())).code).toBe(missing)
  expect((await send(await t.photo(await t.by('secretary-c1')))).code).toBe(missing)
  const photo = await t.photo(clerk)
  expect((await send(photo)).body.items[0]?.why).toBeNull()
  expect((await send(photo)).code).toBe(missing)
})

test('neither the recorder nor a colleague of theirs makes a sheet count; whoever was served does, and so does the committee', async () => {
  const served = await t.resident('秦老', { joins: false })
  const activity = await t.activity()
  t.pass(200)
  const ids = [
    ...idsOf(await t.sheet(activity, [one.id])),
    ...idsOf(await t.sheet(activity, [two.id], { servedId: served.id })),
  ]
  expect(await whys(await t.by('clerk-c1'), ids)).toEqual(Array(2).fill('volunteering/recorded-by-you'))
  expect(await whys(await t.by('secretary-c1'), ids)).toEqual(Array(2).fill('volunteering/not-a-witness'))
  expect(await whys(served.client, ids)).toEqual(['volunteering/not-found', null])
  const seen = await t.confirm(committee.client, ids)
  expect(seen.map((row) => row.session?.grade)).toEqual(['witnessed', 'witnessed'])
})

test('whoever confirms sees the paper; it names many, so whoever was only served or only served there does not', async () => {
  const activity = await t.activity()
  t.pass(200)
  const [row] = await t.sheet(activity, [one.id], { servedId: two.id })
  const asked = (await committee.client.call(contract.getMyService)).body.toConfirm
  const sheetId = asked.find(({ id }) => id === row?.sessionId)?.sheetId ?? ''
  const look = async (client: TestPerson['client']) => {
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(`${t.baseUrl}/api/service-sheets/${sheetId}/photo`, { headers: { cookie } })
    return [reply.status, reply.headers.get('content-type')]
  }
  expect(await look(committee.client)).toEqual([200, 'image/jpeg'])
  expect(await look(await t.by('secretary-c1'))).toEqual([200, 'image/jpeg'])
  for (const client of [one.client, two.client, await t.by('clerk-c2')])
    expect((await look(client))[0]).toBe(404)
  const sheets = await (await t.by('supervisor')).call(contract.listSheets, { params: { id: activity.id } })
  expect(sheets.body.items).toMatchObject([
    { id: sheetId, isPhoto: true, sessions: [{ id: row?.sessionId }] },
  ])
  const told = await t.look<{ account_id: string }>(
    "select account_id from notices where event = 'volunteering.sheet-to-confirm' and subject_id = $1",
    [sheetId],
  )
  expect(told).toHaveLength(1)
})

test('hours entered by hand earn no point and stand on no certificate before the second word, however long they wait', async () => {
  const who = await t.resident('补录')
  const activity = await t.activity()
  t.pass(200)
  const ids = idsOf(await t.sheet(activity, [who.id]))
  t.pass(5 * day)
  await t.enter()
  expect(await hoursOf(who)).toMatchObject({ enteredMinutes: 60, honourMinutes: 60 })
  expect(await pointsOf(who)).toBe(0)
  expect((await certify(who)).code).toBe('volunteering/no-hours')
  await t.confirm(committee.client, ids)
  expect(await pointsOf(who)).toBe(1)
  expect((await certify(who)).status).toBe(201)
})

test('nothing is entered before three whole days of notice, whoever presses and whatever job runs', async () => {
  const [row] = await t.serve(await t.activity(), [one])
  const id = row?.id ?? ''
  t.pass(5)
  await t.confirm(await t.by('clerk-c1'), [id])
  const seen = async (who: TestPerson) =>
    (await who.client.call(contract.listNotice)).body.items.map((one) => one.id)
  expect(await seen(two)).toContain(id)
  expect(await seen(committee)).not.toContain(id)
  t.pass(3 * day - 600)
  await t.enter()
  await t.job('volunteering.enterHours')
  expect((await t.sessionOf(one, id))?.state).toBe('published')
  t.pass(day + 600)
  await t.job('volunteering.enterHours')
  expect((await t.sessionOf(one, id))?.state).toBe('entered')
})

test('a cap lowers the points and leaves every minute; and no act lowers hours afterwards', async () => {
  const who = await t.resident('长时')
  await t.look("update earning_rules set cap_activity = 2, points = 2 where code = 'service'")
  const [row] = await t.serve(await t.activity(), [who], 170)
  t.pass(5)
  await t.confirm(await t.by('clerk-c1'), [row?.id ?? ''])
  t.pass(4 * day)
  await t.enter()
  await t.look("update earning_rules set cap_activity = 10, points = 1 where code = 'service'")
  expect(await pointsOf(who)).toBe(2)
  expect(await hoursOf(who)).toMatchObject({ enteredMinutes: 170, honourMinutes: 0 })
})

test('a ghost activity, written down when it was over, is asked about; one accomplice who comes by code hides it not', async () => {
  const accomplice = await t.resident('同伙')
  const ghost = await t.activity({
    title: '补建',
    shifts: [{ startsAt: t.minutesAgo(60), endsAt: t.minutesAgo(5), places: 9 }],
  })
  const id = ghost.shifts[0]?.id ?? ''
  // Signing up is over with the shift, so the accomplice is not even let in by a code that still shows.
  const late = await accomplice.client.call(contract.signUp, { params: { id }, body: {} })
  expect(late.code).toBe('volunteering/shift-over')
  t.pass(10)
  await t.sheet(ghost, await onPaper(['鬼甲', '鬼乙']))
  expect(await found(ghost)).toEqual(['ghost-activity'])
})

test('a confirmation within two minutes of the entry is asked about, also by the committee', async () => {
  const activity = await t.activity()
  t.pass(200)
  const ids = idsOf(await t.sheet(activity, [one.id]))
  t.pass(1)
  await t.confirm(committee.client, ids)
  expect(await found(activity)).toEqual(['hasty-confirmation'])
  const other = await t.activity()
  t.pass(200)
  const slow = idsOf(await t.sheet(other, [one.id]))
  t.pass(3)
  await t.confirm(committee.client, slow)
  expect(await found(other)).toEqual([])
})

test('fifty places filled by nobody are asked about, and filled on paper alone too; one number for three people is', async () => {
  expect(await found(await over(50))).toEqual(['nobody-came'])
  const planned = await t.activity({
    shifts: [{ startsAt: t.minutesAgo(-10), endsAt: t.minutesAgo(-130), places: 50 }],
  })
  t.pass(200)
  await t.sheet(planned, await onPaper(['纸甲', '纸乙']))
  expect(await found(planned)).toEqual(['nobody-came'])
  const activity = await t.activity()
  t.pass(200)
  await t.sheet(activity, await onPaper(['同号甲', '同号乙', '同号丙'], { phone: '13733330001' }))
  expect(await found(activity)).toEqual(['shared-phone'])
})

test('the case of 2025: a made-up activity of five hundred places, hours entered in two minutes and sold, is caught, held and struck', async () => {
  const buyers = await onPaper(['买甲', '买乙', '买丙', '买丁'])
  const ghost = await over(500, { title: '敬老服务' })
  t.pass(1)
  const ids = idsOf(await t.sheet(ghost, buyers))
  expect(ids.filter(Boolean)).toHaveLength(4)
  // Even with an accomplice on the committee who confirms within the minute.
  await t.confirm(committee.client, ids)
  t.pass(4 * day)
  const before = await t.look('select 1 from volunteer_hours where activity_id = $1', [ghost.id])
  await t.job('volunteering.enterHours')
  expect(await t.enter()).toMatchObject({ entered: 0, points: 0 })
  const patterns = await board(ghost)
  expect(patterns.map(({ pattern }) => pattern).sort()).toEqual([
    'entered-at-once',
    'ghost-activity',
    'hasty-confirmation',
    'nobody-came',
  ])
  const check = patterns.find(({ pattern }) => pattern === 'ghost-activity')
  expect(check).toMatchObject({ facts: { people: 4, minutes: 240, places: 500 }, can: true })
  expect(check?.sample).toHaveLength(3)
  const supervisor = await t.by('supervisor')
  const params = { id: check?.id ?? '' }
  const settle = (outcome: 'cleared' | 'struck') =>
    supervisor.call(contract.settlePattern, { params, body: { outcome, words: '电话核实' } })
  expect((await settle('cleared')).code).toBe('volunteering/calls-missing')
  for (const { sessionId } of check?.sample ?? [])
    await supervisor.call(contract.noteCall, {
      params,
      body: { sessionId, result: 'was-not-there', words: '花8元买的' },
    })
  expect((await settle('cleared')).code).toBe('volunteering/said-not-there')
  expect((await settle('struck')).body.state).toBe('struck')
  t.pass(day)
  await t.job('volunteering.enterHours')
  expect(await t.look('select 1 from volunteer_hours where activity_id = $1', [ghost.id])).toEqual(before)
  expect(before).toEqual([])
})

test('a check code that is made up, or of a certificate that was changed or revoked, is told from a real one by anybody', async () => {
  const who = await t.resident('王志愿')
  const [row] = await t.serve(await t.activity(), [who], 45)
  t.pass(5)
  await t.confirm(await t.by('clerk-c1'), [row?.id ?? ''])
  t.pass(4 * day)
  await t.enter()
  const params = { id: (await certify(who)).body.id }
  const clerk = await t.by('clerk-c1')
  const issued = (await clerk.call(contract.issueCertificate, { params, body: { handler: '丙丁' } })).body
  const [number, code] = [issued.number ?? '', issued.checkCode ?? '']
  const check = (given: string) =>
    t.client().call(contract.checkCertificate, { body: { number, code: given } })
  expect((await check(code)).body).toMatchObject({ state: 'issued', minutes: 45 })
  const forged = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`
  expect((await check(forged)).code).toBe('volunteering/certificate-unknown')
  const minutes = (to: number) =>
    t.look(
      "update volunteer_certificates set facts = jsonb_set(facts, '{minutes}', to_jsonb($2::int)) where id = $1",
      [params.id, to],
    )
  await minutes(4500)
  expect((await check(code)).code).toBe('volunteering/certificate-unknown')
  await minutes(45)
  const body = { reason: '时长有误' }
  await (await t.by('secretary-c1')).call(contract.revokeCertificate, { params, body })
  expect((await check(code)).body).toMatchObject({ state: 'revoked', revokedOn: expect.any(String) })
})

test('hours of a need do not begin before somebody took it, and the desk’s word for the person served counts for nothing', async () => {
  const clerk = await t.by('clerk-c1')
  const old = await t.registered('独居老人')
  const ask = { kind: 'elder-care', words: '取药', wantedText: '今天', personId: old }
  const need = (await clerk.call(contract.askHelp, { body: ask })).body
  const params = { id: need.id }
  t.pass(120)
  await two.client.call(contract.actOnNeed, { params, body: { act: 'take' } })
  t.pass(30)
  const finish = (from: number) =>
    two.client.call(contract.finishNeed, {
      params,
      body: { startedAt: t.minutesAgo(from), endedAt: t.minutesAgo(0) },
    })
  expect((await finish(100)).code).toBe('volunteering/before-taken')
  expect((await finish(20)).status).toBe(200)
  const said = { wasDone: true, satisfaction: 'satisfied' as const, words: '电话里说很好' }
  expect((await one.client.call(contract.evaluateNeed, { params, body: said })).code).toBe(
    'volunteering/not-yours',
  )
  expect((await clerk.call(contract.evaluateNeed, { params, body: said })).body.state).toBe('evaluated')
  const session = (await two.client.call(contract.getMyService)).body.sessions.find(
    ({ needId }) => needId === need.id,
  )
  expect(session?.grade).toBe('honour')
})

test('nobody praises an activity of their own: neither who served, nor its lead, nor the desk that runs it', async () => {
  const activity = await t.activity({ leadId: two.id })
  await t.serve(activity, [one])
  const params = { id: activity.id }
  const say = (client: TestPerson['client']) =>
    client.call(contract.evaluateActivity, { params, body: { satisfaction: 'satisfied' } })
  for (const client of [one.client, two.client, await t.by('clerk-c1'), await t.by('supervisor')]) {
    expect((await say(client)).code).toBe('volunteering/own-hours')
    expect((await client.call(contract.getActivity, { params })).body.can.evaluate).toBe(false)
  }
  expect((await committee.client.call(contract.getActivity, { params })).body.can.evaluate).toBe(true)
  expect((await say(committee.client)).status).toBe(200)
})
