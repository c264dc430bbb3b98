/** The record that is open over a list, and its neighbours: ↑ and ↓ walk, the address keeps the filters. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { CaseSummary } from '../contract.ts'

export function useOpenCase(routeName: 'today' | 'cases', rows: () => readonly CaseSummary[]) {
  const route = useRoute()
  const router = useRouter()
  const openId = computed(() => {
    const { id } = route.params
    return route.name === routeName && typeof id === 'string' && id !== '' ? id : undefined
  })
  const at = computed(() => rows().findIndex((row) => row.id === openId.value))
  const go = (id: string | undefined, replace: boolean) => {
    const to = { name: routeName, params: id ? { id } : {}, query: route.query }
    return replace ? router.replace(to) : router.push(to)
  }
  const step = (by: 1 | -1) => {
    const next = at.value < 0 ? undefined : rows()[at.value + by]
    if (next) go(next.id, true)
  }
  return {
    openId,
    hasPrevious: computed(() => at.value > 0),
    hasNext: computed(() => at.value >= 0 && at.value < rows().length - 1),
    open: (id: string) => go(id, openId.value !== undefined),
    close: () => go(undefined, false),
    previous: () => step(-1),
    next: () => step(1),
  }
}
