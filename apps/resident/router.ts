/** The router of `/m/` and its guards: not signed in → welcome; the field pages are for staff. */
import { createRouter, createWebHistory } from 'vue-router'
import { keepDoor } from '../../modules/cases/resident/door.ts'
import { loadSession } from '../session/session.ts'
import { routes } from './routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Needs no session. */
    open?: boolean
    /** The field pages. */
    staff?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory('/m/'),
  routes: [...routes],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async (to) => {
  // What a code on a door said waits here while somebody signs in.
  keepDoor(to.query.door)
  if (to.meta.open) return true
  // Without a network the page opens all the same: what is on it says that it cannot ask.
  const session = await loadSession().catch(() => undefined)
  if (session === undefined) return true
  const staff = to.matched.some((record) => record.meta.staff)
  if (session === null) {
    return staff ? { path: '/sign-in', query: { as: 'staff', next: to.fullPath } } : '/welcome'
  }
  if (session.mustChangePassword || session.mustEnrolTotp) {
    window.location.assign('/console/') // what a first sign-in asks for stands there, and fits a phone
    return false
  }
  if (staff && session.kind !== 'staff') return { path: '/sign-in', query: { as: 'staff' } }
  if (session.kind === 'staff' && to.path === '/') return '/field'
  return true
})
