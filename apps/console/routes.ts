/**
 * The whole route tree of the console on one page. Each module's `console/routes.ts` exports `routes`; they stand
 * inside the shell, behind sign-in. A record is a child route of its list, so that it opens over it.
 */
import { defineAsyncComponent } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { Who } from '../../lib/contract.ts'
import { postBadges } from '../../modules/accounts/console/post-badges.ts'
import { routes as accountRoutes } from '../../modules/accounts/console/routes.ts'
import { groundRoutes } from '../../modules/areas/console/ground-routes.ts'
import { areaRoutes } from '../../modules/areas/console/routes.ts'
import { createDraft, listDrafts, saveBuilding } from '../../modules/areas/contract.ts'
import { caseBadges } from '../../modules/cases/console/case-badges.ts'
import { caseLayer } from '../../modules/cases/console/case-layer.ts'
import { catalogueRoutes } from '../../modules/cases/console/catalogue-routes.ts'
import { routes as caseRoutes, paperRoutes } from '../../modules/cases/console/routes.ts'
import { listCasePoints } from '../../modules/cases/contract.ts'
import { routes as commandRoutes } from '../../modules/command/console/routes.ts'
import { routes as messageRoutes } from '../../modules/messages/console/routes.ts'
import { routes as peopleRoutes } from '../../modules/people/console/routes.ts'
import { routes as pointRoutes } from '../../modules/points/console/routes.ts'
import { routes as safetyRoutes } from '../../modules/safety/console/routes.ts'
import { routes as settingRoutes } from '../../modules/settings/console/routes.ts'
import { routes as sheetRoutes } from '../../modules/sheets/console/routes.ts'
import { boardRoutes, routes as volunteeringRoutes } from '../../modules/volunteering/console/routes.ts'
import { holds } from '../session/session.ts'

/** What later modules show of an area. */
const areaExtras = [defineAsyncComponent(() => import('../../modules/accounts/console/post-list.vue'))]

const mayCall = (who: Who) => Array.isArray(who) && holds(who)
const recutRights = () => ({ looks: mayCall(listDrafts.who), draws: mayCall(createDraft.who) })
const groundRights = () => ({ draws: mayCall(createDraft.who), records: mayCall(saveBuilding.who) })

const casePointLayer = caseLayer(() => mayCall(listCasePoints.who))

const moduleRoutes: readonly RouteRecordRaw[] = [
  ...caseRoutes,
  ...areaRoutes({
    extras: areaExtras,
    badges: [postBadges, caseBadges],
    layers: [casePointLayer],
    recutRights,
  }),
  ...groundRoutes(groundRights),
  ...accountRoutes,
  ...catalogueRoutes,
  ...settingRoutes,
  ...messageRoutes,
  ...sheetRoutes,
  ...commandRoutes,
  ...pointRoutes,
  ...peopleRoutes,
  ...volunteeringRoutes,
  ...safetyRoutes,
]

const galleryRoutes: readonly RouteRecordRaw[] = import.meta.env.DEV
  ? [{ path: '/gallery', component: () => import('./gallery/gallery-page.vue'), meta: { open: true } }]
  : []

export const routes: readonly RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./sign-in-page.vue'), meta: { open: true } },
  { path: '/password', component: () => import('./password-page.vue') },
  { path: '/second-factor', component: () => import('./second-factor-page.vue') },
  ...galleryRoutes,
  // Paper has no frame around it.
  ...paperRoutes,
  ...boardRoutes,
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
