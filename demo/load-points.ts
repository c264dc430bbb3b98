/**
 * Points of the demo street: rules, sponsors and shops; a year that ended with its honours, a quarter from its list to
 * vouchers that were spent and paid, and one whose list is shown just now. All of it is done by the points module's own
 * acts, at days of the past.
 */
import { sql } from 'kysely'
import { addDays, dayOf, startOfDay } from '../lib/time.ts'
import { areaIndex } from '../modules/areas/server/index.ts'
import type { Ask } from '../modules/points/contract.ts'
import { cutoffOf, quarterBefore, quarterOf } from '../modules/points/rules/quarter.ts'
import {
  accountsOf,
  applyAsk,
  beginNotice,
  beginRun,
  findRun,
  insertRequest,
  issueVouchers,
  keepApproval,
  linesOf,
  postReserved,
  quarterList,
  settleRow,
  spendVoucher,
  vouchersOfRun,
  yearList,
} from '../modules/points/server/index.ts'
import { forgetSettings } from '../platform/street-settings.ts'
import { wanted } from './load-place.ts'
import { type Community, callAt, serveActivity, type VolunteerLoad } from './load-services.ts'

const keeps = 10
const rateFen = 100
const dayMs = 86_400_000

/** A post of the street's centre, by role: the accounts that prepare and approve. */
function centre({ world, posts }: VolunteerLoad, role: 'dispatcher' | 'duty-head' | 'supervisor'): string {
  const post = posts.find((one) => one.role === role)
  return wanted(world.posts.get(post?.key ?? ''), role).accountId
}

/** Asked for by the one and approved by the other at an instant, as two people of the street would. */
async function approved(
  load: VolunteerLoad,
  ask: Ask,
  { at, asker, approver, area }: { at: Date; asker: string; approver: string; area?: string },
): Promise<void> {
  const { tx, world } = load
  const call = callAt(load, at, approver)
  const request = { id: call.newId(), area: area ?? world.root.path }
  await insertRequest(tx, world.streetId, { ...request, payload: ask, by: asker, postId: null, at })
  await applyAsk(call, ask, request)
  const to = { outcome: 'approved', by: approver, postId: null, at, words: null }
  await settleRow(tx, world.streetId, request.id, to)
}

/** Who gives, who takes vouchers, and what earns how much: from two years ago on. */
export async function loadRules(load: VolunteerLoad): Promise<void> {
  const { tx, world, today } = load
  const at = startOfDay(addDays(today, -800))
  const from = dayOf(at)
  const by = { at, asker: centre(load, 'dispatcher'), approver: centre(load, 'supervisor') }
  const settings = {
    'points.timeBank': { on: true, mostHours: 1500 },
    'points.yearEnd': { expires: true, keeps, graceDays: 31 },
  }
  for (const [key, value] of Object.entries(settings))
    await tx.run(
      sql`insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
        values (${world.streetId}, ${key}, ${callAt(load, at).newId()}, 'set', ${JSON.stringify(value)}::jsonb, ${at}, ${at}, ${by.asker})`,
    )
  forgetSettings(world.streetId)
  const [water, gas] = [organisation(load, 'water'), organisation(load, 'gas')]
  const partner = (organisationId: string, part: 'shop' | 'sponsor', terms: string) =>
    approved(load, { act: 'partner', organisationId, part, terms, from }, by)
  await partner(water, 'sponsor', '每年捐款用于爱心券，只公布合计')
  await partner(gas, 'sponsor', '捐款用于爱心券')
  await partner(organisation(load, 'property-1'), 'shop', '便民超市收券，每季度结算一次')
  await partner(organisation(load, 'property-4'), 'shop', '社区理发店收券，每季度结算一次')
  const give = (organisationId: string, amountFen: number, note: string) =>
    approved(load, { act: 'donation', organisationId, amountFen, note, receivedOn: from }, by)
  await give(water, 500_000, '爱心款')
  await give(gas, 300_000, '爱心款')
  const rule = { act: 'rule', code: 'service', basis: 'hour', from } as const
  const people = { name: '志愿服务', earns: 'person', points: 5, capActivity: 20, capDay: 40 } as const
  const teams = { name: '单位出人服务', earns: 'organisation', points: 2, capActivity: 40 } as const
  await approved(load, { ...rule, ...people, reserveId: water }, by)
  await approved(load, { ...rule, ...teams, reserveId: gas }, by)
}

const organisation = ({ world }: VolunteerLoad, code: string): string =>
  wanted(world.organisations.get(code), code)

/** The last year whose honours can have been given by now. */
const yearOver = (today: string): number => Number(addDays(today, -46).slice(0, 4)) - 1

/** What people did in the year that is over; the festivals among it each by another organisation. */
export async function passYear(load: VolunteerLoad, community: Community): Promise<void> {
  const year = yearOver(load.today)
  const all = [
    ['03-05', '学雷锋便民集市', 'convenience', 12, 'lei-feng', 'power'],
    ['04-18', '清明后楼道清洁', 'environment', 9, undefined, undefined],
    ['06-16', '用火用电用气安全课', 'safety', 10, 'safety', 'gas'],
    ['09-12', '敬老理发', 'elder-care', 7, undefined, undefined],
    ['11-09', '消防演练', 'safety', 5, 'fire', 'fire-rescue'],
  ] as const
  for (const [day, title, kind, many, festival, organiser] of all)
    await serveActivity(
      load,
      community,
      {
        title,
        kind,
        content: title,
        on: `${year}-${day}`,
        places: 20,
        ...(festival ? { festival } : {}),
        ...(organiser ? { organiserId: organisation(load, organiser) } : {}),
      },
      community.people.slice(0, many),
    )
}

/** The newest quarter that can be paid out by now. */
const quarterOver = (today: string): string => quarterBefore(quarterOf(addDays(today, -25)))

export async function passQuarter(load: VolunteerLoad, community: Community): Promise<void> {
  const end = dayOf(cutoffOf(quarterOver(load.today)))
  const all = [
    [-75, '小区绿化修剪', 'environment', 12],
    [-50, '暑期托管陪读', 'children', 10],
    [-20, '老人理发日', 'elder-care', 8],
  ] as const
  for (const [days, title, kind, many] of all)
    await serveActivity(
      load,
      community,
      { title, kind, content: title, on: addDays(end, days), places: 20 },
      community.people.slice(0, many),
    )
}

interface Approving {
  readonly runId: string
  readonly from: Date
}

/** Shown for five days and approved by two. @returns when the second one approved */
async function approveByTwo(
  load: VolunteerLoad,
  { runId, from }: Approving,
  book: (at: Date, by: string) => Promise<unknown>,
): Promise<Date> {
  const { tx, world } = load
  const { streetId } = world
  await beginNotice(tx, streetId, runId, dayOf(from), addDays(dayOf(from), 5))
  const at = new Date(from.getTime() + 6 * dayMs + 3_600_000)
  const [first, second] = [centre(load, 'duty-head'), centre(load, 'supervisor')]
  await keepApproval(tx, streetId, runId, 'first', { by: first, at })
  await book(at, second)
  await keepApproval(tx, streetId, runId, 'second', { by: second, at })
  return at
}

async function begin(
  load: VolunteerLoad,
  { place, clerk }: Community,
  quarter: string,
  at: Date,
): Promise<string> {
  const { tx, world } = load
  const area = wanted((await areaIndex(tx, world.streetId)).byPath.get(place.area), place.area)
  const isYear = !quarter.includes('Q')
  const cutoff = isYear ? startOfDay(dayOf(at)) : cutoffOf(quarter)
  const leastPoints = isYear ? 1 : 10
  const asked = { area: place.area, quarter, cutoff, rateFen, leastPoints }
  const list = isYear
    ? await yearList(tx, { area: place.area, year: quarter, counted: cutoff, keeps })
    : await quarterList(tx, world.streetId, asked)
  const by = isYear ? null : clerk
  const head = { area, quarter, cutoff, rateFen, leastPoints, keeps: isYear ? keeps : 0, list, by }
  const id = await beginRun(callAt(load, at, isYear ? undefined : clerk), head)
  if (id === undefined || id === 'exists') throw new Error(`no run of ${quarter} for ${place.area}`)
  return id
}

/** 年终: what was left of the year expired, and three were honoured. */
export async function finishYear(load: VolunteerLoad, community: Community): Promise<void> {
  const { tx, world } = load
  const year = yearOver(load.today)
  const at = new Date(startOfDay(`${year + 1}-02-02`).getTime() + 9 * 3_600_000)
  const runId = await begin(load, community, String(year), at)
  await approveByTwo(load, { runId, from: at }, async (when, by) => {
    for (const { hold_id } of await linesOf(tx, world.streetId, runId))
      await postReserved(tx, { id: hold_id, by, at: when })
  })
  const honoured = [community.people[0]?.id, community.people[1]?.id, organisation(load, 'property-2')]
  const accountIds: string[] = []
  for (const id of honoured)
    for (const { id: account, unit, kind } of await accountsOf(tx, world.streetId, [id ?? '']))
      if (unit === 'points' && (kind === 'person' || kind === 'organisation')) accountIds.push(account)
  const given = new Date(startOfDay(`${year + 1}-02-12`).getTime() + 10 * 3_600_000)
  const by = { at: given, asker: community.clerk, approver: centre(load, 'supervisor') }
  const ask: Ask = { act: 'honours', areaId: community.place.area_id, year, accountIds }
  await approved(load, ask, { ...by, area: community.place.area })
}

/** 季度兑换, to its end: vouchers, some of them spent at two shops, one of which was paid in between; a family account. */
export async function finishQuarter(load: VolunteerLoad, community: Community): Promise<void> {
  const { tx, world, today } = load
  const { streetId } = world
  const quarter = quarterOver(today)
  const frozen = new Date(cutoffOf(quarter).getTime() + 7 * dayMs + 9 * 3_600_000)
  const runId = await begin(load, community, quarter, frozen)
  const issued = await approveByTwo(load, { runId, from: frozen }, async (at, by) => {
    const run = wanted(await findRun(tx, streetId, runId), 'the run')
    return issueVouchers(callAt(load, at, by), run, await linesOf(tx, streetId, runId))
  })
  const [market, barber] = [organisation(load, 'property-1'), organisation(load, 'property-4')]
  const vouchers = await vouchersOfRun(tx, streetId, runId)
  const clerks = new Map([market, barber].map((shop) => [shop, handlerOf(load, shop)]))
  const spend = async (shopId: string, nth: number, days: number) => {
    const row = vouchers[nth]
    const when = new Date(issued.getTime() + days * dayMs + nth * 600_000)
    if (row) await spendVoucher(callAt(load, when, clerks.get(shopId)), row, { shopId, when })
  }
  // One of three was spent before the payment, one after it, and one is still good.
  const thirds = [0, 1, 2].map((of) => vouchers.flatMap((_, nth) => (nth % 3 === of ? [nth] : [])))
  for (const nth of thirds[1] ?? []) await spend(nth % 4 === 3 ? barber : market, nth, 1 + (nth % 3))
  const by = { asker: centre(load, 'dispatcher'), approver: centre(load, 'supervisor') }
  const paid = new Date(issued.getTime() + 5 * dayMs)
  await approved(load, { act: 'pay-shop', organisationId: market, note: '季度结算' }, { ...by, at: paid })
  for (const nth of thirds[2] ?? []) await spend(market, nth, 7)
  await shareInFamily(load, community, paid)
}

function handlerOf({ world }: VolunteerLoad, organisationId: string): string {
  const post = [...world.posts.values()].find((one) => one.organisationId === organisationId)
  return wanted(post, 'somebody of the shop').accountId
}

async function shareInFamily(
  load: VolunteerLoad,
  { people, place, clerk }: Community,
  at: Date,
): Promise<void> {
  const [one, other] = [wanted(people[0], 'volunteer').id, wanted(people[1], 'volunteer').id]
  const by = { at, asker: clerk, approver: centre(load, 'supervisor'), area: place.area }
  const kin = { act: 'kin', onePersonId: one, otherPersonId: other, relation: 'parent-child' } as const
  await approved(load, kin, by)
  await approved(load, { act: 'gift-hours', personId: one, toPersonId: other, minutes: 90 }, by)
  await approved(load, { act: 'care', personId: other, minutes: 60, words: '陪诊一次' }, by)
}

/** 公示中: frozen three days ago and shown since. */
export async function showQuarter(load: VolunteerLoad, community: Community): Promise<void> {
  const { tx, world, today } = load
  const at = new Date(startOfDay(addDays(today, -3)).getTime() + 9 * 3_600_000)
  const runId = await begin(load, community, quarterOver(today), at)
  await beginNotice(tx, world.streetId, runId, addDays(today, -2), addDays(today, 3))
}
