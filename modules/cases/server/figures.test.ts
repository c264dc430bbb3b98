/** Every figure against rows counted by hand: each case is named for the figures that it belongs to, and no others. */
import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetSettings } from '../../../platform/street-settings.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { fileFigureCases } from '../../testing/figure-cases.ts'
import * as contract from '../contract.ts'
import { figurePlan } from '../figure-plan.ts'

let t: TestCases
let steps: CaseSteps
let named: ReadonlyMap<string, string>
const period = { from: '2026-09-14', to: '2026-09-20' }

beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  named = await fileFigureCases(t, steps)
  t.clock.moveTo(new Date('2026-09-21T01:00:00Z'))
  // Some ninety acts over HTTP; a busy machine needs longer than a hook usually gets.
}, 240_000)
afterAll(() => t.close())

async function behind(figure: contract.CaseFigure, more: Record<string, unknown> = {}): Promise<string[]> {
  const browser = await steps.by('supervisor')
  const found: string[] = []
  let cursor: string | undefined
  do {
    // Pages of two: the list behind a number is paged like any other.
    const query = { figure, ...period, limit: 2, ...(cursor ? { cursor } : {}), ...more }
    const reply = await browser.call(contract.listCases, { query })
    expect(reply.status).toBe(200)
    found.push(...reply.body.items.map(({ id }) => named.get(id) ?? id))
    cursor = reply.body.nextCursor ?? undefined
  } while (cursor)
  return found.sort()
}

const answered = [
  'at once',
  'from above',
  'in time',
  'late',
  'long-term',
  'long-term later',
  'on the spot',
  'rated',
]
/** Everything that was accepted by the formal act, and given to somebody after it. */
const givenOut = [
  'coming',
  'from above',
  'in time',
  'late',
  'long-term',
  'long-term later',
  'moved on',
  'open overdue',
  'rated',
  'reopened',
  'return refused',
  'returned',
  'reworked',
  'suspended',
  'whistled late',
]
const accepted = [...givenOut, 'taken back'].sort()
const solvedByFirm = ['from above', 'in time', 'late', 'rated']

test.each<[contract.CaseFigure, string[]]>([
  ['due', ['in time', 'late', 'open overdue']],
  ['due-answered-in-time', ['in time']],
  ['due-handled-in-time', ['in time', 'late']],
  ['due-answered-late', ['late']],
  ['due-open', ['open overdue']],
  ['overdue', ['open overdue']],
  ['reported', [...accepted, 'at once', 'on the spot'].sort()],
  ['accepted', accepted],
  ['accepted-in-time', accepted.filter((one) => one !== 'suspended')],
  ['dispatched', givenOut],
  ['received', givenOut],
  ['dispatched-right', givenOut.filter((one) => one !== 'returned' && one !== 'moved on')],
  ['moved-on', ['moved on']],
  ['disputed', ['moved on']],
  ['whistled', ['moved on', 'whistled late']],
  ['whistle-late', ['whistled late']],
  ['rated', ['rated']],
  ['rated-reached', ['rated']],
  ['rated-solved', []],
  ['rated-satisfied', []],
  ['rated-fully', []],
  ['rated-mostly', []],
  ['rated-fair', ['rated']],
  ['rated-dissatisfied', []],
  [
    'running',
    [
      'coming',
      'moved on',
      'open overdue',
      'reopened',
      'return refused',
      'returned',
      'reworked',
      'taken back',
      'whistled late',
    ],
  ],
  ['long-term', ['long-term', 'long-term later']],
  ['returned', ['return refused', 'returned']],
  ['returns-settled', ['return refused', 'returned']],
  ['returns-approved', ['returned']],
  ['received-returned', ['return refused', 'returned']],
  ['reworked', ['reworked']],
  ['reopened', ['reopened']],
  ['answered', answered],
  ['rateable', ['at once', 'in time', 'late', 'long-term', 'long-term later', 'on the spot', 'rated']],
  ['unrated', ['at once', 'in time', 'late', 'long-term', 'long-term later', 'on the spot']],
  ['solved', ['at once', ...solvedByFirm, 'on the spot'].sort()],
  ['solved-in-grid', ['on the spot']],
  ['solved-in-community', ['at once']],
  ['solved-at-street', []],
  ['solved-by-organisation', solvedByFirm],
])('%s counts exactly these, imported history and undone imports never', async (figure, cases) => {
  expect(await behind(figure)).toEqual([...cases].sort())
})

test('what falls due and what is to be looked at again is asked for the days ahead', async () => {
  const ahead = { from: '2026-09-21', to: '2026-09-27' }
  expect(await behind('coming', ahead)).toEqual(['coming'])
  expect(await behind('review-due', ahead)).toEqual(['long-term'])
})

test('a case that was given back counts for whoever gave it back, although nobody holds it now', async () => {
  const property = { organisationId: t.street.organisationId('property') }
  expect(await behind('returned', property)).toEqual(['return refused', 'returned'])
  expect(await behind('returned', { organisationId: t.street.organisationId('water') })).toEqual([])
  expect(await behind('overdue', property)).toEqual(['open overdue'])
  expect(await behind('overdue', { noOrganisation: true })).toEqual([])
  expect(await behind('solved', { noOrganisation: true })).toEqual(['at once', 'on the spot'])
})

test('a figure is counted within its area, and another street never', async () => {
  expect(await behind('due', { areaId: t.street.areaId('c1') })).toHaveLength(3)
  expect(await behind('due', { areaId: t.street.areaId('c2') })).toEqual([])
  const elsewhere = await (await t.as('other-supervisor')).call(contract.listCases, {
    query: { figure: 'returned', ...period },
  })
  expect(elsewhere.body.items).toEqual([])
})

test('a figure without its days is no question', async () => {
  const reply = await (await steps.by('supervisor')).call(contract.listCases, { query: { figure: 'due' } })
  expect([reply.status, reply.code]).toEqual([400, 'platform/invalid-input'])
})

type Asked = Parameters<typeof figuresBy>[0]
async function figuresBy(more: Record<string, unknown> = {}) {
  const reply = await (await steps.by('supervisor')).call(contract.getFigures, {
    query: { ...period, ...more },
  })
  expect(reply.status).toBe(200)
  return reply.body
}
const shares = (figures: readonly contract.CountedFigure[]) =>
  Object.fromEntries(
    figures.map(({ figure, numerator, denominator }) => [
      figure,
      denominator === null ? numerator : `${numerator}/${denominator}`,
    ]),
  )

test('every rate of the page has its counts and its denominator, and nothing in a place without cases', async () => {
  expect(shares((await figuresBy()).total.figures)).toEqual({
    filed: 18,
    accepted: '16/18',
    'accepted-in-time': '15/16',
    declined: '0/18',
    dispatched: 15,
    'dispatched-right': '13/15',
    'moved-on': '1/15',
    'moved-twice': '0/15',
    disputed: 1,
    due: 3,
    'due-handled': '2/3',
    'due-handled-in-time': '2/3',
    'due-answered': '2/3',
    'due-answered-in-time': '1/3',
    'due-answered-late': '1/3',
    'due-open': '1/3',
    handled: 9,
    reworked: '1/9',
    'check-passed': '7/8',
    'received-returned': '2/15',
    'returns-approved': '1/2',
    reopened: 1,
    'whistle-late': '1/2',
    'rated-reached': '1/1',
    'rated-solved': '0/1',
    'rated-satisfied': '0/1',
    'rated-fully': '0/1',
    'rated-mostly': '0/1',
    'rated-fair': '1/1',
    'rated-dissatisfied': '0/1',
    unrated: '6/7',
    unreasonable: 0,
    'solved-in-grid': '1/6',
    'solved-in-community': '1/6',
    'solved-at-street': '0/6',
    'solved-by-organisation': '4/6',
    'grid-duty-kept': '0/0',
    'community-duty-kept': '0/4',
    running: 9,
    overdue: '1/9',
    'long-term': 2,
    'review-due': '0/2',
  })
  const elsewhere = await figuresBy({ areaId: t.street.areaId('c2') })
  expect(elsewhere.total.figures.every(({ numerator, denominator }) => !numerator && !denominator)).toBe(true)
  expect(elsewhere.total.lengths).toEqual([])
  expect(elsewhere.total.graded).toBeNull()
})

test('every number, whole or of a part, organisation, matter or day, opens a list of exactly as many', async () => {
  const listed = async (query: Record<string, unknown>) =>
    (
      await (
        await steps.by('supervisor')
      ).call(contract.listCases, { query: { ...query, limit: 100 } as never })
    ).body.items.length
  const behindLine: Record<string, (line: contract.FigureLineView) => Record<string, unknown>> = {
    area: ({ id }) => (id ? { areaId: id } : { areaId: t.street.areaId(t.street.code), inNoPart: true }),
    organisation: ({ id }) => (id ? { organisationId: id } : { noOrganisation: true }),
    day: ({ id }) => ({ from: id, to: id }),
  }
  for (const [by, more] of Object.entries(behindLine)) {
    const { lines, onDay } = await figuresBy({ by } as Asked)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines)
      for (const { figure, numerator } of line.figures)
        if (numerator > 0)
          expect([by, line.name, figure, await listed({ figure, ...period, onDay, ...more(line) })]).toEqual([
            by,
            line.name,
            figure,
            numerator,
          ])
  }
  const { lines } = await figuresBy({ by: 'matter' })
  const light = lines.find(({ code }) => code === 'LX01005')
  expect(shares(light?.figures ?? [])).toMatchObject({ accepted: '16/16' })
  expect(await listed({ figure: 'accepted', ...period, matterCode: 'LX01005' })).toBe(16)
}, 120_000)

test('lengths are told in plain hours and by the clock of the rule, each with its number of cases', async () => {
  const { lengths } = (await figuresBy()).total
  const answer = lengths.find(({ length }) => length === 'answer')
  expect(answer).toMatchObject({ cases: answered.length, median: 0 })
  expect(answer?.lawful.map(({ unit }) => unit)).toEqual(['working-days'])
  expect(lengths.find(({ length }) => length === 'accept')).toMatchObject({ cases: 16, median: 0, p90: 0 })
})

test('a clerk has the figures of their community and not of another', async () => {
  const clerk = await steps.by('clerk-c1')
  const own = await clerk.call(contract.getFigures, { query: period })
  expect(own.body.scope.code).toBe('c1')
  const other = await clerk.call(contract.getFigures, { query: { ...period, areaId: t.street.areaId('c2') } })
  expect([other.status, other.code]).toEqual([404, 'cases/not-found'])
})

test('the graded rate counts each rating as the street says, and an earlier limit holds for what was filed under it', async () => {
  // One rating, 一般.
  expect((await figuresBy()).total.graded).toBe(60)
  const set = (key: string, value: unknown, from: string) =>
    t.look(
      `insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
       values ($1, $2, gen_random_uuid(), 'set', $3, $4, $4, $5)`,
      [t.street.streetId, key, JSON.stringify(value), from, t.street.staff.get('system-admin')?.accountId],
    )
  const weights = { satisfied: 100, mostly: 70, fair: 25, dissatisfied: 0 }
  await set('cases.satisfactionWeights', weights, '2026-09-20T00:00:00Z')
  await set('cases.acceptWithinMinutes', 60, '2026-09-20T00:00:00Z')
  forgetSettings(t.street.streetId)
  const { total, weights: told } = await figuresBy()
  expect([total.graded, told]).toEqual([25, weights])
  expect(await behind('accepted-in-time')).not.toContain('suspended')
  await set('cases.acceptWithinMinutes', 60, '2026-09-01T00:00:00Z')
  expect(await behind('accepted-in-time')).toContain('suspended')
})

test('the file holds every number of the page, and — where there is nothing to divide by', async () => {
  const { cookies } = await steps.by('supervisor')
  const asked = new URLSearchParams({ ...period, by: 'area' })
  const response = await fetch(`${t.baseUrl}/api/case-figures/export?${asked}`, {
    headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
  })
  expect(response.status).toBe(200)
  const book = new excel.Workbook()
  await book.xlsx.load(await response.arrayBuffer())
  const rows: unknown[][] = []
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  const empty = (cell: unknown) => (cell === '' ? undefined : cell)
  const view = await figuresBy({ by: 'area' })
  for (const line of [{ ...view.total, name: view.scope.name }, ...view.lines])
    for (const { figure, numerator, denominator } of line.figures) {
      const planned = figurePlan.find((one) => one.figure === figure)
      const called = (planned?.rate ?? contract.figureNames[figure]).zh
      const rate = denominator === null ? undefined : denominator === 0 ? '—' : numerator / denominator
      const row = rows.find(([name, , said]) => name === (line.name ?? '（未归属）') && said === called)
      const told = [row?.[3], empty(row?.[4]), empty(row?.[5])]
      expect([line.name, called, ...told]).toEqual([
        line.name,
        called,
        numerator,
        denominator ?? undefined,
        rate,
      ])
    }
})
