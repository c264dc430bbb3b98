/**
 * The language of all faces, and how words are said in it. Words stand as pairs `{ zh, en }` (the shape that
 * contracts use for refusals), so that a missing language does not compile and no key can be mistyped.
 */

import { computed, ref, shallowRef, toRaw, watchEffect } from 'vue'
import type { Bilingual, Language } from '../lib/language.ts'

export type { Bilingual, Language }

const store = 'linli.language'

const kept = (): Language => {
  try {
    return localStorage.getItem(store) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh' // storage may be forbidden; Chinese is the first language
  }
}

/** The language now. Write it to change every screen at once. */
export const language = ref<Language>(kept())

/** BCP 47, for `Accept-Language`, `Intl` and the html element. */
export const languageTag = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en'))

watchEffect(() => {
  document.documentElement.lang = languageTag.value
  try {
    localStorage.setItem(store, language.value)
  } catch {
    // the choice then lasts for this page only
  }
})

/** A street's own words, laid over the very pairs that the screens say. */
const own = shallowRef<ReadonlyMap<Bilingual, Bilingual>>(new Map())

/** From here on these pairs are said otherwise, on every screen at once. */
export function sayInstead(words: ReadonlyMap<Bilingual, Bilingual>): void {
  own.value = words
}

/** The pair as this street says it. */
export const wordsNow = (said: Bilingual): Bilingual => own.value.get(toRaw(said)) ?? said

/**
 * Says a pair in the language of now; `{name}` is replaced by `values.name`. Reactive inside templates and
 * computed values.
 */
export function say(said: Bilingual, values: Readonly<Record<string, string | number>> = {}): string {
  return wordsNow(said)[language.value].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : String(value)
  })
}

/** Keeps the type of each key while every entry must hold both languages. */
export const defineWords = <T extends Readonly<Record<string, Bilingual>>>(words: T): T => words
