/** One act of a form: busy while it runs, its refusal in words, and what is read anew afterwards. */
import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'

/** Every list of volunteering begins its key with this. */
export const volunteeringKey = 'volunteering'

export function useAct() {
  const cache = useQueryClient()
  const busy = ref(false)
  const wrong = ref('')
  /** True when it was done; `done` may be said from the reply. */
  async function act<T>(work: () => Promise<T>, done?: (reply: T) => string): Promise<boolean> {
    busy.value = true
    wrong.value = ''
    try {
      const reply = await work()
      const said = done?.(reply)
      if (said) notify(said)
      await cache.invalidateQueries({ queryKey: [volunteeringKey] })
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
