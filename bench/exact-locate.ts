/**
 * The answer that locating must give, in whole numbers and written apart from it: a place is moved an endlessly small
 * step to the east and an endlessly smaller one to the north, by scaling everything up and really moving it.
 */
import type { Leaves, Spot } from './locate-polygons.ts'

const scale = 1n << 100n
const eastward = 1n << 50n
const northward = 1n

type Big = readonly [bigint, bigint]

export interface ExactLeaves {
  /** The place in the list of the leaf that holds the spot, or -1. */
  find(spot: Spot): number
}

/** Leaves by the cells of a plain raster, so that no index is shared with what is tested. */
export function exactLeaves({ rings }: Leaves, cell: number): ExactLeaves {
  const cells = new Map<string, number[]>()
  const big = rings.map((parts) => parts.map((ring) => ring.map(([x, y]): Big => [BigInt(x), BigInt(y)])))
  for (const [index, parts] of rings.entries()) {
    const outer = parts[0] ?? []
    const range = (axis: 0 | 1) => {
      const values = outer.map((spot) => spot[axis])
      return [Math.floor(Math.min(...values) / cell), Math.floor(Math.max(...values) / cell)] as const
    }
    const [[west, east], [south, north]] = [range(0), range(1)]
    for (let x = west; x <= east; x++)
      for (let y = south; y <= north; y++) {
        const key = `${x} ${y}`
        const there = cells.get(key)
        if (there) there.push(index)
        else cells.set(key, [index])
      }
  }
  return {
    find([x, y]) {
      // In the order of the list, which is the order of the paths.
      const near = cells.get(`${Math.floor(x / cell)} ${Math.floor(y / cell)}`) ?? []
      const spot: Big = [BigInt(x), BigInt(y)]
      const holding = near.find((index) => holds(big[index] ?? [], spot))
      return holding ?? near.find((index) => touches(big[index] ?? [], spot)) ?? -1
    },
  }
}

/** Moved off every border, the place is on one side of each edge; counting crossings of the ray to the west decides. */
function holds(rings: readonly (readonly Big[])[], [x, y]: Big): boolean {
  let odd = false
  const [px, py] = [x * scale + eastward, y * scale + northward]
  for (const ring of rings)
    for (const [index, end] of ring.entries()) {
      const start = ring[index - 1] ?? ring.at(-1) ?? end
      const [low, high] = start[1] < end[1] ? [start, end] : [end, start]
      if (low[1] > y || high[1] < y || low[1] * scale >= py || high[1] * scale <= py) continue
      const cross = (high[0] - low[0]) * (py - low[1] * scale) - (high[1] - low[1]) * (px - low[0] * scale)
      if (cross < 0n) odd = !odd
    }
  return odd
}

function touches(rings: readonly (readonly Big[])[], [x, y]: Big): boolean {
  for (const ring of rings)
    for (const [index, [bx, by]] of ring.entries()) {
      const [ax, ay] = ring[index - 1] ?? ring.at(-1) ?? [bx, by]
      const within = (value: bigint, one: bigint, other: bigint) =>
        one < other ? one <= value && value <= other : other <= value && value <= one
      if (within(x, ax, bx) && within(y, ay, by) && (bx - ax) * (y - ay) === (by - ay) * (x - ax)) return true
    }
  return false
}
