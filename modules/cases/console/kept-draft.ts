/** What was typed into a form and not sent yet, kept in this tab until it is sent. */
import { reactive, watch } from 'vue'
import type { Values } from './act-fields.ts'

function read(key: string): Values {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Values) : {}
  } catch {
    return {}
  }
}

/** Starts from `start`, over which what was kept before is laid. */
export function useDraft<T extends Record<string, unknown>>(name: string, start: T) {
  const key = `linli.draft.${name}`
  const values = reactive<Record<string, unknown>>({ ...start, ...read(key) }) as T
  watch(values, (now) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(now))
    } catch {
      // the draft then lasts as long as the form
    }
  })
  return {
    values,
    drop: () => sessionStorage.removeItem(key),
  }
}
