/** The lists under the filters of the address; the page and its paper read the same. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import type { QueryOf } from '../../../lib/contract.ts'
import { call, callUrl, clientLanguage, savedName } from '../../../platform/client/index.ts'
import { useUrlFilters } from '../../../ui/url-filters.ts'
import { exportThreeLists, getThreeLists } from '../contract.ts'
import { useOwnAreas } from './gathering-areas.ts'

type ListsQuery = QueryOf<typeof getThreeLists>

export function useThreeLists() {
  const areas = useOwnAreas()
  const values = useUrlFilters(['areaId', 'from', 'to', 'route', 'source', 'state'])
  /** The first area of one's own, unless another was chosen. */
  const filters = computed(() => {
    const areaId = values.value.areaId ?? areas.value[0]?.value
    return areaId === undefined ? undefined : ({ ...values.value, areaId } as ListsQuery)
  })
  const query = useQuery({
    queryKey: ['three-lists', filters],
    queryFn: () => call(getThreeLists, { query: filters.value as ListsQuery }),
    enabled: () => filters.value !== undefined,
    retry: false,
  })
  return { areas, values, filters, query }
}

/** @throws ClientRefusal, ClientOffline */
export async function saveThreeLists(filters: ListsQuery): Promise<void> {
  const response = await fetch(callUrl(exportThreeLists, {}, { ...filters, language: clientLanguage() }), {
    credentials: 'same-origin',
  }).catch(() => undefined)
  // A refusal is told in words by asking for the lists once more.
  if (!response?.ok) {
    await call(getThreeLists, { query: filters })
    return
  }
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = savedName(response.headers) ?? 'three-lists.xlsx'
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
