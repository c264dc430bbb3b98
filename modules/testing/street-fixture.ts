/** Two made-up streets of one shape on a real server, with a person for every post, for the tests of all modules. */
import { newId } from '../../lib/ids.ts'
import { dayOf } from '../../lib/time.ts'
import { inTransaction, type Tx } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import type { TestClient } from '../../platform/testing/test-client.ts'
import { startTestServer, type TestServer, testStart } from '../../platform/testing/test-server.ts'
import {
  accountsModule,
  authenticator,
  insertAccounts,
  insertOrganisations,
  insertPosts,
  openSession,
  staffOfAreas,
} from '../accounts/server/index.ts'
import {
  areasModuleWith,
  createStreet,
  type IndexedArea,
  insertAreas,
  insertBoundaries,
} from '../areas/server/index.ts'
import { type AreaShape, areaShapes, levels, organisations, postShapes } from './street-shape.ts'

/** Every staff account's password, with a hash that is cheap to check. */
export const testPassword = 'Linli-Test-2026'
const testPasswordHash =
  '$argon2id$v=19$m=8,t=1,p=1$XwgGFbueyGUBK3KW84mdMQ$HG2sUhLyKpastNsD5EVGrBn5cwxzod9XC6Apdi18Jlo'

/** The enrolled second factor of every staff account, in base32. */
export const testTotpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

export interface TestStreet {
  streetId: number
  code: string
  name: string
  /** Areas by code: the street's own code, `c1`, `c1g2`, `c1g2m1`. */
  areas: Map<string, IndexedArea>
  /** Ids by code: `enforcement`, `property`, `water`, `import`. */
  organisations: Map<string, string>
  /** Account and post ids by user name. In the other street user names begin with `other-`. */
  staff: Map<string, { accountId: string; postId: string }>
  residents: { accountId: string; phone: string }[]
  /** The middle of an area, in WGS-84. */
  pointIn(areaCode: string): { lng: number; lat: number; datum: 'wgs84' }
  /** The id of an area by code; throws when there is none. */
  areaId(code: string): string
  /** The id of an organisation by code; throws when there is none. */
  organisationId(code: string): string
}

export interface TestStreets extends TestServer {
  street: TestStreet
  /** For proofs that streets do not see each other. */
  other: TestStreet
  /** A browser on which this staff member is signed in; their session does not end by itself. */
  as(username: string): Promise<TestClient>
  /** The same for a resident; phones 13900000001, …2 live in `street`, …3, …4 in `other`. */
  asResident(phone: string): Promise<TestClient>
}

/** Starts a server with areas, accounts and `modules`, and fills both streets. */
export async function startTestStreets(
  options: { modules?: readonly ServerModule[]; demo?: boolean; at?: Date } = {},
): Promise<TestStreets> {
  const server = await startTestServer({
    ...options,
    modules: [areasModuleWith(staffOfAreas), accountsModule, ...(options.modules ?? [])],
    authenticator,
  })
  const at = options.at ?? testStart
  const street = await fillStreet(server, at, {
    code: '990101001',
    name: '滨河街道',
    west: 106.5,
    prefix: '',
    phones: ['13900000001', '13900000002'],
  })
  const other = await fillStreet(server, at, {
    code: '990101002',
    name: '松林街道',
    west: 106.6,
    prefix: 'other-',
    phones: ['13900000003', '13900000004'],
  })
  const open = async (accountId: string, streetId: number) => {
    const limits = { idleMinutes: 5_000_000, absoluteMinutes: 5_000_000 }
    const token = await inTransaction(server.pool, { actor: undefined }, (tx) =>
      openSession(tx, { accountId, streetId, limits, at: server.clock.now() }),
    )
    const browser = server.client()
    browser.cookies.set('linli', token)
    return browser
  }
  const find = <T>(pick: (one: TestStreet) => T | undefined, what: string) => {
    for (const one of [street, other]) {
      const found = pick(one)
      if (found !== undefined) return { found, streetId: one.streetId }
    }
    throw new Error(`the test streets have no ${what}`)
  }
  return {
    ...server,
    street,
    other,
    as: (username) => {
      const { found, streetId } = find((one) => one.staff.get(username), username)
      return open(found.accountId, streetId)
    },
    asResident: (phone) => {
      const { found, streetId } = find((one) => one.residents.find((r) => r.phone === phone), phone)
      return open(found.accountId, streetId)
    },
  }
}

interface Plan {
  code: string
  name: string
  west: number
  prefix: string
  phones: string[]
}

type MadeStreet = Omit<TestStreet, 'organisations' | 'organisationId' | 'staff' | 'residents'> & {
  shapes: AreaShape[]
}

async function fillStreet(server: TestServer, at: Date, plan: Plan): Promise<TestStreet> {
  return inTransaction(server.pool, { actor: undefined }, async (tx) => {
    const { shapes, ...made } = await makeStreet(tx, at, plan)
    const units = organisations.map(({ areaCodes, ...one }) => ({
      ...one,
      id: newId(at.getTime()),
      areaIds: areaCodes.map(made.areaId),
    }))
    await insertOrganisations(tx, made.streetId, units)
    const organisationIds = new Map(units.map((one) => [one.code, one.id]))
    const organisationId = (code: string) => wanted(organisationIds.get(code), code)
    const people = await makePeople(tx, server.services.keys, at, plan, {
      ...made,
      shapes,
      organisationId,
    })
    return { ...made, organisations: organisationIds, organisationId, ...people }
  })
}

async function makeStreet(tx: Tx, at: Date, plan: Plan): Promise<MadeStreet> {
  const { code, name } = plan
  const shapes = areaShapes(code, name, plan.west, 29.55)
  const { streetId, root } = await createStreet(tx, { code, name, demo: false, levels, at })
  const inner = shapes
    .filter((shape) => shape.level !== 'street')
    .map((shape) => ({
      code: shape.code,
      level: shape.level,
      name: shape.name,
      parentCode: shape.parentCode,
    }))
  const areas = new Map([...(await insertAreas(tx, streetId, at, inner)), [code, root] as const])
  const areaId = (areaCode: string) => wanted(areas.get(areaCode), areaCode).id
  const boundaries = shapes.map((shape) => ({
    areaId: areaId(shape.code),
    geometry: rectangle(shape.box),
    datum: 'wgs84' as const,
    synthetic: true,
  }))
  await insertBoundaries(tx, streetId, at, boundaries)
  const shapeOf = (areaCode: string) =>
    wanted(
      shapes.find((shape) => shape.code === areaCode),
      areaCode,
    )
  return { streetId, code, name, areas, shapes, areaId, pointIn: (areaCode) => middle(shapeOf(areaCode)) }
}

async function makePeople(
  tx: Tx,
  keys: Keys,
  at: Date,
  plan: Plan,
  street: MadeStreet & Pick<TestStreet, 'organisationId'>,
): Promise<Pick<TestStreet, 'staff' | 'residents'>> {
  const id = () => newId(at.getTime())
  const posts = postShapes(plan.code, street.shapes).map((post) => ({
    ...post,
    username: `${plan.prefix}${post.username}`,
    accountId: id(),
    postId: id(),
  }))
  const residents = plan.phones.map((phone) => ({ accountId: id(), phone }))
  const staffAccounts = posts.map(({ accountId, username }, index) => ({
    id: accountId,
    kind: 'staff' as const,
    username,
    displayName: `试岗${index + 1}`,
    passwordHash: testPasswordHash,
    totpSecret: testTotpSecret,
  }))
  await insertAccounts(tx, keys, street.streetId, at, [
    ...staffAccounts,
    ...residents.map(({ accountId, phone }) => ({ id: accountId, kind: 'resident' as const, phone })),
  ])
  const newPosts = posts.map(({ areaCode, organisationCode, ...post }) => ({
    id: post.postId,
    accountId: post.accountId,
    role: post.role,
    fromDay: dayOf(at),
    ...(areaCode === undefined ? {} : { area: wanted(street.areas.get(areaCode), areaCode) }),
    ...(organisationCode === undefined ? {} : { organisationId: street.organisationId(organisationCode) }),
  }))
  await insertPosts(tx, street.streetId, newPosts)
  const staff = new Map(posts.map(({ username, accountId, postId }) => [username, { accountId, postId }]))
  return { staff, residents }
}

function wanted<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the test street has no ${what}`)
  return value
}

function rectangle([west, south, east, north]: AreaShape['box']) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon' as const, coordinates: [ring] }
}

function middle({ box: [west, south, east, north] }: AreaShape) {
  return { lng: (west + east) / 2, lat: (south + north) / 2, datum: 'wgs84' as const }
}
