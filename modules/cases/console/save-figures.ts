/** The figures as a file, under the same filters. */
import type { QueryOf } from '../../../lib/contract.ts'
import { callUrl, clientLanguage, savedName } from '../../../platform/client/index.ts'
import { say } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'
import { exportFigures, type getFigures } from '../contract.ts'
import { words } from './figure-screen-words.ts'

/** A plain link would save a refusal as a file, so it is fetched first. */
export async function saveFigures(query: QueryOf<typeof getFigures>): Promise<void> {
  const url = callUrl(exportFigures, {}, { ...query, language: clientLanguage() })
  const response = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined)
  if (!response?.ok) return notify(say(words.exportFailed), { danger: true })
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = savedName(response.headers) ?? `${say(words.title)}.xlsx`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
