/** One act on the register: busy while it runs, and its refusal in words. */
import { ref } from 'vue'
import { wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'

export function usePersonAct() {
  const busy = ref(false)
  const wrong = ref('')
  /** What the act gave; undefined when it was refused. */
  async function act<T>(work: () => Promise<T>): Promise<T | undefined> {
    busy.value = true
    wrong.value = ''
    try {
      return await work()
    } catch (error) {
      wrong.value = wordsOf(error, language.value)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, wrong, act }
}
