/** The street's own words on every screen: asked for at the start, when a page comes to the front, and after a change. */
import { watch } from 'vue'
import { ownPairs } from '../../modules/cases/street-words.ts'
import { getWords } from '../../modules/settings/contract.ts'
import { call } from '../../platform/client/index.ts'
import { sayInstead } from '../../ui/language.ts'
import { session } from './session.ts'

const againAfterMs = 60_000
let askedAt = 0

async function ask(): Promise<void> {
  askedAt = Date.now()
  // Without an answer the words stay as they are: no page waits for them.
  const told = await call(getWords).catch(() => undefined)
  if (told) sayInstead(ownPairs(told.words))
}

/** Call once, at the start of an app. */
export function followOwnWords(): void {
  watch(
    () => session.value?.accountId,
    (accountId) => {
      if (accountId !== undefined) void ask()
      else sayInstead(new Map())
    },
    { immediate: true },
  )
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && session.value && Date.now() - askedAt > againAfterMs) void ask()
  })
  document.addEventListener('linli:words', () => void ask())
}
