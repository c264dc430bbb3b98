/** Writes the made-up demo street into the database, under the same constraints and row security as every operation. */
import { sql } from 'kysely'
import { newId } from '../lib/ids.ts'
import { dayOf } from '../lib/time.ts'
import { hashPassword } from '../modules/accounts/server/index.ts'
import { areaIndex, buildingIds } from '../modules/areas/server/index.ts'
import { buildWorkingCalendar, shippedCalendar } from '../modules/cases/rules/working-days.ts'
import { insertCases, takeCaseNumbers } from '../modules/cases/server/index.ts'
import { systemAccountId, systemActor } from '../platform/actor.ts'
import { inTransaction, type Pool, type Tx } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import { StartupRefusal } from '../platform/startup-refusal.ts'
import { generateStreet } from './generate-street.ts'
import { wholeCase } from './load-case.ts'
import { loadDuties } from './load-duties.ts'
import { demoIds } from './load-ids.ts'
import { loadParty } from './load-party.ts'
import { foundedAt, loadPlace, type PartyIds, partyIds, wanted } from './load-place.ts'
import { loadRoster } from './load-roster.ts'
import { loadSafety } from './load-safety.ts'
import { loadVolunteers } from './load-volunteers.ts'
import { demoNumbers, type LoadWorld } from './load-world.ts'
import type { DemoStreet } from './types.ts'

export interface DemoLoad {
  pool: Pool
  keys: Keys
  /** YYYY-MM-DD: the demo stands on the morning of this day. */
  today: string
  /** Of every staff account. Ignored when the demo is there already. */
  password: string
  say(line: string): void
  seed?: number | string
  /** Stops between two batches; the next run goes on. */
  signal?: AbortSignal
}

export interface DemoReport {
  added: { areas: number; people: number; residents: number; cases: number }
  /** Everything was there already. */
  wasThere: boolean
  stopped: boolean
}

/** The code under which the demo street always stands. */
export { streetCode as demoStreetCode } from './street-names.ts'

const batchSize = 200
const progressName = 'demo'

interface Progress {
  seed: string
  today: string
  cases: number
  total: number
}

const noneAdded = { areas: 0, people: 0, residents: 0, cases: 0 }

/**
 * Idempotent: a demo that is there adds nothing, one that was broken off goes on with the seed and day it began with.
 * @throws StartupRefusal beside a real street, or for another seed or day than the demo that is there
 */
export async function loadDemo(load: DemoLoad): Promise<DemoReport> {
  const { pool, say, today, seed = 1 } = load
  await refuseBesideReal(pool)
  const there = await findDemo(pool)
  if (there?.progress && there.progress.cases >= there.progress.total)
    return { added: noneAdded, wasThere: true, stopped: false }
  if (there?.progress && (there.progress.seed !== String(seed) || there.progress.today !== today))
    say(
      `继续写入未完成的示范街道（${there.progress.today}）。 Going on with the unfinished demo street (${there.progress.today}).`,
    )
  const wish = there?.progress ?? { seed, today }
  say('正在生成示范街道…… Making up the demo street…')
  const street = generateStreet(wish)
  const idOf = demoIds(wish.seed, wish.today)
  const ids = partyIds(street, idOf)
  const streetId = there?.streetId ?? (await begin(load, street, ids))
  if (there) await renewPasswords(load, streetId, street, ids)
  const cases = await loadCases(load, street, await worldOf(pool, streetId, street, ids, idOf))
  const added = there
    ? { ...noneAdded, cases: cases.added }
    : {
        areas: street.areas.length,
        people: street.people.length,
        residents: street.residents.length,
        cases: cases.added,
      }
  return { added, wasThere: false, stopped: cases.stopped }
}

/** Whether a demo street was begun and its cases are not all there. */
export async function demoIsUnfinished(pool: Pool): Promise<boolean> {
  const there = await findDemo(pool)
  return there?.progress !== undefined && there.progress.cases < there.progress.total
}

const listStreets = (pool: Pool) =>
  inTransaction(pool, { actor: undefined }, (tx) =>
    tx.many(
      sql<{
        id: number
        code: string
        demo: boolean
      }>`select street_id as id, code, demo from streets order by street_id`,
    ),
  )

async function refuseBesideReal(pool: Pool): Promise<void> {
  const streets = await listStreets(pool)
  if (streets.some((street) => !street.demo))
    throw new StartupRefusal('platform/demo-beside-real', {
      zh: '这个数据库里有真实街道；示范街道会关闭动态口令，请另用一个数据文件夹。',
      en: 'This database holds a real street; a demo switches the second factor off, so use another data folder for it.',
    })
}

async function findDemo(
  pool: Pool,
): Promise<{ streetId: number; progress: Progress | undefined } | undefined> {
  const streets = await listStreets(pool)
  const demo = streets.find((street) => street.demo)
  if (!demo) return undefined
  const progress = await inTransaction(pool, { actor: systemActor(demo.id, `s${demo.code}`) }, (tx) =>
    tx.maybe(
      sql<{
        value: Progress
      }>`select value from demo_progress where street_id = ${demo.id} and name = ${progressName}`,
    ),
  )
  return { streetId: demo.id, progress: progress?.value }
}

/** The street with its people, and the mark that its cases are still to come: all or nothing. */
function begin({ pool, keys, password }: DemoLoad, street: DemoStreet, ids: PartyIds): Promise<number> {
  return inTransaction(pool, { actor: undefined }, async (tx) => {
    const streetId = await loadPlace(tx, keys, street, ids, password)
    await loadRoster(tx, streetId, street, ids)
    await saveProgress(tx, streetId, street, 0)
    return streetId
  })
}

async function saveProgress(tx: Tx, streetId: number, street: DemoStreet, cases: number): Promise<void> {
  const value: Progress = {
    seed: String(street.seed),
    today: street.today,
    cases,
    total: street.cases.length,
  }
  await tx.run(
    sql`insert into demo_progress (street_id, name, value, changed_at, changed_by)
      values (${streetId}, ${progressName}, ${JSON.stringify(value)}::jsonb, ${foundedAt(street.today)}, ${systemAccountId})
      on conflict (street_id, name) do update set value = excluded.value`,
  )
}

/** Nobody has used an unfinished demo yet, so the password that is shown now is the one that holds. */
async function renewPasswords(
  { pool, password }: DemoLoad,
  streetId: number,
  street: DemoStreet,
  ids: PartyIds,
) {
  const hash = await hashPassword(password)
  const accounts = street.people.map((person) => wanted(ids.accounts.get(person.key), person.key))
  await inTransaction(pool, { actor: systemActor(streetId, `s${street.code}`) }, (tx) =>
    tx.run(sql`update accounts set password_hash = ${hash} where id = any(${accounts}::uuid[])`),
  )
}

async function worldOf(
  pool: Pool,
  streetId: number,
  street: DemoStreet,
  ids: PartyIds,
  idOf: LoadWorld['idOf'],
): Promise<LoadWorld> {
  const buildings = new Map(street.buildings.map((building) => [building.code, building.addressText]))
  return inTransaction(pool, { actor: systemActor(streetId, `s${street.code}`) }, async (tx) => {
    const { root, byId } = await areaIndex(tx, streetId)
    const matters = await tx.many(
      sql<{
        id: string
        code: string
        level: string
      }>`select id, code, level from matters where street_id = ${streetId}`,
    )
    return {
      streetId,
      idOf,
      calendar: buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions),
      root,
      areas: new Map([...byId.values()].map((area) => [area.code, area])),
      buildings: await buildingIds(tx, streetId),
      matters: new Map(matters.map((matter) => [matter.code, matter])),
      organisations: ids.organisations,
      posts: new Map(
        street.posts.map((post) => [
          post.key,
          {
            id: wanted(ids.posts.get(post.key), post.key),
            accountId: wanted(ids.accounts.get(post.personKey), post.personKey),
            organisationId:
              post.organisationCode === null ? null : (ids.organisations.get(post.organisationCode) ?? null),
          },
        ]),
      ),
      residents: new Map(
        street.residents.map((resident) => [
          resident.key,
          {
            ...resident,
            accountId: wanted(ids.accounts.get(resident.key), resident.key),
            address: `${buildings.get(resident.buildingCode) ?? ''} ${resident.room}`,
          },
        ]),
      ),
      cases: new Map(street.cases.map((each) => [each.key, each])),
      numbers: demoNumbers(street.cases),
      caseIds: new Map(street.cases.map((each) => [each.key, idOf(each.key, Date.parse(each.createdAt))])),
    }
  })
}

async function loadCases({ pool, keys, say, signal }: DemoLoad, street: DemoStreet, world: LoadWorld) {
  const actor = systemActor(world.streetId, `s${street.code}`)
  const begun = (await findDemo(pool))?.progress?.cases ?? 0
  let done = begun
  let besides = 0
  while (done < street.cases.length && !signal?.aborted) {
    const batch = street.cases.slice(done, done + batchSize)
    const whole = batch.map((each) => wholeCase(world, keys, each))
    const counts = new Map<string, number>()
    for (const each of batch) {
      const day = dayOf(new Date(each.createdAt))
      counts.set(day, (counts.get(day) ?? 0) + 1)
    }
    done += batch.length
    const last = done === street.cases.length
    await inTransaction(pool, { actor }, async (tx) => {
      await takeCaseNumbers(tx, world.streetId, counts)
      await insertCases(tx, world.streetId, whole)
      await saveProgress(tx, world.streetId, street, done)
      if (last) {
        await loadParty({ tx, world, street })
        besides = await loadDuties({ tx, keys, world, street })
        besides += await loadSafety({ tx, keys, world, street })
        await loadVolunteers({ tx, keys, world, today: street.today, seed: street.seed, posts: street.posts })
        await noteLoad(tx, world.streetId, street)
      }
    })
    say(`  诉求 cases ${done} / ${street.cases.length}`)
  }
  return { added: done - begun + besides, stopped: done < street.cases.length }
}

function noteLoad(tx: Tx, streetId: number, street: DemoStreet): Promise<void> {
  const at = new Date(street.cases.at(-1)?.createdAt ?? foundedAt(street.today))
  return tx.finishAct({
    street: streetId,
    actor: systemAccountId,
    at: at.toISOString(),
    requestId: 'demo',
    audit: [
      {
        id: newId(at.getTime()),
        post_id: null,
        operation: 'demo.load',
        subject_type: 'street',
        subject_id: street.code,
        outcome: 'done',
        detail: { seed: String(street.seed), today: street.today, cases: street.cases.length },
      },
    ],
  })
}
