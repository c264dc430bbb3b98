/**
 * A tree of hashes over a list that only grows. Rule: RFC 6962, section 2.1: SHA-256, a leaf is hashed behind 0x00 and a
 * node behind 0x01, and the left subtree of n leaves holds the largest power of two below n.
 */
import { createHash } from 'node:crypto'

/** The roots of the whole subtrees that a list of `size` leaves falls into, the largest first. */
export interface Peaks {
  readonly size: number
  readonly hashes: readonly Buffer[]
}

export const noLeaves: Peaks = { size: 0, hashes: [] }
const leafPrefix = Buffer.from([0])
const nodePrefix = Buffer.from([1])

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const leafHash = (content: Buffer | string): Buffer => sha256(leafPrefix, content)
const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(nodePrefix, left, right)

/** The list with these leaves after its own. */
export function withLeaves({ size, hashes }: Peaks, leaves: Iterable<Buffer>): Peaks {
  const peaks = [...hashes]
  let count = size
  for (const leaf of leaves) {
    let node = leaf
    for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = peaks.pop()
      if (left === undefined) throw new Error('peaks are missing')
      node = nodeHash(left, node)
    }
    peaks.push(node)
    count += 1
  }
  return { size: count, hashes: peaks }
}

/** The root of the whole list; of an empty one the hash of nothing. */
export function rootOf({ hashes }: Peaks): Buffer {
  const last = hashes.at(-1)
  if (last === undefined) return sha256('')
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
}

/** How many whole subtrees a list of this size falls into. */
export function peakCount(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/** The root of the leaves from `from` to before `to`; whoever calls knows how to find it. */
export type RangeRoot = (from: number, to: number) => Buffer

/** Over all leaves, held in memory. */
export const rangesOf =
  (leaves: readonly Buffer[]): RangeRoot =>
  (from, to) =>
    rootOf(withLeaves(noLeaves, leaves.slice(from, to)))

/** Over a list of which only the peaks and the leaves after them are at hand: all that a proof of growth asks for. */
export function rangesAfter(old: Peaks, added: readonly Buffer[]): RangeRoot {
  const starts: number[] = []
  let next = 0
  for (let width = 2 ** Math.floor(Math.log2(Math.max(old.size, 1))); width >= 1; width /= 2)
    if (old.size - next >= width) {
      starts.push(next)
      next += width
    }
  const rangesOfAdded = rangesOf(added)
  return (from, to) => {
    if (from >= old.size) return rangesOfAdded(from - old.size, to - old.size)
    const first = starts.indexOf(from)
    const last = to === old.size ? starts.length : starts.indexOf(to)
    const inside = first < 0 || last < 0 ? [] : old.hashes.slice(first, last)
    if (inside.length !== 1) throw new Error(`leaves ${from} to ${to} are not at hand`)
    return inside[0] ?? Buffer.alloc(0)
  }
}

function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** The hashes beside the way from a leaf to the root of the first `size` leaves. */
export function inclusionProof(rootOfRange: RangeRoot, index: number, size: number): Buffer[] {
  const path = (from: number, to: number): Buffer[] => {
    if (to - from <= 1) return []
    const middle = from + largestPowerBelow(to - from)
    return index < middle
      ? [...path(from, middle), rootOfRange(middle, to)]
      : [...path(middle, to), rootOfRange(from, middle)]
  }
  return path(0, size)
}

/** The hashes that show the first `oldSize` of `size` leaves to be what they were. */
export function consistencyProof(rootOfRange: RangeRoot, oldSize: number, size: number): Buffer[] {
  if (oldSize === 0 || oldSize === size) return []
  const path = (from: number, to: number, known: boolean): Buffer[] => {
    if (oldSize === to) return known ? [] : [rootOfRange(from, to)]
    const middle = from + largestPowerBelow(to - from)
    return oldSize <= middle
      ? [...path(from, middle, known), rootOfRange(middle, to)]
      : [...path(middle, to, false), rootOfRange(from, middle)]
  }
  return path(0, size, true)
}

/** Whether the leaf stands at the index of a list with this root. */
export function isIncluded(
  leaf: Buffer,
  place: { index: number; size: number },
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  const rest = [...proof]
  const climb = (from: number, to: number): Buffer | undefined => {
    if (to - from === 1) return leaf
    const beside = rest.pop()
    if (beside === undefined) return undefined
    const middle = from + largestPowerBelow(to - from)
    const inner = place.index < middle ? climb(from, middle) : climb(middle, to)
    if (inner === undefined) return undefined
    return place.index < middle ? nodeHash(inner, beside) : nodeHash(beside, inner)
  }
  if (!(place.index >= 0 && place.index < place.size)) return false
  const found = climb(0, place.size)
  return found !== undefined && rest.length === 0 && found.equals(root)
}

/** Whether a list of `size` leaves with `root` begins with the one of `oldSize` leaves and `oldRoot`. */
export function isContinued(
  old: { size: number; root: Buffer },
  now: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (old.size > now.size) return false
  if (old.size === now.size) return proof.length === 0 && old.root.equals(now.root)
  if (old.size === 0) return proof.length === 0
  const rest = [...proof]
  /** Both roots of the leaves from `from`: as they were, and as they are. */
  const climb = (from: number, to: number, known: boolean): [Buffer, Buffer] | undefined => {
    if (old.size === to) {
      const one = known ? old.root : rest.pop()
      return one === undefined ? undefined : [one, one]
    }
    const beside = rest.pop()
    if (beside === undefined) return undefined
    const middle = from + largestPowerBelow(to - from)
    const inner = old.size <= middle ? climb(from, middle, known) : climb(middle, to, false)
    if (inner === undefined) return undefined
    const [before, after] = inner
    return old.size <= middle
      ? [before, nodeHash(after, beside)]
      : [nodeHash(beside, before), nodeHash(beside, after)]
  }
  const found = climb(0, now.size, true)
  return found !== undefined && rest.length === 0 && found[0].equals(old.root) && found[1].equals(now.root)
}
