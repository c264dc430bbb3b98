import '../../ui/tokens.css'
import '../../ui/page.css'
import './element.css'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp, defineAsyncComponent } from 'vue'
import { sessionLimits } from '../../modules/accounts/rules/session-limits.ts'
import { caseCards } from '../../modules/cases/console/case-cards.ts'
import { onRefused } from '../../platform/client/index.ts'
import { leaveWhenIdle } from '../session/leave-when-idle.ts'
import { followOwnWords } from '../session/own-words.ts'
import { session, signOut } from '../session/session.ts'
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
  toSignIn()
})

/** Nothing that the session showed stays, neither on the page nor in its memory. */
function toSignIn(): void {
  router.replace({ path: '/sign-in', query: { next: router.currentRoute.value.fullPath } })
  queryClient.clear()
}

leaveWhenIdle({
  idleMinutes: sessionLimits('staff').idleMinutes,
  isOpen: () => Boolean(session.value),
  leave: () => {
    // The page goes at once, whether or not the server can be told.
    signOut()
    session.value = null
    toSignIn()
  },
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
