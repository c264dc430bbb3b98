import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { read } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import {
  acceptCase,
  assignCase,
  checkCase,
  getReplyText,
  importOrders,
  listCases,
  listSimilarOrders,
  listUpstreamSources,
  mergeCase,
  type OrderRow,
  putUpstreamSource,
  rateUpstream,
  replyUpstream,
  returnUpstream,
  settleUpstream,
  submitResult,
  takeCase,
  undoOrders,
} from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const day = 24 * 3_600_000
let count = 0
const order = (more: Partial<OrderRow> = {}): OrderRow => ({
  number: `RX${++count}`,
  text: '小区门口路灯不亮，晚上看不见路。',
  dueAt: new Date(t.clock.now().getTime() + 10 * day).toISOString(),
  ...more,
})
async function bringIn(rows: OrderRow[], source = '12345', batchId?: string) {
  const desk = await steps.by('dispatcher')
  const body = { source, rows, ...(batchId ? { batchId } : {}) }
  const reply = await desk.call(importOrders, { body })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}
const oneOrder = async (more: Partial<OrderRow> = {}, source?: string) =>
  (await bringIn([order(more)], source)).rows[0]?.caseId ?? ''
const accepted = async (more: Partial<OrderRow> = {}) => {
  const id = await oneOrder(more)
  await steps.act('dispatcher', acceptCase, id, { kind: 'help', matterCode: publicMatter })
  return id
}

test('an order keeps its source, number, class and deadline; ours ends earlier, and both say by which rule', async () => {
  const id = await oneOrder({ class: '城市管理-路灯', contact: { name: '李来电', phone: '13911112222' } })
  const before = (await read(steps, 'dispatcher', id)).case
  expect(before).toMatchObject({
    channel: 'upstream',
    state: 'pending',
    order: { source: '12345', class: '城市管理-路灯', repliedAt: null, rating: null },
    reporter: { name: '李*电', phone: '139****2222' },
  })
  const outside = new Date(before.order?.dueAt ?? '')
  expect(new Date(before.dueAt ?? '').getTime()).toBeLessThan(outside.getTime())
  const after = await steps.act('dispatcher', acceptCase, id, { kind: 'help', matterCode: publicMatter })
  expect(after).toMatchObject({
    dueAt: before.dueAt,
    clock: { rule: { zh: expect.stringContaining('内部时限') } },
  })
  expect(after.order?.dueRule?.en).toContain('Hotline 12345')
})

test('one number of one source is one order, however often it comes; the same number of another source is another', async () => {
  const row = order()
  const first = await bringIn([row, row])
  expect(first).toMatchObject({ added: 1, known: 1 })
  const again = await bringIn([row])
  expect(again).toMatchObject({ added: 0, known: 1, rows: [{ caseId: first.rows[0]?.caseId }] })
  expect((await bringIn([row], 'district')).added).toBe(1)
  const both = await Promise.all([bringIn([order({ number: 'RACE' })]), bringIn([order({ number: 'RACE' })])])
  expect(both[0].added + both[1].added).toBe(1)
})

test('no name, phone or address of a caller stands in the case, its history or the audit trail', async () => {
  await oneOrder({ contact: { name: '欧阳来电', phone: '13955556666', address: '九号院' } })
  for (const table of ['cases', 'case_entries', 'audit_entries', 'idempotency_keys']) {
    const rows = await t.look(`select to_jsonb(x)::text as text from ${table} x`)
    const text = JSON.stringify(rows)
    for (const secret of ['欧阳来电', '13955556666', '九号院']) expect(text, table).not.toContain(secret)
  }
})

test('an unknown source, and a person without the centre’s post, bring nothing in', async () => {
  const desk = await steps.by('dispatcher')
  const unknown = await desk.call(importOrders, { body: { source: 'nobody', rows: [order()] } })
  expect([unknown.status, unknown.code]).toEqual([422, 'cases/source-unknown'])
  for (const other of ['clerk-c1', 'system-admin', 'supervisor']) {
    const reply = await (await steps.by(other)).call(importOrders, {
      body: { source: '12345', rows: [order()] },
    })
    expect(reply.status, other).toBe(403)
  }
})

test('an import is taken back but for what was worked on; its callers are forgotten and it may come again', async () => {
  const batchId = newId(t.clock.now().getTime())
  const rows = [order({ contact: { phone: '13977778888' } }), order(), order()]
  const made = await bringIn(rows, '12345', batchId)
  const worked = made.rows[2]?.caseId ?? ''
  await steps.act('dispatcher', acceptCase, worked, { kind: 'help', matterCode: publicMatter })
  const desk = await steps.by('dispatcher')
  const undone = await desk.call(undoOrders, { body: { batchId } })
  expect(undone.body).toMatchObject({ withdrawn: 2, kept: [{ caseId: worked }] })
  const listed = (await desk.call(listCases, { query: { source: '12345', limit: 100 } })).body.items
  const ids = listed.map(({ id }) => id)
  expect(ids).toContain(worked)
  for (const gone of made.rows.slice(0, 2)) expect(ids).not.toContain(gone.caseId)
  const kept = await t.look('select phone_encrypted from case_reporters where case_id = $1', [
    made.rows[0]?.caseId,
  ])
  expect(kept).toEqual([{ phone_encrypted: null }])
  const history = await t.look('select act from case_entries where case_id = $1 order by act', [
    made.rows[0]?.caseId,
  ])
  expect(history).toEqual([{ act: 'file' }, { act: 'withdraw' }])
  expect((await bringIn(rows)).added).toBe(2)
  expect((await desk.call(undoOrders, { body: { batchId } })).body.withdrawn).toBe(0)
})

test('after a day an import is no longer taken back as a whole, and nothing of it is lost', async () => {
  const batchId = newId(t.clock.now().getTime())
  const made = await bringIn([order(), order()], '12345', batchId)
  const before = t.clock.now()
  t.clock.moveBy(day + 1_000)
  const desk = await steps.by('dispatcher')
  expect((await desk.call(undoOrders, { body: { batchId } })).code).toBe('cases/undo-too-late')
  t.clock.moveTo(before)
  expect((await desk.call(undoOrders, { body: { batchId } })).body.withdrawn).toBe(made.added)
})

test('what one person told two lines above is joined though it is nobody else’s business', async () => {
  const phone = '13966665555'
  const first = (await bringIn([order({ contact: { phone } })])).rows[0]?.caseId ?? ''
  const second = (await bringIn([order({ contact: { phone } })], 'petition')).rows[0]?.caseId ?? ''
  const stranger = (await bringIn([order({ contact: { phone: '13966664444' } })])).rows[0]?.caseId ?? ''
  const join = async (id: string) =>
    (await steps.by('dispatcher')).call(mergeCase, {
      params: { id },
      body: { parentCaseId: first, words: '同一人同一件事' },
    })
  expect((await join(stranger)).code).toBe('cases/merge-matter-differs')
  expect((await join(second)).body.state).toBe('merged')
})

test('asked back: refused it goes on with its clock, approved it ends as declined, and who said so is kept', async () => {
  const id = await accepted()
  const due = (await read(steps, 'dispatcher', id)).case.dueAt
  await steps.act('dispatcher', returnUpstream, id, { reason: '不在本街道辖区' })
  const desk = await steps.by('dispatcher')
  const twice = await desk.call(returnUpstream, { params: { id }, body: { reason: '再问' } })
  expect([twice.status, twice.code]).toEqual([409, 'cases/return-asked-above'])
  const refused = await steps.act('dispatcher', settleUpstream, id, {
    approved: false,
    confirmedBy: '热线3号席',
  })
  expect(refused).toMatchObject({
    state: 'accepted',
    dueAt: due,
    order: { returnAsked: { outcome: 'refused', confirmedBy: '热线3号席' } },
  })
  await steps.act('dispatcher', returnUpstream, id, { reason: '已核实在邻区' })
  const approved = await steps.act('dispatcher', settleUpstream, id, {
    approved: true,
    confirmedBy: '热线5号席',
  })
  expect(approved).toMatchObject({ state: 'declined', order: { returnAsked: { outcome: 'approved' } } })
})

test('the answer is made by the source’s template, and each time it was pasted back stands in the history', async () => {
  const id = await answeredOrder()
  const desk = await steps.by('dispatcher')
  const { text } = (await desk.call(getReplyText, { params: { id } })).body
  expect(text).toContain('灯已经修好')
  expect(text).toContain('解决')
  await steps.act('dispatcher', replyUpstream, id, { text })
  const again = await steps.act('dispatcher', replyUpstream, id, { text: `${text}（补充）` })
  expect(again.order?.repliedAt).not.toBeNull()
  const { entries } = await read(steps, 'dispatcher', id)
  const sent = entries.filter(({ act }) => act === 'reply-upstream')
  expect(sent.map(({ words, detail }) => [words, detail.again])).toEqual([
    [text, false],
    [`${text}（补充）`, true],
  ])
})

test('the rating above is kept with its scale, and not solved there brings it before the checkers', async () => {
  const id = await answeredOrder()
  const rated = await steps.act('dispatcher', rateUpstream, id, { value: '不满意', solved: false })
  expect(rated.order?.rating).toMatchObject({
    value: '不满意',
    solved: false,
    scale: expect.stringContaining('满意 / '),
  })
  const mine = (await (await steps.by('supervisor')).call(listCases, { query: { mine: true, limit: 100 } }))
    .body
  expect(mine.items.map((one) => one.id)).toContain(id)
})

test('orders that may be one are named with the reason, and joined each keeps its own number and deadline', async () => {
  const phone = '13944443333'
  const first = await accepted({ contact: { phone } })
  const second = await oneOrder({ contact: { phone } }, 'district')
  const sameNumber = (await read(steps, 'dispatcher', second)).case.order?.number ?? ''
  const third = await oneOrder({ number: sameNumber }, 'petition')
  const desk = await steps.by('dispatcher')
  const alike = (await desk.call(listSimilarOrders, { params: { id: second } })).body.items
  expect(alike).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: first, why: 'same-phone' }),
      expect.objectContaining({ id: third, why: 'same-number', source: 'petition' }),
    ]),
  )
  const joined = await steps.act('dispatcher', mergeCase, second, { parentCaseId: first })
  expect(joined).toMatchObject({ state: 'merged', order: { source: 'district', number: sameNumber } })
  expect(joined.order?.dueAt).not.toBeNull()
})

test('sources are the system administrator’s: times, classes and words; a class leads to the matter', async () => {
  const admin = await steps.by('system-admin')
  const all = (await admin.call(listUpstreamSources)).body.items
  const hotline = all.find(({ code }) => code === '12345')
  if (!hotline) throw new Error('every street has the hotline')
  const { version, ...facts } = hotline
  const body = { ...facts, mapping: { 路灯: publicMatter }, insideAmount: 48, insideUnit: 'hours' as const }
  const changed = await admin.call(putUpstreamSource, { body, ifMatch: version })
  expect(changed.body).toMatchObject({ version: 1, insideAmount: 48 })
  expect((await admin.call(putUpstreamSource, { body, ifMatch: version })).status).toBe(412)
  const blank = await admin.call(putUpstreamSource, { body: { ...body, replyTemplate: '{phone}' } })
  expect(blank.status).toBe(400)
  const id = await oneOrder({ class: '路灯' })
  const seen = (await read(steps, 'dispatcher', id)).case
  expect(seen.matter?.code).toBe(publicMatter)
  const hours =
    (new Date(seen.order?.dueAt ?? '').getTime() - new Date(seen.dueAt ?? '').getTime()) / 3_600_000
  expect(hours).toBe(48)
  expect((await (await steps.by('dispatcher')).call(putUpstreamSource, { body })).status).toBe(403)
})

async function answeredOrder(): Promise<string> {
  const id = await accepted()
  await steps.act('dispatcher', assignCase, id, { organisationId: t.street.organisationId('property') })
  await steps.act('handler-property', takeCase, id, {})
  await steps.act('handler-property', submitResult, id, {
    outcome: 'solved',
    words: '灯已更换。',
    answer: '您好，灯已经修好。',
  })
  await steps.act('supervisor', checkCase, id, {
    pass: true,
    mode: 'on-site',
    words: '已看过。',
    fileIds: [await steps.photo('supervisor')],
  })
  return id
}
