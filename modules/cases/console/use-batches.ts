/** The batch that runs or has just ended: begun here, followed while it runs, found again after a reload. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { call, subscribe, wordsOf } from '../../../platform/client/index.ts'
import { language, say } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'
import {
  type BatchOrder,
  type BatchSummary,
  listCaseBatches,
  startCaseBatch,
  undoCaseBatch,
} from '../contract.ts'
import { words } from './triage-words.ts'

const kept = 'linli.batch'
const shownId = ref(sessionStorage.getItem(kept) ?? '')
watch(shownId, (id) => sessionStorage.setItem(kept, id))

export interface Chosen {
  readonly caseId: string
  readonly version: number
}

/** `settled` is called when the batch that is shown has just ended. */
export function useBatches(settled: () => void = () => {}) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['case-batches'],
    queryFn: () => call(listCaseBatches),
    // Where the live stream is cut off the looks at it still come.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ endedAt }) => endedAt === null) ? 1_500 : false,
    retry: false,
  })
  const items = computed(() => query.data.value?.items ?? [])
  const shown = computed(() => items.value.find(({ id }) => id === shownId.value))
  onBeforeUnmount(
    subscribe(({ type }) => {
      if (type === 'case-batch') void query.refetch()
    }),
  )
  watch(
    () => shown.value?.endedAt,
    (now, before) => {
      if (now && before === null) settled()
    },
  )

  function take(begun: BatchSummary): void {
    client.setQueryData<{ items: BatchSummary[] }>(['case-batches'], (known) => ({
      items: [begun, ...(known?.items ?? []).filter(({ id }) => id !== begun.id)],
    }))
    shownId.value = begun.id
  }
  return {
    items,
    query,
    shown,
    show: (id: string) => {
      shownId.value = id
    },
    async start(chosen: readonly Chosen[], order: BatchOrder): Promise<void> {
      take(await call(startCaseBatch, { body: { items: [...chosen], order } }))
    },
    /** The whole batch, or some of its cases. */
    async undo(id: string, caseIds?: readonly string[]): Promise<boolean> {
      try {
        take(await call(undoCaseBatch, { params: { id }, body: caseIds ? { caseIds: [...caseIds] } : {} }))
        return true
      } catch (error) {
        notify(wordsOf(error, language.value), { danger: true })
        return false
      }
    },
    /** The newest that can still be taken back. */
    undoLast(): Promise<boolean> {
      const last = items.value.find(
        ({ undoUntil, endedAt, done, partly, undone }) =>
          endedAt !== null &&
          undoUntil !== null &&
          Date.parse(undoUntil) > Date.now() &&
          done + partly > undone,
      )
      if (last) return this.undo(last.id)
      notify(say(words.nothingToUndo))
      return Promise.resolve(false)
    },
  }
}
