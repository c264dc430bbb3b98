/** Asks the server for the list as a file and hands it to the browser under the name that the server gave it. */

import { dayOf } from '../../../lib/time.ts'
import { ClientOffline, call, callUrl, clientLanguage, savedName } from '../../../platform/client/index.ts'
import { exportCases, listCases } from '../contract.ts'
import type { CaseFilters } from './use-case-list.ts'

export const exportName = (language: 'zh' | 'en', at: Date): string =>
  `${language === 'zh' ? '诉求' : 'cases'}-${dayOf(at)}.xlsx`

/**
 * Saves the rows under these filters with these columns. A plain link would save a refusal as a file, so the file is
 * fetched first; when the server says no, the list is asked once more, for a refusal in words.
 * @throws ClientRefusal, ClientOffline
 */
export async function saveExport(filters: CaseFilters, columns: readonly string[]): Promise<void> {
  const language = clientLanguage()
  const response = await fetch(
    callUrl(exportCases, {}, { ...filters, columns: columns.join(','), language }),
    {
      credentials: 'same-origin',
    },
  ).catch(() => undefined)
  if (!response?.ok) {
    await call(listCases, { query: { ...filters, limit: 1 } })
    throw new ClientOffline(
      language === 'zh' ? '没有导出成功，请稍后再试。' : 'The export did not work. Please try again shortly.',
    )
  }
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = savedName(response.headers) ?? exportName(language, new Date())
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
