/** The record that is open over a list, and its neighbours: ↑ and ↓ walk, the address keeps the filters. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useOpenRecord(routeName: string, ids: () => readonly string[]) {
  const route = useRoute()
  const router = useRouter()
  const openId = computed(() =>
    route.name === routeName && typeof route.params.id === 'string' && route.params.id !== ''
      ? route.params.id
      : undefined,
  )
  const at = computed(() => ids().indexOf(openId.value ?? ''))
  const go = (id: string | undefined) => {
    const to = { name: routeName, params: id ? { id } : {}, query: route.query }
    return openId.value && id ? router.replace(to) : router.push(to)
  }
  const step = (by: 1 | -1) => {
    const next = at.value < 0 ? undefined : ids()[at.value + by]
    if (next) go(next)
  }
  return {
    openId,
    hasPrevious: computed(() => at.value > 0),
    hasNext: computed(() => at.value >= 0 && at.value < ids().length - 1),
    open: (id: string) => go(id),
    close: () => go(undefined),
    previous: () => step(-1),
    next: () => step(1),
  }
}
