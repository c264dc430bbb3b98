/**
 * Mends one micro-grid of a re-cut by a chain of moves: it gives some buildings to a neighbour or takes some, the neighbour passes
 * on what is then too much or fetches what it lacks from the next one, until all that took part are within the deviation. What one
 * move over one border can not do, for the neighbour is full itself, a chain of three or four mostly can.
 */
// Rule: an ejection chain, as in Glover, Ejection chains, reference structures and alternating path methods (1996).
import { num } from './partition-graph.ts'
import { groupsBeside, holdsWithout, householdsOf, membersOf, type Plan } from './partition-plan.ts'
import { type Books, movedBy } from './partition-recut-books.ts'
import { overLimit } from './partition-split.ts'

/** How far a search goes before it gives up. */
export interface ChainEffort {
  readonly moves: number
  /** Of the moves that one group could make, how many are followed. */
  readonly width: number
  readonly looks: number
}

/** Buildings that change hands together: at most so many spots, each beside another of them. */
const mostAtOnce = 3
/** How much further off, in micro-grids, the groups of a chain may be between its first move and its last. */
const detour = 0.3
/** What a cut compound weighs in the choice of moves, in micro-grids of households. */
const cutWeight = 0.1

interface HandOver {
  readonly spots: readonly number[]
  readonly from: number
  readonly to: number
}

interface Option extends HandOver {
  readonly moved: number
  readonly rank: number
}

/** Makes the cheapest chain found, if it moves no more than `most` households. False when there is none: nothing is changed then. */
export function mendByChain(
  plan: Plan,
  books: Books,
  group: number,
  most: number,
  effort: ChainEffort,
): boolean {
  const start = overOf(plan, group)
  const search: Search = {
    plan,
    books,
    effort,
    start,
    looks: 0,
    chain: [],
    before: new Map([[group, start]]),
    best: undefined,
    bound: most,
  }
  follow(search, [group], 0)
  if (!search.best) return false
  for (const handOver of search.best) makeMove(plan, handOver)
  books.moved += search.bound
  return true
}

interface Search {
  readonly plan: Plan
  readonly books: Books
  readonly effort: ChainEffort
  looks: number
  readonly chain: HandOver[]
  /** How far off each group that was touched had been; the one to be mended first. */
  readonly before: Map<number, number>
  readonly start: number
  best: readonly HandOver[] | undefined
  /** Households that the best chain moves; without one, those that may move. */
  bound: number
}

const overOf = (plan: Plan, group: number): number => {
  const spots = membersOf(plan, group)
  return spots.length === 0 ? 0 : overLimit(householdsOf(plan.graph, spots), plan.aim)
}

/** `off` are the groups that the chain has left off, the newest last. */
function follow(search: Search, off: readonly number[], moved: number): void {
  const group = off.at(-1)
  if (group === undefined) {
    // A dearer one was refused before; of two that move as many the first is kept.
    if (moved < search.bound || !search.best) {
      search.best = [...search.chain]
      search.bound = moved
    }
    return
  }
  if (search.chain.length >= search.effort.moves || search.looks >= search.effort.looks) return
  search.looks += 1
  for (const option of bestOptions(search, group, off, moved)) {
    if (search.best ? moved + option.moved >= search.bound : moved + option.moved > search.bound) continue
    const added = [option.from, option.to].filter((one) => !search.before.has(one))
    for (const one of added) search.before.set(one, overOf(search.plan, one))
    makeMove(search.plan, option)
    search.chain.push(option)
    follow(search, stillOff(search, off, option), moved + option.moved)
    search.chain.pop()
    makeMove(search.plan, { ...option, from: option.to, to: option.from })
    for (const one of added) search.before.delete(one)
  }
}

/** The group that the chain is for must be within; others must be, or be no further off than they were. */
function stillOff({ plan, before }: Search, off: readonly number[], { from, to }: HandOver): number[] {
  const touched = [...off.filter((one) => one !== from && one !== to), from, to]
  const [first] = before.keys()
  return touched.filter((one) => {
    const over = overOf(plan, one)
    return over > 0 && (one === first || over > (before.get(one) ?? 0) + 1e-9)
  })
}

function bestOptions(search: Search, group: number, off: readonly number[], moved: number): Option[] {
  const { plan, books, effort } = search
  const { graph, aim } = plan
  const beside = groupsBeside(plan, group)
  const sizes = new Map([group, ...beside].map((one) => [one, householdsOf(graph, membersOf(plan, one))]))
  const overNow = off.reduce((sum, one) => sum + overOf(plan, one), 0)
  const used = new Set(search.chain.flatMap(({ spots }) => spots))
  const options: Option[] = []
  const consider = (spots: readonly number[], from: number, to: number) => {
    let [households, change] = [0, 0]
    for (const spot of spots) {
      if (used.has(spot)) return
      households += num(graph.households, spot)
      change += movedBy(graph, books, spot, from, to)
    }
    if (moved + change > search.bound) return
    const [giving, taking] = [sizes.get(from) ?? 0, sizes.get(to) ?? 0]
    const over =
      overNow -
      (off.includes(from) ? overLimit(giving, aim) : 0) -
      (off.includes(to) ? overLimit(taking, aim) : 0) +
      overLimit(giving - households, aim) +
      overLimit(taking + households, aim)
    if (over > search.start + detour || !holdsWithout(plan, membersOf(plan, from), spots)) return
    const rank = over + change / aim.target + cutWeight * cutsMore(plan, spots, from, to)
    options.push({ spots, from, to, moved: change, rank })
  }
  for (const other of beside) {
    for (const spots of piecesBeside(plan, group, other)) consider(spots, group, other)
    for (const spots of piecesBeside(plan, other, group)) consider(spots, other, group)
  }
  return options.sort((a, b) => a.rank - b.rank).slice(0, effort.width)
}

/** Connected pieces of a group with a spot that lies beside the other group. */
function piecesBeside(plan: Plan, from: number, to: number): number[][] {
  const { graph, groupOf, members } = plan
  const own = new Map<number, number[]>()
  const pieces: number[][] = []
  for (const spot of members[from] ?? []) {
    const inside: number[] = []
    let atBorder = false
    for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
      const other = num(graph.neighbour, at)
      if (num(groupOf, other) === from) inside.push(other)
      else if (num(groupOf, other) === to) atBorder = true
    }
    own.set(spot, inside)
    if (atBorder) pieces.push([spot])
  }
  const seen = new Set<number>()
  for (let read = 0; read < pieces.length; read++) {
    const piece = pieces[read] ?? []
    if (piece.length === mostAtOnce) break
    for (const spot of piece)
      for (const next of own.get(spot) ?? []) {
        if (piece.includes(next)) continue
        const grown = [...piece, next].sort((a, b) => a - b)
        const key = grown.reduce((sum, one) => sum * (graph.count + 1) + one + 1, 0)
        if (seen.has(key)) continue
        seen.add(key)
        pieces.push(grown)
      }
  }
  return pieces
}

/** How many compounds more, or fewer, would lie in both groups. */
function cutsMore({ graph, members }: Plan, spots: readonly number[], from: number, to: number): number {
  let more = 0
  for (const compound of new Set(spots.map((spot) => num(graph.compound, spot)))) {
    if (compound < 0) continue
    const isOf = (spot: number) => num(graph.compound, spot) === compound
    const stays = members[from]?.some((spot) => isOf(spot) && !spots.includes(spot)) ? 1 : 0
    const isThere = members[to]?.some(isOf) ? 1 : 0
    more += stays - isThere
  }
  return more
}

function makeMove(plan: Plan, { spots, from, to }: HandOver): void {
  plan.members[from] = membersOf(plan, from).filter((one) => !spots.includes(one))
  plan.members[to] = Int32Array.of(...membersOf(plan, to), ...spots)
  for (const spot of spots) plan.groupOf[spot] = to
}
