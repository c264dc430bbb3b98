/** Making one area of several that share their borders, and a parent's outline of its children. Pure and exact. */
import {
  type Corner,
  cleanRing,
  cornerKey,
  type Ring,
  ringEdges,
  ringHolds,
  type Shape,
  turnOf,
} from './border-map.ts'

/**
 * The outline of all of them together: an edge that two share in opposite directions falls away, what is left closes
 * into rings. Borders must be stitched (`stitchShapes`); where they are not, slivers stay as holes for the checks to show.
 */
export function mergeShapes(shapes: readonly Shape[]): Shape {
  const edges = new Map<string, [Corner, Corner]>()
  for (const shape of shapes)
    for (const rings of shape)
      rings.forEach((ring, index) => {
        // With the inside on the left: outer rings against the clock, holes with it.
        const turned = turnOf(ring) > 0 === (index === 0) ? ring : ring.toReversed()
        for (const [a, b] of ringEdges(turned))
          if (!edges.delete(`${cornerKey(b)}|${cornerKey(a)}`))
            edges.set(`${cornerKey(a)}|${cornerKey(b)}`, [a, b])
      })
  return ringsToShape(linkRings([...edges.values()]))
}

/** Whether the shapes became one piece. */
export const isOnePiece = (shape: Shape): boolean => shape.length === 1

function linkRings(edges: readonly (readonly [Corner, Corner])[]): Ring[] {
  const from = new Map<string, (readonly [Corner, Corner])[]>()
  for (const edge of edges) {
    const key = cornerKey(edge[0])
    from.set(key, [...(from.get(key) ?? []), edge])
  }
  const take = (edge: readonly [Corner, Corner]) => {
    const key = cornerKey(edge[0])
    const left = (from.get(key) ?? []).filter((one) => one !== edge)
    if (left.length > 0) from.set(key, left)
    else from.delete(key)
  }
  const rings: Ring[] = []
  for (const first of edges) {
    if (!from.get(cornerKey(first[0]))?.includes(first)) continue
    const ring: Corner[] = []
    let edge: readonly [Corner, Corner] | undefined = first
    while (edge) {
      take(edge)
      ring.push(edge[0])
      edge = sharpestLeft(edge, from.get(cornerKey(edge[1])) ?? [])
    }
    const clean = cleanRing(ring)
    if (clean.length > 0) rings.push(clean)
  }
  return rings
}

/** Where several rings meet in one corner, the sharpest turn to the left keeps each of them simple. */
function sharpestLeft(
  [a, b]: readonly [Corner, Corner],
  next: readonly (readonly [Corner, Corner])[],
): readonly [Corner, Corner] | undefined {
  const heading = Math.atan2(b[1] - a[1], b[0] - a[0])
  const turn = ([, c]: readonly [Corner, Corner]) => {
    const by = Math.atan2(c[1] - b[1], c[0] - b[0]) - heading
    return by > Math.PI ? by - 2 * Math.PI : by <= -Math.PI ? by + 2 * Math.PI : by
  }
  return [...next].sort((one, other) => turn(other) - turn(one))[0]
}

function ringsToShape(rings: readonly Ring[]): Shape {
  const outers = rings.filter((ring) => turnOf(ring) > 0).map((ring) => [ring])
  // The smallest that holds it: an outer ring may lie in another one's hole.
  const smallestFirst = [...outers].sort((a, b) => turnOf(a[0] ?? []) - turnOf(b[0] ?? []))
  for (const hole of rings.filter((ring) => turnOf(ring) < 0)) {
    const [a, b] = hole
    if (!a || !b) continue
    const inside: Corner = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    smallestFirst.find(([outer]) => outer && outer !== hole && ringHolds(outer, inside))?.push(hole)
  }
  return outers
}
