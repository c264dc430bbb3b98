/** Which cases seem to be about one thing: by meaning, place and time together. A suggestion only: a person joins them. */

export interface ClusterFacts {
  /** ltree path. */
  readonly area: string
  readonly buildingId: string | null
  readonly createdAt: Date
  readonly matterKey: string | null
  /** Who said it, as far as that is known; a person who says a thing again uses other words. */
  readonly reporter: string | null
}

export interface AlikePair {
  readonly a: number
  readonly b: number
  /** Of their words, 0 to 1. */
  readonly alike: number
}

/** Two texts this alike are about one thing wherever nothing speaks against it. Measured on labelled pairs (0029). */
const alikeWords = 0.34
/** Words need be less alike where they lie at one place, or where one person said both. */
const alikeWithPlace = 0.24
/** The least that any rule here lets pass. */
export const alikeOfOne = 0.2
const withinDays = 45
const dayMs = 86_400_000

/**
 * Whether two cases may be one. Other matters, other communities and more than six weeks between them speak against it:
 * what is the same thing elsewhere is answered by somebody else.
 */
export function seemOne(a: ClusterFacts, b: ClusterFacts, alike: number): boolean {
  if (a.matterKey !== null && b.matterKey !== null && a.matterKey !== b.matterKey) return false
  if (Math.abs(a.createdAt.getTime() - b.createdAt.getTime()) > withinDays * dayMs) return false
  const [one, two] = [a.area.split('.'), b.area.split('.')]
  const unplaced = one.length === 1 || two.length === 1
  if (!unplaced && one[1] !== two[1]) return false
  const samePlace =
    (a.buildingId !== null && a.buildingId === b.buildingId) || (a.area === b.area && one.length > 2)
  if (a.reporter !== null && a.reporter === b.reporter) return alike >= alikeOfOne
  return alike >= (samePlace ? alikeWithPlace : alikeWords)
}

/**
 * Groups of two and more, the largest first. A case joins a group only when it seems one with at least half of it, so
 * that a chain of neighbours does not join what has nothing in common.
 */
export function clusterCases(
  facts: readonly ClusterFacts[],
  pairs: readonly AlikePair[],
): { members: number[]; alike: number }[] {
  const near = pairs.filter(({ a, b, alike }) => {
    const [one, two] = [facts[a], facts[b]]
    return one !== undefined && two !== undefined && seemOne(one, two, alike)
  })
  const linked = new Set(near.map(({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}`))
  const areLinked = (a: number, b: number) => linked.has(`${Math.min(a, b)} ${Math.max(a, b)}`)
  const groups: { members: number[]; alike: number }[] = []
  const groupOf = new Map<number, { members: number[]; alike: number }>()
  const half = (members: readonly number[], others: readonly number[]) => {
    const links = members.flatMap((one) => others.filter((other) => areLinked(one, other)))
    return links.length * 2 >= members.length * others.length
  }
  for (const { a, b, alike } of near) {
    const [one, two] = [
      groupOf.get(a) ?? { members: [a], alike: 1 },
      groupOf.get(b) ?? { members: [b], alike: 1 },
    ]
    if (one === two || !half(one.members, two.members)) continue
    const joined = { members: [...one.members, ...two.members], alike: Math.min(one.alike, two.alike, alike) }
    for (const old of [one, two]) if (groups.includes(old)) groups.splice(groups.indexOf(old), 1)
    groups.push(joined)
    for (const member of joined.members) groupOf.set(member, joined)
  }
  return groups.sort((a, b) => b.members.length - a.members.length || b.alike - a.alike)
}
