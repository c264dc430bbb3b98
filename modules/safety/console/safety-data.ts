/** What the pages of public safety share: who is signed in, the street's own lists, one act at a time. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref } from 'vue'
import { call, wordsOf } from '../../../platform/client/index.ts'
import { language, say } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'
import { getSession } from '../../accounts/contract.ts'
import { listAreas } from '../../areas/contract.ts'
import { getSafetyChoices } from '../contract.ts'
import { words } from './safety-words.ts'

const forTheVisit = { staleTime: 600_000, refetchOnWindowFocus: false } as const
export const safetyKey = 'safety'

export function useRoles() {
  const session = useQuery({ queryKey: ['session'], queryFn: () => call(getSession), ...forTheVisit })
  const holds = (who: unknown) =>
    Array.isArray(who) && (session.data.value?.roles ?? []).some((role) => who.includes(role))
  return { session, holds }
}

/** Areas at and below the posts with one of these roles. */
export function useAreasOf(roles: readonly string[]) {
  const { session } = useRoles()
  const areas = useQuery({
    queryKey: ['areas'],
    queryFn: async () => (await call(listAreas)).items,
    ...forTheVisit,
  })
  return computed(() => {
    const all = areas.data.value ?? []
    const own = (session.data.value?.posts ?? []).flatMap(({ role, area }) =>
      area && roles.includes(role) ? [area.id] : [],
    )
    const paths = all.filter(({ id }) => own.includes(id)).map(({ path }) => path)
    return all.filter(({ path }) => paths.some((one) => path === one || path.startsWith(`${one}.`)))
  })
}

/** The street's kinds and levels, and their words. */
export function useChoices() {
  const choices = useQuery({
    queryKey: [safetyKey, 'choices'],
    queryFn: () => call(getSafetyChoices),
    ...forTheVisit,
  })
  const nameIn = (list: 'kinds' | 'levels', code: string) =>
    choices.data.value?.[list].find((one) => one.code === code)?.[language.value] ?? code
  return { choices, nameIn }
}

/** One act at a time; its refusal in words. What it gives back, or undefined. */
export function useAct() {
  const client = useQueryClient()
  const busy = ref(false)
  const wrong = ref('')
  async function act<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    wrong.value = ''
    try {
      const result = await work()
      notify(say(words.done))
      await client.invalidateQueries({ queryKey: [safetyKey] })
      return result
    } catch (error) {
      wrong.value = wordsOf(error, language.value)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, wrong, act }
}

/** The street keeps UTC+8, wherever the browser is. */
export const localOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
export const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString()
