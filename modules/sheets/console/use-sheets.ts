/** What the screens of sheets ask of the server. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { newId } from '../../../lib/ids.ts'
import { ClientOffline, call, callUrl } from '../../../platform/client/index.ts'
import { sendRequest } from '../../../platform/client/send-request.ts'
import { say } from '../../../ui/language.ts'
import {
  addTemplate,
  type BatchDetail,
  createBatch,
  getBatch,
  type ListTemplateView,
  listBatches,
  listSheetKinds,
} from '../contract.ts'
import { words } from './sheets-words.ts'

/** A large file over a village network, read on a small machine. */
const uploadTimeoutMs = 180_000
const lookAgainMs = 1_000

export const useSheetKinds = () =>
  useQuery({
    queryKey: ['sheet-kinds'],
    queryFn: async () => (await call(listSheetKinds)).items,
    staleTime: 600_000,
    refetchOnWindowFocus: false,
  })

export const useBatches = () =>
  useQuery({ queryKey: ['sheet-batches'], queryFn: () => call(listBatches), retry: false })

/** One batch; while it is at work it is looked at again every second. */
export function useBatch(id: () => string) {
  const client = useQueryClient()
  const key = computed(() => ['sheet-batch', id()])
  const query = useQuery({
    queryKey: key,
    queryFn: () => call(getBatch, { params: { id: id() } }),
    refetchInterval: (asked) => (isAtWork(asked.state.data) ? lookAgainMs : false),
    refetchOnWindowFocus: false,
    retry: false,
  })
  return {
    query,
    put(detail: BatchDetail) {
      client.setQueryData(key.value, detail)
      void client.invalidateQueries({ queryKey: ['sheet-batches'] })
    },
  }
}

const isAtWork = (detail: BatchDetail | undefined): boolean =>
  detail?.batch.state === 'applying' || detail?.batch.state === 'undoing'

function sendFile(url: string, file: File): Promise<unknown> {
  const form = new FormData()
  form.append('file', file, file.name)
  return sendRequest({
    method: 'POST',
    url,
    headers: { 'idempotency-key': newId(Date.now()) },
    body: form,
    repeatable: true,
    timeoutMs: uploadTimeoutMs,
  })
}

export const sendSheet = async (kind: string, source: string | undefined, file: File): Promise<BatchDetail> =>
  (await sendFile(callUrl(createBatch, {}, { kind, ...(source ? { source } : {}) }), file)) as BatchDetail

export const sendTemplate = async (list: string, name: string, file: File): Promise<ListTemplateView> =>
  (await sendFile(callUrl(addTemplate, {}, { list, ...(name ? { name } : {}) }), file)) as ListTemplateView

/** Fetched first, so that a refusal is not saved as a file. @throws ClientOffline */
export async function saveWorkbook(url: string, name: string): Promise<void> {
  const response = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined)
  if (!response?.ok) throw new ClientOffline(say(words.downloadFailed))
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = `${name}.xlsx`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
