import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { mapTiles } from './map-setting.ts'

const takes = (path: string) => Value.Check(mapTiles.schema, { ...mapTiles.fallback, path })

test.each(['', '/tiles/{z}/{x}/{y}.png', '/wmts?layer=a&z={z}&x={x}&y={y}'])(
  'tiles may lie at %j',
  (path) => {
    expect(takes(path)).toBe(true)
  },
)

test.each([
  '//tiles.example/{z}/{x}/{y}.png',
  '/\\tiles.example/{z}/{x}/{y}.png',
  'https://tiles.example/{z}/{x}/{y}.png',
  'javascript:{z}',
  'tiles/{z}',
])('tiles of another site are refused: %j', (path) => {
  expect(takes(path)).toBe(false)
})
