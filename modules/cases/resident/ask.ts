/** Asks the server for what a screen shows, again when it may have changed, and keeps what is there when it fails. */
import { onBeforeUnmount, onMounted, type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import { ClientOffline, type LiveEvent, subscribe, wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'

export interface Asked<T> {
  /** Undefined until the first answer. */
  readonly data: ShallowRef<T | undefined>
  readonly state: Ref<'loading' | 'failed' | 'ready'>
  /** What went wrong with the last question, in words; empty when it was answered. */
  readonly wrong: Ref<string>
  readonly offline: Ref<boolean>
  ask(): Promise<void>
}

/** `concerns` says which live events mean that the answer may be another one now. */
export function useAsked<T>(
  load: () => Promise<T>,
  concerns: (event: LiveEvent) => boolean = () => false,
): Asked<T> {
  const data = shallowRef<T>()
  const state = ref<'loading' | 'failed' | 'ready'>('loading')
  const wrong = ref('')
  const offline = ref(false)
  let turn = 0
  async function ask() {
    const mine = ++turn
    if (data.value === undefined) state.value = 'loading'
    try {
      const answer = await load()
      if (mine !== turn) return
      data.value = answer
      state.value = 'ready'
      wrong.value = ''
      offline.value = false
    } catch (error) {
      if (mine !== turn) return
      wrong.value = wordsOf(error, language.value)
      offline.value = error instanceof ClientOffline
      if (data.value === undefined) state.value = 'failed'
    }
  }
  let stop: (() => void) | undefined
  onMounted(() => {
    void ask()
    stop = subscribe((event) => {
      if (event.type === 'refresh' || concerns(event)) void ask()
    })
  })
  onBeforeUnmount(() => stop?.())
  return { data, state, wrong, offline, ask }
}

/** Events of any case, for lists. */
export const ofAnyCase = (event: LiveEvent): boolean => /^cases?\./.test(event.type)
