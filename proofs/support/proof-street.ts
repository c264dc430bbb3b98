/** Two made-up streets with a person for every post, filled through the doors of the modules, for proofs and benches. */
import { newId } from '../../lib/ids.ts'
import { dayOf } from '../../lib/time.ts'
import {
  insertAccounts,
  insertOrganisations,
  insertPosts,
  openSession,
} from '../../modules/accounts/server/index.ts'
import {
  createStreet,
  type IndexedArea,
  insertAreas,
  insertBoundaries,
} from '../../modules/areas/server/index.ts'
import { insertCatalogue } from '../../modules/cases/server/index.ts'
import {
  areaShapes,
  levels,
  organisations,
  type PostShape,
  postShapes,
} from '../../modules/testing/street-shape.ts'
import { type Actor, systemActor } from '../../platform/actor.ts'
import { inTransaction, type Pool, type Tx } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'

export interface Staff extends PostShape {
  readonly accountId: string
  readonly postId: string
}

export interface ProofStreet {
  readonly streetId: number
  readonly code: string
  readonly areas: ReadonlyMap<string, IndexedArea>
  readonly organisations: ReadonlyMap<string, string>
  /** By user name without the street's prefix: `clerk-c1`. */
  readonly staff: ReadonlyMap<string, Staff>
  readonly residents: readonly { readonly accountId: string; readonly phone: string }[]
  readonly system: Actor
  areaId(code: string): string
  areaPath(code: string): string
  organisationId(code: string): string
  staffOf(username: string): Staff
  pointIn(code: string): { lng: number; lat: number; datum: 'wgs84' }
}

export interface StreetPlan {
  readonly code: string
  readonly name: string
  readonly west: number
  /** Put before user names and into names of people, so that a stranger's is recognised. */
  readonly prefix: string
  readonly firstPhone: number
  readonly residents: number
  /** People for each post, where one account's limit of changes would stand in the way: `clerk-c1`, `clerk-c1@2`. One if left out. */
  readonly peopleEach?: number
  readonly passwordHash?: string
}

export async function fillProofStreet(
  pool: Pool,
  keys: Keys,
  at: Date,
  plan: StreetPlan,
): Promise<ProofStreet> {
  return inTransaction(pool, { actor: undefined }, async (tx) => {
    const shapes = areaShapes(plan.code, plan.name, plan.west, 29.55)
    const { streetId, root } = await createStreet(tx, { ...plan, demo: false, levels, at })
    const inner = shapes.filter(({ level }) => level !== 'street')
    const areas = new Map([
      ...(await insertAreas(
        tx,
        streetId,
        at,
        inner.map(({ box: _, ...shape }) => ({ ...shape, name: `${plan.prefix}${shape.name}` })),
      )),
      [plan.code, root] as const,
    ])
    const area = (code: string) => wanted(areas.get(code), code)
    await insertBoundaries(
      tx,
      streetId,
      at,
      shapes.map(({ code, box }) => ({
        areaId: area(code).id,
        geometry: rectangle(box),
        datum: 'wgs84' as const,
        synthetic: true,
      })),
    )
    const units = organisations.map(({ areaCodes, ...one }) => ({
      ...one,
      name: `${plan.prefix}${one.name}`,
      id: newId(at.getTime()),
      areaIds: areaCodes.map((code) => area(code).id),
    }))
    await insertOrganisations(tx, streetId, units)
    const organisationIds = new Map(units.map(({ code, id }) => [code, id]))
    await insertCatalogue(tx, streetId, at)
    const people = await insertPeople(tx, keys, at, plan, {
      streetId,
      posts: postShapes(plan.code, shapes),
      area,
      organisationId: (code) => wanted(organisationIds.get(code), code),
    })
    return {
      streetId,
      code: plan.code,
      areas,
      organisations: organisationIds,
      ...people,
      system: systemActor(streetId, root.path),
      areaId: (code) => area(code).id,
      areaPath: (code) => area(code).path,
      organisationId: (code) => wanted(organisationIds.get(code), code),
      staffOf: (username) => wanted(people.staff.get(username), username),
      pointIn: (code) => {
        const [west, south, east, north] = wanted(
          shapes.find((shape) => shape.code === code),
          code,
        ).box
        return { lng: (west + east) / 2, lat: (south + north) / 2, datum: 'wgs84' as const }
      },
    }
  })
}

interface PeoplePlan {
  readonly streetId: number
  readonly posts: readonly PostShape[]
  area(code: string): IndexedArea
  organisationId(code: string): string
}

async function insertPeople(
  tx: Tx,
  keys: Keys,
  at: Date,
  plan: StreetPlan,
  { streetId, posts, area, organisationId }: PeoplePlan,
) {
  const id = () => newId(at.getTime())
  const turns = Array.from({ length: plan.peopleEach ?? 1 }, (_, turn) => (turn === 0 ? '' : `@${turn + 1}`))
  const staff = turns.flatMap((turn) =>
    posts.map((post) => ({ ...post, username: `${post.username}${turn}`, accountId: id(), postId: id() })),
  )
  const residents = Array.from({ length: plan.residents }, (_, index) => ({
    accountId: id(),
    phone: String(plan.firstPhone + index),
  }))
  await insertAccounts(tx, keys, streetId, at, [
    ...staff.map((one, index) => ({
      id: one.accountId,
      kind: 'staff' as const,
      username: `${plan.prefix}${one.username}`,
      displayName: `${plan.prefix}试岗${index + 1}`,
      ...(plan.passwordHash ? { passwordHash: plan.passwordHash } : {}),
      totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    })),
    ...residents.map(({ accountId, phone }) => ({ id: accountId, kind: 'resident' as const, phone })),
  ])
  await insertPosts(
    tx,
    streetId,
    staff.map((one) => ({
      id: one.postId,
      accountId: one.accountId,
      role: one.role,
      fromDay: dayOf(at),
      ...(one.areaCode === undefined ? {} : { area: area(one.areaCode) }),
      ...(one.organisationCode === undefined ? {} : { organisationId: organisationId(one.organisationCode) }),
    })),
  )
  return { staff: new Map(staff.map((one) => [one.username, one])), residents }
}

/** A session that does not end by itself while a proof runs. */
export function openProofSession(pool: Pool, accountId: string, streetId: number, at: Date): Promise<string> {
  const limits = { idleMinutes: 100_000, absoluteMinutes: 100_000 }
  return inTransaction(pool, { actor: undefined }, (tx) =>
    openSession(tx, { accountId, streetId, limits, at }),
  )
}

function wanted<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the street of this proof has no ${what}`)
  return value
}

function rectangle([west, south, east, north]: [number, number, number, number]) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon' as const, coordinates: [ring] }
}
