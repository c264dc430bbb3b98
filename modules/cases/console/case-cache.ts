/** One case and the lists it stands in, as this page keeps them; an act changes its row in place and moves none. */
import { type InfiniteData, type QueryClient, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { OutputOf } from '../../../lib/contract.ts'
import { call } from '../../../platform/client/index.ts'
import {
  type CaseSummary,
  type CaseView,
  type CaseWithEntries,
  getCase,
  type listCases,
} from '../contract.ts'
import { expectOwnChange } from './live-cases.ts'

export type CasePage = OutputOf<typeof listCases>

/** Reads one case; nothing but the person, or their own act, reads it again. */
export function useCase(id: () => string | undefined) {
  return useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => call(getCase, { params: { id: id() ?? '' } }, { signal }),
    enabled: () => id() !== undefined,
    staleTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  })
}

/** Shows the new state of a row in every list that holds it, where it stands. */
function replaceRow(client: QueryClient, view: CaseView): void {
  const row: CaseSummary = view
  client.setQueriesData<InfiniteData<CasePage>>({ queryKey: ['cases'] }, (kept) =>
    kept
      ? {
          ...kept,
          pages: kept.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (item.id === row.id ? { ...item, ...row } : item)),
          })),
        }
      : kept,
  )
}

/** What a screen does around an act of its own. */
export function useCaseChanges() {
  const client = useQueryClient()
  return {
    /** Runs an act so that the news of it, which comes back over the live stream, is not told to its author. */
    async change(id: string, act: string, run: () => Promise<CaseView>): Promise<CaseView> {
      const forget = expectOwnChange(id, act)
      try {
        const view = await run()
        replaceRow(client, view)
        client.setQueryData<CaseWithEntries>(['case', id], (kept) => (kept ? { ...kept, case: view } : kept))
        await client.invalidateQueries({ queryKey: ['case', id] })
        client.invalidateQueries({ queryKey: ['case-counts'] })
        return view
      } catch (error) {
        forget()
        throw error
      }
    },
    refresh: (id: string) => client.invalidateQueries({ queryKey: ['case', id] }),
  }
}
