/** The pages of the console that `npm run look` shoots; a new screen adds its line here. */
import type { LookRoute } from '../look-route.ts'

export const lookRoutes: readonly LookRoute[] = [
  { path: '/console/sign-in', role: null, name: 'console-sign-in' },
  { path: '/console/', role: 'dispatcher', name: 'console-start' },
  { path: '/console/forbidden', role: 'dispatcher', name: 'console-forbidden' },
]
