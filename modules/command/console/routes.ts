/** 调度会, 解决在哪一级 and 区域数字. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  { path: 'meetings', name: 'meetings', component: () => import('./meetings-page.vue') },
  {
    path: 'meetings/:id([0-9a-f]{8}-[0-9a-f-]{27})',
    name: 'meeting',
    component: () => import('./meeting-page.vue'),
  },
  { path: 'solved-where', name: 'solved-where', component: () => import('./solved-where-page.vue') },
  { path: 'area-figures', name: 'area-figures', component: () => import('./area-figures-page.vue') },
]
