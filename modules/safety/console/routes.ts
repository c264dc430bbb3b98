/** 平安建设. */
import type { RouteRecordRaw } from 'vue-router'

const id = ':id([0-9a-f]{8}-[0-9a-f-]{27})'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'mediations', name: 'mediations', component: () => import('./mediations-page.vue') },
  { path: `mediations/${id}`, name: 'mediation', component: () => import('./mediation-page.vue') },
  { path: 'violations', name: 'violations', component: () => import('./violations-page.vue') },
  { path: `violations/${id}`, name: 'violation', component: () => import('./violation-page.vue') },
  { path: 'campaigns', name: 'campaigns', component: () => import('./campaigns-page.vue') },
  { path: `campaigns/${id}`, name: 'campaign', component: () => import('./campaign-page.vue') },
]
