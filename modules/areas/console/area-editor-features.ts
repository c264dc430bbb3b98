/** Shapes, corners and buildings as the editor's map takes them, in the datum that it is drawn in. */
import type { Feature, Position } from 'geojson'
import { boxOfShape, type Corner, type Shape } from '../rules/border-map.ts'

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

const middles = new WeakMap<Shape, Corner>()

/** Where a name stands: the middle of the box of its longest ring. Kept with the shape, which never changes itself. */
export function middleOf(shape: Shape, onto: (corner: Corner) => Corner): [number, number] | undefined {
  const known = middles.get(shape)
  if (known) return [...onto(known)]
  let ring: readonly Corner[] = []
  for (const [outer] of shape) if (outer && outer.length > ring.length) ring = outer
  if (ring.length === 0) return undefined
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of ring) {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  const middle: Corner = [(west + east) / 2, (south + north) / 2]
  middles.set(shape, middle)
  return [...onto(middle)]
}

/** Degrees across of the middle one of these shapes. */
export function usualSide(shapes: readonly Shape[]): number {
  const sides = shapes.flatMap((shape) => {
    const box = boxOfShape(shape)
    return box ? [box[2] - box[0]] : []
  })
  return sides.sort((a, b) => a - b)[Math.floor(sides.length / 2)] ?? 0
}
