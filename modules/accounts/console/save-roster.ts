/** The month as a file, handed to the browser under the desk's name. */
import { ClientOffline, call, callUrl, clientLanguage } from '../../../platform/client/index.ts'
import { exportRoster, getRoster } from '../contract.ts'

/**
 * A plain link would save a refusal as a file, so the file is fetched first; when the server says no, the roster is
 * asked once more, for a refusal in words.
 * @throws ClientRefusal, ClientOffline
 */
export async function saveRoster(desk: { id: string; name: string }, month: string): Promise<void> {
  const language = clientLanguage()
  const url = callUrl(exportRoster, { id: desk.id }, { month, language })
  const response = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined)
  if (!response?.ok) {
    await call(getRoster, { params: { id: desk.id }, query: { month } })
    throw new ClientOffline(
      language === 'zh' ? '没有导出成功，请稍后再试。' : 'The export did not work. Please try again shortly.',
    )
  }
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = `${desk.name}${language === 'zh' ? '值班表' : '-roster'}-${month}.xlsx`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
