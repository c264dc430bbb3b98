/** The area screens. `extras` are what later modules show of an area; the app passes them, for areas knows none of them. */
import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

const areaId = ':id([0-9a-f]{8}-[0-9a-f-]{27})?'

/** Each extra takes the property `areaId`. */
export const areaRoutes = (extras: readonly Component[]): readonly RouteRecordRaw[] => [
  { path: `areas/${areaId}`, name: 'areas', component: () => import('./areas-page.vue'), props: { extras } },
]
