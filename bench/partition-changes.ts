/** What may happen to a town between two cuts: each change gives back its buildings as they are afterwards. */
import type { SeededRandom } from '../lib/seeded-random.ts'
import type { PartitionBuilding } from '../modules/areas/rules/partition-graph.ts'

export type TownChange = (
  today: readonly PartitionBuilding[],
  random: SeededRandom,
) => readonly PartitionBuilding[]

const metre = 1 / 111_320

const grown = (
  today: readonly PartitionBuilding[],
  factor: (at: number) => number,
): readonly PartitionBuilding[] =>
  today.map((one, at) => ({ ...one, households: Math.round(one.households * factor(at)) }))

/** The first four are a twentieth more households, each in another way. */
export const townChanges: Readonly<Record<string, TownChange>> = {
  'a twentieth more everywhere': (today) => grown(today, () => 1.05),
  'a twentieth more, uneven': (today, random) => grown(today, () => 0.95 + 0.2 * random.next()),
  'one building of ten by half': (today, random) => grown(today, () => (random.int(10) === 0 ? 1.5 : 1)),
  'one end by half': (today) => grown(today, (at) => (at < today.length / 10 ? 1.5 : 1)),
  'a twentieth fewer': (today) => grown(today, () => 0.95),
  'one new compound': (today, random) => {
    const { lng, lat } = random.pick(today)
    const added = Array.from({ length: 24 }, (_, at) => ({
      id: `new${at}`,
      lng: lng + (11 + (at % 6) * 30) * metre,
      lat: lat + (13 + Math.floor(at / 6) * 30) * metre,
      households: 60 + random.int(60),
      compound: 'new',
      before: null,
    }))
    return [...today, ...added]
  },
  'one compound demolished': (today, random) => {
    const gone = random.pick(today.flatMap(({ compound }) => compound ?? []))
    return today.filter(({ compound }) => compound !== gone)
  },
}
