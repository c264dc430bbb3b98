/** The screens of checks, proposals and buildings. The app says what whoever is signed in may do there. */
import type { RouteRecordRaw } from 'vue-router'

const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}'

export interface GroundRights {
  /** Whether they may divide areas. */
  readonly draws: boolean
  /** Whether they may record entrances and print codes. */
  readonly records: boolean
}

export const groundRoutes = (rights: () => GroundRights): readonly RouteRecordRaw[] => [
  {
    path: 'area-checks',
    name: 'area-checks',
    component: () => import('./checks-page.vue'),
    props: () => ({ draws: rights().draws }),
  },
  {
    path: 'area-proposals',
    name: 'area-proposals',
    component: () => import('./proposals-page.vue'),
    props: () => ({ draws: rights().draws }),
  },
  {
    path: `buildings/:id(${uuid})?`,
    name: 'buildings',
    component: () => import('./buildings-page.vue'),
    props: () => ({ records: rights().records }),
  },
]
