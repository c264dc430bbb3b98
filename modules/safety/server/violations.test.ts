/** Violations over HTTP: from a photo of what was found to a photo of what is there now, handed over, counted. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyOf, QueryOf } from '../../../lib/contract.ts'
import { addDays, dayOf } from '../../../lib/time.ts'
import * as cases from '../../cases/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'
import { safetyModule } from './index.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases({ modules: [safetyModule] })
  steps = caseSteps(t)
})
afterAll(() => t.close())

const day = (count: number) => addDays(dayOf(t.clock.now()), count)
const found = async (photo = true, text = '烧烤摊把炭灰倒在树池里，油烟很大。') =>
  (
    await t.file(await steps.by('grid-worker-c1g1'), {
      text,
      channel: 'field',
      ...(photo ? { fileIds: [await steps.photo('grid-worker-c1g1')] } : {}),
    })
  ).id
type Put = BodyOf<typeof contract.putViolation>
const put = async (id: string, more: Partial<Put> = {}, by = 'clerk-c1') =>
  (await steps.by(by)).call(contract.putViolation, {
    params: { id },
    body: {
      kind: 'burning',
      organisationId: t.street.organisationId('property'),
      rectifyOn: day(3),
      ...more,
    },
  })
const register = async (query: QueryOf<typeof contract.listViolations> = {}, by = 'clerk-c1') =>
  (await (await steps.by(by)).call(contract.listViolations, { query })).body
const one = async (id: string, by = 'clerk-c1') =>
  (await steps.by(by)).call(contract.getViolation, { params: { id } })
const measure = async (id: string, areaCm2: number | null, removedCm2: number | null, by = 'clerk-c1') =>
  (await steps.by(by)).call(contract.measureViolation, { params: { id }, body: { areaCm2, removedCm2 } })
const handOver = async (id: string, more: Partial<BodyOf<typeof contract.handOverViolation>> = {}) =>
  (await steps.by('clerk-c1')).call(contract.handOverViolation, {
    params: { id },
    body: {
      to: '综合行政执法大队',
      documentNumber: '滨综执移〔2026〕7号',
      on: day(0),
      fileIds: [await steps.photo('clerk-c1')],
      ...more,
    },
  })
async function putRight(id: string): Promise<void> {
  await steps.act('handler-property', cases.takeCase, id, {})
  const fileIds = [await steps.photo('handler-property')]
  await steps.act('handler-property', cases.submitResult, id, {
    outcome: 'solved',
    words: '已清理。',
    fileIds,
  })
  await steps.pass(id)
}

test('the register counts by kind, place and month as a hand does, and each number opens its very lines', async () => {
  expect(await register()).toMatchObject({ items: [], total: 0, counts: [] })
  // By hand: two burnings (one put right), three structures (one put right with 12.35 m², one handed over, one to re-check).
  await put(await found())
  const cleared = await found()
  await put(cleared)
  await putRight(cleared)
  const removed = await found(true, '楼顶搭了彩钢棚。')
  await put(removed, { kind: 'structure', areaCm2: 200_000 })
  expect((await measure(removed, 200_000, 123_500, 'handler-property')).status).toBe(200)
  await putRight(removed)
  const given = await found(true, '院坝里砌了围墙。')
  await put(given, { kind: 'structure' })
  await handOver(given)
  await steps.pass(given)
  const waiting = await found(true, '一楼外搭阳台。')
  await put(waiting, { kind: 'structure' })
  await measure(waiting, null, 90_000)
  await steps.act('handler-property', cases.takeCase, waiting, {})
  await steps.act('handler-property', cases.submitResult, waiting, {
    outcome: 'solved',
    words: '拆了。',
    fileIds: [await steps.photo('handler-property')],
  })

  const { counts, total, areas, year } = await register()
  const month = day(0).slice(0, 7)
  const areaId = t.street.areaId('c1')
  const cell = (kind: string, stage: string, count: number, more = {}) => ({
    kind,
    stage,
    count,
    areaId,
    month,
    measured: 0,
    removedCm2: 0,
    ...more,
  })
  expect([total, year, areas.map(({ id }) => id)]).toEqual([5, Number(month.slice(0, 4)), [areaId]])
  expect(counts).toHaveLength(5)
  expect(counts).toEqual(
    expect.arrayContaining([
      cell('burning', 'rectifying', 1),
      cell('burning', 'put-right', 1),
      cell('structure', 'put-right', 1, { measured: 1, removedCm2: 123_500 }),
      cell('structure', 'handed-over', 1),
      cell('structure', 'to-check', 1),
    ]),
  )
  for (const { kind, stage, count } of counts)
    expect((await register({ kind, stage, month, areaId })).items).toHaveLength(count)
  expect((await register({ stage: 'put-right', measured: 'yes' })).items.map(({ id }) => id)).toEqual([
    removed,
  ])
  expect((await register({ type: 'breach' })).total).toBe(3)
  expect((await register({ year: year - 1 })).total).toBe(0)
  expect((await register({ areaId: t.street.areaId(t.street.code) })).total).toBe(0)
  const file = await (await steps.by('clerk-c1')).call(contract.exportViolations, {
    query: { type: 'breach' },
  })
  expect(file.status).toBe(200)
})

test('no line without a photo of what was found, none put right without one of what is there now, and another re-checks', async () => {
  const bare = await found(false)
  expect((await put(bare)).code).toBe('safety/photo-before-missing')
  const listed = await put(bare, { fileIds: [await steps.photo('clerk-c1')] })
  expect(listed.status).toBe(200)
  expect(listed.body).toMatchObject({
    stage: 'rectifying',
    kindName: { zh: '露天烧烤、焚烧' },
    supervisor: { code: 'property' },
    can: { give: false, measure: true, handOver: true },
  })
  await steps.act('handler-property', cases.takeCase, bare, {})
  const result = { outcome: 'solved' as const, words: '摊收走了。' }
  const without = await (await steps.by('handler-property')).call(cases.submitResult, {
    params: { id: bare },
    body: result,
  })
  expect(without.code).toBe('cases/evidence-missing')
  const after = await steps.photo('handler-property')
  await steps.act('handler-property', cases.submitResult, bare, { ...result, fileIds: [after] })
  expect((await one(bare)).body.stage).toBe('to-check')
  const own = await (await steps.by('handler-property')).call(cases.checkCase, {
    params: { id: bare },
    body: { pass: true, mode: 'on-site', words: '好了' },
  })
  expect(own.status).toBe(403)
  await steps.pass(bare)
  expect((await one(bare)).body.stage).toBe('put-right')
  const evidence = await (await steps.by('clerk-c1')).call(contract.getEvidence, { params: { id: bare } })
  expect(evidence.body.before).toHaveLength(1)
  expect(evidence.body.after[0]?.id).toBe(after)
  expect(evidence.body.after).toHaveLength(2)
})

test('what a grid member put right on the spot is listed as it is, with both photos and without a day', async () => {
  const id = await found()
  const solve = async (fileIds: string[]) =>
    steps.act('grid-worker-c1g1', cases.solveOnSpot, id, { words: '小广告铲掉了。', fileIds })
  await solve([await steps.photo('grid-worker-c1g1')])
  const listed = await put(id, { kind: 'posting', organisationId: undefined, rectifyOn: undefined })
  expect(listed.status).toBe(200)
  expect(listed.body).toMatchObject({ stage: 'to-check', rectifyBy: null, late: false, type: 'disorder' })
  expect((await put(id, { kind: 'posting' })).code).toBe('safety/case-elsewhere')
  await steps.pass(id)
  expect((await one(id)).body.stage).toBe('put-right')
  const wordsAlone = await found()
  await steps.act('grid-worker-c1g1', cases.solveOnSpot, wordsAlone, { words: '说过了，已收。' })
  expect((await put(wordsAlone, { kind: 'posting' })).code).toBe('safety/photo-after-missing')
})

test('what is handed to the law-enforcement body keeps its number, is checked by another, and is never put right by that', async () => {
  const id = await found()
  await put(id, { kind: 'structure' })
  expect((await handOver(id, { on: day(1) })).code).toBe('safety/date-wrong')
  const handed = await handOver(id)
  expect(handed.body).toMatchObject({
    stage: 'to-check',
    handedOver: { to: '综合行政执法大队', documentNumber: '滨综执移〔2026〕7号', on: day(0) },
  })
  expect((await handOver(id)).code).toBe('safety/wrong-stage')
  const own = await (await steps.by('clerk-c1')).call(cases.checkCase, {
    params: { id },
    body: { pass: true, mode: 'on-site', words: '好了' },
  })
  expect(own.status).toBe(403)
  await steps.pass(id)
  expect((await one(id)).body.stage).toBe('handed-over')
  const closing = await (await steps.by('verifier-c1')).call(cases.closeCase, {
    params: { id },
    body: { outcome: 'unsolved' },
  })
  expect(closing.code).toBe('cases/review-date-missing')
})

test('sizes are exact, never more removed than there was, and stand once somebody else has re-checked', async () => {
  const id = await found()
  expect((await put(id, { kind: 'structure', areaCm2: 5, removedCm2: 6 })).code).toBe('safety/size-wrong')
  await put(id, { kind: 'structure', areaCm2: 123_456 })
  expect((await measure(id, 123_456, 123_457)).code).toBe('safety/size-wrong')
  expect((await measure(id, 123_456, 123_456, 'handler-water')).code).toBe('safety/not-found')
  expect((await measure(id, 123_456, 1, 'grid-worker-c1g1')).code).toBe('safety/not-yours')
  expect((await measure(id, 123_456, 123_456, 'verifier-c1')).body.removedCm2).toBe(123_456)
  await putRight(id)
  expect((await measure(id, 123_456, 1)).code).toBe('safety/wrong-stage')
})

test('petitions, what is in hand, other places and unknown kinds are refused; everybody sees what lies in their sight', async () => {
  const petition = await steps.filed()
  await steps.act('clerk-c1', cases.registerPetition, petition, { form: 'letter' })
  expect((await put(petition, {}, 'dispatcher')).code).toBe('safety/petition-is-no-violation')
  expect((await put(await steps.assigned())).code).toBe('safety/case-elsewhere')
  const id = await found()
  expect((await put(id, { kind: 'nothing' })).code).toBe('safety/kind-unknown')
  expect((await put(id, { rectifyOn: day(-1) })).code).toBe('safety/date-wrong')
  expect((await put(id, { organisationId: undefined })).code).toBe('safety/holder-unknown')
  expect((await put(id, {}, 'clerk-c2')).code).toBe('safety/not-found')
  expect((await put(id)).status).toBe(200)
  for (const by of ['grid-worker-c1g1', 'handler-property', 'verifier-c1', 'dispatcher'])
    expect((await one(id, by)).status).toBe(200)
  for (const by of ['clerk-c2', 'handler-water', 'other-dispatcher'])
    expect((await one(id, by)).code).toBe('safety/not-found')
  expect((await register({}, 'clerk-c2')).total).toBe(0)
})
