/** What the pages of volunteering share: asking, acting, and how times and lengths are said. */
import { onMounted, ref, shallowRef } from 'vue'
import { ClientRefusal, call, wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'
import { fullTime, lengthWords } from '../../../ui/time-words.ts'
import { getChoices } from '../contract.ts'

/** Asks once the page is there, and again on demand; keeps what is there when it fails. */
export function useLoad<T>(load: () => Promise<T>) {
  const data = shallowRef<T>()
  const wrong = ref('')
  const missing = ref(false)
  async function ask(): Promise<void> {
    try {
      data.value = await load()
      wrong.value = ''
    } catch (error) {
      missing.value = error instanceof ClientRefusal && error.status === 404
      wrong.value = wordsOf(error, language.value)
    }
  }
  onMounted(ask)
  return { data, wrong, missing, ask }
}

/** One act at a time; its refusal in words. True when it was done. */
export function useOneAct() {
  const busy = ref(false)
  const wrong = ref('')
  async function act(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    wrong.value = ''
    try {
      await work()
      return true
    } catch (error) {
      wrong.value = wordsOf(error, language.value)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, wrong, act }
}

export function useNames() {
  const { data } = useLoad(() => call(getChoices))
  const nameOf = (code: string) =>
    [...(data.value?.kinds ?? []), ...(data.value?.skills ?? [])].find((one) => one.code === code)?.[
      language.value
    ] ?? code
  return { choices: data, nameOf }
}

export const spanWords = (from: string, to: string): string => {
  const [start, end] = [fullTime(from), fullTime(to)]
  return start.slice(0, -5) === end.slice(0, -5) ? `${start}–${end.slice(-5)}` : `${start} – ${end}`
}
export const hoursWords = (minutes: number): string =>
  minutes < 60
    ? lengthWords(minutes)
    : `${Math.round((minutes / 60) * 10) / 10} ${language.value === 'zh' ? '小时' : 'h'}`

/** The street keeps UTC+8, wherever the phone is. */
export const localOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
export const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString()
