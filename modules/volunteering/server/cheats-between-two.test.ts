/**
 * Ways to cheat that need two: needs that are made up between two people, and organisations that gather in hours which
 * are not theirs. Each is tried, and fails. Rule: issue of volunteers and points, points 3 and 4; decision 0043.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getOrganisationBook } from '../../points/contract.ts'
import { pointsSteps } from '../../testing/points-steps.ts'
import * as contract from '../contract.ts'
import { startVolunteerStreet, type TestPerson, type VolunteerStreet } from './volunteer-test-street.ts'

let t: VolunteerStreet
let one: TestPerson
let two: TestPerson
let firm = ''
beforeAll(async () => {
  t = await startVolunteerStreet()
  firm = t.street.organisationId('property')
  const { ready, approved } = pointsSteps(t)
  await ready()
  await approved('clerk-c1', 'supervisor', {
    act: 'rule',
    code: 'service',
    name: '单位出人',
    earns: 'organisation',
    basis: 'hour',
    points: 2,
    capActivity: 7,
    from: '2026-01-01',
  })
  one = await t.resident('王一')
  two = await t.resident('李二')
})
afterAll(() => t.close())

const day = 24 * 60
const clerk = () => t.by('clerk-c1')

/** Asked by the one, done by the other in so many minutes, and confirmed by whoever asked. */
async function helped(by: TestPerson, served: TestPerson, minutes = 60): Promise<string> {
  const body = { kind: 'elder-care', words: '陪着去医院', wantedText: '今天' }
  const params = { id: (await served.client.call(contract.askHelp, { body })).body.id }
  await by.client.call(contract.actOnNeed, { params, body: { act: 'take' } })
  t.pass(minutes + 5)
  const times = { startedAt: t.minutesAgo(minutes), endedAt: t.minutesAgo(0) }
  const done = await by.client.call(contract.finishNeed, { params, body: times })
  if (done.status !== 200) throw new Error(`finishing was refused: ${JSON.stringify(done.body)}`)
  t.pass(10)
  await served.client.call(contract.evaluateNeed, {
    params,
    body: { wasDone: true, satisfaction: 'satisfied' },
  })
  const { sessions } = (await by.client.call(contract.getMyService)).body
  return sessions.find(({ needId }) => needId === params.id)?.id ?? ''
}
const board = async () =>
  (await (await t.by('supervisor')).call(contract.listPatterns)).body.items.filter(
    ({ activityId }) => activityId === null,
  )

test('two who serve and confirm one another again and again are asked about before a minute is entered, and struck when one says it was not so', async () => {
  const ids = [await helped(one, two), await helped(two, one), await helped(one, two)]
  await (await clerk()).call(contract.lookForPatterns, { body: {} })
  expect(await board()).toEqual([])
  ids.push(await helped(two, one))
  t.pass(4 * day)
  await t.job('volunteering.enterHours')
  const [check, more] = await board()
  expect(more).toBeUndefined()
  expect(check).toMatchObject({
    pattern: 'served-in-turn',
    title: '',
    facts: { services: 4, minutes: 240, entered: 0 },
    state: 'open',
  })
  expect([...(check?.pair ?? [])].sort()).toEqual(['李*', '王*'])
  expect(check?.sample).toHaveLength(3)
  expect(check?.sample[0]?.servedName).toMatch(/^[李王]\*$/)
  const states = async () => Promise.all([one, two].flatMap((who) => ids.map((id) => t.sessionOf(who, id))))
  const told = async () => (await states()).flatMap((session) => session?.state ?? [])
  expect(await told()).toEqual(Array(4).fill('published'))
  const supervisor = await t.by('supervisor')
  const params = { id: check?.id ?? '' }
  for (const { sessionId } of check?.sample ?? [])
    await supervisor.call(contract.noteCall, {
      params,
      body: { sessionId, result: 'was-not-there', words: '互相填的' },
    })
  const settle = (outcome: 'cleared' | 'struck') =>
    supervisor.call(contract.settlePattern, { params, body: { outcome, words: '电话核实' } })
  expect((await settle('cleared')).code).toBe('volunteering/said-not-there')
  expect((await settle('struck')).body.state).toBe('struck')
  expect(await told()).toEqual(Array(4).fill('struck'))
})

test('one of the two settles nothing of it, also under the account of a post', async () => {
  const staff = t.street.staff.get('verifier')
  const phone = '13722220077'
  await t.look('update account_contacts set phone_encrypted = $2 where account_id = $1', [
    staff?.accountId,
    t.services.keys.seal(`account_contacts.phone.${staff?.accountId}`, phone),
  ])
  const twice = await t.resident('钱双', { phone })
  const friend = await t.resident('孙友')
  for (let turn = 0; turn < 2; turn++) {
    await helped(twice, friend)
    await helped(friend, twice)
  }
  await (await clerk()).call(contract.lookForPatterns, { body: {} })
  const check = (await board()).find(({ state }) => state === 'open')
  const body = { outcome: 'struck' as const, words: '查过' }
  const settle = async (by: string) =>
    (await t.by(by)).call(contract.settlePattern, { params: { id: check?.id ?? '' }, body })
  expect((await settle('verifier')).code).toBe('volunteering/own-hours')
  expect((await settle('supervisor')).body.state).toBe('struck')
})

test('hours that one person alone ever saw are asked about from eight long visits on', async () => {
  const lonely = await t.resident('赵独')
  const old = await t.resident('周老')
  const look = async () => {
    await (await clerk()).call(contract.lookForPatterns, { body: {} })
    return (await board()).filter(({ pair, state }) => pair.includes('赵*') && state === 'open')
  }
  for (let visit = 0; visit < 7; visit++) await helped(lonely, old, 150)
  expect(await look()).toEqual([])
  await helped(lonely, old, 150)
  expect(await look()).toMatchObject([{ pattern: 'one-pair-only', facts: { services: 8, minutes: 1200 } }])
})

const pointsOfFirm = async () =>
  (await (await clerk()).call(getOrganisationBook, { query: { organisationId: firm } })).body.points
const link = async (by: string, id: string, organisationId: string | null) =>
  (await t.by(by)).call(contract.changeGroup, { params: { id }, body: { organisationId } })
const team = async (name: string, organisationId?: string) =>
  (await clerk()).call(contract.createGroup, {
    body: {
      areaId: t.street.areaId('c1'),
      kind: 'team',
      name,
      parentId: t.groupId,
      head: '甲乙',
      phone: '023-67890000',
      ...(organisationId ? { organisationId } : {}),
    },
  })
const join = async (groupId: string, who: TestPerson) =>
  (await clerk()).call(contract.setMember, {
    params: { id: groupId },
    body: { personId: who.id, part: 'member' },
  })
/** By code, seen by the desk, and entered when its notice is over. */
async function entered(people: readonly TestPerson[], minutes: number): Promise<void> {
  const rows = await t.serve(await t.activity(), people, minutes)
  t.pass(5)
  await t.confirm(
    await clerk(),
    rows.map(({ id }) => id),
  )
  t.pass(4 * day)
  await t.job('volunteering.enterHours')
}

test('an organisation earns by the hours of its people within its own cap, once, and nobody else’s', async () => {
  const made = (await team('物业志愿队', firm)).body
  expect(made.organisation).toMatchObject({ id: firm })
  const [mine, other] = [await t.resident('物业甲'), await t.resident('路人')]
  await join(made.id, mine)
  await entered([mine, other], 120)
  expect(await pointsOfFirm()).toBe(4)
  // Two hours of each of two people are eight points, and an activity brings seven at most.
  const second = await t.resident('物业乙')
  await join(made.id, second)
  await entered([mine, second], 120)
  expect(await pointsOfFirm()).toBe(11)
  await t.job('volunteering.enterHours')
  expect(await pointsOfFirm()).toBe(11)
  const awards = await t.look<{ kind: string; rule: string }>(
    `select a.kind, r.earns as rule from point_awards w join ledger_accounts a on a.street_id = w.street_id and a.id = w.account_id
     join earning_rules r on r.street_id = w.street_id and r.id = w.rule_id where a.kind = 'organisation'`,
  )
  expect(awards).toEqual(Array(3).fill({ kind: 'organisation', rule: 'organisation' }))
})

test('what was served before somebody was linked, joined or after they left earns the organisation nothing', async () => {
  const before = await pointsOfFirm()
  const who = await t.resident('先做后挂')
  const late = (await team('后挂的队')).body.id
  await join(late, who)
  const rows = await t.serve(await t.activity(), [who], 120)
  expect((await link('clerk-c1', late, firm)).body.organisation).toMatchObject({ id: firm })
  t.pass(5)
  await t.confirm(
    await clerk(),
    rows.map(({ id }) => id),
  )
  t.pass(4 * day)
  await t.job('volunteering.enterHours')
  expect(await pointsOfFirm()).toBe(before)
  await entered([who], 60)
  expect(await pointsOfFirm()).toBe(before + 2)
  await (await clerk()).call(contract.setMember, {
    params: { id: late },
    body: { personId: who.id, part: 'none' },
  })
  await entered([who], 60)
  expect(await pointsOfFirm()).toBe(before + 2)
  // Linked to another and back again, it begins anew.
  const other = t.street.organisationId('water')
  await link('clerk-c1', late, other)
  const since = await t.look<{ at: Date }>(
    'select organisation_since as at from volunteer_groups where id = $1',
    [late],
  )
  expect(since[0]?.at).toEqual(t.clock.now())
})

test('nobody links their own organisation, a committee or what is none; another community’s desk links nothing', async () => {
  const { id } = (await team('再一队')).body
  expect((await link('clerk-c2', id, firm)).code).toBe('volunteering/not-found')
  expect((await link('clerk-c1', t.committeeId, firm)).code).toBe('volunteering/group-unfit')
  expect((await link('clerk-c1', id, crypto.randomUUID())).code).toBe('volunteering/group-unfit')
  await t.look(
    `insert into posts (street_id, id, account_id, role, organisation_id, from_day)
     select street_id, gen_random_uuid(), $1, 'handler', $2, '2026-01-01' from posts limit 1`,
    [t.street.staff.get('secretary-c1')?.accountId, firm],
  )
  expect((await link('secretary-c1', id, firm)).code).toBe('volunteering/own-organisation')
  expect((await link('clerk-c1', id, firm)).status).toBe(200)
  await expect(
    t.look('update volunteer_groups set organisation_id = $2, organisation_since = now() where id = $1', [
      t.committeeId,
      firm,
    ]),
  ).rejects.toThrow('a_committee_earns_nothing')
  const taken = (await clerk()).call(contract.changeGroup, { params: { id }, body: { name: '后挂的队' } })
  expect((await taken).code).toBe('volunteering/name-taken')
})
