/** The screens of messages at `/m/`: for residents, and for grid workers under `/m/field`. */
import type { RouteRecordRaw } from 'vue-router'

const inboxPage = () => import('./inbox-page.vue')

export const routes: readonly RouteRecordRaw[] = [{ path: 'notices', component: inboxPage }]
export const fieldRoutes: readonly RouteRecordRaw[] = [
  { path: 'notices', component: inboxPage, props: { field: true } },
]
