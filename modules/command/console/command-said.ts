/** Days, figures and links of the command screens in the language of now; files that the server makes. */
import { formatDay } from '../../../lib/time.ts'
import { ClientOffline } from '../../../platform/client/index.ts'
import { language, say } from '../../../ui/language.ts'
import type { FigureView } from '../contract.ts'
import { words } from './command-words.ts'

export const dayText = (day: string): string => formatDay(day, language.value)

/** Fewer than these are told as counts: a percentage of three says nothing. */
const smallSample = 10

/** '66.7%'; empty where there is no denominator or a small one. */
export function rateOf({ numerator, denominator }: FigureView): string {
  if (denominator === null || denominator < smallSample) return ''
  return `${((numerator / denominator) * 100).toFixed(1)}%`
}

/** '2/3'; '—' of nothing; a plain count. */
export function partOf({ numerator, denominator }: FigureView): string {
  if (denominator === null) return String(numerator)
  return denominator === 0 ? '—' : `${numerator}/${denominator}`
}

/** The list behind a figure. */
export const listOf = (figure: FigureView, more: Readonly<Record<string, string>> = {}) => ({
  name: 'cases',
  query: { figure: figure.figure, from: figure.from, to: figure.to, ...more },
})

/** Fetches a file and hands it to the browser under this name. @throws ClientOffline */
export async function saveFile(url: string, name: string): Promise<void> {
  const response = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined)
  if (!response?.ok) throw new ClientOffline(say(words.exportFailed))
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
