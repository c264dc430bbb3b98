/** Shapes, corners and buildings as the editor's map takes them, in the datum that it is drawn in. */
import type { Feature, Position } from 'geojson'
import type { Corner, Shape } from '../rules/border-map.ts'

export interface EditorPin {
  readonly id: string
  readonly name: string
  readonly lng: number
  readonly lat: number
}

export function featureMaker(onto: (corner: Corner) => Corner) {
  const position = (corner: Corner): Position => [...onto(corner)]
  return {
    feature: ({ id, depth }: { readonly id: string; readonly depth: number }, shape: Shape): Feature => ({
      type: 'Feature',
      properties: { id, depth },
      geometry: {
        type: 'MultiPolygon',
        coordinates: shape.map((rings) => rings.map((ring) => [...ring, ...ring.slice(0, 1)].map(position))),
      },
    }),
    /** Each with its own numbers, so that what is pressed is known to the last digit. */
    points: (corners: readonly Corner[]): Feature[] =>
      corners.map((corner) => ({
        type: 'Feature',
        properties: { lng: corner[0], lat: corner[1] },
        geometry: { type: 'Point', coordinates: position(corner) },
      })),
    pinFeatures: (pins: readonly EditorPin[]): Feature[] =>
      pins.map(({ id, name, lng, lat }) => ({
        type: 'Feature',
        properties: { id, name },
        geometry: { type: 'Point', coordinates: position([lng, lat]) },
      })),
  }
}

/** Where a name stands: the middle of the box of its longest ring. */
export function middleOf(shape: Shape, onto: (corner: Corner) => Corner): [number, number] | undefined {
  const ring = [...shape].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0]?.[0]
  if (!ring || ring.length === 0) return undefined
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)]
  const middle: Corner = [
    (Math.min(...lngs) + Math.max(...lngs)) / 2,
    (Math.min(...lats) + Math.max(...lats)) / 2,
  ]
  return [...onto(middle)]
}
