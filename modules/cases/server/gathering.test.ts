/** A meeting with many needs in one screen: what becomes a case, what joins one, what is refused, and who may. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyOf } from '../../../lib/contract.ts'
import { newId } from '../../../lib/ids.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import {
  addNeeds,
  correctGathering,
  getCase,
  getGathering,
  getReplySheet,
  listCases,
  listGatherings,
  type NeedRow,
  recordGathering,
  suggestForNeed,
} from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const need = (text: string, more: Partial<NeedRow> = {}): NeedRow => ({
  id: newId(t.clock.now().getTime()),
  text,
  ...more,
})
const meeting = (
  needs: NeedRow[],
  more: Partial<BodyOf<typeof recordGathering>> = {},
): BodyOf<typeof recordGathering> => ({
  id: newId(t.clock.now().getTime()),
  kind: 'courtyard-meeting',
  areaId: t.street.areaId('c1g1'),
  heldAt: t.clock.now().toISOString(),
  placeText: '梧桐苑坝子',
  attendees: 23,
  needs,
  ...more,
})
const record = async (by: string, body: BodyOf<typeof recordGathering>) =>
  (await steps.by(by)).call(recordGathering, { body })

test('each row becomes a case of its own by the rules of every case: number, desk, channel, route and history', async () => {
  const rows = [
    need('3栋楼道灯不亮', { matterCode: publicMatter, kind: 'complaint', route: 'handle-now' }),
    need('想在小区加一张休闲椅', { route: 'coordinate' }),
    need('对面的路什么时候修', { route: 'track', place: t.street.pointIn('c1g1m2') }),
  ]
  const reply = await record('clerk-c1', meeting(rows))
  expect(reply.status).toBe(201)
  expect(reply.body.needs.map(({ outcome }) => outcome)).toEqual(['kept', 'kept', 'kept'])
  expect(reply.body.gathering).toMatchObject({
    attendees: 23,
    needs: 3,
    stages: [{ stage: 'noted', count: 3 }],
    heldBy: [{ role: 'clerk', place: '天桥社区' }],
  })
  const clerk = await steps.by('clerk-c1')
  const first = (await clerk.call(getCase, { params: { id: rows[0]?.id ?? '' } })).body
  expect(first.case).toMatchObject({
    channel: 'meeting',
    state: 'pending',
    route: 'handle-now',
    desk: 'community',
    // No place was told for this row, so it lies where the gathering was.
    area: { code: 'c1g1' },
  })
  expect(first.entries).toMatchObject([
    { act: 'file', by: { role: 'clerk' }, detail: { channel: 'meeting' } },
  ])
  expect((await clerk.call(getCase, { params: { id: rows[2]?.id ?? '' } })).body.case.area?.code).toBe(
    'c1g1m2',
  )
  const tracked = await clerk.call(listCases, { query: { route: 'track' } })
  expect(tracked.body.items.map(({ id }) => id)).toEqual([rows[2]?.id])
  expect(
    await t.look(
      "select detail from audit_entries where operation = 'cases.recordGathering' and subject_type = 'gathering' and subject_id = $1",
      [reply.body.gathering.id],
    ),
  ).toEqual([{ detail: { kind: 'courtyard-meeting', kept: 3, joined: 0, refused: 0 } }])
  expect(
    await t.look(
      "select count(*)::int as n from event_outbox where type = 'case.file' and subject_id = any($1)",
      [rows.map(({ id }) => id)],
    ),
  ).toEqual([{ n: 3 }])
})

test('a bad row is named with its reason, writes nothing and keeps no other row from being kept', async () => {
  const taken = await steps.filed()
  const rows = [
    need('路灯不亮'),
    need('   '),
    need('楼道堆杂物', { matterCode: 'XX99999' }),
    need('电梯老停', { name: '欧阳晓明', phone: '13711112222' }),
    need('电梯老停', { phone: '12345', consent: true }),
    need('字太多了'.repeat(1200)),
    need('同一件事', { joinCaseId: newId(1) }),
    need('占了别人的号', { id: taken }),
    need('水压不够', { route: 'some-day' }),
    need('最后一行也要留下', { name: '欧阳晓明', phone: '13711112222', consent: true }),
  ]
  const reply = await record('clerk-c1', meeting(rows))
  expect(reply.body.needs.map(({ outcome, why }) => why ?? outcome)).toEqual([
    'kept',
    'cases/nothing-said',
    'cases/matter-unknown',
    'cases/consent-missing',
    'cases/phone-wrong',
    'cases/need-too-long',
    'cases/merge-target-wrong',
    'cases/id-taken',
    'cases/route-unknown',
    'kept',
  ])
  expect(
    await t.look('select id from cases where id = any($1) order by id', [
      rows.slice(1, 9).map(({ id }) => id),
    ]),
  ).toEqual([{ id: taken }])
  expect(
    await t.look(
      "select count(*)::int as n from event_outbox where subject_id = any($1) and type = 'case.file'",
      [rows.slice(1, 7).map(({ id }) => id)],
    ),
  ).toEqual([{ n: 0 }])
  const seen = await (await steps.by('clerk-c1')).call(getCase, { params: { id: rows[9]?.id ?? '' } })
  expect(seen.body.case.reporter).toMatchObject({ name: '欧**明', phone: '137****2222' })
  const kept = await t.look<{ row: string }>(
    'select r::text as row from case_reporters r where case_id = $1',
    [rows[9]?.id],
  )
  expect(kept[0]?.row).not.toMatch(/13711112222|欧阳/)
})

test('the same gathering sent again adds nothing, under the same key or another; the rows say that they are there', async () => {
  const body = meeting([need('垃圾清运不及时'), need('楼顶漏水')])
  const clerk = await steps.by('clerk-c1')
  const sent = { body, idempotencyKey: 'one-key-for-one-meeting' }
  const once = await clerk.call(recordGathering, sent)
  expect((await clerk.call(recordGathering, sent)).body).toEqual(once.body)
  const again = await clerk.call(recordGathering, {
    body: { ...body, needs: [...body.needs, need('第三件')] },
  })
  expect(again.body.needs.map(({ outcome }) => outcome)).toEqual(['there', 'there', 'kept'])
  expect(again.body.needs[0]?.number).toBe(once.body.needs[0]?.number)
  expect(again.body.gathering.needs).toBe(3)
  const other = await record('secretary-c1', body)
  expect([other.status, other.code]).toEqual([409, 'cases/gathering-taken'])
})

test('a need that is the same as an open one joins it: the speaker keeps a case, an answer and a rating of their own', async () => {
  const open = await steps.accepted(publicMatter)
  const row = need('我家楼下的灯也不亮', {
    joinCaseId: open,
    matterCode: publicMatter,
    name: '周美兰',
    phone: '13900000002',
    consent: true,
  })
  const reply = await record('clerk-c1', meeting([row]))
  expect(reply.body.needs).toMatchObject([{ outcome: 'joined', parentNumber: expect.any(String) }])
  const clerk = await steps.by('clerk-c1')
  const joined = (await clerk.call(getCase, { params: { id: row.id } })).body
  expect(joined.case).toMatchObject({ state: 'merged', parentCaseId: open })
  expect(joined.entries.map(({ act }) => act)).toEqual(['file', 'merge'])
  const speaker = await t.asResident('13900000002')
  expect((await speaker.call(listCases)).body.items.map(({ id }) => id)).toContain(row.id)
  const gathering = await clerk.call(getGathering, { params: { id: reply.body.gathering.id } })
  expect(gathering.body.items).toMatchObject([{ joined: { id: open }, stage: 'accepted', next: 'assign' }])
})

test('who may not merge says only what may be the same, and the desk joins it from there', async () => {
  const open = await steps.accepted(publicMatter)
  const row = need('灯不亮', { joinCaseId: open, matterCode: publicMatter })
  const body = meeting([row], { areaId: t.street.areaId('c1g1m1'), kind: 'home-visit' })
  const reply = await record('micro-grid-member-c1g1m1', body)
  expect(reply.body.needs).toMatchObject([{ outcome: 'asked' }])
  const params = { id: reply.body.gathering.id }
  const member = await (await steps.by('micro-grid-member-c1g1m1')).call(getGathering, { params })
  expect(member.body.items).toMatchObject([{ state: 'pending', maybeSame: { id: open }, mayMerge: false }])
  const clerk = await (await steps.by('clerk-c1')).call(getGathering, { params })
  expect(clerk.body.items).toMatchObject([{ maybeSame: { id: open }, mayMerge: true }])
})

test('a row that can not join what it names is refused whole: no case is left behind', async () => {
  const other = await steps.accepted('LX01001')
  const row = need('灯不亮', { joinCaseId: other, matterCode: publicMatter })
  const reply = await record('clerk-c1', meeting([row, need('另一件')]))
  expect(reply.body.needs.map(({ outcome, why }) => why ?? outcome)).toEqual([
    'cases/merge-matter-differs',
    'kept',
  ])
  expect(await t.look('select count(*)::int as n from cases where id = $1', [row.id])).toEqual([{ n: 0 }])
})

test('each holds gatherings in the area of a post, and sees those that lie there', async () => {
  const here = meeting([need('一件')], { areaId: t.street.areaId('c1g1m1') })
  expect((await record('micro-grid-member-c1g1m1', here)).status).toBe(201)
  for (const [by, code] of [
    ['micro-grid-member-c1g1m1', 'c1g1'],
    ['grid-worker-c1g1', 'c1g2'],
    ['clerk-c1', 'c2'],
  ] as const) {
    const reply = await record(by, meeting([need('一件')], { areaId: t.street.areaId(code) }))
    expect([by, reply.code]).toEqual([by, 'cases/gathering-not-yours'])
  }
  const foreign = await record('clerk-c1', meeting([], { areaId: t.other.areaId('c1') }))
  expect(foreign.code).toBe('cases/gathering-not-yours')
  for (const by of ['handler-property', 'viewer', 'system-admin', 'verifier'])
    expect([by, (await record(by, meeting([]))).status]).toEqual([by, 403])
  const params = { id: here.id ?? '' }
  for (const [by, status] of [
    ['grid-head-c1g1', 200],
    ['dispatcher', 200],
    ['micro-grid-member-c1g1m2', 404],
    ['clerk-c2', 404],
    ['viewer', 403],
  ] as const)
    expect([by, (await (await steps.by(by)).call(getGathering, { params })).status]).toEqual([by, status])
  const added = await (await steps.by('micro-grid-member-c1g1m2')).call(addNeeds, {
    params,
    body: { needs: [need('旁人添的')] },
  })
  expect(added.code).toBe('cases/gathering-unknown')
  const listed = await (await steps.by('clerk-c2')).call(listGatherings)
  expect(listed.body.items).toEqual([])
})

test('who takes over a post finds the visits that it held or wrote down, and nobody else’s', async () => {
  const post = (username: string) => t.street.staff.get(username)?.postId ?? ''
  const [worker, head] = [post('grid-worker-c1g1'), post('grid-head-c1g1')]
  const visit = (heldBy: string[]) => meeting([], { kind: 'home-visit', heldBy })
  const written = await record('grid-worker-c1g1', visit([]))
  const held = await record('clerk-c1', visit([head, worker]))
  const others = await record('clerk-c1', visit([head]))
  const clerk = await steps.by('secretary-c1')
  const of = await clerk.call(listGatherings, { query: { postId: worker, limit: 100 } })
  const ids = of.body.items.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining([written.body.gathering.id, held.body.gathering.id]))
  expect(ids).not.toContain(others.body.gathering.id)
  const elsewhere = await (await steps.by('clerk-c2')).call(listGatherings, { query: { postId: worker } })
  expect(elsewhere.body.items).toEqual([])
})

test('a running gathering takes more needs one at a time and its head count at the end', async () => {
  const worker = await steps.by('grid-worker-c1g1')
  const started = await record('grid-worker-c1g1', meeting([], { attendees: undefined }))
  const params = { id: started.body.gathering.id }
  const body = { needs: [need('门禁坏了')] }
  const first = await worker.call(addNeeds, { params, body })
  expect(first.body.needs).toMatchObject([{ outcome: 'kept' }])
  expect((await worker.call(addNeeds, { params, body })).body.needs).toMatchObject([{ outcome: 'there' }])
  const counted = await worker.call(correctGathering, { params, body: { attendees: 41 } })
  expect(counted.body).toMatchObject({ attendees: 41, needs: 1, placeText: '梧桐苑坝子', version: 2 })
  const stale = await worker.call(correctGathering, { params, body: { attendees: 40 }, ifMatch: 1 })
  expect(stale.code).toBe('cases/stale-version')
  const future = new Date(t.clock.now().getTime() + 3 * 86_400_000).toISOString()
  const early = await worker.call(correctGathering, { params, body: { heldAt: future } })
  expect(early.code).toBe('cases/date-in-future')
})

test('while a row is typed the matter is suggested by its words, and open cases of it nearby, never far ones', async () => {
  const near = await steps.accepted(publicMatter)
  const ask = async (areaCode: string, by: string) =>
    (await steps.by(by)).call(suggestForNeed, {
      body: { areaId: t.street.areaId(areaCode), text: '楼道灯不亮，晚上看不见' },
    })
  const here = (await ask('c1g1m1', 'clerk-c1')).body
  expect(here.matters[0]).toMatchObject({ matter: { code: publicMatter } })
  expect(here.alike.map(({ id }) => id)).toContain(near)
  expect((await ask('c2g1m1', 'clerk-c2')).body.alike).toEqual([])
  expect((await ask('c2g1m1', 'clerk-c1')).body).toEqual({ matters: [], alike: [] })
})

test('the sheet for the next gathering says what became of each need, without a name, a number or a word of anybody', async () => {
  const row = need('欧阳家楼上漏水到我家卧室里', {
    matterCode: publicMatter,
    name: '欧阳晓明',
    consent: true,
  })
  const reply = await record('clerk-c1', meeting([row, need('还没定事项的一件')]))
  const sheet = await (await steps.by('clerk-c1')).call(getReplySheet, {
    params: { id: reply.body.gathering.id },
  })
  expect(sheet.body.lines).toMatchObject([
    { words: '楼道灯不亮', place: '天桥社区第1网格', stage: 'noted', next: 'accept' },
    { words: '还没有定事项的一件事' },
  ])
  expect(JSON.stringify(sheet.body)).not.toMatch(/欧阳|卧室|20260914-/)
})
