/** The left navigation: what stands where, and for whom it is of use. The server still decides each call. */
import type { Role } from '../../lib/contract.ts'
import type { IconName } from '../../ui/icons.ts'
import type { Bilingual } from '../../ui/language.ts'
import { words } from './words.ts'

export interface NavigationItem {
  readonly path: string
  readonly word: Bilingual
  readonly icon: IconName
  readonly roles: readonly Role[]
}
export interface NavigationGroup {
  readonly word: Bilingual
  readonly items: readonly NavigationItem[]
}

const caseRoles: readonly Role[] = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]

const listRoles: readonly Role[] = [
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
]
/** Whoever gives out orders, takes them, or decides whose they are. */
const dutyRoles: readonly Role[] = [
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]
const gatheringRoles: readonly Role[] = ['micro-grid-member', ...listRoles]

/** Desks, and whoever may be on the list of mediators. */
const mediatorRoles = gatheringRoles

export const navigation: readonly NavigationGroup[] = [
  {
    word: words.work,
    items: [
      { path: '/today', word: words.today, icon: 'today', roles: caseRoles },
      { path: '/roster', word: words.roster, icon: 'clock', roles: [] },
      { path: '/cases', word: words.cases, icon: 'cases', roles: [...caseRoles, 'viewer'] },
      {
        path: '/gatherings',
        word: words.gatherings,
        icon: 'speak',
        roles: gatheringRoles,
      },
      { path: '/three-lists', word: words.threeLists, icon: 'matters', roles: listRoles },
      {
        path: '/clusters',
        word: words.clusters,
        icon: 'columns',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'],
      },
      {
        path: '/case-map',
        word: words.caseMap,
        icon: 'pin',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head'],
      },
      {
        path: '/reply-templates',
        word: words.replyTemplates,
        icon: 'speak',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head'],
      },
      { path: '/whistles', word: words.whistles, icon: 'phone', roles: ['grid-head', ...dutyRoles] },
      {
        path: '/petitions',
        word: words.petitions,
        icon: 'matters',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'],
      },
      {
        path: '/mediations',
        word: words.mediations,
        icon: 'speak',
        roles: mediatorRoles,
      },
      { path: '/campaigns', word: words.campaigns, icon: 'search', roles: caseRoles },
      { path: '/violations', word: words.violations, icon: 'camera', roles: caseRoles },
      { path: '/duty-tasks', word: words.dutyTasks, icon: 'areas', roles: listRoles },
      {
        path: '/rating-trust',
        word: words.ratingTrust,
        icon: 'star',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor'],
      },
      { path: '/harm-reports', word: words.harmReports, icon: 'speak', roles: caseRoles },
      { path: '/duty-disputes', word: words.disputes, icon: 'organisations', roles: dutyRoles },
      {
        path: '/phone-tasks',
        word: words.phoneTasks,
        icon: 'phone',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head'],
      },
    ],
  },
  {
    word: words.meetingsGroup,
    items: [
      {
        path: '/meetings',
        word: words.meetings,
        icon: 'mine',
        roles: ['secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer', 'system-admin'],
      },
      {
        path: '/case-figures',
        word: words.caseFigures,
        icon: 'columns',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'],
      },
      {
        path: '/solved-where',
        word: words.solvedWhere,
        icon: 'columns',
        roles: ['secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'],
      },
      {
        path: '/area-figures',
        word: words.areaFigures,
        icon: 'areas',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer', 'system-admin'],
      },
    ],
  },
  {
    word: words.volunteersGroup,
    items: [
      {
        path: '/volunteering',
        word: words.volunteering,
        icon: 'star',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor'],
      },
      {
        path: '/people',
        word: words.people,
        icon: 'person',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head'],
      },
      {
        path: '/points',
        word: words.points,
        icon: 'star',
        roles: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'],
      },
    ],
  },
  {
    word: words.ground,
    items: [
      { path: '/areas', word: words.areas, icon: 'areas', roles: [] },
      {
        path: '/area-checks',
        word: words.areaChecks,
        icon: 'search',
        roles: ['system-admin', 'duty-head', 'secretary', 'dispatcher', 'supervisor'],
      },
      {
        path: '/area-proposals',
        word: words.areaProposals,
        icon: 'columns',
        roles: ['system-admin', 'duty-head', 'secretary', 'dispatcher', 'supervisor'],
      },
      { path: '/buildings', word: words.buildings, icon: 'organisations', roles: [] },
      { path: '/members', word: words.members, icon: 'accounts', roles: [] },
      { path: '/organisations', word: words.organisations, icon: 'organisations', roles: [] },
      { path: '/matters', word: words.matters, icon: 'matters', roles: [] },
      {
        path: '/sheets',
        word: words.sheets,
        icon: 'columns',
        roles: ['system-admin', 'security-admin', 'secretary', 'duty-head', 'dispatcher', 'clerk'],
      },
      {
        path: '/hand-over',
        word: words.handOver,
        icon: 'accounts',
        roles: [
          'grid-head',
          'clerk',
          'secretary',
          'dispatcher',
          'duty-head',
          'supervisor',
          'organisation-lead',
        ],
      },
      {
        path: '/upstream-sources',
        word: words.upstreamSources,
        icon: 'cases',
        roles: ['system-admin', 'dispatcher', 'duty-head'],
      },
    ],
  },
  {
    word: words.care,
    items: [
      {
        path: '/settings',
        word: words.settings,
        icon: 'settings',
        roles: ['system-admin', 'secretary', 'dispatcher', 'duty-head', 'supervisor'],
      },
      { path: '/installation', word: words.installation, icon: 'pulse', roles: ['system-admin'] },
      { path: '/calendar', word: words.calendar, icon: 'today', roles: [] },
      { path: '/accounts', word: words.accounts, icon: 'accounts', roles: ['security-admin'] },
      { path: '/audit', word: words.audit, icon: 'audit', roles: ['audit-admin'] },
    ],
  },
]

const items = navigation.flatMap((group) => group.items)

/** The roles that a path is for, by the navigation entry it lies under; empty means everyone. */
export const rolesOf = (path: string): readonly Role[] =>
  items.find((item) => path === item.path || path.startsWith(`${item.path}/`))?.roles ?? []

/** The first page of use to a person with these roles. */
export const startPath = (roles: readonly Role[]): string =>
  items.find((item) => item.roles.some((role) => roles.includes(role)))?.path ?? '/areas'
