/** Filters of a list as a part of the address, so that a reload, a link and the back button keep them. */
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export type FilterValues = Readonly<Record<string, string>>

/**
 * The filters named by `keys`, read from and written to the address. Other parts of the query stay. An unset
 * filter is absent. Personal data such as a phone must never be among the keys.
 */
export function useUrlFilters(keys: readonly string[]): WritableComputedRef<FilterValues> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get() {
      const found: Record<string, string> = {}
      for (const key of keys) {
        const value = route.query[key]
        if (typeof value === 'string' && value !== '') found[key] = value
      }
      return found
    },
    set(next) {
      const rest = Object.fromEntries(Object.entries(route.query).filter(([key]) => !keys.includes(key)))
      const set = Object.entries(next).filter(([key, value]) => keys.includes(key) && value !== '')
      router.replace({ query: { ...rest, ...Object.fromEntries(set) } })
    },
  })
}
