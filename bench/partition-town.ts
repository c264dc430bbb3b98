/**
 * A made-up town for the partition's bench and tests: compounds of rows of buildings along roads, single houses between
 * them, households as they are in such buildings. Main roads are the barriers.
 */
import type { SeededRandom } from '../lib/seeded-random.ts'
import type { Barrier, PartitionBuilding } from '../modules/areas/rules/partition-graph.ts'

export interface Town {
  readonly buildings: readonly PartitionBuilding[]
  readonly barriers: readonly Barrier[]
}

const metre = 1 / 111_320
const corner = [106.4, 29.4] as const
/** Of one block between roads, in metres. */
const blockM = 160
/** Every so many blocks the road is a main road. */
const mainEvery = 8

/** Blocks in a square, each a compound, a row of shops with flats above, or scattered houses. */
export function makeTown(count: number, random: SeededRandom): Town {
  const buildings: PartitionBuilding[] = []
  const blocks = Math.ceil(Math.sqrt(count / 9))
  for (let block = 0; buildings.length < count; block++) {
    const [column, row] = [block % blocks, Math.floor(block / blocks)]
    const kind = random.int(10)
    const inBlock = kind < 6 ? 6 + random.int(9) : 3 + random.int(7)
    const compound = kind < 6 ? `compound-${block}` : null
    const high = kind < 2
    for (let i = 0; i < inBlock && buildings.length < count; i++) {
      const [dx, dy] =
        compound === null
          ? [20 + random.next() * (blockM - 40), 20 + random.next() * (blockM - 40)]
          : [25 + (i % 4) * 35 + random.next() * 6, 25 + Math.floor(i / 4) * 30 + random.next() * 6]
      buildings.push({
        id: `b${buildings.length}`,
        lng: corner[0] + (column * blockM + dx) * metre * 1.15,
        lat: corner[1] + (row * blockM + dy) * metre,
        households: high ? 60 + random.int(90) : compound ? 20 + random.int(40) : 4 + random.int(30),
        compound,
        before: null,
      })
    }
  }
  const rows = Math.ceil(buildings.length / 9 / blocks) + 2
  const barriers: Barrier[] = []
  const [width, height] = [blocks * blockM * metre * 1.15, rows * blockM * metre]
  for (let at = mainEvery; at < Math.max(blocks, rows); at += mainEvery) {
    const [x, y] = [corner[0] + at * blockM * metre * 1.15, corner[1] + at * blockM * metre]
    if (at < blocks)
      barriers.push([
        [x, corner[1] - blockM * metre],
        [x, corner[1] + height],
      ])
    if (at < rows)
      barriers.push([
        [corner[0] - blockM * metre, y],
        [corner[0] + width, y],
      ])
  }
  return { buildings, barriers }
}
