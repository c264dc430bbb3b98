import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Datum, fromWgs84, toWgs84 } from './datum.ts'
import { distanceM } from './geometry.ts'

const lng = fc.double({ min: 97, max: 122, noNaN: true })
const lat = fc.double({ min: 22, max: 45, noNaN: true })
const datum = fc.constantFrom<Datum>('wgs84', 'cgcs2000', 'gcj02', 'bd09')

test('a place sent to an outside map and back is where it was, to half a metre', () => {
  fc.assert(
    fc.property(lng, lat, datum, (x, y, name) => {
      const out = fromWgs84(x, y, name)
      const back = toWgs84(out.lng, out.lat, name)
      expect(distanceM(x, y, back.lng, back.lat)).toBeLessThan(0.5)
    }),
  )
})

test('WGS-84 and CGCS2000 pass through to the last digit', () => {
  expect(toWgs84(106.5501234567891, 29.58, 'wgs84')).toEqual({ lng: 106.5501234567891, lat: 29.58 })
  expect(toWgs84(106.5501234567891, 29.58, 'cgcs2000')).toEqual({ lng: 106.5501234567891, lat: 29.58 })
})

test('GCJ-02 taken for WGS-84 would be some 480 m off in 江北, which the conversion mends', () => {
  const gcj = fromWgs84(106.55, 29.58, 'gcj02')
  const off = distanceM(106.55, 29.58, gcj.lng, gcj.lat)
  expect(off).toBeGreaterThan(450)
  expect(off).toBeLessThan(510)
})

test('outside China GCJ-02 is WGS-84', () => {
  expect(toWgs84(2.35, 48.85, 'gcj02')).toEqual({ lng: 2.35, lat: 48.85 })
})
