/** The screens of the duty roster at `/m/field`. */
import type { RouteRecordRaw } from 'vue-router'

export const fieldRoutes: readonly RouteRecordRaw[] = [
  { path: 'duty', component: () => import('./my-duty-page.vue') },
]
