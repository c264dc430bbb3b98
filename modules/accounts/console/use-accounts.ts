/** The staff accounts under a search, page by page; every read stands in the audit trail, so none is made unasked. */
import { useInfiniteQuery } from '@tanstack/vue-query'
import { computed, watch } from 'vue'
import { call } from '../../../platform/client/index.ts'
import { readStatus } from '../../../platform/client/read-status.ts'
import { listAccounts } from '../contract.ts'

export function useAccounts(search: () => string, openId: () => string | undefined) {
  const list = useInfiniteQuery({
    queryKey: computed(() => ['accounts', search()]),
    queryFn: ({ pageParam }) =>
      call(listAccounts, {
        query: {
          limit: 50,
          ...(search() ? { q: search() } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  })
  const rows = computed(() => list.data.value?.pages.flatMap((page) => page.items) ?? [])
  const opened = computed(() => rows.value.find((row) => row.id === openId()))
  // A link to an account further down: read on until it comes.
  watch(
    () => [openId(), opened.value, list.hasNextPage.value, list.isFetching.value] as const,
    ([id, found, more, busy]) => {
      if (id && !found && more && !busy && !list.isError.value) list.fetchNextPage()
    },
    { immediate: true },
  )
  return {
    rows,
    opened,
    looking: computed(() => list.isFetching.value || list.hasNextPage.value === true),
    status: computed(() => readStatus(list.error.value, list.isPending.value)),
    hasMore: computed(() => list.hasNextPage.value === true),
    loadingMore: computed(() => list.isFetchingNextPage.value),
    more: () => list.fetchNextPage(),
    again: () => list.refetch(),
  }
}
