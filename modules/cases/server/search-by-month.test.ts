/** Words are looked for month by month and year by year (decision 0058): whatever lies where, the newest that hold them are found. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSeededRandom } from '../../../lib/seeded-random.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { listCases } from '../contract.ts'
import { searchCandidates } from './case-list.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  const who = await steps.resident()
  const there = await t.asResident('13900000003')
  for (let n = 0; n < 30; n++) {
    await t.file(who)
    if (n % 6 === 0) await t.file(there, { place: t.other.pointIn('c1g1m1') })
  }
}, 120_000)
afterAll(() => t.close())

const words = ['甲乙', '乙丙', '丙丁', '丁戊']

/** Each case at an instant and with words of its own; instants are on the edges of months and years too, and several are one. */
async function scatter(seed: number): Promise<void> {
  const random = createSeededRandom(seed)
  const edges = [
    '2026-10-01T00:00:00Z',
    '2026-09-30T23:59:59.999999Z',
    '2026-01-01T00:00:00Z',
    '2025-12-31T23:59:59.999999Z',
  ]
  for (const { case_id } of await t.look<{ case_id: string }>(
    'select case_id from case_search order by case_id',
  )) {
    const at = random.chance(0.3)
      ? random.pick(edges)
      : new Date(
          Date.UTC(2022 + random.int(5), random.int(12), 1 + random.int(28), random.int(24)),
        ).toISOString()
    const terms = words.filter(() => random.chance(0.6))
    await t.look('update case_search set created_at = $2, terms = $3 where case_id = $1', [
      case_id,
      at,
      terms,
    ])
  }
}

const found = (terms: readonly string[], before: string, limit: number) =>
  inTransaction(t.pool, { actor: systemActorOf(t.street), readOnly: true }, (tx) =>
    searchCandidates(tx, terms, new Date(before), limit),
  )

test.each([1, 2, 3])(
  'the newest with all words up to an instant, as one look over everything gives them (seed %i)',
  async (seed) => {
    await scatter(seed)
    const random = createSeededRandom(seed + 100)
    let some = 0
    for (let turn = 0; turn < 60; turn++) {
      const terms = random.shuffle(words).slice(0, 1 + random.int(3))
      const before = random.pick([
        '2100-01-01T00:00:00Z',
        '2026-10-01T00:00:00Z',
        '2026-05-17T08:00:00Z',
        '2025-12-31T23:59:59.999Z',
        '2023-03-01T00:00:00Z',
        '2020-01-01T00:00:00Z',
      ])
      const limit = random.pick([1, 4, 12, 500])
      const all = await t.look<{ case_id: string; at: string }>(
        `select case_id, created_at::text as at from case_search where street_id = $1 and terms @> $2 and created_at <= $3 order by created_at desc`,
        [t.street.streetId, terms, before],
      )
      const atOf = new Map(all.map(({ case_id, at }) => [case_id, at]))
      const ids = await found(terms, before, limit)
      expect(new Set(ids).size).toBe(ids.length)
      // Cases of one instant may stand in any order.
      expect(ids.map((id) => atOf.get(id))).toEqual(all.slice(0, limit).map(({ at }) => at))
      some += ids.length
    }
    expect(some).toBeGreaterThan(100)
  },
)

test('the number of a case also finds the case that mentions it', async () => {
  const [named] = await t.look<{ number: string }>('select number from cases where street_id = $1 limit 1', [
    t.street.streetId,
  ])
  const number = named?.number ?? ''
  const { id } = await t.file(await steps.resident(), { text: `和${number}说的是同一件事` })
  const { body } = await (await steps.by('clerk-c1')).call(listCases, { query: { q: number, limit: 20 } })
  expect(body.items.map((item) => item.number)).toContain(number)
  expect(body.items.map((item) => item.id)).toContain(id)
})
