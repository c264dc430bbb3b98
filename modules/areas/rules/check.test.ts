import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AreaGeometry, containsPoint } from '../../../lib/geometry.ts'
import { createSeededRandom } from '../../../lib/seeded-random.ts'
import { type CheckedArea, type CheckedBuilding, type CheckedPost, checkedTree } from './check.ts'
import { checkBuildings, checkSizes } from './check-places.ts'
import { checkStaff, type PostRules } from './check-posts.ts'
import { checkShapeOf, checkShapes } from './check-shapes.ts'

/** A box in steps of some 100 m. */
const box = (x: number, y: number, width = 1, height = 1, holes: number[][][] = []): AreaGeometry => {
  const at = (dx: number, dy: number) => [106.5 + (x + dx) / 1000, 29.5 + (y + dy) / 1000]
  return {
    type: 'Polygon',
    coordinates: [[at(0, 0), at(width, 0), at(width, height), at(0, height), at(0, 0)], ...holes],
  }
}

function area(id: string, path: string, geometry: AreaGeometry | null): CheckedArea {
  const labels = path.split('.')
  const level = ['street', 'community', 'grid', 'micro-grid'][labels.length - 1] ?? ''
  return { id, code: id, level, name: id, kind: 'ordinary', path, parentId: labels.at(-2) ?? null, geometry }
}

const street = area('s', 's', null)
const community = area('c', 's.c', box(0, 0, 2))
const [left, right] = [area('a', 's.c.a', box(0, 0)), area('b', 's.c.b', box(1, 0))]
const shapes = (...areas: CheckedArea[]) =>
  checkShapes(checkedTree([street, ...areas])).map(({ kind, areaIds }) => [kind, ...areaIds])

test('areas that share their borders exactly and fill the one above give nothing to mend', () => {
  expect(shapes(community, left, right)).toEqual([])
})

test('a gap, an overlap, a strip of a hand’s width and an area outside are each told with place, size and shape', () => {
  expect(shapes(community, left, area('b', 's.c.b', box(1.2, 0, 0.8)))).toEqual([['gap', 'c']])
  expect(shapes(community, left, area('b', 's.c.b', box(0.7, 0, 1.3)))).toEqual([['overlap', 'a', 'b']])
  expect(shapes(community, left, area('b', 's.c.b', box(1.01, 0, 0.99)))).toEqual([['sliver', 'c']])
  expect(shapes(community, left, area('b', 's.c.b', box(0.99, 0, 1.01)))).toEqual([['sliver', 'a', 'b']])
  expect(shapes(community, left, area('b', 's.c.b', box(1, 0, 1.5)))).toEqual([['outside-parent', 'b', 'c']])
  const [gap] = checkShapes(checkedTree([street, community, left, area('b', 's.c.b', box(1.2, 0, 0.8))]))
  expect(gap?.figure).toBeGreaterThan(2_000)
  expect(gap?.figure).toBeLessThan(2_300)
  expect(gap?.shape && gap.at && containsPoint(gap.shape, ...gap.at)).toBe(true)
})

test('a market drawn on top of a grid is told as one, and is gone once it is cut out', () => {
  const market = area('x', 's.c.x', box(0.2, 0.2, 0.2, 0.2))
  expect(shapes(community, left, right, market)).toEqual([['inside-another', 'x', 'a']])
  const hole = market.geometry?.coordinates[0] as number[][]
  const cut = area('a', 's.c.a', box(0, 0, 1, 1, [hole]))
  expect(shapes(community, cut, right, market)).toEqual([])
})

test('what is not drawn beside drawn siblings is told, and no gap is claimed where it may lie', () => {
  expect(shapes(community, left, area('b', 's.c.b', null))).toEqual([['not-drawn', 'b']])
  expect(shapes(community, area('a', 's.c.a', null), area('b', 's.c.b', null))).toEqual([])
})

test('the editor’s check of one area finds what the report finds of it', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = createSeededRandom(seed)
      const areas = [
        street,
        area('c', 's.c', box(0, 0, 3)),
        ...['m', 'n', 'o'].map((id, at) =>
          area(id, `s.c.${id}`, box(at + random.int(3) * 0.2, 0, 1 - random.int(2) * 0.2)),
        ),
      ]
      const tree = checkedTree(areas)
      const about = (id: string) =>
        checkShapes(tree).filter(
          ({ kind, areaIds }) => areaIds.includes(id) || (areaIds[0] === 'c' && kind !== 'outside-parent'),
        )
      const plain = (findings: readonly { kind: string; figure?: number }[]) =>
        findings.map(({ kind, figure }) => `${kind} ${figure}`).sort()
      for (const id of ['m', 'n', 'o']) expect(plain(checkShapeOf(tree, id))).toEqual(plain(about(id)))
    }),
    { numRuns: 30 },
  )
})

const building = (
  id: string,
  areaId: string,
  x: number | null,
  households: number | null = 10,
): CheckedBuilding => ({
  id,
  name: id,
  areaId,
  lng: x === null ? null : 106.5 + x / 1000,
  lat: x === null ? null : 29.5005,
  households,
})

test('a building lies in one leaf: none, two and another than said are told; one on a shared border is in one', () => {
  const tree = checkedTree([street, community, left, right])
  const kinds = (...buildings: CheckedBuilding[]) => checkBuildings(tree, buildings).map(({ kind }) => kind)
  expect(kinds(building('1', 'a', 0.5), building('2', 'c', 0.5), building('3', 'a', null))).toEqual([])
  expect(kinds(building('1', 'a', 5))).toEqual(['building-nowhere'])
  expect(kinds(building('1', 'b', 0.5))).toEqual(['building-elsewhere'])
  expect(kinds(building('1', 'c', 1))).toEqual([])
  const double = checkedTree([street, community, left, area('b', 's.c.b', box(0, 0, 2))])
  expect(checkBuildings(double, [building('1', 'a', 0.5)])).toMatchObject([
    { kind: 'building-twice', areaIds: ['a', 'b'] },
  ])
  expect(checkBuildings(checkedTree([street]), [building('1', 's', 0.5)])).toEqual([])
  const undrawn = checkedTree([street, community, left, area('b', 's.c.b', null)])
  expect(checkBuildings(undrawn, [building('1', 'b', 1.5)])).toEqual([])
})

test('a grid is too small or too large by the households of all buildings below it; unknown is neither', () => {
  const tree = checkedTree([street, community, left, area('m', 's.c.a.m', null), right])
  const rule = { level: 'grid', least: 300, most: 500 }
  const check = (...buildings: CheckedBuilding[]) => checkSizes(tree, buildings, rule)
  expect(check(building('1', 'a', 0, 300), building('2', 'm', 0, 200))).toEqual([])
  expect(check(building('1', 'a', 0, 300), building('2', 'm', 0, 201))).toEqual([
    { kind: 'too-many-households', areaIds: ['a'], figure: 501 },
  ])
  expect(check(building('1', 'b', 0, 299))).toEqual([
    { kind: 'too-few-households', areaIds: ['b'], figure: 299 },
  ])
  expect(check(building('1', 'b', 0, null))).toEqual([])
})

const rules: PostRules = {
  expected: [{ level: 'grid', role: 'grid-head' }],
  leadLevels: ['micro-grid'],
  mostAreasOfPerson: 2,
  branchLevels: ['grid'],
}
const post = (areaId: string, role: string, more: Partial<CheckedPost> = {}): CheckedPost => ({
  areaId,
  role,
  lead: false,
  accountId: `${role} of ${areaId}`,
  standIn: false,
  ...more,
})

test('vacant posts, members without a lead, a grid without a branch and a person on too many posts are told', () => {
  const tree = checkedTree([street, community, left, right, area('m', 's.c.a.m', null)])
  const staff = (posts: CheckedPost[], branches?: string[]) =>
    checkStaff(tree, { posts, branchAreaIds: branches && new Set(branches) }, rules)
  const heads = [post('a', 'grid-head'), post('b', 'grid-head')]
  expect(staff(heads)).toEqual([])
  expect(staff([post('a', 'grid-head')])).toEqual([
    { kind: 'vacant-post', areaIds: ['b'], role: 'grid-head' },
  ])
  const member = post('m', 'micro-grid-member')
  expect(staff([...heads, member])).toEqual([{ kind: 'no-lead', areaIds: ['m'] }])
  expect(staff([...heads, member, { ...member, lead: true }])).toEqual([])
  expect(staff(heads, ['a'])).toEqual([{ kind: 'no-branch', areaIds: ['b'] }])
  const one = { accountId: 'one' }
  const three = [
    post('a', 'grid-head', one),
    post('b', 'grid-head', one),
    post('m', 'x', { ...one, lead: true }),
  ]
  expect(staff(three)).toEqual([
    { kind: 'too-many-posts', areaIds: ['a', 'b', 'm'], accountId: 'one', figure: 3 },
  ])
  expect(staff(three.map((held) => ({ ...held, standIn: held.areaId === 'm' })))).toEqual([])
})
