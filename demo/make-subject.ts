/** What a demo case is about: a matter with its words, a place, and who says it. */
import type { SeededRandom } from '../lib/seeded-random.ts'
import type { Matter } from '../modules/cases/seeds/read-catalogue.ts'
import type { Channel } from '../modules/cases/words.ts'
import { pointInside, toLngLat } from './make-areas.ts'
import { gridRoads, shops } from './street-names.ts'
import { endings, greetings } from './texts/clerk-words.ts'
import type { TextTheme } from './texts/theme.ts'
import type { DemoBuilding, DemoCase, DemoPost, DemoResident, LngLat } from './types.ts'
import { postsIn, type World } from './world.ts'

export interface Subject {
  readonly theme: TextTheme
  readonly matter: Matter
  readonly title: string
  readonly text: string
  readonly channel: Channel
  readonly reporter: DemoResident | DemoPost
  /** The staff member who typed it in for the resident or for themselves; null when the resident filed it. */
  readonly filedBy: DemoPost | null
  readonly place: LngLat | null
  readonly addressText: string | null
  readonly building: DemoBuilding | null
  readonly microGridCode: string | null
  readonly gridCode: string | null
  readonly communityCode: string | null
  readonly confidential: boolean
  /** What was done about it: the sentence that answers these words where the theme pairs them. */
  readonly done: () => string
  readonly fill: (text: string) => string
}

/** Where a case begins. Rule: rights.md: the community desk of its place, else the street desk. */
export function beginsAtCommunity(subject: Pick<Subject, 'communityCode' | 'matter'>): boolean {
  return subject.communityCode !== null && subject.matter.level !== 'department'
}

const needsPlace = (theme: TextTheme) =>
  /\{(楼|小区|单元|路|物业|店)\}/.test(JSON.stringify([theme.issue, theme.words, theme.done]))

export function canBePlaceless(theme: TextTheme): boolean {
  return !needsPlace(theme)
}

export interface SubjectWish {
  readonly theme: TextTheme
  readonly placeless?: boolean
  /** Found by a grid worker instead of said by a resident. */
  readonly found?: boolean
  /** The same place as this case, for duplicates. */
  readonly beside?: DemoCase
}

const residentChannels: readonly [Channel, number][] = [
  ['resident-app', 48],
  ['phone', 26],
  ['desk', 14],
  ['field', 6],
  ['meeting', 3],
  ['upstream', 3],
]

export function pickWeighted<T>(random: SeededRandom, list: readonly (readonly [T, number])[]): T {
  let left = random.next() * list.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [thing, weight] of list) {
    left -= weight
    if (left < 0) return thing
  }
  return (list.at(-1) as readonly [T, number])[0]
}

/** The nine demo sign-ins say a little more than others, so that each of them finds some cases of their own. */
function pickResident(world: World, random: SeededRandom, building: DemoBuilding | null): DemoResident {
  const demo = world.residents
    .slice(0, 9)
    .filter((r) => building === null || sameCommunity(r.buildingCode, building.code))
  if (demo.length > 0 && random.chance(0.03)) return random.pick(demo)
  const near = building ? world.residents.filter((resident) => resident.buildingCode === building.code) : []
  return random.pick(near.length > 0 && random.chance(0.8) ? near : world.residents.slice(9))
}

const sameCommunity = (a: string, b: string) => a.slice(0, 12) === b.slice(0, 12)

export function makeSubject(world: World, random: SeededRandom, wish: SubjectWish): Subject {
  const { theme, beside } = wish
  const matter = world.matters.get(theme.matter)
  if (matter === undefined) throw new Error(`no matter ${theme.matter}`)
  const building =
    world.buildings.find((each) => each.code === beside?.buildingCode) ?? random.pick(world.buildings)
  const microGridCode = beside?.microGridCode ?? building.microGridCode
  const fill = makeFill(world, random, building)
  const reporter = wish.found ? finder(world, random, microGridCode) : pickResident(world, random, building)
  const channel = wish.found ? 'field' : pickWeighted(random, residentChannels)
  const gridCode = microGridCode.slice(0, 15)
  const communityCode = microGridCode.slice(0, 12)
  const inStreet = theme.matter.startsWith('GB')
  const said = random.int(theme.words.length)
  const text = wish.found
    ? fill(theme.found ?? theme.issue)
    : spoken(random, matter, fill(theme.words[said] ?? ''))
  const paired = !wish.found && theme.done.length === theme.words.length
  const done = () => (paired ? (theme.done[said] ?? '') : random.pick(theme.done))
  const common = { theme, matter, title: fill(theme.issue), text, reporter, channel, done, fill }
  const filedBy = wish.found ? (reporter as DemoPost) : filer(world, random, channel, microGridCode)
  const confidential = !wish.found && random.chance(/别说是我|家暴|群租/.test(text) ? 0.8 : 0.03)
  if (wish.placeless) {
    const none = {
      place: null,
      addressText: null,
      building: null,
      microGridCode: null,
      gridCode: null,
      communityCode: null,
    }
    return {
      ...common,
      ...none,
      filedBy: channel === 'resident-app' ? null : streetFiler(world, random),
      confidential,
    }
  }
  const inMicroGrid = () => toLngLat(pointInside(random, world.metres.get(microGridCode) ?? [], 8))
  return {
    ...common,
    filedBy,
    confidential,
    place: beside?.place ?? (inStreet ? inMicroGrid() : building.place),
    addressText: inStreet ? (beside?.addressText ?? fill('{路}，靠近{小区}')) : building.addressText,
    building: inStreet ? null : building,
    microGridCode,
    gridCode,
    communityCode,
  }
}

function finder(world: World, random: SeededRandom, microGridCode: string): DemoPost {
  const members = postsIn(world, 'micro-grid-member', microGridCode)
  const workers = postsIn(world, 'grid-worker', microGridCode.slice(0, 15))
  return random.pick(random.chance(0.45) ? members : workers)
}

function streetFiler(world: World, random: SeededRandom): DemoPost {
  return random.pick(world.posts.filter((post) => post.role === 'dispatcher'))
}

/** Who types in what a resident said by phone, at the desk, to a grid worker or in a meeting. */
function filer(world: World, random: SeededRandom, channel: Channel, microGridCode: string): DemoPost | null {
  switch (channel) {
    case 'resident-app':
      return null
    case 'field':
      return finder(world, random, microGridCode)
    case 'desk':
    case 'meeting':
      return random.pick(postsIn(world, 'clerk', microGridCode.slice(0, 12)))
    default:
      return streetFiler(world, random)
  }
}

function spoken(random: SeededRandom, { kind }: Matter, text: string): string {
  if (kind === 'praise') return text
  const tone = kind === 'inquiry' || kind === 'suggestion' ? endings.asking : endings.pressing
  const greeting = /^(你好|您好|请问)/.test(text) ? '' : random.pick(greetings)
  const ending = /谢|[！!]$/.test(text) || text.length > 70 ? '' : random.pick(tone)
  return `${greeting}${text}${ending}`
}

function makeFill(world: World, random: SeededRandom, building: DemoBuilding): (text: string) => string {
  const compound = world.compounds.find((each) => each.code === building.compoundCode)
  const firm = world.organisations.find((each) => each.code === compound?.propertyOrganisation)
  const bounds = world.areas.find((area) => area.code === compound?.gridCode)?.boundsText ?? ''
  const roads = [...bounds.matchAll(/至([^，]{1,4}(?:路|大道))/g)].map((match) => match[1] ?? '')
  const slots: Record<string, string> = {
    小区: compound?.name ?? '',
    楼: `${compound?.name ?? ''}${building.name}`,
    单元: `${1 + random.int(building.entrances)}单元`,
    层: String(2 + random.int(building.floors - 1)),
    路: random.pick(roads.length > 0 ? roads : gridRoads),
    店: random.pick(shops),
    天: String(2 + random.int(9)),
    几: String(2 + random.int(5)),
    时: random.pick(['早上六点', '中午十二点', '下午五点', '晚上八点', '夜里十一点']),
    物业: firm?.name ?? '物业公司',
  }
  return (text) => text.replace(/\{(.+?)\}/g, (whole, name: string) => slots[name] ?? whole)
}
