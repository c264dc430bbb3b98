/** Volunteers of the demo street with what they did and what is to come; everything made up, in a street that is marked as a demo. */
import { createSeededRandom } from '../lib/seeded-random.ts'
import { addDays, startOfDay } from '../lib/time.ts'
import { insertPerson, sealPerson } from '../modules/people/server/index.ts'
import {
  changeWish,
  insertAsked,
  insertGroup,
  insertNeed,
  insertSeries,
  insertVolunteer,
  insertWish,
  lockWish,
  lookThrough,
  putMember,
} from '../modules/volunteering/server/index.ts'
import { wanted } from './load-place.ts'
import { finishQuarter, finishYear, loadRules, passQuarter, passYear, showQuarter } from './load-points.ts'
import {
  type Community,
  callAt,
  type DemoActivity,
  makeActivity,
  makeHelp,
  serveActivity,
  type Volunteer,
  type VolunteerLoad,
} from './load-services.ts'
import type { LoadWorld } from './load-world.ts'

const past = [
  { title: '老人理发日', kind: 'elder-care', content: '为高龄老人理发', days: -40, people: 6 },
  { title: '楼道清洁', kind: 'environment', content: '清理楼道杂物', days: -25, people: 8 },
  { title: '周末护学岗', kind: 'children', content: '放学时段护送过街', days: -12, people: 5 },
  { title: '反诈宣传入户', kind: 'safety', content: '上门讲防诈骗', days: -1, people: 4 },
] as const
const coming = [
  { title: '便民磨刀修伞', kind: 'convenience', content: '磨刀、修伞、修小家电', days: 3, places: 12 },
  { title: '陪老人聊天', kind: 'mind', content: '陪独居老人说说话', days: 6, places: 6 },
] as const
const needs = [
  ['elder-care', '腿脚不便，想请人陪着去社区医院取药', '周三上午'],
  ['convenience', '家里灯泡坏了，够不着', '随时'],
] as const
/** Words, and what became of them. */
const wishes = [
  ['想要一副老花镜', 'waiting', null],
  ['想学会用手机挂号', 'open', '一位老人想学会用手机挂号'],
  ['想要一辆旧童车', 'claimed', '一位新手妈妈想要一辆旧童车'],
] as const

/** Two communities with all that was and is; the street's rules, sponsors and shops stand before them. */
export async function loadVolunteers(load: VolunteerLoad): Promise<void> {
  const { world, posts } = load
  const deskOf = (code: string) => {
    const post = posts.find(({ role, areaCode }) => role === 'clerk' && areaCode === code)
    return wanted(world.posts.get(post?.key ?? ''), `a clerk of ${code}`).accountId
  }
  const places = [...world.areas].filter(([, { path }]) => path.split('.').length === 2).slice(0, 2)
  await loadRules(load)
  for (const [index, [code, { id, path }]] of places.entries()) {
    const community = await found(load, { area_id: id, area: path }, index, deskOf(code))
    await passYear(load, community)
    await passQuarter(load, community)
    await loadRecent(load, community)
    // The first is done with its quarter; the second shows its list just now.
    if (index === 0) {
      await finishYear(load, community)
      await finishQuarter(load, community)
    } else await showQuarter(load, community)
  }
}

/** Organisations, team, committee, series and a dozen volunteers, two years ago. */
async function found(
  load: VolunteerLoad,
  place: Community['place'],
  index: number,
  clerk: string,
): Promise<Community> {
  const { tx, world, today, seed } = load
  const { streetId } = world
  const at = startOfDay(addDays(today, -800))
  const by = { account: clerk, at }
  const id = (name: string) => world.idOf(`volunteering:${index}:${name}`, at.getTime())
  const group = {
    id: id('group'),
    ...place,
    parent_id: null,
    organisation_id: null,
    phone: '000-00000000',
    active: true,
    head: '示范负责人',
  }
  const n = index + 1
  const team = { ...group, id: id('team'), parent_id: group.id, organisation_id: linkedOf(world, index) }
  const committee = { ...group, id: id('committee'), kind: 'committee' as const }
  await insertGroup(tx, streetId, { ...group, kind: 'organisation', name: `示范${n}号志愿服务站` }, by)
  await insertGroup(tx, streetId, { ...team, kind: 'team', name: `示范${n}号红色志愿服务队` }, by)
  await insertGroup(tx, streetId, { ...committee, name: `示范${n}号居务监督委员会` }, by)
  await insertSeries(tx, streetId, { id: id('series'), ...place, name: '孝心敬老', audience: '老人' }, by)
  const people = await makePeople(load, place, index, id)
  for (const [nth, person] of people.entries()) {
    await insertVolunteer(tx, streetId, {
      person,
      groupId: group.id,
      interests: ['elder-care'],
      availability: '周末',
      at,
    })
    await putMember(tx, streetId, group, person, 'member', at)
    if (nth >= 2 && nth <= 5) await putMember(tx, streetId, team, person, 'member', at)
  }
  await putMember(tx, streetId, committee, wanted(people[1], 'volunteer'), 'member', at)
  const random = createSeededRandom(`volunteers:${seed}:${index}:service`)
  return { place, groupId: group.id, people, random, clerk, id }
}

/** Whose people a team is. */
const linkedOf = (world: LoadWorld, index: number): string =>
  wanted(world.organisations.get(`property-${index + 2}`), 'a property firm')

async function makePeople(
  load: VolunteerLoad,
  place: Community['place'],
  index: number,
  id: (name: string) => string,
): Promise<Volunteer[]> {
  const { tx, keys, world, today, seed } = load
  const random = createSeededRandom(`volunteers:${seed}:${index}`)
  const residents = [...world.residents.values()].slice(index * 12, index * 12 + 12)
  const at = startOfDay(addDays(today, -800))
  const people: Volunteer[] = []
  for (const [n, resident] of residents.entries()) {
    const person = { id: id(`person:${n}`), account_id: resident.accountId, ...place }
    const birthOn = addDays(today, -(22 + random.int(50)) * 365 - random.int(365))
    const sealed = sealPerson(keys, person.id, { name: resident.name, phone: resident.phone, birthOn })
    const row = { ...person, birth_on: birthOn, ...sealed, created_by: resident.accountId, created_at: at }
    if (await insertPerson(tx, world.streetId, row)) people.push(person)
  }
  return people
}

/** The last weeks, and what is to come. */
async function loadRecent(load: VolunteerLoad, community: Community): Promise<void> {
  const { tx, world, today } = load
  const { people, place, groupId, id } = community
  for (const { days, people: many, ...one } of past) {
    const activity = { ...one, on: addDays(today, days), places: 20, seriesId: id('series') }
    await serveActivity(load, community, activity, people.slice(0, many))
  }
  const leadId = wanted(people[0], 'volunteer').id
  for (const { days, ...one } of coming)
    await makeActivity(load, community, { ...one, on: addDays(today, days), leadId })
  for (const one of festivalsAhead(world, today)) await makeActivity(load, community, { ...one, leadId })
  await loadAsked(load, community)
  // Two who help one another in turn, so that the board has something to call back about.
  const [one, other] = [wanted(people[6], 'volunteer'), wanted(people[7], 'volunteer')]
  for (const [turn, days] of [-9, -8, -7, -6].entries()) {
    const [by, served] = turn % 2 ? [one, other] : [other, one]
    const help = { by, served, on: addDays(today, days), kind: 'convenience', words: '帮忙搬东西' }
    await makeHelp(load, community, help)
  }
  await lookThrough(callAt(load, startOfDay(today)), [place.area])
  const asker = wanted(people[0], 'volunteer')
  await insertAsked(tx, world.streetId, {
    id: id('certificate'),
    area: place.area,
    account_id: asker.account_id,
    person_id: asker.id,
    group_id: groupId,
    from_on: addDays(today, -365),
    to_on: today,
    asked_at: startOfDay(today),
  })
}

/** For the next of the festivals on a fixed day, by the organisation whose turn it is. */
function festivalsAhead(world: LoadWorld, today: string): DemoActivity[] {
  const year = Number(today.slice(0, 4))
  const all = [
    ['lei-feng', '03-05', '学雷锋便民集市', 'convenience', 'power'],
    ['safety', '06-16', '用火用电用气安全课', 'safety', 'gas'],
    ['fire', '11-09', '消防演练', 'safety', 'fire-rescue'],
    ['volunteers', '12-05', '志愿者日答谢会', 'culture', 'power'],
  ] as const
  return [year, year + 1]
    .flatMap((of) => all.map(([festival, day, ...rest]) => ({ festival, on: `${of}-${day}`, rest })))
    .filter(({ on }) => on > addDays(today, 7))
    .slice(0, 2)
    .map(({ festival, on, rest: [title, kind, organiser] }) => ({
      title,
      kind,
      content: title,
      on,
      places: 40,
      festival,
      organiserId: wanted(world.organisations.get(organiser), organiser),
    }))
}

/** Needs that are open, and wishes on their way. */
async function loadAsked(load: VolunteerLoad, { place, people, id, clerk }: Community): Promise<void> {
  const { tx, world, today } = load
  const { streetId } = world
  const [asker, wisher, claimer] = [people[1], people[8], people[9]]
  if (!asker || !wisher || !claimer) throw new Error('a dozen volunteers')
  for (const [n, [kind, words, wanted_text]] of needs.entries())
    await insertNeed(
      tx,
      streetId,
      {
        id: id(`need:${n}`),
        ...place,
        account_id: asker.account_id,
        asker_id: asker.id,
        kind,
        words,
        wanted_text,
      },
      { account: clerk, at: startOfDay(today) },
    )
  const at = startOfDay(addDays(today, -3))
  for (const [n, [words, state, publicWords]] of wishes.entries()) {
    const wishId = id(`wish:${n}`)
    const made_by = wisher.account_id ?? clerk
    await insertWish(tx, streetId, { id: wishId, ...place, words, made_by, made_at: at })
    if (state === 'waiting') continue
    const row = wanted(await lockWish(tx, streetId, wishId), 'a wish')
    await changeWish(tx, streetId, row, { state: 'open', publicWords }, { account: clerk, at })
    if (state === 'open') continue
    const open = wanted(await lockWish(tx, streetId, wishId), 'a wish')
    const by = claimer.account_id ?? clerk
    await changeWish(
      tx,
      streetId,
      open,
      { state: 'claimed', claimed: { by, as: '热心邻居' } },
      { account: by, at },
    )
  }
}
