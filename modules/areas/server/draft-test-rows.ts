/** Rows of drafts for tests of re-cuts. */
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { DraftArea } from '../contract.ts'

/** In hundredths of the first test street's squares: degrees from 106.5° E, 29.55° N. */
export const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [106.5 + west, 29.55 + south],
      [106.5 + east, 29.55 + south],
      [106.5 + east, 29.55 + north],
      [106.5 + west, 29.55 + north],
      [106.5 + west, 29.55 + south],
    ],
  ],
})

/** An area that ends, and what a row of another act begins from. */
export const ended = (areaId: string): DraftArea => ({
  areaId,
  act: 'end',
  code: null,
  level: null,
  name: null,
  kind: null,
  parentId: null,
  position: 0,
  boundsText: null,
  geometry: null,
  origins: [],
})
