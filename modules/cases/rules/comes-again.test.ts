import { expect, test } from 'vitest'
import { type ClosedPlace, comesAgain } from './comes-again.ts'

const closedAt = new Date('2026-09-14T01:00:00Z')
const place = (more: Partial<ClosedPlace> = {}): ClosedPlace => ({
  matterId: 'lamp',
  areaId: 'grid',
  buildingId: null,
  placeText: null,
  lng: 106.5,
  lat: 29.5,
  ...more,
})
const again = (more: Partial<ClosedPlace> = {}, days = 3, closed: Partial<ClosedPlace> = {}) =>
  comesAgain(
    { ...place(closed), closedAt },
    { ...place(more), createdAt: new Date(closedAt.getTime() + days * 86_400_000) },
    30,
  )

test.each([
  ['the same matter and place three days later', again(), true],
  ['on the last of thirty days', again({}, 30), true],
  ['on the thirty-first', again({}, 31), false],
  ['filed before it was closed', again({}, -1), false],
  ['another matter', again({ matterId: 'noise' }), false],
  ['no matter at all', again({ matterId: null }, 3, { matterId: null }), false],
  ['forty metres away', again({ lat: 29.50036 }), true],
  ['sixty metres away', again({ lat: 29.50054 }), false],
  [
    'the same building, its points apart',
    again({ buildingId: 'b', lat: 29.6 }, 3, { buildingId: 'b' }),
    true,
  ],
  ['another building next door', again({ buildingId: 'c' }, 3, { buildingId: 'b' }), false],
  [
    'no point, the same words',
    again({ lng: null, placeText: '3栋' }, 3, { lng: null, placeText: '3栋' }),
    true,
  ],
  ['no point and no words: the grid alone is too wide', again({ lng: null }, 3, { lng: null }), false],
  ['another grid', again({ areaId: 'other' }), false],
])('%s', (_, found, expected) => {
  expect(found).toBe(expected)
})
