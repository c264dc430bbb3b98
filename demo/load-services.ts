/** Activities of the demo street and who served in them: came and left by code, seen by others, entered, with their points. */
import { newId } from '../lib/ids.ts'
import type { SeededRandom } from '../lib/seeded-random.ts'
import { addDays, dayOf, endOfDay, startOfDay } from '../lib/time.ts'
import {
  awardFor,
  countShift,
  enterRows,
  findSession,
  insertActivity,
  insertEvidence,
  insertNeed,
  insertSession,
  openActivityRow,
  putSignUp,
  setEvaluation,
  setTaker,
} from '../modules/volunteering/server/index.ts'
import { systemActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import type { LoadWorld } from './load-world.ts'
import type { DemoPost } from './types.ts'

export interface VolunteerLoad {
  readonly tx: Tx
  readonly keys: Keys
  readonly world: LoadWorld
  readonly today: string
  readonly seed: number | string
  readonly posts: readonly DemoPost[]
}

export interface Volunteer {
  readonly id: string
  readonly account_id: string | null
  readonly area_id: string
  readonly area: string
}

/** What all that happens in one community shares. */
export interface Community {
  readonly place: { readonly area_id: string; readonly area: string }
  readonly groupId: string
  readonly people: readonly Volunteer[]
  readonly random: SeededRandom
  /** An account of the community's desk. */
  readonly clerk: string
  id(name: string): string
}

export interface DemoActivity {
  readonly title: string
  readonly kind: string
  readonly content: string
  /** YYYY-MM-DD. */
  readonly on: string
  readonly places: number
  readonly seriesId?: string
  readonly festival?: string
  readonly organiserId?: string
  readonly leadId?: string
}

const hourMs = 3_600_000
const hoursLong = 2

/** What a call of the system brings, at an instant of the past; `by` somebody whose name then stands behind it. */
export function callAt({ tx, keys, world }: VolunteerLoad, at: Date, by?: string) {
  const system = systemActor(world.streetId, world.root.path)
  return {
    tx,
    at,
    actor: by === undefined ? system : { ...system, accountId: by },
    services: { keys, filesFolder: '', demo: true, sms: { name: 'log' as const, send: async () => {} } },
    newId: () => newId(at.getTime()),
  }
}

/** Planned a week ahead and open. @returns the ids of the activity and its shift */
export async function makeActivity(
  { tx, world }: VolunteerLoad,
  { place, groupId, clerk, id }: Community,
  one: DemoActivity,
): Promise<{ activityId: string; shiftId: string; startsAt: Date; endsAt: Date }> {
  const at = startOfDay(addDays(one.on, -7))
  const startsAt = new Date(startOfDay(one.on).getTime() + 9 * hourMs)
  const endsAt = new Date(startsAt.getTime() + hoursLong * hourMs)
  const [activityId, shiftId] = [id(`activity:${one.title}:${one.on}`), id(`shift:${one.title}:${one.on}`)]
  await insertActivity(
    tx,
    world.streetId,
    {
      id: activityId,
      ...place,
      group_id: groupId,
      series_id: one.seriesId ?? null,
      festival: one.festival ?? null,
      organiser_id: one.organiserId ?? null,
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
      lead_id: one.leadId ?? null,
      created_at: at,
      created_by: clerk,
    },
    [{ id: shiftId, starts_at: startsAt, ends_at: endsAt, places: one.places }],
  )
  await openActivityRow(tx, world.streetId, activityId, null, { account: clerk, at })
  return { activityId, shiftId, startsAt, endsAt }
}

/** Over: what is confirmed and past its notice is entered and has its points. */
export async function serveActivity(
  load: VolunteerLoad,
  community: Community,
  one: DemoActivity,
  people: readonly Volunteer[],
): Promise<void> {
  const { tx, world, today } = load
  const { streetId } = world
  const { place, groupId, clerk, id } = community
  const { activityId, shiftId, startsAt, endsAt } = await makeActivity(load, community, one)
  const noticeUntil = endOfDay(addDays(dayOf(endsAt), 3))
  const isOver = noticeUntil < startOfDay(today)
  const served: string[] = []
  for (const [n, person] of people.entries()) {
    const sessionId = id(`session:${one.title}:${one.on}:${n}`)
    const own = person.account_id ?? clerk
    await putSignUp(tx, streetId, {
      shiftId,
      person,
      area: place.area,
      state: 'joined',
      at: startOfDay(addDays(one.on, -3)),
      by: own,
    })
    await insertSession(tx, streetId, {
      id: sessionId,
      area: place.area,
      person,
      groupId,
      activityId,
      shiftId,
      needId: null,
      sheetId: null,
      servedId: null,
      source: 'on-site',
      startedAt: startsAt,
      endedAt: endsAt,
      noticeUntil,
      by: own,
      at: endsAt,
    })
    const line = {
      sessionId,
      area: place.area,
      accountId: person.account_id,
      signIn: null,
      device: null,
      words: null,
    }
    const evidence = (kind: 'arrived' | 'left' | 'confirmed', at: Date) =>
      insertEvidence(tx, streetId, {
        ...line,
        id: id(`${kind}:${one.title}:${one.on}:${n}`),
        kind,
        capacity: kind === 'confirmed' ? 'staff' : 'volunteer',
        by: kind === 'confirmed' ? clerk : own,
        byPerson: kind === 'confirmed' ? null : person.id,
        at,
      })
    await evidence('arrived', startsAt)
    await evidence('left', endsAt)
    if (!isOver) continue
    await evidence('confirmed', new Date(endsAt.getTime() + hourMs))
    served.push(sessionId)
  }
  await countShift(tx, streetId, shiftId, people.length, 0)
  if (served.length > 0) await enter(load, served, startOfDay(addDays(one.on, 5)))
}

async function enter(load: VolunteerLoad, ids: readonly string[], at: Date): Promise<void> {
  const { tx, world } = load
  const call = callAt(load, at)
  await enterRows(tx, world.streetId, ids, { account: call.actor.accountId, at })
  for (const id of ids) {
    const row = await findSession(tx, world.streetId, id)
    if (row) await awardFor(call, row)
  }
}

/** Asked by the one, done by the other for two hours, and confirmed by whoever asked. */
export async function makeHelp(
  { tx, world }: VolunteerLoad,
  { place, groupId, clerk, id }: Community,
  help: { by: Volunteer; served: Volunteer; on: string; kind: string; words: string },
): Promise<void> {
  const { streetId } = world
  const { by, served, on } = help
  const needId = id(`need:${on}:${by.id}`)
  const startedAt = new Date(startOfDay(on).getTime() + 14 * hourMs)
  const endedAt = new Date(startedAt.getTime() + hoursLong * hourMs)
  await insertNeed(
    tx,
    streetId,
    {
      id: needId,
      ...place,
      account_id: served.account_id,
      asker_id: served.id,
      kind: help.kind,
      words: help.words,
      wanted_text: '下午',
    },
    { account: clerk, at: startOfDay(on) },
  )
  await setTaker(tx, streetId, needId, by, startOfDay(on))
  const sessionId = id(`session:need:${on}:${by.id}`)
  await insertSession(tx, streetId, {
    id: sessionId,
    area: place.area,
    person: by,
    groupId,
    activityId: null,
    shiftId: null,
    needId,
    sheetId: null,
    servedId: served.id,
    source: 'need',
    startedAt,
    endedAt,
    noticeUntil: endOfDay(addDays(on, 3)),
    by: by.account_id ?? clerk,
    at: endedAt,
  })
  const said = new Date(endedAt.getTime() + hourMs)
  await insertEvidence(tx, streetId, {
    id: id(`said:need:${on}:${by.id}`),
    sessionId,
    area: place.area,
    accountId: by.account_id,
    signIn: null,
    device: null,
    words: null,
    kind: 'confirmed',
    capacity: 'served',
    by: served.account_id ?? clerk,
    byPerson: served.id,
    at: said,
  })
  await setEvaluation(tx, streetId, needId, { satisfaction: 'satisfied', words: '很及时，谢谢', at: said })
}
