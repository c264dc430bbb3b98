/** The shape of a made-up street for tests: codes, rectangles, organisations and who holds which post. */
import type { Role } from '../../lib/contract.ts'
import type { NewOrganisation } from '../accounts/server/index.ts'

export const levels = [
  { level: 'street', name: '街道', nameEn: 'Street' },
  { level: 'community', name: '社区', nameEn: 'Community' },
  { level: 'grid', name: '网格', nameEn: 'Grid' },
  { level: 'micro-grid', name: '微网格', nameEn: 'Micro-grid' },
] as const

export interface AreaShape {
  code: string
  /** Empty for the street itself. */
  parentCode: string
  level: (typeof levels)[number]['level']
  name: string
  /** West, south, east, north. */
  box: [number, number, number, number]
}

const width = 0.04
const height = 0.02

/** 2 communities, 4 grids and 8 micro-grids that tile one rectangle whose south-west corner is given. */
export function areaShapes(streetCode: string, streetName: string, west: number, south: number): AreaShape[] {
  const column = width / 4
  const box = (from: number, to: number, row?: number): AreaShape['box'] => [
    west + from * column,
    south + (row === 1 ? height / 2 : 0),
    west + to * column,
    south + (row === 0 ? height / 2 : height),
  ]
  const shapes: AreaShape[] = [
    { code: streetCode, parentCode: '', level: 'street', name: streetName, box: box(0, 4) },
  ]
  for (const c of [1, 2]) {
    const community = `c${c}`
    const name = c === 1 ? '天桥社区' : '南园社区'
    shapes.push({
      code: community,
      parentCode: streetCode,
      level: 'community',
      name,
      box: box(c * 2 - 2, c * 2),
    })
    for (const g of [1, 2]) {
      const grid = `${community}g${g}`
      const at = (c - 1) * 2 + g - 1
      shapes.push({
        code: grid,
        parentCode: community,
        level: 'grid',
        name: `${name}第${g}网格`,
        box: box(at, at + 1),
      })
      for (const m of [1, 2])
        shapes.push({
          code: `${grid}m${m}`,
          parentCode: grid,
          level: 'micro-grid',
          name: `${name}第${g}网格微网格0${m}`,
          box: box(at, at + 1, m - 1),
        })
    }
  }
  return shapes
}

export const organisations: readonly (Omit<NewOrganisation, 'id' | 'areaIds'> & { areaCodes: string[] })[] = [
  { code: 'enforcement', name: '综合行政执法队', kind: 'urban-enforcement', areaCodes: [] },
  { code: 'property', name: '安居物业', kind: 'property', areaCodes: ['c1'] },
  { code: 'water', name: '供水公司', kind: 'water', areaCodes: [] },
  { code: 'import', name: '外部导入', kind: 'import', areaCodes: [] },
]

export interface PostShape {
  username: string
  role: Role
  areaCode?: string
  organisationCode?: string
}

/**
 * One account for each role in each relevant place, user name = role and place (`clerk-c1`, `handler-water`). Those
 * ending in `-2` are the second person whom a separation asks for.
 */
export function postShapes(streetCode: string, shapes: readonly AreaShape[]): PostShape[] {
  const streetRoles = [
    'dispatcher',
    'duty-head',
    'verifier',
    'supervisor',
    'viewer',
    'system-admin',
    'security-admin',
    'audit-admin',
  ] as const
  const posts: PostShape[] = [
    ...streetRoles.map((role) => ({ username: role, role, areaCode: streetCode })),
    { username: 'dispatcher-2', role: 'dispatcher', areaCode: streetCode },
    { username: 'duty-head-2', role: 'duty-head', areaCode: streetCode },
    { username: 'supervisor-2', role: 'supervisor', areaCode: streetCode },
    { username: 'security-admin-2', role: 'security-admin', areaCode: streetCode },
  ]
  for (const { level, code } of shapes) {
    const here = (role: Role, suffix = '') =>
      posts.push({ username: `${role}-${code}${suffix}`, role, areaCode: code })
    if (level === 'community') {
      here('clerk')
      here('clerk', '-2')
      here('secretary')
      here('verifier')
      here('viewer')
    }
    if (level === 'grid') {
      here('grid-head')
      here('grid-worker')
    }
    if (level === 'micro-grid') here('micro-grid-member')
  }
  for (const { code } of organisations.filter((one) => one.kind !== 'import')) {
    posts.push({ username: `handler-${code}`, role: 'handler', organisationCode: code })
    posts.push({ username: `handler-${code}-2`, role: 'handler', organisationCode: code })
    posts.push({ username: `organisation-lead-${code}`, role: 'organisation-lead', organisationCode: code })
  }
  return posts
}
