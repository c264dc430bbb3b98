/** Does something to the roster, reads it anew, says so; keeps a refusal in words. */
import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { wordsOf } from '../../../platform/client/index.ts'
import { language } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'

export function useRosterAct() {
  const client = useQueryClient()
  const busy = ref(false)
  const failed = ref<string>()
  /** True when it was done. */
  async function act(work: () => Promise<unknown>, said?: string): Promise<boolean> {
    busy.value = true
    failed.value = undefined
    try {
      await work()
      await client.invalidateQueries({ queryKey: ['roster'] })
      if (said) notify(said)
      return true
    } catch (error) {
      failed.value = wordsOf(error, language.value)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failed, act }
}
