/**
 * Random histories: whatever is filed, done, corrected, moved, guarded, merged or taken out, and whenever it is folded, the roll-ups
 * say for every figure, split and day what a recount says, and what the list behind the number holds.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AreaGeometry } from '../../../lib/geometry.ts'
import { newId } from '../../../lib/ids.ts'
import { createSeededRandom, type SeededRandom } from '../../../lib/seeded-random.ts'
import { addDays, dayOf } from '../../../lib/time.ts'
import { inTransaction, openPool, type Pool, type Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import * as areas from '../../areas/contract.ts'
import { findArea } from '../../areas/server/index.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { firstRandomDay, type Placed, placesOf, RandomCases } from '../../testing/random-cases.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { type CaseFigure, caseFigures } from '../contract.ts'
import { casesOnDay } from './cases-on-day.ts'
import { nobody } from './figure-facts.ts'
import { foldEveryMinute, recountStreet } from './figure-jobs.ts'
import type { RollupAsked, SplitBy } from './figure-questions.ts'
import { type CountedLine, countRolled } from './figure-rollups.ts'
import { figureListCondition } from './figures.ts'
import { figureShape, foldFigures } from './fold-figures.ts'
import { namesOf } from './names.ts'
import { freshRecount, recountStep } from './recount-steps.ts'

let t: TestCases
let worker: Pool

beforeAll(async () => {
  t = await startTestCases()
  worker = openPool(t.database.workerUrl, 2, 'linli-test-fold')
  await markCounted()
}, 120_000)
afterAll(async () => {
  await worker?.end()
  await t.close()
})

const actor = () => systemActorOf(t.street)
const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(worker, { actor: actor() }, work)
const names = (tx: Tx) => namesOf(tx, t.street.streetId)
const fold = () => asWorker(async (tx) => foldFigures(tx, t.street.streetId, await names(tx)))
const recount = () => asWorker((tx) => recountStreet(tx, t.street.streetId, t.clock.now(), newId(Date.now())))
const markCounted = () =>
  t.look(
    `insert into case_figure_checks (street_id, id, at, cases, facts_wrong, sums_wrong, shape) values ($1, $2, now(), 0, 0, 0, $3)`,
    [t.street.streetId, newId(Date.now()), figureShape],
  )

const plainly = (lines: readonly CountedLine[]) =>
  Object.fromEntries(
    lines
      .filter(({ counts }) => counts.size > 0)
      .map(({ group, key, counts }): [string, unknown] => [
        `${group} ${key}`,
        Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const splits: readonly SplitBy[] = ['nothing', 'organisation', 'matter', 'day']

async function questions(tx: Tx, random: SeededRandom): Promise<RollupAsked[]> {
  const matter = await tx.one(
    sql<{
      id: string
    }>`select matter_id as id from cases where matter_id is not null and street_id = ${t.street.streetId} limit 1`,
  )
  const [street, c1, c1g1] = [t.street.code, 'c1', 'c1g1'].map((code) => t.street.areaId(code))
  const from = addDays(firstRandomDay, random.int(20))
  const days = { from, to: addDays(from, random.int(12)), at: t.clock.now() }
  const groups = [
    [{ areaId: street ?? '' }],
    [
      { areaId: c1 ?? '' },
      { areaId: t.street.areaId('c2') },
      { areaId: street ?? '', ownOnly: true as const },
    ],
    [{ areaId: c1g1 ?? '' }],
  ]
  return groups.flatMap((group) =>
    splits.flatMap((by) => [
      { ...days, groups: group, by },
      { ...days, groups: group, by, organisationId: t.street.organisationId('water') },
      { ...days, groups: group, by, organisationId: null, matterIds: [matter.id] },
      { ...days, groups: group, by, matterIds: [matter.id] },
    ]),
  )
}

/** Rolled against recounted for every question, and against the lists for the whole street. */
async function expectTrue(seed: number): Promise<number> {
  const random = createSeededRandom(seed)
  const at = t.clock.now()
  let compared = 0
  await inTransaction(t.pool, { actor: actor() }, async (tx) => {
    const known = { names: await names(tx), asOf: await casesOnDay(tx, actor(), dayOf(at)) }
    for (const asked of random.shuffle(await questions(tx, random)).slice(0, 8)) {
      const rolled = await countRolled(tx, actor(), known, asked)
      const now = await countRolled(tx, actor(), known, asked, true)
      expect(rolled.unfolded).not.toBeNull()
      expect(plainly(rolled.lines)).toEqual(plainly(now.lines))
      compared += rolled.lines.length
    }
    const whole = [{ areaId: t.street.areaId(t.street.code) }]
    const from = addDays(firstRandomDay, random.int(20))
    for (const period of [{ from, to: addDays(from, random.int(12)) }]) {
      const counted = await countRolled(tx, actor(), known, {
        ...period,
        groups: whole,
        by: 'organisation',
        at,
      })
      for (const figure of caseFigures.filter((one) => one !== 'coming'))
        for (const organisationId of [null, t.street.organisationId('water')]) {
          const list = await tx.one(
            sql<{ n: number }>`select count(*)::int as n from cases where street_id = ${t.street.streetId}
              and ${figureListCondition({ figure, ...period, organisationId }, at, known.names)}`,
          )
          const line = counted.lines.find(({ key }) => key === (organisationId ?? nobody))
          expect([figure, line?.counts.get(figure) ?? 0]).toEqual([figure, list.n])
        }
    }
  })
  return compared
}

test.each([1, 2])(
  'roll-ups say what a recount and the lists say, folded or not (seed %i)',
  async (seed) => {
    const history = new RandomCases(t, seed)
    await history.file(30)
    await expectTrue(seed)
    while ((await fold()) > 0);
    expect(await expectTrue(seed + 10)).toBeGreaterThan(20)
    await history.change(12)
    await expectTrue(seed + 20)
    while ((await fold()) > 0);
    await history.change(6)
    await expectTrue(seed + 30)
    while ((await fold()) > 0);
    // What was folded step by step is what a recount of everything finds: nothing to put right.
    expect(await recount()).toMatchObject({ factsWrong: 0, sumsWrong: 0 })
  },
  60_000,
)

/** `c1g1m1` is cut down the middle, one half staying, the other going to the next community; gives the halves as places to file in. */
async function cutInTwo(onDay: string): Promise<Placed[]> {
  const admin = await t.as('system-admin')
  const cut = t.street.areaId('c1g1m1')
  const { lng, lat } = t.street.pointIn('c1g1m1')
  const half = (west: number, east: number): AreaGeometry => {
    const [left, right, low, high] = [lng + west, lng + east, lat - 0.005, lat + 0.005]
    const corners = [left, right, right, left, left].map((x, index) => [
      x,
      index === 0 || index === 1 || index === 4 ? low : high,
    ])
    return { type: 'Polygon', coordinates: [corners as [number, number][]] }
  }
  const plain = {
    level: null,
    name: null,
    kind: null,
    parentId: null,
    position: 0,
    boundsText: null,
    geometry: null,
    origins: [],
  }
  const heir = (code: string, parent: string, geometry: AreaGeometry): areas.DraftArea => ({
    ...plain,
    areaId: newId(t.clock.now().getTime()),
    act: 'add',
    code,
    level: 'micro-grid',
    name: `微网格${code}`,
    parentId: t.street.areaId(parent),
    origins: [cut],
    geometry,
  })
  const heirs = [heir('west', 'c1g1', half(-0.005, 0)), heir('east', 'c2g1', half(0, 0.005))]
  const draft = await admin.call(areas.createDraft, { body: { name: '年末调整' } })
  const saved = await admin.call(areas.saveDraft, {
    params: { id: draft.body.id },
    body: {
      version: draft.body.version,
      put: [{ ...plain, areaId: cut, act: 'end', code: null }, ...heirs],
      drop: [],
    },
  })
  const done = await admin.call(areas.putDraftInForce, {
    params: { id: saved.body.id },
    body: { version: saved.body.version, onDay, approval: '滨街发〔2026〕18号' },
  })
  expect(done.body.state).toBe('in-force')
  // The areas in memory are some seconds old; one that is not found there is asked for.
  for (const { areaId } of heirs)
    await inTransaction(t.pool, { actor: actor() }, (tx) => findArea(tx, t.street.streetId, areaId))
  return await t.look(
    `select id, path::text from areas where street_id = $1 and id = any($2::uuid[]) order by path`,
    [t.street.streetId, heirs.map(({ areaId }) => areaId)],
  )
}

/** What a line of each of these areas counts by the areas of a day: rolled, recounted and listed, which must be one. */
async function countedOn(day: string, areaIds: readonly string[]): Promise<Map<CaseFigure, number>[]> {
  const at = t.clock.now()
  return await inTransaction(t.pool, { actor: actor() }, async (tx) => {
    const known = { names: await names(tx), asOf: await casesOnDay(tx, actor(), day) }
    const period = { from: addDays(firstRandomDay, 2), to: addDays(firstRandomDay, 22) }
    const asked = { ...period, groups: areaIds.map((areaId) => ({ areaId })), at }
    for (const by of splits) {
      const rolled = await countRolled(tx, actor(), known, { ...asked, by })
      expect(rolled.unfolded).not.toBeNull()
      expect(plainly(rolled.lines)).toEqual(
        plainly((await countRolled(tx, actor(), known, { ...asked, by }, true)).lines),
      )
    }
    const { lines } = await countRolled(tx, actor(), known, { ...asked, by: 'nothing' })
    const counts = areaIds.map((_, group) => new Map(lines.find((line) => line.group === group)?.counts))
    for (const [group, areaId] of areaIds.entries())
      for (const figure of ['filed', 'dispatched', 'due', 'running', 'overdue'] as const) {
        const { n } = await tx.one(
          sql<{ n: number }>`select count(*)::int as n from cases where street_id = ${t.street.streetId}
            and ${figureListCondition({ figure, ...period }, at, known.names)} and ${known.asOf.within(known.asOf.areas.under(areaId))}`,
        )
        expect([figure, counts[group]?.get(figure) ?? 0]).toEqual([figure, n])
      }
    return counts
  })
}

function sumOf(...all: readonly (ReadonlyMap<CaseFigure, number> | undefined)[]): Record<string, number> {
  const sum: Partial<Record<CaseFigure, number>> = {}
  for (const counts of all) for (const [figure, n] of counts ?? []) sum[figure] = (sum[figure] ?? 0) + n
  return sum
}

test('after a re-cut every area of any day counts what its list holds, and the heirs together what was cut', async () => {
  const heirs = await cutInTwo('2026-09-21')
  t.clock.moveTo(new Date('2026-09-22T01:00:00Z'))
  const history = new RandomCases(t, 3, [...placesOf(t), ...heirs, ...heirs])
  await history.file(30)
  const above = [t.street.code, 'c1', 'c2', 'c1g1m1'].map((code) => t.street.areaId(code))
  for (const folded of [false, true]) {
    if (folded) while ((await fold()) > 0);
    else await history.change(6)
    const [whole, c1, c2, cut] = await countedOn('2026-09-18', above)
    const [wholeAfter, c1After, c2After, none, west, east] = await countedOn('2026-09-22', [
      ...above,
      ...heirs.map(({ id }) => id),
    ])
    expect(east?.get('filed')).toBeGreaterThan(1)
    expect(none).toEqual(new Map())
    expect(sumOf(west, east)).toEqual(sumOf(cut))
    expect(sumOf(wholeAfter)).toEqual(sumOf(whole))
    expect(sumOf(c1After, east)).toEqual(sumOf(c1))
    expect(sumOf(c2, east)).toEqual(sumOf(c2After))
  }
}, 60_000)

test('in a storm of changes the figures are those of the last fold and say how many cases follow; the job folds on until none waits', async () => {
  while ((await fold()) > 0);
  const { streetId } = t.street
  const asked = {
    ...{ from: firstRandomDay, to: addDays(firstRandomDay, 20), at: t.clock.now(), by: 'day' as const },
    groups: [{ areaId: t.street.areaId(t.street.code) }],
  }
  const read = () =>
    inTransaction(t.pool, { actor: actor() }, async (tx) =>
      countRolled(
        tx,
        actor(),
        { names: await names(tx), asOf: await casesOnDay(tx, actor(), dayOf(asked.at)) },
        asked,
      ),
    )
  const calm = await read()
  // Really changed are a few, and the rest are noted as changed without being so.
  const changed = await t.look(
    `update cases set version = version + 1, state = 'answered', outcome = 'solved', answered_at = created_at + interval '1 hour'
     where street_id = $1 and state not in ('closed', 'answered') returning id`,
    [streetId],
  )
  expect(changed.length).toBeGreaterThan(0)
  await t.look(
    `insert into case_figure_changes (street_id, case_id) select $1, gen_random_uuid() from generate_series(1, 5000)`,
    [streetId],
  )
  const storm = await read()
  expect(storm).toMatchObject({ unfolded: [], waiting: 5000 + changed.length })
  expect(plainly(storm.lines)).toEqual(plainly(calm.lines))
  const asks: string[] = []
  let runs = 0
  do {
    asks.length = 0
    runs += 1
    await asWorker((tx) =>
      foldEveryMinute({
        tx,
        actor: actor(),
        at: asked.at,
        job: ({ task }: { task: string }) => asks.push(task),
      } as unknown as JobCall),
    )
  } while (asks.length > 0)
  expect(runs).toBe(3)
  expect(await read()).toMatchObject({ unfolded: [], waiting: 0 })
  await expectTrue(101)
}, 60_000)

test('a recount finds what somebody changed behind its back, puts it right, and says how much it was', async () => {
  while ((await fold()) > 0);
  await t.look(
    `update case_rollups set answered = answered + 1 where street_id = $1 and split = 'all' and answered > 0`,
    [t.street.streetId],
  )
  const wrong = await recount()
  expect(wrong.factsWrong).toBe(0)
  expect(wrong.sumsWrong).toBeGreaterThan(0)
  await t.look(`delete from case_facts where street_id = $1 and 'solved' = any(figures)`, [t.street.streetId])
  expect((await recount()).factsWrong).toBeGreaterThan(0)
  expect(await recount()).toMatchObject({ factsWrong: 0, sumsWrong: 0 })
  await expectTrue(99)
}, 60_000)

test.each([true, false])(
  'a recount in steps, between which people act and folds are made, finds nothing wrong and leaves every figure true (first: %s)',
  async (first) => {
    const { streetId } = t.street
    const history = new RandomCases(t, first ? 7 : 8)
    if (first)
      for (const table of ['case_facts', 'case_times', 'case_rollups', 'case_figure_checks'])
        await t.look(`delete from ${table} where street_id = $1`, [streetId])
    let now = freshRecount(first)
    let steps = 0
    while (now.stage !== 'done') {
      now = await asWorker(async (tx) =>
        recountStep(tx, streetId, await names(tx), now, { cases: 9, rows: 40 }),
      )
      steps += 1
      if (steps % 3 === 1) await history.file(1)
      if (steps % 3 === 2) await history.change(2)
      // Before the first count has ended nothing is folded.
      if (steps % 4 === 0 && !first) await fold()
      if (steps > 400) throw new Error(`the recount does not end: ${JSON.stringify(now)}`)
    }
    expect(steps).toBeGreaterThan(8)
    expect(now).toMatchObject({ factsWrong: 0, sumsWrong: 0 })
    expect(now.cases).toBeGreaterThan(50)
    if (first) await markCounted()
    await expectTrue(first ? 102 : 103)
    while ((await fold()) > 0);
    expect(await recount()).toMatchObject({ factsWrong: 0, sumsWrong: 0 })
  },
  60_000,
)

test('the first count of a street writes the facts, times and sums that folding had written', async () => {
  while ((await fold()) > 0);
  const { streetId } = t.street
  const kept = async () => ({
    facts: await t.look(
      'select * from case_facts where street_id = $1 order by case_id, day, next_day, organisation_id',
      [streetId],
    ),
    times: await t.look('select * from case_times where street_id = $1 order by case_id, length', [streetId]),
  })
  const folded = await kept()
  for (const table of ['case_facts', 'case_times', 'case_rollups', 'case_figure_checks'])
    await t.look(`delete from ${table} where street_id = $1`, [streetId])
  await asWorker((tx) => recountStreet(tx, streetId, t.clock.now(), newId(Date.now())))
  const counted = await kept()
  expect(counted).toEqual(folded)
  expect(counted.facts.length).toBeGreaterThan(50)
  expect(await recount()).toMatchObject({ factsWrong: 0, sumsWrong: 0 })
  await expectTrue(100)
}, 60_000)
