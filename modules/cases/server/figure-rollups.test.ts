/**
 * Random histories: whatever is filed, done, corrected, moved, guarded, merged or taken out, and whenever it is folded, the roll-ups
 * say for every figure, split and day what a recount says, and what the list behind the number holds.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { createSeededRandom, type SeededRandom } from '../../../lib/seeded-random.ts'
import { addDays, dayOf, startOfDay } from '../../../lib/time.ts'
import { systemAccountId } from '../../../platform/actor.ts'
import { inTransaction, openPool, type Pool, type Tx } from '../../../platform/db.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { caseFigures } from '../contract.ts'
import { casesOnDay } from './cases-on-day.ts'
import { nobody } from './figure-facts.ts'
import { type CountedLine, countRolled, type RollupAsked, type SplitBy } from './figure-rollups.ts'
import { figureListCondition } from './figures.ts'
import { foldFigures, recountFigures } from './fold-figures.ts'
import { freshCase } from './fresh-case.ts'
import { namesOf } from './names.ts'

let t: TestCases
let worker: Pool
const firstDay = '2026-08-20'

beforeAll(async () => {
  t = await startTestCases()
  worker = openPool(t.database.workerUrl, 2, 'linli-test-fold')
}, 120_000)
afterAll(async () => {
  await worker?.end()
  await t.close()
})

const actor = () => systemActorOf(t.street)
const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(worker, { actor: actor() }, work)
const names = (tx: Tx) => namesOf(tx, t.street.streetId)
const fold = () => asWorker(async (tx) => foldFigures(tx, t.street.streetId, await names(tx)))
const recount = () => asWorker(async (tx) => recountFigures(tx, t.street.streetId, await names(tx)))
const markCounted = () =>
  t.look(
    `insert into case_figure_checks (street_id, id, at, cases, facts_wrong, sums_wrong) values ($1, $2, now(), 0, 0, 0)`,
    [t.street.streetId, newId(Date.now())],
  )

const acts = [
  'assign',
  'return',
  'submit-result',
  'check',
  'reopen',
  'dispute',
  'approve',
  'refuse',
  'answer-now',
]
const states = [
  'pending',
  'accepted',
  'assigned',
  'in-progress',
  'result-submitted',
  'answered',
  'closed',
  'declined',
  'merged',
]

class History {
  readonly #random: SeededRandom
  readonly cases: string[] = []
  constructor(seed: number) {
    this.#random = createSeededRandom(seed)
  }
  #instant() {
    const days = this.#random.int(26)
    return new Date(startOfDay(addDays(firstDay, days)).getTime() + this.#random.int(24 * 3600) * 1000)
  }
  #maybe<T>(value: () => T, chance = 0.6): T | null {
    return this.#random.chance(chance) ? value() : null
  }
  #columns() {
    const r = this.#random
    const posts = [...t.street.staff.values()].map(({ postId }) => postId).filter((id) => id !== null)
    const area = r.pick(['c1', 'c1g1', 'c1g1m1', 'c1g1m2', 'c1g2m1', 'c2g1m1', 'c2g2', t.street.code])
    const at = () => this.#instant().toISOString()
    return {
      state: r.pick(states),
      outcome: r.pick([null, 'solved', 'solved', 'partly']),
      area_id: t.street.areaId(area),
      area: t.street.areas.get(area)?.path,
      organisation_id: r.pick([null, t.street.organisationId('property'), t.street.organisationId('water')]),
      holder_post_id: this.#maybe(() => r.pick(posts)),
      desk: r.pick(['community', 'street']),
      accepted_at: this.#maybe(at),
      assigned_at: this.#maybe(at),
      responded_at: this.#maybe(at),
      due_at: this.#maybe(at, 0.8),
      clock_start_at: this.#maybe(at, 0.8),
      clock_rule: {
        response: { amount: 1, unit: r.pick(['clock-hours', 'working-days']) },
        finish: { amount: 5, unit: r.pick(['clock-hours', 'natural-days', 'working-days']) },
        words: { zh: '', en: '' },
        provisional: false,
      },
      answered_at: this.#maybe(at),
      closed_at: this.#maybe(at),
      suspended_until: this.#maybe(() => '2026-10-30T00:00:00Z', 0.1),
      paused_minutes: r.pick([0, 0, 90]),
      review_on: this.#maybe(() => addDays(firstDay, r.int(60)), 0.3),
      rating: this.#maybe(() => ({
        counts: r.chance(0.9),
        at: at(),
        reached: r.chance(0.8),
        solved: r.chance(0.6),
        satisfaction: r.pick(['satisfied', 'mostly', 'fair', 'dissatisfied']),
      })),
      finding: this.#maybe(() => ({ at: at(), kind: 'unlawful' }), 0.1),
      hops: r.int(4),
      reopen_count: r.int(2),
      withdrawn_at: this.#maybe(at, 0.05),
      petition: this.#maybe(() => ({}), 0.05),
      task: this.#maybe(() => ({}), 0.05),
      guarded_by: this.#maybe(() => systemAccountId, 0.05),
      channel: r.pick(['phone', 'phone', 'phone', 'resident-app', 'import']),
      outside_number: null,
    }
  }
  #entries(id: string, count: number) {
    const posts = [...t.street.staff.values()].map(({ postId }) => postId)
    return Array.from({ length: count }, () => {
      const at = this.#instant()
      return {
        id: newId(at.getTime()),
        case_id: id,
        at: at.toISOString(),
        act: this.#random.pick(acts),
        actor_id: systemAccountId,
        post_id: this.#random.pick(posts),
        to_state: this.#random.pick([null, 'in-progress', 'answered']),
        detail: this.#random.chance(0.5) ? { of: 'return' } : {},
      }
    })
  }
  async file(count: number) {
    const made = Array.from({ length: count }, () => {
      const created = this.#instant()
      const id = newId(created.getTime())
      this.cases.push(id)
      return {
        row: {
          ...freshCase,
          street_id: t.street.streetId,
          id,
          number: `R${id}`,
          kind: null,
          matter_id: null,
          title: '灯',
          text: '灯坏了',
          urgency: 'P2' as const,
          lng: null,
          lat: null,
          source_datum: null,
          place_text: null,
          building_id: null,
          reporter_id: this.#maybe(() => systemAccountId),
          filed_by: systemAccountId,
          on_behalf: true,
          confidential: false,
          created_at: created,
          ...this.#columns(),
          withdrawn_at: null,
        } as never,
        entries: this.#entries(id, this.#random.int(6)) as never,
        reporter: null,
        terms: ['灯'],
      }
    })
    // A guarded case is nobody's to file, so it is put down above row security.
    await t.look(`insert into cases select * from jsonb_populate_recordset(null::cases, $1::jsonb)`, [
      JSON.stringify(made.map(({ row }) => row)),
    ])
    await this.#add(made.flatMap(({ entries }) => entries))
    await t.look(
      `update cases set matter_id = (select id from matters m where m.street_id = $1 order by md5(m.id::text || cases.id::text) limit 1)
       where street_id = $1 and matter_id is null and right(id::text, 1) < 'c'`,
      [t.street.streetId],
    )
  }
  async #add(entries: readonly unknown[]) {
    await t.look(
      `insert into case_entries (street_id, id, case_id, at, act, actor_id, post_id, to_state, detail)
       select $1, e.id, e.case_id, e.at, e.act, e.actor_id, e.post_id, e.to_state, e.detail
       from jsonb_to_recordset($2::jsonb) e(id uuid, case_id uuid, at timestamptz, act text, actor_id uuid, post_id uuid, to_state text, detail jsonb)`,
      [t.street.streetId, JSON.stringify(entries)],
    )
  }
  /** As an act leaves a case: other columns and a few entries more, in one transaction. */
  async change(count: number) {
    for (let done = 0; done < count; done++) {
      const id = this.#random.pick(this.cases)
      const columns = this.#columns()
      const keys = Object.keys(columns)
      await this.#add(this.#entries(id, this.#random.int(3)))
      await t.look(
        `update cases set version = version + 1, (${keys.join()}) = (select ${keys.join()} from jsonb_populate_record(null::cases, $2::jsonb))
         where id = $1`,
        [id, JSON.stringify(columns)],
      )
    }
  }
}

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
  const from = addDays(firstDay, random.int(20))
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
    const from = addDays(firstDay, random.int(20))
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
    const history = new History(seed)
    if (seed === 1) await markCounted()
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

test('a recount finds what somebody changed behind its back, puts it right, and says how much it was', async () => {
  while ((await fold()) > 0);
  await t.look(
    `update case_rollups set answered = answered + 1 where street_id = $1 and split = 'all' and answered > 0`,
    [t.street.streetId],
  )
  const wrong = await recount()
  expect(wrong?.factsWrong).toBe(0)
  expect(wrong?.sumsWrong).toBeGreaterThan(0)
  await t.look(`delete from case_facts where street_id = $1 and 'solved' = any(figures)`, [t.street.streetId])
  expect((await recount())?.factsWrong).toBeGreaterThan(0)
  expect(await recount()).toMatchObject({ factsWrong: 0, sumsWrong: 0 })
  await expectTrue(99)
}, 60_000)
