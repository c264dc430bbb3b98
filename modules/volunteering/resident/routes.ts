/** 志愿 at `/m/`: find and join, be there, one's hours and certificates, needs, wishes. */
import type { RouteRecordRaw } from 'vue-router'

const id = ':id([0-9a-f]{8}-[0-9a-f-]{27})'

/** Without a sign-in: by number and check code. */
export const openRoutes: readonly RouteRecordRaw[] = [
  { path: '/certificate', component: () => import('./certificate-page.vue'), meta: { open: true } },
]

export const routes: readonly RouteRecordRaw[] = [
  { path: 'volunteer', component: () => import('./volunteer-page.vue') },
  { path: 'volunteer/activities', component: () => import('./activities-page.vue') },
  { path: `volunteer/activities/${id}`, component: () => import('./activity-page.vue') },
  { path: `volunteer/come/${id}`, component: () => import('./come-page.vue') },
  { path: 'volunteer/confirm', component: () => import('./confirm-page.vue') },
  { path: 'volunteer/hours', component: () => import('./hours-page.vue') },
  { path: 'volunteer/festivals', component: () => import('./festivals-page.vue') },
  { path: 'volunteer/certificates', component: () => import('./certificates-page.vue') },
  { path: 'volunteer/needs', component: () => import('./needs-page.vue') },
  { path: 'volunteer/wishes', component: () => import('./wishes-page.vue') },
]
