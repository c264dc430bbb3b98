/**
 * The whole route tree of the resident and field faces on one page. Each module's `resident/routes.ts` exports
 * `routes` (in the resident shell: '' 说一件事, 'requests', …) and `fieldRoutes` (in the field shell: '', 'report', …),
 * all with lazily imported pages, so that the first page stays small.
 */
import type { RouteRecordRaw } from 'vue-router'
import {
  fieldRoutes as fieldDutyRoutes,
  routes as memberRoutes,
} from '../../modules/accounts/resident/routes.ts'
import { fieldRoutes, openRoutes, routes as residentRoutes } from '../../modules/cases/resident/routes.ts'
import {
  fieldRoutes as fieldMessageRoutes,
  routes as messageRoutes,
} from '../../modules/messages/resident/routes.ts'
import { routes as peopleRoutes } from '../../modules/people/resident/routes.ts'
import {
  fieldRoutes as fieldPointRoutes,
  openRoutes as openPointRoutes,
  routes as pointRoutes,
} from '../../modules/points/resident/routes.ts'
import { routes as safetyRoutes } from '../../modules/safety/resident/routes.ts'
import {
  openRoutes as openVolunteerRoutes,
  routes as volunteerRoutes,
} from '../../modules/volunteering/resident/routes.ts'

const notFound = () => import('./not-found-page.vue')

export const routes: readonly RouteRecordRaw[] = [
  { path: '/welcome', component: () => import('./welcome-page.vue'), meta: { open: true } },
  { path: '/sign-in', component: () => import('./sign-in-page.vue'), meta: { open: true } },
  ...openRoutes,
  ...openVolunteerRoutes,
  ...openPointRoutes,
  {
    path: '/field',
    component: () => import('./field-shell.vue'),
    meta: { staff: true },
    children: [
      ...fieldRoutes,
      ...fieldDutyRoutes,
      ...fieldMessageRoutes,
      ...fieldPointRoutes,
      { path: 'me', component: () => import('./me-page.vue') },
      { path: ':rest(.*)*', component: notFound },
    ],
  },
  {
    path: '/',
    component: () => import('./resident-shell.vue'),
    children: [
      ...residentRoutes,
      ...memberRoutes,
      ...messageRoutes,
      ...peopleRoutes,
      ...volunteerRoutes,
      ...pointRoutes,
      ...safetyRoutes,
      { path: 'me', component: () => import('./me-page.vue') },
      { path: ':rest(.*)*', component: notFound },
    ],
  },
]
