/** The area screens. What later modules show of an area the app passes in, for areas knows none of them. */
import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { EditorBadges, EditorLayer } from './editor-badges.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}'

export interface AreaScreens {
  /** Each takes the property `areaId`. */
  readonly extras: readonly Component[]
  /** Figures beside the names on the editor's map. */
  readonly badges: readonly EditorBadges[]
  /** Records at their places on it. */
  readonly layers: readonly EditorLayer[]
  /** Whether whoever is signed in may look at re-cuts, and draw them. */
  readonly recutRights: () => { readonly looks: boolean; readonly draws: boolean }
}

export const areaRoutes = ({
  extras,
  badges,
  layers,
  recutRights,
}: AreaScreens): readonly RouteRecordRaw[] => [
  {
    path: `areas/:id(${uuid})?`,
    name: 'areas',
    component: () => import('./areas-page.vue'),
    props: () => ({ extras, recuts: recutRights().looks }),
  },
  {
    path: 'areas/drafts',
    name: 'area-drafts',
    component: () => import('./drafts-page.vue'),
    props: () => ({ draws: recutRights().draws }),
  },
  {
    path: `areas/drafts/:id(${uuid})`,
    name: 'area-draft',
    component: () => import('./area-editor-page.vue'),
    props: (route) => ({ id: String(route.params.id), badges, layers }),
  },
]
