/** Screens of gatherings and of the three lists; paper stands without the frame of the console. */
import type { RouteRecordRaw } from 'vue-router'

const id = ':id([0-9a-f]{8}-[0-9a-f-]{27})'

export const gatheringRoutes: readonly RouteRecordRaw[] = [
  { path: 'gatherings', name: 'gatherings', component: () => import('./gatherings-page.vue') },
  { path: 'gatherings/new', name: 'new-gathering', component: () => import('./gathering-new-page.vue') },
  {
    path: `gatherings/${id}`,
    name: 'gathering',
    component: () => import('./gathering-page.vue'),
    props: true,
  },
  { path: 'three-lists', name: 'three-lists', component: () => import('./three-lists-page.vue') },
]

export const gatheringPaperRoutes: readonly RouteRecordRaw[] = [
  {
    path: `/reply-sheet/${id}`,
    name: 'reply-sheet',
    component: () => import('./gathering-sheet-page.vue'),
    props: true,
  },
  {
    path: '/three-lists-paper',
    name: 'three-lists-paper',
    component: () => import('./three-lists-paper.vue'),
  },
]
