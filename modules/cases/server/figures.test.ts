/** Every figure against rows counted by hand: each case is named for the figures that it belongs to, and no others. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'

let t: TestCases
let steps: CaseSteps
const named = new Map<string, string>()
const period = { from: '2026-09-14', to: '2026-09-20' }
const inWeek = '2026-09-16T15:59:59.999Z'

/** Sets columns as later acts would have left them. */
async function set(id: string, columns: Record<string, unknown>): Promise<void> {
  const keys = Object.keys(columns)
  await t.look(
    `update cases set ${keys.map((key, index) => `${key} = $${index + 2}`).join(', ')} where id = $1`,
    [id, ...Object.values(columns)],
  )
}
const name = (what: string, id: string) => {
  named.set(id, what)
  return id
}

beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  const far = { due_at: '2026-12-01T00:00:00Z' }
  const done = { state: 'answered', outcome: 'solved' }

  const inTime = name('in time', await steps.answered())
  await set(inTime, { due_at: inWeek })
  const late = name('late', await steps.submitted())
  await set(late, { ...done, due_at: inWeek, answered_at: '2026-09-18T02:00:00Z' })
  // It was handed in before its deadline and checked after it: handled in time, answered late.
  const open = name('open overdue', await steps.assigned())
  await set(open, { due_at: inWeek })
  const coming = name('coming', await steps.inProgress())
  await set(coming, { due_at: '2026-09-23T15:59:59.999Z' })
  const suspended = name('suspended', await steps.inProgress())
  await set(suspended, { due_at: inWeek, suspended_until: '2026-09-30T00:00:00Z' })
  const imported = name('imported', await steps.assigned())
  await set(imported, { due_at: inWeek, channel: 'import', outside_source: 'old', outside_number: '1' })
  const undone = name('undone', await steps.assigned())
  await set(undone, { due_at: inWeek, withdrawn_at: '2026-09-15T00:00:00Z' })
  const longTerm = name('long-term', await steps.closed())
  await set(longTerm, { ...far, outcome: 'unsolved', review_on: '2026-09-25' })
  const later = name('long-term later', await steps.closed())
  await set(later, { ...far, outcome: 'unsolved', review_on: '2026-12-25' })

  const returned = name('returned', await steps.inProgress())
  await steps.act('handler-property', contract.returnCase, returned, { reason: '不是我们的管线' })
  await steps.act('clerk-c1-2', contract.approveRequest, returned, {})
  await set(returned, far)
  const refused = name('return refused', await steps.inProgress())
  await steps.act('handler-property', contract.returnCase, refused, { reason: '不归我们' })
  await steps.act('clerk-c1-2', contract.refuseRequest, refused, { words: '是小区内的路灯' })
  await set(refused, far)

  const reworked = name('reworked', await steps.submitted())
  await steps.act('verifier-c1', contract.checkCase, reworked, {
    pass: false,
    mode: 'on-site',
    words: '还是不亮',
  })
  await set(reworked, far)
  const reopened = name('reopened', await steps.closed())
  await steps.act('resident', contract.reopenCase, reopened, { words: '又坏了' })
  await set(reopened, far)
  const rated = name('rated', await steps.answered())
  await steps.act('resident', contract.rateCase, rated, {
    reached: true,
    solved: false,
    satisfaction: 'fair',
  })
  await set(rated, far)
  const fromAbove = name('from above', await steps.answered())
  await set(fromAbove, { ...far, outside_source: '12345', outside_number: '20260914001' })

  const onSpot = name('on the spot', await steps.filed())
  await steps.act('grid-worker-c1g1', contract.solveOnSpot, onSpot, { words: '换了灯泡', answer: '换好了' })
  await steps.pass(onSpot, 'call-back').catch(() => steps.pass(onSpot))
  await set(onSpot, far)
  const atOnce = name('at once', await steps.filed())
  await steps.act('clerk-c1', contract.answerNow, atOnce, { answer: '已告知', kind: 'inquiry' })
  const moved = name('moved on', await steps.inProgress())
  const water = t.street.organisationId('water')
  await steps.act('handler-property', contract.disputeDuty, moved, { reason: '供水设施不在物业合同里' })
  await steps.act('supervisor', contract.adjudicateDuty, moved, {
    organisationId: water,
    reason: '供水设施由供水单位维护',
  })
  await set(moved, far)
  const whistled = name('whistled late', await steps.inProgress())
  const clerk = await steps.by('clerk-c1')
  const calls = ['water', 'enforcement'].map((code) => ({ organisationId: t.street.organisationId(code) }))
  for (const id of [moved, whistled])
    await clerk.call(contract.raiseWhistle, {
      params: { id },
      body: { kind: 'emergency', words: '请到场', calls },
    })
  await set(whistled, far)
  // On the other case everybody came in time.
  for (const who of ['handler-water', 'handler-enforcement']) {
    const browser = await steps.by(who)
    const all = await browser.call(contract.listWhistles, { query: { caseId: moved } })
    const whistle = { id: all.body.items[0]?.id ?? '' }
    await browser.call(contract.arriveAtWhistle, { params: whistle, body: { words: '到' } })
  }
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
const accepted = [
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
  ['dispatched', accepted],
  ['dispatched-right', accepted.filter((one) => one !== 'returned' && one !== 'moved on')],
  ['moved-on', ['moved on']],
  ['disputed', ['moved on']],
  ['whistled', ['moved on', 'whistled late']],
  ['whistle-late', ['whistled late']],
  ['rated', ['rated']],
  ['rated-reached', ['rated']],
  ['rated-solved', []],
  ['rated-satisfied', []],
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
    filed: 17,
    accepted: '15/17',
    declined: '0/17',
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
    unrated: '6/7',
    unreasonable: 0,
    'solved-in-grid': '1/6',
    'solved-in-community': '1/6',
    'solved-at-street': '0/6',
    'solved-by-organisation': '4/6',
    'grid-duty-kept': '0/0',
    'community-duty-kept': '0/4',
    running: 8,
    overdue: '1/8',
    'long-term': 2,
    'review-due': '0/2',
  })
  const elsewhere = await figuresBy({ areaId: t.street.areaId('c2') })
  expect(elsewhere.total.figures.every(({ numerator, denominator }) => !numerator && !denominator)).toBe(true)
  expect(elsewhere.total.lengths).toEqual([])
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
  expect(shares(light?.figures ?? [])).toMatchObject({ accepted: '15/15' })
  expect(await listed({ figure: 'accepted', ...period, matterCode: 'LX01005' })).toBe(15)
}, 120_000)

test('lengths are told in plain hours and by the clock of the rule, each with its number of cases', async () => {
  const { lengths } = (await figuresBy()).total
  const answer = lengths.find(({ length }) => length === 'answer')
  expect(answer).toMatchObject({ cases: answered.length, median: 0 })
  expect(answer?.lawful.map(({ unit }) => unit)).toEqual(['working-days'])
  expect(lengths.find(({ length }) => length === 'accept')).toMatchObject({ cases: 15, median: 0, p90: 0 })
})

test('a clerk has the figures of their community and not of another', async () => {
  const clerk = await steps.by('clerk-c1')
  const own = await clerk.call(contract.getFigures, { query: period })
  expect(own.body.scope.code).toBe('c1')
  const other = await clerk.call(contract.getFigures, { query: { ...period, areaId: t.street.areaId('c2') } })
  expect([other.status, other.code]).toEqual([404, 'cases/not-found'])
})
