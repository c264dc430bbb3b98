/** The case screens of the console. A record is a part of its list's address, so that it opens over it. */
import type { RouteRecordRaw } from 'vue-router'
import { gatheringPaperRoutes, gatheringRoutes } from './gathering-routes.ts'

const caseId = ':id([0-9a-f]{8}-[0-9a-f-]{27})?'

/** Printed: a page without the frame of the console. */
export const paperRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/slip/:id([0-9a-f]{8}-[0-9a-f-]{27})',
    name: 'slip',
    component: () => import('./slip-page.vue'),
    props: true,
  },
  ...gatheringPaperRoutes,
]

export const routes: readonly RouteRecordRaw[] = [
  { path: `today/${caseId}`, name: 'today', component: () => import('./today-page.vue') },
  { path: 'cases/new', name: 'new-case', component: () => import('./new-case-page.vue') },
  { path: 'case-map', name: 'case-map', component: () => import('./case-map-page.vue') },
  { path: 'clusters', name: 'clusters', component: () => import('./clusters-page.vue') },
  { path: 'hand-over', name: 'hand-over', component: () => import('./hand-over-page.vue') },
  { path: `cases/${caseId}`, name: 'cases', component: () => import('./cases-page.vue') },
  ...gatheringRoutes,
]
