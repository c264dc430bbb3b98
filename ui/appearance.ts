/** How things look for this person: light or dark, row height, large type. Kept on this machine only. */
import { type Ref, ref, watchEffect } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
export type Density = 'compact' | 'comfortable'
/** 0 is the standard type; 1 to 3 are the steps of 长辈版, 20, 24 and 30 px. */
export type Elder = 0 | 1 | 2 | 3

/** A choice out of a few, kept in the machine's storage; a foreign or unreadable value counts as the first one. */
function kept<T extends string>(key: string, choices: readonly [T, ...T[]]): Ref<T> {
  let first: T = choices[0]
  try {
    first = choices.find((choice) => choice === localStorage.getItem(key)) ?? choices[0]
  } catch {
    // storage may be forbidden
  }
  const choice = ref(first) as Ref<T>
  watchEffect(() => {
    try {
      localStorage.setItem(key, choice.value)
    } catch {
      // the choice then lasts for this page only
    }
  })
  return choice
}

export const theme = kept<Theme>('linli.theme', ['auto', 'light', 'dark'])
export const density = kept<Density>('linli.density', ['compact', 'comfortable'])
export const elder = kept<'0' | '1' | '2' | '3'>('linli.elder', ['0', '1', '2', '3'])

const setOrRemove = (name: string, value: string | undefined) => {
  if (value === undefined) document.documentElement.removeAttribute(name)
  else document.documentElement.setAttribute(name, value)
}

watchEffect(() => setOrRemove('data-theme', theme.value === 'auto' ? undefined : theme.value))
watchEffect(() => setOrRemove('data-density', density.value === 'compact' ? undefined : density.value))

/** Only the phone faces have 长辈版; the console never calls this. */
export function followElder(): void {
  watchEffect(() => setOrRemove('data-elder', elder.value === '0' ? undefined : elder.value))
}
