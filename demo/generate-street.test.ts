import { expect, test } from 'vitest'
import { roles } from '../lib/contract.ts'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { generateStreet } from './generate-street.ts'
import { areaOf, contains, type Point } from './partition.ts'
import { allThemes } from './texts/all-themes.ts'

const street = generateStreet({ seed: 1, today: '2026-11-22' })
const areas = new Map(street.areas.map((area) => [area.code, area]))
const flat = (code: string): Point[] =>
  (areas.get(code)?.ring ?? []).slice(0, -1).map(([lng, lat]) => [lng, lat])

test('the same seed and day give the same content, another seed another street', () => {
  expect(JSON.stringify(generateStreet({ seed: 1, today: '2026-11-22' })) === JSON.stringify(street)).toBe(
    true,
  )
  expect(generateStreet({ seed: 2, today: '2026-11-22' }).areas).not.toEqual(street.areas)
})

test('another day moves the cases and leaves the shapes and people as they are', () => {
  const later = generateStreet({ seed: 1, today: '2027-02-01' })
  expect(later.areas).toEqual(street.areas)
  expect(later.residents).toEqual(street.residents)
  expect(later.cases.length).toBe(street.cases.length)
})

test('3 communities, 12 grids, 70 micro-grids, 153 buildings, 2,000 cases in every state', () => {
  const count = (level: string) => street.areas.filter((area) => area.level === level).length
  expect([count('street'), count('community'), count('grid'), count('micro-grid')]).toEqual([1, 3, 12, 70])
  expect(street.buildings).toHaveLength(153)
  expect(street.compounds).toHaveLength(24)
  const states: Record<string, number> = {}
  for (const each of street.cases) states[each.now.state] = (states[each.now.state] ?? 0) + 1
  expect(states).toMatchObject({
    pending: 60,
    accepted: 40,
    assigned: 60,
    'in-progress': 120,
    'result-submitted': 40,
    answered: 80,
  })
  expect(street.cases).toHaveLength(2000)
})

test('children tile their parent: the areas add up, and every edge is shared or outer', () => {
  for (const area of street.areas) {
    const children = street.areas.filter((each) => each.parentCode === area.code)
    const own = areaOf(flat(area.code))
    expect(own).toBeGreaterThan(0)
    if (children.length === 0) continue
    const sum = children.reduce((total, child) => total + areaOf(flat(child.code)), 0)
    expect(Math.abs(sum - own) / own).toBeLessThan(1e-6)
    const edges = new Map<string, number>()
    for (const child of children) {
      for (const [i, point] of (areas.get(child.code)?.ring ?? []).slice(0, -1).entries()) {
        const next = areas.get(child.code)?.ring[i + 1]
        edges.set(`${point} ${next}`, (edges.get(`${point} ${next}`) ?? 0) + 1)
      }
    }
    const outer = [...edges.keys()].filter((edge) => !edges.has(edge.split(' ').reverse().join(' ')))
    const ring = area.ring.slice(0, -1).map((point, i) => `${point} ${area.ring[i + 1]}`)
    expect(outer.sort()).toEqual(ring.sort())
  }
})

test('2,000 points of the street lie in exactly one micro-grid each', () => {
  const random = createSeededRandom('points')
  const outline = flat(street.code)
  const leaves = street.areas.filter((area) => area.level === 'micro-grid').map((area) => flat(area.code))
  const lngs = outline.map(([lng]) => lng)
  const lats = outline.map(([, lat]) => lat)
  const between = (values: number[]) =>
    Math.min(...values) + random.next() * (Math.max(...values) - Math.min(...values))
  for (let found = 0; found < 2000; ) {
    const point: Point = [between(lngs), between(lats)]
    if (!contains(outline, point)) continue
    found++
    expect(leaves.filter((leaf) => contains(leaf, point))).toHaveLength(1)
  }
})

test('buildings and the places of cases lie in the micro-grid that they name', () => {
  for (const building of street.buildings)
    expect(contains(flat(building.microGridCode), building.place)).toBe(true)
  for (const each of street.cases) {
    if (each.place === null || each.microGridCode === null) continue
    expect(contains(flat(each.microGridCode), each.place), each.key).toBe(true)
  }
})

test('every role has a demo account, and every area and organisation the posts that it needs', () => {
  for (const role of roles.filter((each) => each !== 'resident')) {
    const person = street.people.find((each) => each.userName === role)
    expect(
      street.posts.some((post) => post.personKey === person?.key && post.role === role),
      role,
    ).toBe(true)
  }
  const has = (role: string, code: string) =>
    street.posts.filter(
      (post) => post.role === role && (post.areaCode === code || post.organisationCode === code),
    )
  for (const area of street.areas) {
    if (area.level === 'community')
      expect(has('clerk', area.code).length + has('secretary', area.code).length).toBeGreaterThan(1)
    if (area.level === 'grid') expect(has('grid-head', area.code)).toHaveLength(1)
    if (area.level === 'micro-grid')
      expect(has('micro-grid-member', area.code).filter((post) => post.isLead)).toHaveLength(1)
  }
  for (const each of street.organisations) {
    expect(has('organisation-lead', each.code)).toHaveLength(1)
    expect(has('handler', each.code).length).toBeGreaterThan(0)
    expect(each.mustMatterKeys.length).toBeGreaterThan(0)
  }
  const admins = street.posts.filter((post) => post.role.endsWith('-admin')).map((post) => post.personKey)
  expect(street.posts.filter((post) => admins.includes(post.personKey))).toHaveLength(3)
})

test('every key that is named exists', () => {
  const keys = new Set([
    ...street.organisations.map((each) => each.code),
    ...street.posts.map((each) => each.key),
    ...street.residents.map((each) => each.key),
    ...street.cases.map((each) => each.key),
    ...street.areas.map((each) => each.code),
  ])
  for (const compound of street.compounds) expect(keys.has(compound.propertyOrganisation)).toBe(true)
  for (const each of street.cases) {
    for (const { by, data } of each.history) {
      const named = [
        ...Object.values(by),
        data.organisation,
        data.post,
        data.parentCase,
        data.areaCode,
        ...(data.helpers ?? []),
      ]
      for (const key of named)
        if (typeof key === 'string') expect(keys.has(key), `${each.key} ${key}`).toBe(true)
    }
  }
})

test('texts are complete, of human length and varied; phones lie in the made-up range', () => {
  expect(new Set(allThemes.flatMap((theme) => theme.words)).size).toBeGreaterThanOrEqual(150)
  expect(JSON.stringify(street)).not.toMatch(/\{[楼路店天几时层]|undefined|\{单位\}|\{事\}/)
  for (const each of street.cases) {
    expect(each.text.length).toBeGreaterThanOrEqual(10)
    expect(each.text.length, each.text).toBeLessThanOrEqual(120)
  }
  expect(new Set(street.cases.map((each) => each.text)).size).toBeGreaterThan(1500)
  for (const resident of street.residents) expect(resident.phone).toMatch(/^(1380000000[1-9]|1390000\d{4})$/)
})

test('no real place is named', () => {
  const real =
    /北京|上海|天津|重庆|成都|四川|渝中|江北|九龙坡|永川|成华|锦江|武侯|广州|深圳|杭州|观音桥|华新街|解放碑/
  expect(JSON.stringify(street)).not.toMatch(real)
})
