/** How many open cases lie in each area, beside the names on the map of areas. */
import { call } from '../../../platform/client/index.ts'
import { listCases } from '../contract.ts'

const openStates = 'pending,accepted,assigned,in-progress,result-submitted'
/** Beyond this the figure would be a part of the whole and is not shown as if it were all. */
const mostPages = 40

export const caseBadges = {
  key: 'cases',
  words: { zh: '未办结诉求', en: 'Open cases' },
  async load(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>()
    let cursor: string | undefined
    for (let page = 0; page < mostPages; page++) {
      const { items, nextCursor } = await call(listCases, {
        query: { state: openStates, limit: 100, ...(cursor ? { cursor } : {}) },
      })
      for (const { area } of items) if (area) counts.set(area.id, (counts.get(area.id) ?? 0) + 1)
      if (nextCursor === null) return counts
      cursor = nextCursor
    }
    return new Map()
  },
}
