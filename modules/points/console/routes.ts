/** 积分: runs, rules and partners, requests, the ledger. */
import type { RouteRecordRaw } from 'vue-router'

const id = ':id([0-9a-f]{8}-[0-9a-f-]{27})'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'points', name: 'points', component: () => import('./points-page.vue') },
  { path: `points/runs/${id}`, name: 'points-run', component: () => import('./run-page.vue') },
  {
    path: `points/organisations/${id}`,
    name: 'points-organisation',
    component: () => import('./organisation-page.vue'),
  },
  { path: `points/accounts/${id}`, name: 'points-account', component: () => import('./account-page.vue') },
]
