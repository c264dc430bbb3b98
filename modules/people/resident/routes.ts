/** 我的登记. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'record', component: () => import('./record-page.vue') },
]
