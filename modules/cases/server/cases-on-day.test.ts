/** What a list and a figure say of a day: a micro-grid is cut in two, two others become one, and the cases stay where they lay. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AreaGeometry } from '../../../lib/geometry.ts'
import { newId } from '../../../lib/ids.ts'
import { inTransaction } from '../../../platform/db.ts'
import * as areas from '../../areas/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { closeCase, listCases, reopenCase } from '../contract.ts'
import { casesOnDay } from './cases-on-day.ts'
import { countFigures } from './figures.ts'

let t: TestCases
let steps: CaseSteps
const [before, recut, after] = ['2026-09-14', '2026-09-21', '2026-09-23']
const heirs = { west: '', east: '' }
const made = { west: '', east: '', nowhere: '', closed: '', later: '' }
const tenAm = (day: string) => new Date(`${day}T10:00:00+08:00`)

const half = (west: number, east: number): AreaGeometry => {
  const { lng, lat } = t.street.pointIn('c1g1m1')
  const [left, right, low, high] = [lng + west, lng + east, lat - 0.005, lat + 0.005]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [left, low],
        [right, low],
        [right, high],
        [left, high],
        [left, low],
      ],
    ],
  }
}

const drafted = (areaId: string, more: Partial<areas.DraftArea>): areas.DraftArea => ({
  areaId,
  act: 'add',
  code: null,
  level: null,
  name: null,
  kind: null,
  parentId: null,
  position: 0,
  boundsText: null,
  geometry: null,
  origins: [],
  ...more,
})

/** m1 is cut down the middle, in force on the Monday after. */
async function cut(): Promise<void> {
  const admin = await t.as('system-admin')
  const m1 = t.street.areaId('c1g1m1')
  const add = (side: 'west' | 'east', geometry: AreaGeometry) => {
    heirs[side] = newId(t.clock.now().getTime())
    const parentId = t.street.areaId('c1g1')
    const named = { code: side, name: `微网格${side}`, level: 'micro-grid', parentId, origins: [m1] }
    return drafted(heirs[side], { ...named, geometry })
  }
  const draft = await admin.call(areas.createDraft, { body: { name: '年末调整' } })
  const put = [drafted(m1, { act: 'end' }), add('west', half(-0.005, 0)), add('east', half(0, 0.005))]
  const saved = await admin.call(areas.saveDraft, {
    params: { id: draft.body.id },
    body: { version: draft.body.version, put, drop: [] },
  })
  const done = await admin.call(areas.putDraftInForce, {
    params: { id: saved.body.id },
    body: { version: saved.body.version, onDay: recut, approval: '滨街发〔2026〕18号' },
  })
  expect(done.body.state).toBe('in-force')
}

beforeAll(async () => {
  t = await startTestCases({ at: tenAm(before) })
  steps = caseSteps(t)
  const { lng, lat, datum } = t.street.pointIn('c1g1m1')
  const fileAt = async (east: number) =>
    (await t.file(await steps.resident(), { place: { lng: lng + east, lat, datum } })).id
  made.west = await fileAt(-0.003)
  made.east = await fileAt(0.003)
  made.nowhere = (await t.file(await steps.resident(), { place: undefined, text: '公交站牌看不清' })).id
  made.closed = await steps.answered()
  await cut()
  t.clock.moveTo(tenAm('2026-09-16'))
  await steps.act('verifier-c1', closeCase, made.closed, { outcome: 'solved' })
  t.clock.moveTo(tenAm('2026-09-22'))
  made.later = await fileAt(0.002)
  t.clock.moveTo(tenAm('2026-09-24'))
  await steps.act('resident', reopenCase, made.closed, { words: '又坏了' })
}, 120_000)
afterAll(() => t.close())

const list = async (query: object) =>
  (await (await steps.by('supervisor')).call(listCases, { query: { limit: 100, ...query } })).body.items
const ids = async (query: object) => (await list(query)).map(({ id }) => id).sort()

test('the list of a day has what was open at its end, in the state and the area of that day', async () => {
  const then = await list({ onDay: before })
  expect(then.map(({ id }) => id).sort()).toEqual([made.west, made.east, made.nowhere, made.closed].sort())
  const closed = then.find(({ id }) => id === made.closed)
  expect(closed).toMatchObject({ state: 'answered', area: { code: 'c1g1m1' }, clock: { state: 'none' } })
  // Closed on the 16th, reported again on the 24th: not open in between.
  expect(await ids({ onDay: '2026-09-15' })).toContain(made.closed)
  expect(await ids({ onDay: after })).toEqual([made.west, made.east, made.nowhere, made.later].sort())
  expect(await ids({ onDay: '2026-09-24' })).toContain(made.closed)
  expect(await ids({ onDay: after, state: 'closed' })).toEqual([made.closed])
  expect(await ids({ onDay: '2026-09-13' })).toEqual([])
})

test('a case of a micro-grid that was cut is found in the half in which it lies, and before that where it was', async () => {
  const m1 = t.street.areaId('c1g1m1')
  expect(await ids({ onDay: before, areaId: m1 })).toEqual([made.west, made.east, made.closed].sort())
  expect(await ids({ onDay: before, areaId: heirs.east })).toEqual([])
  expect(await ids({ onDay: after, areaId: m1 })).toEqual([])
  expect(await ids({ onDay: after, areaId: heirs.west })).toEqual([made.west])
  expect(await ids({ onDay: after, areaId: heirs.east })).toEqual([made.east, made.later].sort())
  const shown = await list({ onDay: after, areaId: heirs.east })
  expect(shown.map(({ area }) => area?.code)).toEqual(['east', 'east'])
  // What was filed after the cut lay, on a day before it, in what was there then; it was just not filed yet.
  expect(await ids({ onDay: before, areaId: m1, figure: 'reported', from: before, to: after })).toContain(
    made.later,
  )
})

test('on any day the figures of a parent are the sum of those of its children and of what lies in none', async () => {
  const actor = systemActorOf(t.street)
  const asked = [{ figure: 'reported' as const, from: before, to: after }]
  for (const day of [before, '2026-09-20', recut, after]) {
    const { tree, counted } = await inTransaction(t.pool, { actor }, async (tx) => {
      const asOf = await casesOnDay(tx, actor, day)
      const count = async (areaIds: readonly string[]) =>
        (await countFigures(tx, actor, asked, { areaIds, asOf, at: t.clock.now() })).reduce(
          (sum, one) => sum + one.count,
          0,
        )
      const sums = new Map<string, { under: number; own: number }>()
      for (const { id } of asOf.areas.areas.values())
        sums.set(id, { under: await count(asOf.areas.under(id)), own: await count([id]) })
      return { tree: asOf.areas.areas, counted: sums }
    })
    for (const { id } of tree.values()) {
      const below = [...tree.values()].filter(({ parentId }) => parentId === id)
      const sum = below.reduce((total, one) => total + (counted.get(one.id)?.under ?? 0), 0)
      expect(counted.get(id)?.under).toBe(sum + (counted.get(id)?.own ?? 0))
    }
    expect(counted.get(t.street.areaId(t.street.code))?.under).toBe(5)
    // One of them lies on the cut itself, and a border belongs to one side, always the same.
    expect(counted.get(heirs.east)?.under).toBe(day < recut ? undefined : 3)
    // Each number opens a list of as many.
    for (const [areaId, { under }] of counted)
      expect(await ids({ ...asked[0], onDay: day, areaId })).toHaveLength(under)
  }
})

test('what is due or waits for somebody is asked for now and not for a day', async () => {
  for (const query of [{ due: 'overdue' }, { mine: true }]) {
    const reply = await (await steps.by('supervisor')).call(listCases, {
      query: { onDay: before, ...query } as never,
    })
    expect(reply.code).toBe('platform/invalid-input')
  }
})
