/** How many hold a post in each area, beside the names on the map of areas. */
import { call } from '../../../platform/client/index.ts'
import { listPosts } from '../contract.ts'

export const postBadges = {
  key: 'posts',
  words: { zh: '在岗人数', en: 'People in posts' },
  async load(): Promise<ReadonlyMap<string, number>> {
    const people = new Map<string, Set<string>>()
    for (const { area, holder } of (await call(listPosts)).items)
      if (area) people.set(area.id, (people.get(area.id) ?? new Set()).add(holder.accountId))
    return new Map([...people].map(([id, names]) => [id, names.size]))
  },
}
