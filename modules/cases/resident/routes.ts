/** The screens of cases at `/m/`: for residents in their shell, for grid workers under `/m/field`. */
import type { RouteRecordRaw } from 'vue-router'

const id = ':id([0-9a-f]{8}-[0-9a-f-]{27})'

/** Without a sign-in: by the number and the code of a slip. */
export const openRoutes: readonly RouteRecordRaw[] = [
  { path: '/query', component: () => import('./query-page.vue'), meta: { open: true } },
  { path: '/lists/:code', component: () => import('./public-list-page.vue'), meta: { open: true } },
]

export const routes: readonly RouteRecordRaw[] = [
  { path: '', component: () => import('./say-page.vue') },
  { path: `sent/${id}`, component: () => import('./sent-page.vue') },
  { path: 'requests', component: () => import('./requests-page.vue') },
  { path: `requests/${id}`, component: () => import('./request-page.vue') },
  { path: `requests/${id}/rate`, component: () => import('./rate-page.vue') },
  { path: `requests/${id}/add`, component: () => import('./more-words-page.vue') },
  { path: `requests/${id}/again`, component: () => import('./more-words-page.vue'), props: { again: true } },
]

export const fieldRoutes: readonly RouteRecordRaw[] = [
  { path: '', component: () => import('./field-today-page.vue') },
  { path: 'whistles', component: () => import('../console/whistles-page.vue') },
  { path: 'harm', component: () => import('../console/harm-page.vue') },
  { path: 'report', component: () => import('./field-report-page.vue') },
  { path: 'gatherings', component: () => import('./gathering-list-page.vue') },
  { path: `gatherings/${id}`, component: () => import('./gathering-need-page.vue') },
  { path: `cases/${id}`, component: () => import('./field-case-page.vue') },
  { path: `cases/${id}/:act`, component: () => import('./field-act-page.vue') },
]
