/** Volunteers of the demo street with what they did and what is to come; everything made up, in a street that is marked as a demo. */
import { createSeededRandom } from '../lib/seeded-random.ts'
import { addDays, dayOf, endOfDay, startOfDay } from '../lib/time.ts'
import { insertPerson, sealPerson } from '../modules/people/server/index.ts'
import {
  countShift,
  enterRows,
  insertActivity,
  insertEvidence,
  insertGroup,
  insertNeed,
  insertSeries,
  insertSession,
  insertVolunteer,
  insertWish,
  openActivityRow,
  putMember,
  putSignUp,
} from '../modules/volunteering/server/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import { wanted } from './load-place.ts'
import type { LoadWorld } from './load-world.ts'

interface Load {
  readonly tx: Tx
  readonly keys: Keys
  readonly world: LoadWorld
  readonly today: string
  readonly seed: number | string
}

interface Community {
  readonly id: string
  readonly path: string
}

interface Volunteer {
  readonly id: string
  readonly account_id: string | null
  readonly area_id: string
  readonly area: string
}

const hourMs = 3_600_000
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
const wishes = ['想要一副老花镜', '想学会用手机挂号', '想要一辆旧童车'] as const

/** Two communities: an organisation with its committee, a dozen volunteers, past and coming activities, needs and wishes. */
export async function loadVolunteers(load: Load): Promise<void> {
  const communities = [...load.world.areas.values()].filter(({ path }) => path.split('.').length === 2)
  for (const [index, community] of communities.slice(0, 2).entries())
    await loadCommunity(load, community, index)
}

async function loadCommunity(load: Load, community: Community, index: number): Promise<void> {
  const { tx, world, today } = load
  const { streetId } = world
  const at = startOfDay(addDays(today, -90))
  const by = { account: deskOf(world), at }
  const id = (name: string) => world.idOf(`volunteering:${index}:${name}`, at.getTime())
  const place = { area_id: community.id, area: community.path }
  const group = {
    id: id('group'),
    ...place,
    parent_id: null,
    phone: '000-00000000',
    active: true,
    head: '示范负责人',
  }
  const committee = {
    ...group,
    id: id('committee'),
    kind: 'committee' as const,
    name: `示范${index + 1}号居务监督委员会`,
  }
  await insertGroup(
    tx,
    streetId,
    { ...group, kind: 'organisation', name: `示范${index + 1}号志愿服务站` },
    by,
  )
  await insertGroup(
    tx,
    streetId,
    { ...group, id: id('team'), kind: 'team', name: `示范${index + 1}号红色志愿服务队`, parent_id: group.id },
    by,
  )
  await insertGroup(tx, streetId, committee, by)
  const series = { id: id('series'), ...place, name: '孝心敬老', audience: '老人' }
  await insertSeries(tx, streetId, series, by)
  const people = await makePeople(load, place, index, id)
  for (const person of people) {
    await insertVolunteer(tx, streetId, {
      person,
      groupId: group.id,
      interests: ['elder-care'],
      availability: '周末',
      at,
    })
    await putMember(tx, streetId, group, person, 'member', at)
  }
  const first = wanted(people[0], 'volunteer')
  const second = wanted(people[1], 'volunteer')
  await putMember(tx, streetId, committee, second, 'member', at)
  for (const one of past)
    await pastActivity(load, {
      ...one,
      place,
      groupId: group.id,
      seriesId: series.id,
      by: by.account,
      id,
      people,
    })
  for (const one of coming) {
    const startsAt = new Date(startOfDay(addDays(today, one.days)).getTime() + 9 * hourMs)
    const shift = {
      id: id(`shift:${one.title}`),
      starts_at: startsAt,
      ends_at: new Date(startsAt.getTime() + 2 * hourMs),
      places: one.places,
    }
    await makeActivity(load, {
      ...one,
      place,
      groupId: group.id,
      seriesId: null,
      by: by.account,
      id,
      shift,
      at: startOfDay(addDays(today, -5)),
      leadId: first.id,
    })
  }
  for (const [n, [kind, words, wanted_text]] of needs.entries())
    await insertNeed(
      tx,
      streetId,
      {
        id: id(`need:${n}`),
        ...place,
        account_id: second.account_id,
        asker_id: second.id,
        kind,
        words,
        wanted_text,
      },
      { ...by, at: startOfDay(today) },
    )
  for (const [n, words] of wishes.entries())
    await insertWish(tx, streetId, {
      id: id(`wish:${n}`),
      ...place,
      words,
      made_by: by.account,
      made_at: startOfDay(addDays(today, -3)),
    })
}

/** Somebody of the staff records. */
function deskOf(world: LoadWorld): string {
  return wanted([...world.posts.values()][0], 'a post').accountId
}

async function makePeople(
  load: Load,
  place: { area_id: string; area: string },
  index: number,
  id: (name: string) => string,
): Promise<Volunteer[]> {
  const { tx, keys, world, today, seed } = load
  const random = createSeededRandom(`volunteers:${seed}:${index}`)
  const residents = [...world.residents.values()].slice(index * 12, index * 12 + 12)
  const at = startOfDay(addDays(today, -90))
  const people: Volunteer[] = []
  for (const [n, resident] of residents.entries()) {
    const person = { id: id(`person:${n}`), account_id: resident.accountId, ...place }
    const birthOn = addDays(today, -(20 + random.int(50)) * 365 - random.int(365))
    const sealed = sealPerson(keys, person.id, { name: resident.name, phone: resident.phone, birthOn })
    const row = { ...person, birth_on: birthOn, ...sealed, created_by: resident.accountId, created_at: at }
    if (await insertPerson(tx, world.streetId, row)) people.push(person)
  }
  return people
}

interface Making {
  title: string
  kind: string
  content: string
  days: number
  place: { area_id: string; area: string }
  groupId: string
  seriesId: string | null
  by: string
  id(name: string): string
}

async function makeActivity(
  { tx, world }: Load,
  one: Making & {
    shift: { id: string; starts_at: Date; ends_at: Date; places: number }
    at: Date
    leadId: string | null
  },
): Promise<string> {
  const id = one.id(`activity:${one.title}`)
  await insertActivity(
    tx,
    world.streetId,
    {
      id,
      ...one.place,
      group_id: one.groupId,
      series_id: one.seriesId,
      kind: one.kind,
      title: one.title,
      content: one.content,
      place_text: '社区活动室',
      risk: 'ordinary',
      insurance_policy: null,
      insured_from: null,
      insured_until: null,
      skill: null,
      min_age: 14,
      lead_id: one.leadId,
      created_at: one.at,
      created_by: one.by,
    },
    [one.shift],
  )
  await openActivityRow(tx, world.streetId, id, null, { account: one.by, at: one.at })
  return id
}

/** Came and left by code and confirmed; entered when its notice is over. */
async function pastActivity(load: Load, one: Making & { people: readonly Volunteer[] }): Promise<void> {
  const { tx, world, today } = load
  const { streetId } = world
  const startsAt = new Date(startOfDay(addDays(today, one.days)).getTime() + 9 * hourMs)
  const endsAt = new Date(startsAt.getTime() + 2 * hourMs)
  const shift = { id: one.id(`shift:${one.title}`), starts_at: startsAt, ends_at: endsAt, places: 20 }
  const activityId = await makeActivity(load, {
    ...one,
    shift,
    at: startOfDay(addDays(today, one.days - 7)),
    leadId: null,
  })
  const count = past.find(({ title }) => title === one.title)?.people ?? 0
  const entered: string[] = []
  for (const [n, person] of one.people.slice(0, count).entries()) {
    const id = one.id(`session:${one.title}:${n}`)
    const signedUp = startOfDay(addDays(today, one.days - 3))
    await putSignUp(tx, streetId, {
      shiftId: shift.id,
      person,
      area: one.place.area,
      state: 'joined',
      at: signedUp,
      by: one.by,
    })
    const noticeUntil = endOfDay(addDays(dayOf(endsAt), 3))
    await insertSession(tx, streetId, {
      id,
      area: one.place.area,
      person,
      groupId: one.groupId,
      activityId,
      shiftId: shift.id,
      needId: null,
      sheetId: null,
      servedId: null,
      source: 'on-site',
      startedAt: startsAt,
      endedAt: endsAt,
      noticeUntil,
      by: person.account_id ?? one.by,
      at: endsAt,
    })
    const line = {
      sessionId: id,
      area: one.place.area,
      accountId: person.account_id,
      signIn: null,
      device: null,
      words: null,
    }
    const own = {
      ...line,
      capacity: 'volunteer' as const,
      by: person.account_id ?? one.by,
      byPerson: person.id,
    }
    await insertEvidence(tx, streetId, {
      ...own,
      id: one.id(`came:${one.title}:${n}`),
      kind: 'arrived',
      at: startsAt,
    })
    await insertEvidence(tx, streetId, {
      ...own,
      id: one.id(`left:${one.title}:${n}`),
      kind: 'left',
      at: endsAt,
    })
    if (noticeUntil >= startOfDay(today)) continue
    const confirmed = { ...line, capacity: 'staff' as const, by: one.by, byPerson: null }
    await insertEvidence(tx, streetId, {
      ...confirmed,
      id: one.id(`said:${one.title}:${n}`),
      kind: 'confirmed',
      at: new Date(endsAt.getTime() + hourMs),
    })
    entered.push(id)
  }
  await countShift(tx, streetId, shift.id, Math.min(count, one.people.length), 0)
  if (entered.length > 0)
    await enterRows(tx, streetId, entered, { account: one.by, at: startOfDay(addDays(today, one.days + 5)) })
}
