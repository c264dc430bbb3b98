/** The pages of `/m/` that `npm run look` shoots; a new screen adds its line here. */
import type { LookRoute } from '../look-route.ts'

export const lookRoutes: readonly LookRoute[] = [
  { path: '/', role: null, name: 'home' },
  { path: '/m/welcome', role: null, name: 'resident-welcome' },
  { path: '/m/sign-in', role: null, name: 'resident-sign-in' },
  { path: '/m/sign-in?as=staff', role: null, name: 'field-sign-in' },
  { path: '/m/', role: 'resident', name: 'resident-say' },
  { path: '/m/requests', role: 'resident', name: 'resident-requests' },
  { path: '/m/requests/{/api/cases?limit=1}', role: 'resident', name: 'resident-request' },
  {
    path: '/m/requests/{/api/cases?limit=1&state=answered}/rate',
    role: 'resident',
    name: 'resident-rate',
  },
  { path: '/m/requests/{/api/cases?limit=1}/add', role: 'resident', name: 'resident-add' },
  { path: '/m/me', role: 'resident', name: 'resident-me' },
  { path: '/m/notices', role: 'resident', name: 'resident-notices' },
  { path: '/m/points', role: 'resident', name: 'resident-points' },
  { path: '/m/points/notices', role: 'resident', name: 'resident-points-notices' },
  { path: '/m/field/shop', role: 'handler', name: 'field-shop' },
  { path: '/m/query', role: null, name: 'resident-query' },
  { path: '/m/field/notices', role: 'grid-worker', name: 'field-notices' },
  { path: '/m/field', role: 'grid-worker', name: 'field-today' },
  { path: '/m/field/gatherings', role: 'grid-worker', name: 'field-gatherings' },
  { path: '/m/lists/none', role: null, name: 'resident-public-list' },
  { path: '/m/field/whistles', role: 'grid-head', name: 'field-whistles' },
  { path: '/m/field/report', role: 'grid-worker', name: 'field-report' },
  { path: '/m/field/cases/{/api/cases?limit=1}', role: 'grid-worker', name: 'field-case' },
  { path: '/m/field/duty', role: 'grid-worker', name: 'field-duty' },
  { path: '/m/field/me', role: 'grid-worker', name: 'field-me' },
]
