/** What the screens of volunteering choose from, and how they say times and lengths. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { call } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'
import { fullTime, lengthWords } from '../../../ui/time-words.ts'
import { getSession } from '../../accounts/contract.ts'
import { getChoices, listGroups, runners } from '../contract.ts'
import { volunteeringKey } from './use-act.ts'

const forTheVisit = { staleTime: 600_000, refetchOnWindowFocus: false } as const

export const useChoices = () =>
  useQuery({ queryKey: ['volunteer-choices'], queryFn: () => call(getChoices), ...forTheVisit })

export const useGroups = () =>
  useQuery({
    queryKey: [volunteeringKey, 'groups'],
    queryFn: async () => (await call(listGroups)).items,
    refetchOnWindowFocus: false,
  })

/** The word of a kind or skill in the language of now; a code that is gone is said as it is. */
export function useNames() {
  const choices = useChoices()
  const nameOf = (code: string) => {
    const all = [...(choices.data.value?.kinds ?? []), ...(choices.data.value?.skills ?? [])]
    return all.find((one) => one.code === code)?.[language.value] ?? code
  }
  return { choices, nameOf }
}

export function useRuns() {
  const session = useQuery({ queryKey: ['session'], queryFn: () => call(getSession), ...forTheVisit })
  return computed(() =>
    (session.data.value?.roles ?? []).some((role) => (runners as readonly string[]).includes(role)),
  )
}

/** 2026-09-14T09:00, as a field for local time wants it; the street keeps UTC+8. */
export const localOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
export const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString()

/** 9月14日 09:00–11:00, or with both days where it ends on another. */
export function spanWords(from: string, to: string): string {
  const [start, end] = [fullTime(from), fullTime(to)]
  return start.slice(0, -5) === end.slice(0, -5) ? `${start}–${end.slice(-5)}` : `${start} – ${end}`
}

export const hoursWords = (minutes: number): string =>
  minutes < 60
    ? lengthWords(minutes)
    : `${Math.round((minutes / 60) * 10) / 10} ${language.value === 'zh' ? '小时' : 'h'}`
