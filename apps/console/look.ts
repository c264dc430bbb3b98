/** The pages of the console that `npm run look` shoots; a new screen adds its line here. */
import type { LookRoute } from '../look-route.ts'

export const lookRoutes: readonly LookRoute[] = [
  { path: '/console/sign-in', role: null, name: 'console-sign-in' },
  { path: '/console/', role: 'dispatcher', name: 'console-start' },
  { path: '/console/today', role: 'clerk', name: 'console-today' },
  { path: '/console/today', role: 'viewer', name: 'console-today-none' },
  { path: '/console/cases', role: 'dispatcher', name: 'console-cases' },
  { path: '/console/cases?state=pending&q=%E9%BE%98', role: 'dispatcher', name: 'console-cases-empty' },
  {
    path: '/console/cases/01900000-0000-7000-8000-000000000009',
    role: 'dispatcher',
    name: 'console-case-missing',
  },
  ...(['pending', 'accepted', 'in-progress', 'result-submitted', 'closed'] as const).map((state) => ({
    path: `/console/cases/{/api/cases?limit=1&state=${state}}`,
    role: 'dispatcher' as const,
    name: `console-case-${state}`,
  })),
  {
    path: '/console/cases/{/api/cases?limit=1&state=in-progress}',
    role: 'handler',
    name: 'console-case-handler',
  },
  { path: '/console/cases/new', role: 'clerk', name: 'console-new-case' },
  { path: '/console/phone-tasks', role: 'clerk', name: 'console-phone-tasks' },
  { path: '/console/areas', role: 'dispatcher', name: 'console-areas' },
  { path: '/console/areas/{/api/areas?level=grid}', role: 'dispatcher', name: 'console-area' },
  { path: '/console/organisations', role: 'system-admin', name: 'console-organisations' },
  { path: '/console/organisations?tab=posts', role: 'dispatcher', name: 'console-posts' },
  { path: '/console/matters', role: 'system-admin', name: 'console-matters' },
  { path: '/console/matters/LX01001', role: 'dispatcher', name: 'console-matter' },
  { path: '/console/matters?tab=duties', role: 'dispatcher', name: 'console-duties' },
  { path: '/console/settings', role: 'system-admin', name: 'console-settings' },
  { path: '/console/settings/cases-clocks-general', role: 'system-admin', name: 'console-setting' },
  { path: '/console/settings/cases-stateWords', role: 'system-admin', name: 'console-setting-words' },
  { path: '/console/calendar/2026', role: 'system-admin', name: 'console-calendar' },
  { path: '/console/accounts', role: 'security-admin', name: 'console-accounts' },
  { path: '/console/accounts/{/api/accounts?limit=1}', role: 'security-admin', name: 'console-account' },
  { path: '/console/me', role: 'clerk', name: 'console-me' },
  { path: '/console/audit', role: 'audit-admin', name: 'console-audit' },
  { path: '/console/forbidden', role: 'dispatcher', name: 'console-forbidden' },
]
