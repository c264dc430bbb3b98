/** One thing at a time is asked for: what, the busy time, the refusal in words, and who hears that it was sent. */
import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { call, wordsOf } from '../../../platform/client/index.ts'
import { language, say } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'
import { type Ask, askApproval } from '../contract.ts'
import { words } from './points-words.ts'

export function useAsk() {
  const cache = useQueryClient()
  const busy = ref(false)
  const wrong = ref('')
  return {
    busy,
    wrong,
    /** True when it was sent; what is missing is said beside the form. */
    async send(ask: Ask | undefined): Promise<boolean> {
      wrong.value = ask ? '' : say(words.needed)
      if (!ask || busy.value) return false
      busy.value = true
      try {
        await call(askApproval, { body: ask })
        notify(say(words.asked))
        cache.invalidateQueries({ queryKey: ['point-requests'] })
        return true
      } catch (error) {
        wrong.value = wordsOf(error, language.value)
        return false
      } finally {
        busy.value = false
      }
    },
  }
}
