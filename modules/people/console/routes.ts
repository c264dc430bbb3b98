/** 人员登记. A person stands in the page's address. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  {
    path: 'people/:id([0-9a-f]{8}-[0-9a-f-]{27})?',
    name: 'people',
    component: () => import('./people-page.vue'),
  },
]
