/** The rows of a list under its filters, page by page; read again only when the person asks for it. */
import { useInfiniteQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import type { QueryOf } from '../../../lib/contract.ts'
import { ClientRefusal, call, wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'
import { listCases } from '../contract.ts'
import { useLiveCases } from './live-cases.ts'

export type CaseFilters = Omit<QueryOf<typeof listCases>, 'cursor' | 'limit'>
const rowsAtOnce = 50

export function useCaseList(filters: () => CaseFilters) {
  const query = useInfiniteQuery({
    queryKey: ['cases', filters],
    queryFn: ({ pageParam, signal }) =>
      call(listCases, { query: { ...filters(), limit: rowsAtOnce, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
  const rows = computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? [])
  const live = useLiveCases(compare)

  /** After news may have been missed: which rows differ from what is shown. */
  async function compare(): Promise<void> {
    if (query.data.value === undefined) return
    const now = await call(listCases, { query: { ...filters(), limit: rowsAtOnce } }).catch(() => undefined)
    const versions = new Map(rows.value.map((row) => [row.id, row.version]))
    live.add((now?.items ?? []).filter((row) => versions.get(row.id) !== row.version).map((row) => row.id))
  }

  const status = computed(() => {
    const error = query.error.value
    if (error instanceof ClientRefusal && error.status === 403) return 'forbidden' as const
    if (query.isError.value) return 'failed' as const
    return query.isPending.value ? ('loading' as const) : ('ready' as const)
  })
  return {
    rows,
    status,
    changed: live.changed,
    failedWords: computed(() => (query.error.value ? wordsOf(query.error.value, language.value) : undefined)),
    hasMore: computed(() => query.hasNextPage.value === true),
    loadingMore: computed(() => query.isFetchingNextPage.value),
    more: () => query.fetchNextPage(),
    refresh() {
      live.clear()
      return query.refetch()
    },
  }
}
