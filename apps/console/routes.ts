/**
 * The whole route tree of the console on one page. Each module's `console/routes.ts` exports `routes`; they stand
 * inside the shell, behind sign-in. A record is a child route of its list, so that it opens over it.
 */
import type { RouteRecordRaw } from 'vue-router'
import { routes as caseRoutes } from '../../modules/cases/console/routes.ts'

const moduleRoutes: readonly RouteRecordRaw[] = [...caseRoutes]

const galleryRoutes: readonly RouteRecordRaw[] = import.meta.env.DEV
  ? [{ path: '/gallery', component: () => import('./gallery/gallery-page.vue'), meta: { open: true } }]
  : []

export const routes: readonly RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./sign-in-page.vue'), meta: { open: true } },
  { path: '/password', component: () => import('./password-page.vue') },
  { path: '/second-factor', component: () => import('./second-factor-page.vue') },
  ...galleryRoutes,
  {
    path: '/',
    component: () => import('./console-shell.vue'),
    children: [
      ...moduleRoutes,
      { path: 'forbidden', component: () => import('./forbidden-page.vue') },
      { path: ':rest(.*)*', name: 'not-found', component: () => import('./not-found-page.vue') },
    ],
  },
]
