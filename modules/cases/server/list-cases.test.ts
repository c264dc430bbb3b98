import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { countCases, listCases, listMatters, searchCases, suggestForCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const list = async (who: string, query: object = {}) =>
  (await steps.by(who)).call(listCases, { query: { limit: 100, ...query } })
const ids = async (who: string, query: object = {}) =>
  (await list(who, query)).body.items.map((item) => item.id)

let made: Record<'pending' | 'accepted' | 'assigned' | 'submitted' | 'closed' | 'south' | 'nowhere', string>
beforeAll(async () => {
  const south = await t.file(await steps.resident(), {
    place: t.street.pointIn('c2g1m1'),
    addressText: '南园路18号',
  })
  const nowhere = await t.file(await steps.resident(), { place: undefined, text: '公交站牌看不清' })
  made = {
    pending: await steps.filed(),
    accepted: await steps.accepted(),
    assigned: await steps.assigned(),
    submitted: await steps.submitted(),
    closed: await steps.closed(),
    south: south.id,
    nowhere: nowhere.id,
  }
})

test('by state, several too; a state that there is not is a bad request', async () => {
  expect(await ids('clerk-c1', { state: 'pending' })).toEqual([made.pending])
  expect((await ids('clerk-c1', { state: 'assigned,closed' })).sort()).toEqual(
    [made.assigned, made.closed].sort(),
  )
  expect((await list('clerk-c1', { state: 'lost' })).status).toBe(400)
})

test('by area with all below it; another community’s area gives nothing, nor another street’s', async () => {
  expect(await ids('supervisor', { areaId: t.street.areaId('c2') })).toEqual([made.south])
  expect(await ids('supervisor', { areaId: t.street.areaId('c1g1') })).toHaveLength(5)
  expect(await ids('clerk-c1', { areaId: t.street.areaId('c2') })).toEqual([])
  expect(await ids('supervisor', { areaId: t.other.areaId('c1') })).toEqual([])
})

test('what lies in no community is found as what lies in the street and in no part of it', async () => {
  const areaId = t.street.areaId(t.street.code)
  expect(await ids('supervisor', { areaId, inNoPart: true })).toEqual([made.nowhere])
  expect(await ids('supervisor', { areaId: t.street.areaId('c2'), inNoPart: true })).toEqual([])
})

test('each sees what is theirs', async () => {
  expect(await ids('clerk-c2')).toEqual([made.south])
  expect((await ids('handler-property')).sort()).toEqual([made.assigned, made.submitted, made.closed].sort())
  expect(await ids('handler-water')).toEqual([])
  expect(await ids('system-admin')).toEqual([])
  expect((await ids('supervisor')).length).toBe(7)
})

test('by number, by two characters, by address; one character is too short', async () => {
  const [row] = await t.look<{ number: string }>('select number from cases where id = $1', [made.accepted])
  expect(await ids('clerk-c1', { q: row?.number })).toEqual([made.accepted])
  // Its pairs stand in every number of the month, so that the newest with them may well be others.
  await t.look("update case_search set terms = '{}' where case_id = $1", [made.accepted])
  expect(await ids('clerk-c1', { q: row?.number })).toEqual([made.accepted])
  expect(await ids('clerk-c2', { q: row?.number })).toEqual([])
  expect(await ids('dispatcher', { q: '站牌' })).toEqual([made.nowhere])
  expect(await ids('clerk-c2', { q: '南园路18号' })).toEqual([made.south])
  expect(await ids('clerk-c1', { q: '南园路' })).toEqual([])
  expect(await ids('handler-property', { q: '老人' })).toHaveLength(3)
  const short = await list('clerk-c1', { q: '灯' })
  expect([short.status, short.code]).toEqual([422, 'cases/search-too-short'])
})

test('pages of any size join without gap or double, newest first and due first', async () => {
  for (const query of [{}, { due: 'today' }, { q: '老人' }, { due: 'today', q: '老人' }]) {
    t.clock.moveTo(new Date('2026-09-20T02:00:00Z'))
    const whole = await ids('supervisor', query)
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = (await list('supervisor', { ...query, limit: 2, ...(cursor ? { cursor } : {}) })).body
      paged.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(paged, JSON.stringify(query)).toEqual(whole)
  }
  expect((await list('supervisor', { cursor: 'mangled' })).status).toBe(400)
})

test('what waits for each: intake, orders, checks', async () => {
  expect((await ids('clerk-c1', { mine: true })).sort()).toEqual([made.pending, made.accepted].sort())
  expect(await ids('dispatcher', { mine: true })).toEqual([made.nowhere])
  expect(await ids('handler-property', { mine: true })).toEqual([made.assigned])
  expect(await ids('verifier-c1', { mine: true })).toEqual([made.submitted])
  expect(await ids('viewer-c1', { mine: true })).toEqual([])
})

test('every figure is the length of the list behind it, for whoever asks', async () => {
  t.clock.moveTo(new Date('2026-09-22T02:00:00Z'))
  for (const who of ['supervisor', 'clerk-c1', 'handler-property', 'viewer-c2']) {
    const counts = (await (await steps.by(who)).call(countCases)).body
    for (const { state, count } of counts.states)
      expect(await ids(who, { state }), `${who} ${state}`).toHaveLength(count)
    expect(await ids(who, { due: 'overdue' })).toHaveLength(counts.overdue)
    expect(await ids(who, { due: 'today' })).toHaveLength(counts.dueToday)
    expect(await ids(who, { due: 'long-term' })).toHaveLength(counts.longTerm)
    expect(await ids(who, { mine: true })).toHaveLength(counts.mine)
  }
  expect((await (await steps.by('supervisor')).call(countCases)).body.overdue).toBeGreaterThan(0)
})

test('by phone, whole or its last four, within the desk’s area; audited without the digits', async () => {
  const search = async (who: string, phone: string) =>
    (await steps.by(who)).call(searchCases, { body: { phone } })
  expect((await search('clerk-c2', '13900000001')).body.items.map((item) => item.id)).toEqual([made.south])
  expect((await search('supervisor', '0001')).body.items).toHaveLength(7)
  expect((await search('clerk-c1', '13899999999')).body.items).toEqual([])
  expect((await search('handler-property', '0001')).status).toBe(403)
  expect((await search('clerk-c1', '139')).status).toBe(400)
  const audit = await t.look<{ text: string }>(
    "select a::text as text from audit_entries a where operation = 'cases.searchCases'",
  )
  expect(audit.length).toBeGreaterThan(0)
  expect(audit.every(({ text }) => !text.includes('13900000001'))).toBe(true)
})

test('a viewer’s list holds figures and no texts', async () => {
  const { items } = (await list('viewer-c1')).body
  expect(items.length).toBeGreaterThan(0)
  expect(items.every((item) => item.text === null && item.placeText === null)).toBe(true)
  expect(JSON.stringify(items)).not.toContain('老人')
})

test('suggestions are for staff who see the case', async () => {
  const suggest = async (who: string) =>
    (await steps.by(who)).call(suggestForCase, { params: { id: made.pending } })
  const { body } = await suggest('clerk-c1')
  expect(body.area).toMatchObject({ code: 'c1g1m1' })
  expect(body.matters.length).toBeGreaterThan(0)
  expect(body.matters.every(({ why }) => why !== '')).toBe(true)
  expect(body.posts[0]).toMatchObject({ role: 'grid-worker', place: '天桥社区第1网格' })
  expect((await suggest('clerk-c2')).status).toBe(404)
})

test('residents are offered only matters in plain words', async () => {
  const offered = (await (await steps.resident()).call(listMatters)).body.items
  expect(offered.length).toBeGreaterThan(0)
  expect(offered.every((matter) => matter.localExtension && matter.residentWords)).toBe(true)
})
