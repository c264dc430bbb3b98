/** What is asked for, said in a line; days; files that the server makes. */
import { formatDay } from '../../../lib/time.ts'
import { ClientOffline } from '../../../platform/client/index.ts'
import { language, say } from '../../../ui/language.ts'
import type { Ask, RequestView } from '../contract.ts'
import { kinWords, yuan } from '../passbook-words.ts'
import { words } from './points-words.ts'

export const dayText = (day: string): string => formatDay(day, language.value)
export const yuanText = (fen: number): string => `¥${yuan(fen)}`

export function ruleText(rule: { basis: 'hour' | 'time'; points: number }): string {
  return say(rule.basis === 'hour' ? words.perHour : words.perTime, { n: rule.points })
}

export function capText(rule: { capActivity?: number | null; capDay?: number | null }): string {
  return [
    rule.capActivity ? say(words.capActivity, { n: rule.capActivity }) : '',
    rule.capDay ? say(words.capDay, { n: rule.capDay }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The facts of an ask in one line: what will be, for whom, from when. */
export function askText({ ask, names }: Pick<RequestView, 'ask' | 'names'>): string {
  const name = (id: string) => names[id] ?? '—'
  const parts = (one: Ask): string[] => {
    switch (one.act) {
      case 'rule':
        return [
          one.name,
          ruleText(one),
          capText(one),
          dayText(one.from),
          one.reserveId ? name(one.reserveId) : '',
        ]
      case 'end-rule':
        return [name(one.ruleId), dayText(one.to)]
      case 'partner':
        return [name(one.organisationId), say(words[one.part]), one.terms, dayText(one.from)]
      case 'end-partner':
        return [name(one.partnerId), dayText(one.to)]
      case 'donation':
        return [name(one.organisationId), yuanText(one.amountFen), one.note, dayText(one.receivedOn)]
      case 'pay-shop':
        return [name(one.organisationId), one.note]
      case 'kin':
        return [name(one.onePersonId), name(one.otherPersonId), say(kinWords[one.relation])]
      case 'correction':
        return [name(one.awardId), one.words]
      case 'care':
        return [
          name(one.personId),
          say(words.hoursSpent, { n: one.minutes / 60 }),
          one.fromPool ? say(words.fromPool) : '',
          one.words,
        ]
      case 'award':
        return [
          name(one.personId ?? one.organisationId ?? ''),
          name(one.ruleCode),
          dayText(one.on),
          one.words,
        ]
      case 'end-kin':
        return [name(one.kinId)]
      case 'gift':
        return [
          name(one.personId),
          say(words.pointsN, { n: one.points }),
          `→ ${one.toPersonId ? name(one.toPersonId) : say(words.commonPool)}`,
        ]
      case 'gift-hours':
        return [
          name(one.personId),
          say(words.hoursSpent, { n: one.minutes / 60 }),
          `→ ${one.toPersonId ? name(one.toPersonId) : say(words.commonPool)}`,
        ]
      case 'honours':
        return [name(one.areaId), String(one.year), one.accountIds.map(name).join('、')]
      case 'end-honour':
        return [name(one.honourId), one.words]
    }
  }
  return parts(ask).filter(Boolean).join(' · ')
}

/** 2026Q3, or the end of a year in words. */
export const periodText = (run: { quarter: string; year: boolean }): string =>
  run.year ? say(words.yearOf, { year: run.quarter }) : run.quarter

/** Fetches a file and hands it to the browser under this name. @throws ClientOffline */
export async function saveFile(url: string, name: string, failed: string): Promise<void> {
  const response = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined)
  if (!response?.ok) throw new ClientOffline(failed)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
