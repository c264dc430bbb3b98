/** The passbook for residents, and the shop's page for whoever works there. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'points', component: () => import('./passbook-page.vue') },
  { path: 'points/notices', component: () => import('./notices-page.vue') },
]

export const fieldRoutes: readonly RouteRecordRaw[] = [
  { path: 'shop', component: () => import('./shop-page.vue') },
  { path: 'organisation-points', component: () => import('./organisation-page.vue') },
]

/** For everybody who holds a certificate in their hands. */
export const openRoutes: readonly RouteRecordRaw[] = [
  { path: '/honour', component: () => import('./honour-check-page.vue'), meta: { open: true } },
]
