/** The duty roster at `/m/field`, and for residents who works where they live. */
import type { RouteRecordRaw } from 'vue-router'

export const fieldRoutes: readonly RouteRecordRaw[] = [
  { path: 'duty', component: () => import('./my-duty-page.vue') },
]

export const routes: readonly RouteRecordRaw[] = [
  { path: 'members', component: () => import('./members-page.vue') },
]
