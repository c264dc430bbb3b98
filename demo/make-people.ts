/** Organisations, staff in posts, and residents of the demo street. All names are put together by chance. */
import type { StaffRole } from '../lib/contract.ts'
import type { SeededRandom } from '../lib/seeded-random.ts'
import { addDays } from '../lib/time.ts'
import { type DutyRule, findDuty, type Matter } from '../modules/cases/seeds/read-catalogue.ts'
import type { DemoArea, DemoBuilding, DemoOrganisation, DemoPerson, DemoPost, DemoResident } from './types.ts'

const surnames = [
  ...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜',
]
const given = [
  ...'明芳秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂兰玉华建国红梅春燕志文海波晓东云飞思雨佳怡子涵浩然欣悦淑珍德福永康',
]

/** Kind, which is the code too; name; English name. */
const streetWide = [
  ['urban-enforcement', '城管执法队', 'Urban enforcement team'],
  ['market-regulation', '市场监管所', 'Market regulation office'],
  ['police', '派出所', 'Police station'],
  ['traffic-police', '交巡警中队', 'Traffic police squad'],
  ['fire-rescue', '消防救援站', 'Fire and rescue station'],
  ['justice', '司法所', 'Justice office'],
  ['housing', '住建办', 'Housing and construction office'],
  ['emergency', '应急办', 'Emergency office'],
  ['civil-affairs', '民政办', 'Civil affairs office'],
  ['municipal-works', '市政设施所', 'Public works office'],
  ['sanitation', '环卫所', 'Sanitation office'],
  ['greening', '绿化养护站', 'Greening station'],
  ['water', '水务公司', 'Water company'],
  ['gas', '燃气公司', 'Gas company'],
  ['power', '供电所', 'Power supply office'],
] as const

const propertyFirms = [
  ['property-1', '桐心物业', 'Tongxin Property'],
  ['property-2', '安居里物业', 'Anjuli Property'],
  ['property-3', '溪畔物业', 'Xipan Property'],
  ['property-4', '百家邻物业', 'Baijialin Property'],
] as const

/** Fifteen organisations for the whole street, and four property firms with three grids each. */
export function makeOrganisations(
  areas: readonly DemoArea[],
  matters: readonly Matter[],
  duties: readonly DutyRule[],
): DemoOrganisation[] {
  const grids = areas.filter((area) => area.level === 'grid').map((area) => area.code)
  const must = (kind: string) =>
    matters
      .filter((matter) => findDuty(duties, kind, matter.key)?.duty === 'must')
      .map((matter) => matter.key)
  return [
    ...streetWide.map(
      ([kind, name, nameEn]): DemoOrganisation => ({
        code: kind,
        name,
        nameEn,
        kind,
        areaCodes: null,
        mustMatterKeys: must(kind),
      }),
    ),
    ...propertyFirms.map(
      ([code, name, nameEn], i): DemoOrganisation => ({
        code,
        name,
        nameEn,
        kind: 'property',
        areaCodes: grids.slice(i * 3, i * 3 + 3),
        mustMatterKeys: must('property'),
      }),
    ),
  ]
}

function nameSource(random: SeededRandom): () => string {
  const used = new Set<string>()
  return () => {
    for (;;) {
      const name =
        random.pick(surnames) + random.pick(given) + (random.chance(0.75) ? random.pick(given) : '')
      if (used.has(name)) continue
      used.add(name)
      return name
    }
  }
}

/** People in a post for every role of rights.md, in every area or organisation that needs one. */
export function makeStaff(
  random: SeededRandom,
  areas: readonly DemoArea[],
  organisations: readonly DemoOrganisation[],
  today: string,
): { people: DemoPerson[]; posts: DemoPost[] } {
  const people: DemoPerson[] = []
  const posts: DemoPost[] = []
  const name = nameSource(random)
  const counts = new Map<StaffRole, number>()
  const addPost = (
    personKey: string,
    role: StaffRole,
    areaCode: string | null,
    organisationCode: string | null,
    isLead: boolean,
  ) =>
    posts.push({
      key: `post:${String(posts.length + 1).padStart(4, '0')}`,
      personKey,
      role,
      areaCode,
      organisationCode,
      fromDay: addDays(today, -(120 + random.int(900))),
      isLead,
    })
  /** The first person of each role carries the role as user name. */
  const hire = (
    role: StaffRole,
    areaCode: string | null,
    organisationCode: string | null = null,
    isLead = false,
  ) => {
    const count = (counts.get(role) ?? 0) + 1
    counts.set(role, count)
    const key = `person:${String(people.length + 1).padStart(4, '0')}`
    people.push({ key, userName: count === 1 ? role : `${role}-${count}`, name: name(), generated: true })
    addPost(key, role, areaCode, organisationCode, isLead)
    return key
  }
  const street = areas[0]?.code ?? ''
  const centre: [StaffRole, number][] = [
    ['dispatcher', 3],
    ['duty-head', 2],
    ['verifier', 3],
    ['supervisor', 2],
    ['viewer', 1],
    ['system-admin', 1],
    ['security-admin', 1],
    ['audit-admin', 1],
  ]
  for (const [role, count] of centre) for (let i = 0; i < count; i++) hire(role, street)
  const secretaries: string[] = []
  const grids = areas.filter((area) => area.level === 'grid')
  for (const area of areas) {
    if (area.level === 'community') {
      secretaries.push(hire('secretary', area.code))
      for (let i = 0; i < 3; i++) hire('clerk', area.code)
    } else if (area.level === 'grid') {
      // In a small community one person holds two posts: the last secretary also heads the last grid.
      const last = secretaries.at(-1)
      if (area === grids.at(-1) && last !== undefined) addPost(last, 'grid-head', area.code, null, false)
      else hire('grid-head', area.code)
      hire('grid-worker', area.code)
      if (random.chance(0.35)) hire('grid-worker', area.code)
    } else if (area.level === 'micro-grid') {
      hire('micro-grid-member', area.code, null, true)
      if (random.chance(0.5)) hire('micro-grid-member', area.code)
    }
  }
  for (const organisation of organisations) {
    hire('organisation-lead', null, organisation.code)
    for (let i = 0; i < (organisation.code === 'urban-enforcement' ? 3 : 2); i++)
      hire('handler', null, organisation.code)
  }
  return { people, posts }
}

/** 609 residents: the nine demo sign-ins first, spread over the communities. */
export function makeResidents(random: SeededRandom, buildings: readonly DemoBuilding[]): DemoResident[] {
  const name = nameSource(random)
  return Array.from({ length: 609 }, (_, i): DemoResident => {
    const building = i < 9 ? buildings[Math.floor((i * buildings.length) / 9)] : random.pick(buildings)
    const { code, entrances, floors } = building ?? { code: '', entrances: 1, floors: 1 }
    return {
      key: `resident:${String(i + 1).padStart(4, '0')}`,
      name: name(),
      phone: i < 9 ? `1380000000${i + 1}` : `1390000${String(i - 8).padStart(4, '0')}`,
      buildingCode: code,
      room: `${1 + random.int(entrances)}单元 ${1 + random.int(floors)}-${1 + random.int(4)}`,
      generated: true,
    }
  })
}
