/** Cutting an area along a line. The parts share the cut corner by corner. Pure. */

import { onEdgeDegrees, withCorner } from './border-acts.ts'
import {
  type Corner,
  cleanRing,
  cornerAt,
  cornerKey,
  type Ring,
  ringEdges,
  ringHolds,
  type Shape,
  sameCorner,
  shapeHolds,
} from './border-map.ts'

export type Cut =
  | {
      readonly ok: true
      readonly parts: readonly [Shape, Shape]
      /** Where the cut meets the border: neighbours get these corners too. */
      readonly ends: readonly [Corner, Corner]
    }
  | { readonly ok: false; readonly why: 'does-not-cross' | 'crosses-often' | 'through-a-hole' }

/**
 * Cuts along the stretch of the line that leads through the area from border to border. What the line does outside
 * does not matter, so it may be drawn beyond. Other parts of a multipolygon stay with the part that is nearer the first.
 */
export function cutShape(shape: Shape, line: readonly Corner[]): Cut {
  const cuts = shape.flatMap((rings, index) =>
    crossingsThrough(rings[0] ?? [], line).map((through) => ({ index, through })),
  )
  const [cut, ...others] = cuts
  if (!cut) return { ok: false, why: 'does-not-cross' }
  if (others.length > 0) return { ok: false, why: 'crosses-often' }
  const { index, through } = cut
  const rings = shape[index] ?? []
  const holes = rings.slice(1)
  if (holes.some((hole) => meets(hole, through))) return { ok: false, why: 'through-a-hole' }
  const [from, to] = [through[0], through.at(-1)]
  if (!from || !to) return { ok: false, why: 'does-not-cross' }
  const [one, other] = divide(rings[0] ?? [], through)
  const withHoles = (ring: Ring) => [ring, ...holes.filter((hole) => hole[0] && ringHolds(ring, hole[0]))]
  const rest = shape.filter((_, part) => part !== index)
  return { ok: true, parts: [[withHoles(one), ...rest], [withHoles(other)]], ends: [from, to] }
}

/** The stretches of the line that lead through the inside of the ring from border to border. */
function crossingsThrough(ring: Ring, line: readonly Corner[]): Corner[][] {
  const stretches: Corner[][] = []
  let open: Corner[] | undefined
  for (const { at, border } of cornersAlong(ring, line)) {
    open?.push(at)
    if (!border) continue
    if (open && open.length >= 2 && leadsInside(ring, open)) stretches.push(open)
    open = [at]
  }
  return stretches
}

/** The corners of the line with its meetings with the ring between them, in order, none twice in a row. */
function cornersAlong(ring: Ring, line: readonly Corner[]): { at: Corner; border: boolean }[] {
  const along: { at: Corner; border: boolean }[] = []
  const push = (at: Corner, border: boolean) => {
    const last = along.at(-1)
    if (last && sameCorner(last.at, at)) last.border ||= border
    else along.push({ at, border })
  }
  line.forEach((corner, index) => {
    const previous = line[index - 1]
    if (previous) for (const at of meetings(ring, previous, corner)) push(at, true)
    push(corner, isOn(ring, corner))
  })
  return along
}

/** Where a stretch meets the ring, in its own direction; a corner of the ring near it stands for itself. */
function meetings(ring: Ring, from: Corner, to: Corner): Corner[] {
  const found = new Map<string, { at: Corner; along: number }>()
  for (const [a, b] of ringEdges(ring)) {
    const [rx, ry] = [to[0] - from[0], to[1] - from[1]]
    const [sx, sy] = [b[0] - a[0], b[1] - a[1]]
    const cross = rx * sy - ry * sx
    if (cross === 0) continue
    const along = ((a[0] - from[0]) * sy - (a[1] - from[1]) * sx) / cross
    const onEdge = ((a[0] - from[0]) * ry - (a[1] - from[1]) * rx) / cross
    if (along < 0 || along > 1 || onEdge < 0 || onEdge > 1) continue
    const exact = cornerAt(from[0] + rx * along, from[1] + ry * along)
    const at = [a, b].find((corner) => isNear(corner, exact)) ?? exact
    found.set(cornerKey(at), { at, along })
  }
  return [...found.values()].sort((a, b) => a.along - b.along).map(({ at }) => at)
}

const isNear = (a: Corner, b: Corner): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) <= onEdgeDegrees

const isOn = (ring: Ring, at: Corner): boolean =>
  ring.some((corner) => sameCorner(corner, at)) || withCorner([[ring]], at) !== undefined

/** Judged in the middle of its stretches: one that runs along the border leads through nothing. */
function leadsInside(ring: Ring, stretch: readonly Corner[]): boolean {
  return stretch.slice(1).some((to, index) => {
    const from = stretch[index] ?? to
    const middle: Corner = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    return shapeHolds([[ring]], middle) && !isOn(ring, middle)
  })
}

function meets(ring: Ring, stretch: readonly Corner[]): boolean {
  return stretch.slice(1).some((to, index) => meetings(ring, stretch[index] ?? to, to).length > 0)
}

function divide(ring: Ring, through: readonly Corner[]): [Ring, Ring] {
  const [from, to] = [through[0], through.at(-1)]
  if (!from || !to) return [ring, []]
  const [[whole = []] = []] = withCorner(withCorner([[ring]], from) ?? [[ring]], to) ??
    withCorner([[ring]], from) ?? [[ring]]
  const start = whole.findIndex((corner) => sameCorner(corner, from))
  const turned = [...whole.slice(start), ...whole.slice(0, start)]
  const end = turned.findIndex((corner) => sameCorner(corner, to))
  const inner = through.slice(1, -1)
  return [
    cleanRing([...turned.slice(0, end + 1), ...inner.toReversed()]),
    cleanRing([...turned.slice(end), from, ...inner]),
  ]
}
