/** The console's router and its guards: not signed in → sign-in; a page of another's post → a plain page. */
import { createRouter, createWebHistory } from 'vue-router'
import { holds, loadSession } from '../session/session.ts'
import { rolesOf, startPath } from './navigation.ts'
import { routes } from './routes.ts'
import { serverDown } from './server-down.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Needs no session. */
    open?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory('/console/'),
  routes: [...routes],
  scrollBehavior: (_to, _from, saved) => saved ?? undefined,
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const session = await loadSession().catch(() => undefined)
  serverDown.value = session === undefined
  if (session === undefined) return true
  if (session === null || session.kind !== 'staff') return { path: '/sign-in', query: { next: to.fullPath } }
  if (session.mustChangePassword) return to.path === '/password' ? true : '/password'
  if (session.mustEnrolTotp) return to.path === '/second-factor' ? true : '/second-factor'
  if (to.path === '/') return startPath(session.roles)
  return holds(rolesOf(to.path)) || { path: '/forbidden' }
})
