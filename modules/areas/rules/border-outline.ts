/** Whether two outlines are the same line, whatever corners they have along it. Pure. */
import { onEdgeDegrees } from './border-acts.ts'
import { type Corner, nearestOnEdge, type Ring, type Shape } from './border-map.ts'

/** Corners may differ by a few centimetres, start anywhere and stand more closely on the same line. */
export function sameOutline(one: Shape, other: Shape): boolean {
  if (one === other) return true
  if (one.length !== other.length) return false
  return one.every((rings, part) => {
    const others = other[part] ?? []
    return rings.length === others.length && rings.every((ring, index) => sameRing(ring, others[index] ?? []))
  })
}

const near = (a: Corner, b: Corner): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) <= onEdgeDegrees * 2

function sameRing(one: Ring, other: Ring): boolean {
  const [a, b] = [bends(one), bends(other)]
  const first = a[0]
  if (!first || a.length !== b.length) return a.length === b.length
  const start = b.findIndex((corner) => near(corner, first))
  if (start < 0) return false
  const forward = [...b.slice(start), ...b.slice(0, start)]
  const backward = [...forward.slice(0, 1), ...forward.slice(1).reverse()]
  return [forward, backward].some((turned) =>
    a.every((corner, index) => near(corner, turned[index] ?? [Infinity, Infinity])),
  )
}

/** Only the corners in which the line bends. */
function bends(ring: Ring): Ring {
  return ring.filter((corner, index) => {
    const [before, after] = [ring.at(index - 1), ring[(index + 1) % ring.length]]
    return !before || !after || nearestOnEdge(corner, before, after).distance > onEdgeDegrees
  })
}
