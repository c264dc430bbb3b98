/** 我的调解 at `/m/`. */
import type { RouteRecordRaw } from 'vue-router'

const id = ':id([0-9a-f]{8}-[0-9a-f-]{27})'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'mediations', component: () => import('./my-mediations-page.vue') },
  { path: `mediations/${id}`, component: () => import('./my-mediation-page.vue') },
]
