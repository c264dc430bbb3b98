/** The screens of organisations, posts, accounts and the audit trail. A record stands in its list's address. */
import type { RouteRecordRaw } from 'vue-router'

const recordId = ':id([0-9a-f]{8}-[0-9a-f-]{27})?'

export const routes: readonly RouteRecordRaw[] = [
  {
    path: `organisations/${recordId}`,
    name: 'organisations',
    component: () => import('./organisations-page.vue'),
  },
  { path: `accounts/${recordId}`, name: 'accounts', component: () => import('./accounts-page.vue') },
  { path: 'me', name: 'my-account', component: () => import('./my-account-page.vue') },
  { path: 'members', name: 'members', component: () => import('./members-page.vue') },
  { path: 'roster', name: 'roster', component: () => import('./roster-page.vue') },
  { path: `audit/${recordId}`, name: 'audit', component: () => import('./audit-page.vue') },
]
