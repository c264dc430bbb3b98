/** The catalogue and the duty lists as their screens read them. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { newId } from '../../../lib/ids.ts'
import { call, callUrl } from '../../../platform/client/index.ts'
import { sendRequest } from '../../../platform/client/send-request.ts'
import { getSession } from '../../accounts/contract.ts'
import { importMatters, listDutyRules, listMatters, type MatterImportReport } from '../contract.ts'

const forTheVisit = { staleTime: 600_000, refetchOnWindowFocus: false } as const
/** Checking five thousand rows takes its time on a small machine. */
const importTimeoutMs = 120_000

export const useCatalogue = () =>
  useQuery({ queryKey: ['matters'], queryFn: async () => (await call(listMatters)).items, ...forTheVisit })

export const useDutyRules = () =>
  useQuery({
    queryKey: ['duty-rules'],
    queryFn: async () => (await call(listDutyRules)).items,
    ...forTheVisit,
  })

export const useDutiesOf = (matterCode: () => string) =>
  useQuery({
    queryKey: computed(() => ['duty-rules', matterCode()]),
    queryFn: async () => (await call(listDutyRules, { query: { matterCode: matterCode() } })).items,
    ...forTheVisit,
  })

export function useIsSystemAdmin() {
  const session = useQuery({ queryKey: ['session'], queryFn: () => call(getSession), ...forTheVisit })
  return computed(() => session.data.value?.roles.includes('system-admin') === true)
}

/** Sends a changed sheet; with `confirm` its rows come into force, unless one has an error. */
export async function sendMatters(file: File, confirm: boolean): Promise<MatterImportReport> {
  const form = new FormData()
  form.append('file', file, file.name)
  return (await sendRequest({
    method: 'POST',
    url: callUrl(importMatters, {}, confirm ? { confirm } : {}),
    headers: { 'idempotency-key': newId(Date.now()) },
    body: form,
    repeatable: true,
    timeoutMs: importTimeoutMs,
  })) as MatterImportReport
}
