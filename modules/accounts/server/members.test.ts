import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { inTransaction } from '../../../platform/db.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { termEnd } from '../rules/member-term.ts'
import { staffOfAreas } from './staff-of-areas.ts'

let t: TestStreets
let head: TestClient
let secretary: TestClient
beforeAll(async () => {
  t = await startTestStreets()
  head = await t.as('duty-head')
  secretary = await t.as('secretary-c1')
})
afterAll(() => t.close())

const accountOf = (username: string) => t.street.staff.get(username)?.accountId ?? ''
const add = (
  who: TestClient,
  level: contract.PartyLevel,
  area: string,
  parentId: string | null,
  more: object = {},
) =>
  who.call(contract.addPartyBody, {
    body: { level, name: `${area}-${level}`, parentId, areaId: t.street.areaId(area), ...more },
  })
const tree = async (onDay?: string) =>
  (await head.call(contract.listPartyBodies, { query: onDay ? { onDay } : {} })).body.items
const branchesToday = () =>
  inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    staffOfAreas(tx, t.street.streetId, '2026-09-14'),
  )
let root = ''
let community = ''
let branch = ''

test('the party tree stands over the area tree, level under level, and a grid has one branch', async () => {
  expect((await branchesToday()).branchAreaIds).toBeUndefined()
  root = (await add(head, 'working-committee', t.street.code, null)).body.id
  community = (await add(head, 'community-committee', 'c1', root)).body.id
  expect((await add(head, 'grid-branch', 'c1g1', root)).code).toBe('accounts/party-parent-unfit')
  expect((await add(head, 'grid-branch', 'c2g1', community)).code).toBe('accounts/party-parent-unfit')
  branch = (await add(secretary, 'grid-branch', 'c1g1', community)).body.id
  expect((await add(secretary, 'grid-branch', 'c1g1', community)).code).toBe('accounts/branch-exists')
  expect((await add(secretary, 'grid-branch', 'c1g1', community, { joint: true })).status).toBe(201)
  expect((await add(secretary, 'community-committee', 'c2', root)).code).toBe('accounts/not-your-area')
  expect((await tree()).map(({ level }) => level)).toEqual([
    'working-committee',
    'community-committee',
    'grid-branch',
    'grid-branch',
  ])
  expect([...((await branchesToday()).branchAreaIds ?? [])]).toEqual([t.street.areaId('c1g1')])
})

test('a post has a term; a new secretary ends the one before, who stays in the tree of their days', async () => {
  const appoint = (username: string, fromDay?: string) =>
    secretary.call(contract.appointPartyPost, {
      params: { id: branch },
      body: { accountId: accountOf(username), title: 'secretary', ...(fromDay ? { fromDay } : {}) },
    })
  expect((await appoint('grid-head-c1g1')).status).toBe(201)
  expect((await appoint('grid-worker-c1g1', '2026-10-01')).status).toBe(201)
  const holders = async (day: string) =>
    (await tree(day)).find(({ id }) => id === branch)?.posts.map(({ accountId }) => accountId)
  expect(await holders('2026-09-30')).toEqual([accountOf('grid-head-c1g1')])
  expect(await holders('2026-10-01')).toEqual([accountOf('grid-worker-c1g1')])
  const other = await secretary.call(contract.appointPartyPost, {
    params: { id: root },
    body: { accountId: accountOf('clerk-c1'), title: 'member' },
  })
  expect(other.code).toBe('accounts/not-your-area')
})

test('only the person puts themself on the public roster, and a resident then reads the name and nothing else', async () => {
  const resident = await t.asResident('13900000001')
  const roster = async (area: string) =>
    (await resident.call(contract.getPlaceRoster, { params: { id: t.street.areaId(area) } })).body.items
  expect(await roster('c1g1m1')).toEqual([])
  const person = await t.as('grid-head-c1g1')
  const own = (await person.call(contract.listOwnPartyPosts)).body.items[0]
  expect(own).toMatchObject({ title: 'secretary', shown: false })
  const params = { id: own?.id ?? '' }
  const byKeeper = await secretary.call(contract.showPartyPost, { params, body: { shown: true } })
  expect(byKeeper.code).toBe('accounts/party-body-not-found')
  await person.call(contract.showPartyPost, { params, body: { shown: true } })
  expect((await roster('c1g1m1')).map((line) => Object.keys(line).sort())).toEqual([
    ['body', 'level', 'name', 'title'],
  ])
  expect(await roster('c1g2m1')).toEqual([])
  await person.call(contract.showPartyPost, { params, body: { shown: false } })
  expect(await roster('c1g1m1')).toEqual([])
})

test('a body with others below it does not end; one without ends with its posts', async () => {
  const end = (id: string) => secretary.call(contract.endPartyBody, { params: { id } })
  expect((await end(community)).code).toBe('accounts/party-parent-unfit')
  expect((await end(branch)).status).toBe(200)
  expect((await end(branch)).code).toBe('accounts/party-body-not-found')
  expect((await tree()).some(({ id }) => id === branch)).toBe(false)
})

test('from call to post: a resident applies, the community chooses, the security administrator puts them in post for the term', async () => {
  const opened = await secretary.call(contract.openRecruitCall, {
    body: {
      areaId: t.street.areaId('c1'),
      title: '招募微网格员',
      words: '人熟、地熟、情况熟。',
      opensOn: '2026-09-01',
      closesOn: '2026-09-30',
      termMonths: 12,
    },
  })
  const id = opened.body.id
  const resident = await t.asResident('13900000001')
  const apply = (who: TestClient, area: string) =>
    who.call(contract.applyToCall, {
      params: { id },
      body: { areaId: t.street.areaId(area), pool: 'veteran', words: '住了二十年' },
    })
  expect((await apply(resident, 'c2g1m1')).code).toBe('accounts/area-not-found')
  const applied = await apply(resident, 'c1g1m1')
  expect(applied.body).toMatchObject({
    state: 'applied',
    pool: 'veteran',
    displayName: expect.stringContaining('****'),
  })
  expect((await apply(resident, 'c1g1m1')).code).toBe('accounts/applied-already')
  const security = await t.as('security-admin')
  const listed = async (who: TestClient) =>
    (await who.call(contract.listApplications, { params: { id } })).body.items.length
  expect([await listed(secretary), await listed(security)]).toEqual([1, 0])
  expect((await (await t.as('secretary-c2')).call(contract.listApplications, { params: { id } })).code).toBe(
    'accounts/not-your-area',
  )
  const params = { id: applied.body.id }
  const takeUp = () =>
    security.call(contract.takeUpApplication, {
      params,
      body: { accountId: accountOf('micro-grid-member-c1g1m2'), lead: true },
    })
  expect((await takeUp()).code).toBe('accounts/application-settled')
  expect((await secretary.call(contract.settleApplication, { params, body: { chosen: false } })).status).toBe(
    400,
  )
  expect(
    (await secretary.call(contract.settleApplication, { params, body: { chosen: true } })).body.state,
  ).toBe('chosen')
  expect((await resident.call(contract.withdrawApplication, { params })).code).toBe(
    'accounts/application-settled',
  )
  expect((await takeUp()).body.state).toBe('in-post')
  const [post] = await t.look<{ lead: boolean; from_day: string; to_day: string }>(
    `select p.lead, p.from_day::text, p.to_day::text from posts p join recruit_applications a on a.post_id = p.id where a.id = $1`,
    [applied.body.id],
  )
  expect(post).toEqual({ lead: true, from_day: '2026-09-14', to_day: '2027-09-13' })
  const mine = (await resident.call(contract.listRecruitCalls)).body.items[0]
  expect(mine).toMatchObject({
    open: true,
    mine: { state: 'in-post' },
    counts: { inPost: 1 },
    can: { apply: false, choose: false },
  })
})

test('a call that is over takes nobody, and what is not there says so', async () => {
  const opened = await head.call(contract.openRecruitCall, {
    body: {
      areaId: t.street.areaId('c2'),
      title: '去年的招募',
      words: '已结束',
      opensOn: '2025-09-01',
      closesOn: '2025-09-30',
      termMonths: 12,
    },
  })
  const resident = await t.asResident('13900000002')
  const body = { areaId: t.street.areaId('c2g1m1'), pool: 'resident' as const, words: '' }
  expect((await resident.call(contract.applyToCall, { params: { id: opened.body.id }, body })).code).toBe(
    'accounts/call-closed',
  )
  expect((await resident.call(contract.applyToCall, { params: { id: newId(0) }, body })).code).toBe(
    'accounts/call-not-found',
  )
  expect(
    (await secretary.call(contract.settleApplication, { params: { id: newId(0) }, body: { chosen: true } }))
      .code,
  ).toBe('accounts/application-not-found')
})

test('a term of months ends on the same date, or on the last of a shorter month', () => {
  expect(termEnd('2026-09-14', 12)).toBe('2027-09-14')
  expect(termEnd('2026-08-31', 6)).toBe('2027-02-28')
  expect(termEnd('2027-08-31', 6)).toBe('2028-02-29')
})
