/** The demo street before its first case: areas, buildings, organisations, people in posts, residents, catalogue. */
import { addDays, startOfDay } from '../lib/time.ts'
import {
  hashPassword,
  insertAccounts,
  insertOrganisations,
  insertPosts,
} from '../modules/accounts/server/index.ts'
import {
  createStreet,
  insertAreas,
  insertBoundaries,
  insertBuildings,
} from '../modules/areas/server/index.ts'
import { insertCatalogue } from '../modules/cases/server/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import type { IdOf } from './load-ids.ts'
import { loadTemplates } from './load-templates.ts'
import type { DemoStreet } from './types.ts'

const levels = [
  { level: 'street', name: '街道', nameEn: 'Street' },
  { level: 'community', name: '社区', nameEn: 'Community' },
  { level: 'grid', name: '网格', nameEn: 'Grid' },
  { level: 'micro-grid', name: '微网格', nameEn: 'Micro-grid' },
] as const

/** When the made-up street was set up: before the first post of anybody in it. */
export const foundedAt = (today: string): Date => startOfDay(addDays(today, -1_100))

/** Ids of the people and organisations, the same before and after they are written. */
export function partyIds(street: DemoStreet, idOf: IdOf) {
  const at = foundedAt(street.today).getTime()
  const all = (keys: readonly string[]) => new Map(keys.map((key) => [key, idOf(key, at)]))
  return {
    accounts: all([...street.people.map((each) => each.key), ...street.residents.map((each) => each.key)]),
    posts: all(street.posts.map((post) => post.key)),
    organisations: all(street.organisations.map((each) => each.code)),
  }
}
export type PartyIds = ReturnType<typeof partyIds>

export function wanted<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demo street has no ${what}`)
  return value
}

/** Fills a transaction that begins without a context; afterwards it stands in the new street as the system. */
export async function loadPlace(
  tx: Tx,
  keys: Keys,
  street: DemoStreet,
  ids: PartyIds,
  password: string,
): Promise<number> {
  const at = foundedAt(street.today)
  const { streetId, root } = await createStreet(tx, {
    code: street.code,
    name: street.name,
    demo: true,
    levels,
    at,
  })
  const inner = street.areas.flatMap(({ parentCode, code, level, name, path, boundsText }) =>
    parentCode === null
      ? []
      : [{ code, level, name, parentCode, label: path.split('.').at(-1) ?? code, boundsText }],
  )
  const areas = new Map([...(await insertAreas(tx, streetId, at, inner)), [street.code, root] as const])
  const area = (code: string) => wanted(areas.get(code), `area ${code}`)
  await insertBoundaries(
    tx,
    streetId,
    at,
    street.areas.map(({ code, ring }) => ({
      areaId: area(code).id,
      geometry: { type: 'Polygon' as const, coordinates: [ring.map(([lng, lat]) => [lng, lat])] },
      datum: 'wgs84' as const,
      synthetic: true,
    })),
  )
  const compounds = new Map(street.compounds.map((compound) => [compound.code, compound.name]))
  await insertBuildings(
    tx,
    streetId,
    at,
    street.buildings.map(({ code, name, addressText, compoundCode, microGridCode, place, dwellings }) => ({
      code,
      name,
      address: addressText,
      compound: compounds.get(compoundCode) ?? null,
      areaId: area(microGridCode).id,
      place: { lng: place[0], lat: place[1], datum: 'wgs84' as const },
      households: dwellings,
    })),
  )
  await insertOrganisations(
    tx,
    streetId,
    street.organisations.map(({ code, name, kind, areaCodes }) => ({
      id: wanted(ids.organisations.get(code), code),
      code,
      name,
      kind,
      areaIds: (areaCodes ?? []).map((each) => area(each).id),
    })),
  )
  await loadPeople(tx, keys, streetId, street, ids, { password, area })
  await insertCatalogue(tx, streetId, at)
  await loadTemplates(tx, streetId, at)
  return streetId
}

interface PeopleNeeds {
  password: string
  area(code: string): { id: string; path: string }
}

async function loadPeople(
  tx: Tx,
  keys: Keys,
  streetId: number,
  street: DemoStreet,
  ids: PartyIds,
  { password, area }: PeopleNeeds,
): Promise<void> {
  const at = foundedAt(street.today)
  const accountId = (key: string) => wanted(ids.accounts.get(key), key)
  // One hash for all: the password is the same, and argon2 is slow on purpose.
  const passwordHash = await hashPassword(password)
  await insertAccounts(tx, keys, streetId, at, [
    ...street.people.map((person) => ({
      id: accountId(person.key),
      kind: 'staff' as const,
      username: person.userName,
      displayName: person.name,
      passwordHash,
    })),
    ...street.residents.map((resident) => ({
      id: accountId(resident.key),
      kind: 'resident' as const,
      displayName: resident.name,
      phone: resident.phone,
    })),
  ])
  await insertPosts(
    tx,
    streetId,
    street.posts.map((post) => {
      const place = post.areaCode === null ? undefined : area(post.areaCode)
      const organisation =
        post.organisationCode === null ? undefined : ids.organisations.get(post.organisationCode)
      return {
        id: wanted(ids.posts.get(post.key), post.key),
        accountId: accountId(post.personKey),
        role: post.role,
        ...(place ? { area: { id: place.id, path: place.path } } : {}),
        ...(organisation ? { organisationId: organisation } : {}),
        fromDay: post.fromDay,
        lead: post.isLead,
      }
    }),
  )
}
