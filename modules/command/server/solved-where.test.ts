import { afterAll, beforeAll, expect, test } from 'vitest'
import * as cases from '../../cases/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'
import { commandModule } from './index.ts'

let t: TestCases
let steps: CaseSteps
const period = { from: '2026-09-14', to: '2026-09-20' }

beforeAll(async () => {
  t = await startTestCases({ modules: [commandModule] })
  steps = caseSteps(t)
  for (const words of ['换了灯泡', '清了楼道']) {
    const id = await steps.filed()
    await steps.act('grid-worker-c1g1', cases.solveOnSpot, id, { words, answer: words })
    await steps.pass(id)
  }
  await steps.answered()
  await steps.act('clerk-c1', cases.answerNow, await steps.filed(), { answer: '已告知' })
  await steps.answered({ outcome: 'unsolved' })
})
afterAll(() => t.close())

const ask = async (by: string, more: object = {}) =>
  (await steps.by(by)).call(contract.getSolvedWhere, { query: { ...period, ...more } })

test('what was solved is told by the level that solved it, and the levels make up the whole', async () => {
  const { body } = await ask('supervisor')
  expect(body.solved.numerator).toBe(4)
  expect(body.levels.map(({ level, figure }) => [level, figure.numerator, figure.denominator])).toEqual([
    ['grid', 2, 4],
    ['community', 1, 4],
    ['street', 0, 4],
    ['organisation', 1, 4],
  ])
  for (const { numerator, denominator } of body.kept) expect(numerator).toBeLessThanOrEqual(denominator ?? 0)
})

test('the list behind each level has as many cases as it says', async () => {
  const { body } = await ask('supervisor')
  for (const { figure } of body.levels) {
    const list = await (await steps.by('supervisor')).call(cases.listCases, {
      query: { figure: figure.figure, from: figure.from, to: figure.to },
    })
    expect(list.body.items).toHaveLength(figure.numerator)
  }
})

test('the areas right below make up the whole, on a day as now; a day on which there was no such area is refused', async () => {
  const { body } = await ask('supervisor')
  const sum = (view: typeof body) => view.parts.reduce((total, { solved }) => total + solved.numerator, 0)
  expect(body.parts.map(({ area, solved }) => [area?.code, solved.numerator])).toContainEqual(['c1', 4])
  expect([sum(body), body.onDay]).toEqual([4, null])
  const onDay = t.clock.now().toISOString().slice(0, 10)
  const asOf = (await ask('supervisor', { onDay, areaId: t.street.areaId('c1') })).body
  expect([asOf.onDay, sum(asOf), asOf.solved.numerator]).toEqual([onDay, 4, 4])
  expect((await ask('supervisor', { onDay: '1999-01-01' })).code).toBe('areas/not-found')
})

test('a secretary is told of their community, and of no other', async () => {
  expect((await ask('secretary-c2')).body).toMatchObject({ scope: { code: 'c2' }, solved: { numerator: 0 } })
  expect((await ask('secretary-c2', { areaId: t.street.areaId('c1') })).code).toBe('command/not-your-area')
  expect((await ask('viewer-c1')).body.solved.numerator).toBe(4)
  expect((await ask('handler-property')).code).toBe('platform/not-for-your-role')
})

test('800 and 1,167 residents for each of 30: both stand there with whom they count, of which day, from where', async () => {
  const areaId = t.street.areaId('c1')
  const give = async (by: string, body: object) =>
    (await steps.by(by)).call(contract.giveAreaFigure, {
      body: { areaId, onDay: '2024-12-31', source: '社区台账', ...body } as never,
    })
  await give('secretary-c1', { name: 'population', scope: '常住人口', value: 24_000 })
  await give('secretary-c1', { name: 'population', scope: '流动人口', value: 11_000 })
  await give('secretary-c1', { name: 'staff', scope: '专职工作人员', value: 30 })
  const { staff } = (await ask('supervisor', { areaId })).body
  const given = staff.ratios.filter(({ staffSource }) => staffSource !== null)
  expect(
    given.map(({ perStaff, residents, counted }) => [perStaff, residents, counted.map((one) => one.scope)]),
  ).toEqual([
    [800, 24_000, ['常住人口']],
    [367, 11_000, ['流动人口']],
    [1_167, 35_000, ['常住人口', '流动人口']],
  ])
  expect(given[2]).toMatchObject({ mayOverlap: true, staffOn: '2024-12-31' })
  // Counted from the posts: secretary, two clerks, two grid heads, two grid workers.
  expect(staff.ratios.find(({ staffSource }) => staffSource === null)).toMatchObject({ staff: 7 })
  await give('secretary-c1', { name: 'population', scope: '流动人口', value: 12_000, onDay: '2025-06-30' })
  const later = (await ask('supervisor', { areaId })).body.staff
  expect(later.datesDiffer).toBe(true)
  expect(later.ratios.every(({ counted }) => counted.length === 1)).toBe(true)
  expect((await give('secretary-c2', { name: 'population', scope: '户籍人口', value: 1 })).code).toBe(
    'command/not-your-area',
  )
})
