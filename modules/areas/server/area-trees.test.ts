import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/actor.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startTestServer, type TestServer } from '../../../platform/testing/test-server.ts'
import type { AreaFigureLine } from '../contract.ts'
import { figureLines } from '../rules/figures-below.ts'
import { areasInForce } from './area-store.ts'
import { buildingsOn, treeOn } from './draft-store.ts'
import {
  areasModule,
  createStreet,
  insertAreas,
  insertBuildings,
  type NewArea,
  type NewBuilding,
} from './index.ts'

let server: TestServer
const at = new Date('2026-09-14T09:00:00+08:00')
const day = '2026-09-14'
beforeAll(async () => {
  server = await startTestServer({ modules: [areasModule], authenticator: () => async () => undefined })
})
afterAll(() => server.close())

/** How many lie in the n-th of `parents` when `children` are dealt out evenly. */
const dealt = (children: number, parents: number, n: number) =>
  Math.floor((children * (n + 1)) / parents) - Math.floor((children * n) / parents)

/** A street whose levels hold so many areas each, with a building of some households in every leaf. */
async function load(code: string, levels: readonly string[], counts: readonly number[]) {
  const made = await inTransaction(server.pool, { actor: undefined }, async (tx) => {
    const { streetId, root } = await createStreet(tx, {
      code,
      name: `样例${code}`,
      demo: true,
      levels: ['street', ...levels].map((level) => ({ level, name: level, nameEn: level })),
      at,
    })
    const areas: NewArea[] = []
    let above = [code]
    levels.forEach((level, depth) => {
      const count = counts[depth] ?? 0
      const here: string[] = []
      above.forEach((parentCode, index) => {
        for (let number = 0; number < dealt(count, above.length, index); number++) {
          const own = `${'cgmn'[depth]}${here.length + 1}`
          here.push(own)
          areas.push({ code: own, level, name: own, parentCode })
        }
      })
      above = here
    })
    const ids = await insertAreas(tx, streetId, at, areas)
    const buildings: NewBuilding[] = above.map((leaf, index) => ({
      code: `B${leaf}`,
      name: leaf,
      address: leaf,
      areaId: ids.get(leaf)?.id ?? '',
      households: 20 + (index % 37),
    }))
    await insertBuildings(tx, streetId, at, buildings)
    return {
      streetId,
      path: root.path,
      households: buildings.reduce((sum, one) => sum + (one.households ?? 0), 0),
    }
  })
  const lines = await inTransaction(
    server.pool,
    { actor: systemActor(made.streetId, made.path), readOnly: true },
    async (tx) =>
      figureLines(await treeOn(tx, made.streetId, day), await buildingsOn(tx, made.streetId, day), []),
  )
  return { ...made, lines }
}

function expectAddedUp(lines: readonly AreaFigureLine[]) {
  const below = new Map<string, AreaFigureLine[]>()
  for (const line of lines)
    if (line.parentId !== null) below.set(line.parentId, [...(below.get(line.parentId) ?? []), line])
  for (const line of lines) {
    const children = below.get(line.area.id)
    if (!children) continue
    for (const key of ['households', 'buildings', 'leaves'] as const)
      expect(children.reduce((sum, one) => sum + one.counted[key], 0)).toBe(line.counted[key])
  }
}
const countAt = (lines: readonly AreaFigureLine[], level: string) =>
  lines.filter(({ area }) => area.level === level).length

// Rule: systems.md §0, 2: fan-out and the number of levels differ by place; both are data.
test.each([
  ['990109001', ['community', 'grid', 'micro-grid'], [8, 111, 924]],
  ['990109002', ['grid', 'micro-grid'], [140, 750]],
])(
  'a street of %s with levels %j of %j areas loads, and every figure is the sum of those below it',
  async (code, levels, counts) => {
    const { lines, households } = await load(code, levels, counts)
    expect(levels.map((level) => countAt(lines, level))).toEqual(counts)
    expectAddedUp(lines)
    const root = lines.find(({ parentId }) => parentId === null)
    expect(root?.counted).toMatchObject({ households, leaves: counts.at(-1) })
  },
)

test('a district of 81, 961 and 6,316 is its streets: each adds up by itself, and together they are the district', async () => {
  const streets = 9
  const totals = { community: 0, grid: 0, 'micro-grid': 0, households: 0, counted: 0 }
  for (let n = 0; n < streets; n++) {
    const counts = [81, 961, 6316].map((count) => dealt(count, streets, n))
    const { lines, households, streetId, path } = await load(
      `99011000${n + 1}`,
      ['community', 'grid', 'micro-grid'],
      counts,
    )
    expectAddedUp(lines)
    for (const level of ['community', 'grid', 'micro-grid'] as const) totals[level] += countAt(lines, level)
    totals.households += households
    totals.counted += lines.find(({ parentId }) => parentId === null)?.counted.households ?? 0
    // No street sees another's areas.
    const own = await inTransaction(
      server.pool,
      { actor: systemActor(streetId, path), readOnly: true },
      (tx) => areasInForce(tx, streetId, day),
    )
    expect(own).toHaveLength(lines.length)
  }
  expect(totals).toMatchObject({ community: 81, grid: 961, 'micro-grid': 6316 })
  expect(totals.counted).toBe(totals.households)
})
