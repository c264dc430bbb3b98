/** Named sets of filters of a list, kept on this machine under the list's key. */
import { ref } from 'vue'
import type { FilterValues } from './url-filters.ts'

export interface SavedView {
  readonly name: string
  readonly values: FilterValues
}

const isView = (raw: unknown): raw is SavedView =>
  typeof raw === 'object' &&
  raw !== null &&
  typeof (raw as SavedView).name === 'string' &&
  typeof (raw as SavedView).values === 'object'

function readViews(store: string): SavedView[] {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(store) ?? '[]')
    return Array.isArray(raw) ? raw.filter(isView) : []
  } catch {
    return []
  }
}

export function useSavedViews(listKey: string) {
  const store = `linli.views.${listKey}`
  const views = ref<SavedView[]>(readViews(store))
  function keep(next: SavedView[]) {
    views.value = next
    try {
      localStorage.setItem(store, JSON.stringify(next))
    } catch {
      // the views then last for this page only
    }
  }
  return {
    views,
    /** Saves under a name; the same name again replaces. */
    save: (name: string, values: FilterValues) =>
      keep([...views.value.filter((view) => view.name !== name), { name, values }]),
    remove: (name: string) => keep(views.value.filter((view) => view.name !== name)),
  }
}
