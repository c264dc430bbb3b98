/** The screens of messages in the console. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'phone-tasks', name: 'phone-tasks', component: () => import('./phone-tasks-page.vue') },
]
