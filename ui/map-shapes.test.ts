import { expect, test } from 'vitest'
import { boundsOf, findArea, labelPoint, type MapArea, type Ring } from './map-shapes.ts'

const box = (x0: number, y0: number, x1: number, y1: number): Ring => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
]
const area = (id: string, depth: number, ...rings: Ring[]): MapArea => ({
  id,
  name: id,
  depth,
  polygons: [rings],
})
const street = area('street', 0, box(0, 0, 10, 10))
const community = area('community', 1, box(0, 0, 5, 10))
const withHole = area('hole', 1, box(5, 0, 10, 10), box(6, 1, 9, 9))

test('bounds hold every area and point, and nothing gives null', () => {
  const point = { id: 'p', lng: 12, lat: -1, tone: 'waiting', label: '' } as const
  expect(boundsOf([street], [point])).toEqual([0, -1, 12, 10])
  expect(boundsOf([], [])).toBeNull()
})

test('a label stands in the middle of the largest part', () => {
  expect(labelPoint({ ...street, polygons: [[box(20, 20, 21, 21)], [box(0, 0, 10, 4)]] })).toEqual([5, 2])
})

test('a press finds the deepest area down to the asked level', () => {
  expect(findArea([community, street], { lng: 2, lat: 2 }, 1)?.id).toBe('community')
  expect(findArea([community, street], { lng: 2, lat: 2 }, 0)?.id).toBe('street')
  expect(findArea([community, street], { lng: 20, lat: 2 }, 1)).toBeUndefined()
})

test('a hole is not part of its area', () => {
  expect(findArea([withHole, street], { lng: 7, lat: 5 }, 1)?.id).toBe('street')
})
