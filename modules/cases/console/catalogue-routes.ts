/** 事项 and 职责清单: the catalogue screens of the console. */
import type { RouteRecordRaw } from 'vue-router'

/** A matter stands in its list's address by its code. */
export const catalogueRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'matters/:code([A-Z0-9]{2,20})?',
    name: 'matters',
    component: () => import('./matters-page.vue'),
  },
  { path: 'case-figures', name: 'case-figures', component: () => import('./figures-page.vue') },
  { path: 'whistles', name: 'whistles', component: () => import('./whistles-page.vue') },
  { path: 'harm-reports', name: 'harm-reports', component: () => import('./harm-page.vue') },
  { path: 'duty-tasks', name: 'duty-tasks', component: () => import('./tasks-page.vue') },
  { path: 'rating-trust', name: 'rating-trust', component: () => import('./trust-page.vue') },
  { path: 'reply-templates', name: 'reply-templates', component: () => import('./templates-page.vue') },
  { path: 'petitions', name: 'petitions', component: () => import('./petitions-page.vue') },
  { path: 'duty-disputes', name: 'duty-disputes', component: () => import('./disputes-page.vue') },
  { path: 'upstream-sources', name: 'upstream-sources', component: () => import('./sources-page.vue') },
  {
    path: 'calendar/:year(\\d{4})?',
    name: 'calendar',
    component: () => import('./calendar-page.vue'),
  },
]
