import '../../ui/tokens.css'
import '../../ui/page.css'
import './element.css'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp, defineAsyncComponent } from 'vue'
import { caseCards } from '../../modules/cases/console/case-cards.ts'
import { onRefused } from '../../platform/client/index.ts'
import { followOwnWords } from '../session/own-words.ts'
import { session } from '../session/session.ts'
import ConsoleApp from './console-app.vue'
import { router } from './router.ts'

const queryClient = new QueryClient({
  defaultOptions: {
    // A refusal will not change by asking again; a broken network is tried once more.
    queries: { retry: 1, retryDelay: 400, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})

onRefused((refusal) => {
  if (refusal.code !== 'platform/not-signed-in' || !session.value) return
  session.value = null
  router.replace({ path: '/sign-in', query: { next: router.currentRoute.value.fullPath } })
})

followOwnWords()
createApp(ConsoleApp)
  .use(router)
  .use(VueQueryPlugin, { queryClient })
  // What later modules add to a case.
  .provide(caseCards, [
    defineAsyncComponent(() => import('../../modules/safety/console/case-safety-card.vue')),
  ])
  .mount('#app')
