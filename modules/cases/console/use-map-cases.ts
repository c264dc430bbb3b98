/** The cases that wait at the person's own desk and have a place: their rows from the list, their places from the map's own reading. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { call, wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'
import type { Tone } from '../../../ui/tones.ts'
import { type CaseSummary, listCasePoints, listCases } from '../contract.ts'

/** As many as a person can look at; what is older stands in the list. */
const pagesAtMost = 5

async function waitingRows(): Promise<CaseSummary[]> {
  const rows: CaseSummary[] = []
  let cursor: string | undefined
  for (let page = 0; page < pagesAtMost; page++) {
    const found = await call(listCases, {
      query: { state: 'pending,accepted', mine: true, limit: 100, ...(cursor ? { cursor } : {}) },
    })
    rows.push(...found.items)
    if (found.nextCursor === null) break
    cursor = found.nextCursor
  }
  return rows
}

export interface PlacedCase {
  readonly row: CaseSummary
  readonly lng: number
  readonly lat: number
  readonly tone: Tone
}

export function useMapCases() {
  const query = useQuery({
    queryKey: ['map-cases'],
    queryFn: async () => {
      const [rows, { items }] = await Promise.all([waitingRows(), call(listCasePoints)])
      const places = new Map(items.map((point) => [point.id, point]))
      return rows.flatMap((row): PlacedCase[] => {
        const place = places.get(row.id)
        if (!place) return []
        return [{ row, lng: place.lng, lat: place.lat, tone: place.overdue ? 'overdue' : 'waiting' }]
      })
    },
    refetchOnWindowFocus: false,
    staleTime: 0,
    retry: false,
  })
  return {
    placed: computed(() => query.data.value ?? []),
    status: computed(() => (query.isError.value ? 'failed' : query.isPending.value ? 'loading' : 'ready')),
    failed: computed(() => (query.error.value ? wordsOf(query.error.value, language.value) : '')),
    refresh: () => query.refetch(),
  }
}
