/** 设置: the settings page; a setting stands in its address by its key, with dashes for dots. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  {
    path: 'settings/:key([A-Za-z][A-Za-z0-9-]{2,99})?',
    name: 'settings',
    component: () => import('./settings-page.vue'),
  },
  {
    path: 'installation',
    name: 'installation',
    component: () => import('./installation-page.vue'),
  },
]
