import '../../ui/tokens.css'
import '../../ui/page.css'
import './vant.css'
import { createApp } from 'vue'
import { followElder } from '../../ui/appearance.ts'
import ResidentApp from './resident-app.vue'
import { router } from './router.ts'

followElder()
createApp(ResidentApp).use(router).mount('#app')
