/** 志愿服务. */
import type { RouteRecordRaw } from 'vue-router'

const id = ':id([0-9a-f]{8}-[0-9a-f-]{27})'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'volunteering', name: 'volunteering', component: () => import('./volunteering-page.vue') },
  {
    path: `volunteering/activities/${id}`,
    name: 'volunteer-activity',
    component: () => import('./activity-page.vue'),
  },
]

/** The board at the place: nothing around it. */
export const boardRoutes: readonly RouteRecordRaw[] = [
  { path: `/site-code/${id}`, name: 'site-code', component: () => import('./site-code-page.vue') },
]
