/** Moving, adding and removing corners; whoever shares one shares what becomes of it. Pure. */
import Flatbush from 'flatbush'
import {
  type BorderMap,
  type Corner,
  cornerAt,
  cornerKey,
  mapRings,
  nearestOnEdge,
  type Patch,
  type Ring,
  ringEdges,
  type Shape,
  sameCorner,
} from './border-map.ts'

/** Corners this near to an edge, in degrees of latitude, lie on it: some three centimetres. */
export const onEdgeDegrees = 3e-7

/** Moves a corner for all that share it. Undefined when one of them would lose its surface. */
export function moveCorner(map: BorderMap, from: Corner, to: Corner): Patch | undefined {
  const moved = cornerAt(to[0], to[1])
  return changeAt(map, from, (ring) => ring.map((corner) => (sameCorner(corner, from) ? moved : corner)))
}

/** Takes a corner out for all that share it. Undefined when one of them would be left with fewer than three. */
export function removeCorner(map: BorderMap, at: Corner): Patch | undefined {
  return changeAt(map, at, (ring) => ring.filter((corner) => !sameCorner(corner, at)))
}

function changeAt(map: BorderMap, at: Corner, change: (ring: Ring) => readonly Corner[]): Patch | undefined {
  const patch = new Map<string, Shape>()
  for (const id of map.idsAt(at)) {
    const before = map.get(id)
    if (!before) continue
    const after = mapRings(before, change)
    if (ringCount(after) < ringCount(before)) return undefined
    patch.set(id, after)
  }
  return patch
}

const ringCount = (shape: Shape): number => shape.reduce((count, rings) => count + rings.length, 0)

/** Puts corners onto the edges that they lie on, for every area that has such an edge. */
export function addCorners(map: BorderMap, corners: readonly Corner[]): Patch {
  const patch = new Map<string, Shape>()
  for (const corner of corners) {
    const [lng, lat] = corner
    const reach = onEdgeDegrees * 2
    for (const id of map.idsNear([lng - reach, lat - reach, lng + reach, lat + reach])) {
      const before = patch.get(id) ?? map.get(id)
      const after = before && withCorner(before, corner)
      if (after) patch.set(id, after)
    }
  }
  return patch
}

/** The shape with the corner on the edge that it lies on; undefined when it lies on none, or is a corner already. */
export function withCorner(shape: Shape, corner: Corner): Shape | undefined {
  let changed = false
  const after = shape.map((rings) =>
    rings.map((ring) => {
      if (ring.some((one) => sameCorner(one, corner))) return ring
      const longer: Corner[] = []
      let done = false
      for (const [a, b] of ringEdges(ring)) {
        longer.push(a)
        if (done || nearestOnEdge(corner, a, b).distance > onEdgeDegrees) continue
        longer.push(corner)
        done = true
      }
      if (!done) return ring
      changed = true
      return longer
    }),
  )
  return changed ? after : undefined
}

/**
 * Gives every shape the corners of its neighbours that lie on its edges, so that borders that look shared are shared.
 * Corners of different areas less than three centimetres apart become one.
 */
export function stitchShapes(shapes: ReadonlyMap<string, Shape>): Map<string, Shape> {
  const joined = joinCorners(shapes)
  const corners = new Map<string, Corner>()
  for (const shape of joined.values())
    for (const rings of shape)
      for (const ring of rings) for (const corner of ring) corners.set(cornerKey(corner), corner)
  const all = [...corners.values()]
  if (all.length === 0) return joined
  const index = new Flatbush(all.length)
  for (const [lng, lat] of all) index.add(lng, lat)
  index.finish()
  const onEdge = ([ax, ay]: Corner, [bx, by]: Corner): Corner[] =>
    index
      .search(
        Math.min(ax, bx) - onEdgeDegrees,
        Math.min(ay, by) - onEdgeDegrees,
        Math.max(ax, bx) + onEdgeDegrees,
        Math.max(ay, by) + onEdgeDegrees,
      )
      .map((found) => all[found])
      .filter((corner) => corner !== undefined)
  for (const [id, shape] of joined)
    joined.set(
      id,
      mapRings(shape, (ring) => stitchRing(ring, onEdge)),
    )
  return joined
}

function stitchRing(ring: Ring, near: (a: Corner, b: Corner) => readonly Corner[]): Corner[] {
  const own = new Set(ring.map(cornerKey))
  const longer: Corner[] = []
  for (const [a, b] of ringEdges(ring)) {
    longer.push(a)
    const between = near(a, b)
      .filter((corner) => !own.has(cornerKey(corner)))
      .map((corner) => ({ corner, ...nearestOnEdge(corner, a, b) }))
      .filter(({ distance, along }) => distance <= onEdgeDegrees && along > 0 && along < 1)
      .sort((one, other) => one.along - other.along)
    longer.push(...between.map(({ corner }) => corner))
  }
  return longer
}

/** The first of corners that nearly coincide stands for all of them. */
function joinCorners(shapes: ReadonlyMap<string, Shape>): Map<string, Shape> {
  const cells = new Map<string, Corner>()
  const cell = (lng: number, lat: number) =>
    `${Math.floor(lng / onEdgeDegrees)} ${Math.floor(lat / onEdgeDegrees)}`
  const stands = (corner: Corner): Corner => {
    for (const dx of [0, -1, 1])
      for (const dy of [0, -1, 1]) {
        const there = cells.get(cell(corner[0] + dx * onEdgeDegrees, corner[1] + dy * onEdgeDegrees))
        if (there && Math.hypot(there[0] - corner[0], there[1] - corner[1]) <= onEdgeDegrees) return there
      }
    cells.set(cell(corner[0], corner[1]), corner)
    return corner
  }
  return new Map([...shapes].map(([id, shape]) => [id, mapRings(shape, (ring) => ring.map(stands))]))
}

export interface Snap {
  readonly at: Corner
  readonly kind: 'corner' | 'edge'
}

/** The nearest corner within reach (degrees of latitude), else the nearest point of an edge; undefined when all is far. */
export function snapTo(map: BorderMap, at: Corner, reach: number, ids?: Iterable<string>): Snap | undefined {
  const wide = reach / Math.cos((at[1] * Math.PI) / 180)
  const near = ids ?? map.idsNear([at[0] - wide, at[1] - reach, at[0] + wide, at[1] + reach])
  let corner: { at: Corner; distance: number } | undefined
  let edge: { at: Corner; distance: number } | undefined
  for (const id of near)
    for (const rings of map.get(id) ?? [])
      for (const ring of rings)
        for (const [a, b] of ringEdges(ring)) {
          const toCorner = nearestOnEdge(at, a, a).distance
          if (toCorner <= (corner?.distance ?? reach)) corner = { at: a, distance: toCorner }
          const nearest = nearestOnEdge(at, a, b)
          if (nearest.distance <= (edge?.distance ?? reach)) edge = nearest
        }
  if (corner) return { at: corner.at, kind: 'corner' }
  return edge && { at: edge.at, kind: 'edge' }
}
