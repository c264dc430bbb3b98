import '../../ui/tokens.css'
import '../../ui/page.css'
import './vant.css'
import { createApp, defineAsyncComponent } from 'vue'
import { requestCards } from '../../modules/cases/resident/request-cards.ts'
import { onRefused } from '../../platform/client/index.ts'
import { followElder } from '../../ui/appearance.ts'
import { followOwnWords } from '../session/own-words.ts'
import { session } from '../session/session.ts'
import ResidentApp from './resident-app.vue'
import { router } from './router.ts'

followElder()
onRefused((refusal) => {
  if (refusal.code !== 'platform/not-signed-in' || !session.value) return
  session.value = null
  router.replace('/welcome')
})
followOwnWords()
createApp(ResidentApp)
  .use(router)
  // What later modules add to one's own request.
  .provide(requestCards, [
    defineAsyncComponent(() => import('../../modules/safety/resident/ask-mediation-card.vue')),
  ])
  .mount('#app')
