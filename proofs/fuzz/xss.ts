/** No word that anybody wrote runs on any page: fields filled through the operations, texts planted beneath, pages opened. */
import { Client } from 'pg'
import { lookRoutes as consoleRoutes } from '../../apps/console/look.ts'
import type { LookRoute } from '../../apps/look-route.ts'
import { lookRoutes as residentRoutes } from '../../apps/resident/look.ts'
import { loadDemo } from '../../demo/load-demo.ts'
import { roles } from '../../lib/contract.ts'
import { createSeededRandom } from '../../lib/seeded-random.ts'
import { dayOf } from '../../lib/time.ts'
import type { Pool } from '../../platform/db.ts'
import { openKeys } from '../../platform/keys.ts'
import type { Services } from '../../platform/services.ts'
import { callHttp } from '../access/http-caller.ts'
import { type SetScene, withPool } from '../access/set-the-scene.ts'
import type { ProofResult, ProofRun, Violation } from '../proof.ts'
import { makeTemporaryData } from '../support/temporary-data.ts'
import { servePages } from './serve-pages.ts'
import { fillTextFields } from './xss-fields.ts'
import { linksOf, type PagesServer, type SeenPages, seePages, type Visit, type Who } from './xss-pages.ts'
import { type Payload, xssPayloads } from './xss-payloads.ts'
import { keysThatOpen, plantPayloads } from './xss-plant.ts'

/** Pages of one run at small size, drawn by the seed; the map, whose marks hold words, is always among them. */
const pagesAtSmall = 8
/** At full size each page is seen so often, each time with the next payloads in its places. */
const rounds = 3

/** Pages that no line of a look names: papers for print, boards, and the page of the API. */
const unlisted: readonly LookRoute[] = [
  { path: '/console/slip/{/api/cases?limit=1}', role: 'dispatcher', name: 'slip' },
  { path: '/console/site-code/{/api/activities?when=past}', role: 'clerk', name: 'board-at-the-place' },
  { path: '/console/meetings/{/api/meetings}', role: 'secretary', name: 'meeting' },
  { path: '/console/areas/drafts/{/api/area-drafts}', role: 'system-admin', name: 'area-draft' },
  { path: '/api/docs/', role: null, name: 'api-docs' },
]

/** What an address brings with it is shown by searches, tabs and the way back after signing in. */
const addresses = (payload: string): LookRoute[] => {
  const word = encodeURIComponent(payload)
  return [
    { path: `/console/cases?q=${word}&state=${word}`, role: 'dispatcher', name: 'address-search' },
    { path: `/console/points?tab=${word}`, role: 'secretary', name: 'address-tab' },
    { path: `/console/sign-in?next=${word}`, role: null, name: 'address-next' },
    { path: `/m/sign-in?next=${word}&as=${word}`, role: null, name: 'address-next-in-hand' },
    { path: `/m/query?number=${word}&code=${word}`, role: null, name: 'address-query' },
    { path: `/console/${word}`, role: 'dispatcher', name: 'address-unknown' },
  ]
}

const allPages: readonly LookRoute[] = [...consoleRoutes, ...residentRoutes, ...unlisted]

export async function proveNoPayloadRuns(
  run: ProofRun,
  scene: SetScene,
  { pool, baseUrl, outside, trapUrl }: { pool: Pool; baseUrl: string; outside: Client; trapUrl: string },
): Promise<ProofResult> {
  const payloads = xssPayloads(trapUrl)
  const filled = await fillTextFields(run, scene, baseUrl, payloads)
  const planted = await plantPayloads(outside, payloads, run.seed)
  const site = await servePages(wordy(scene.services, payloads), pool)
  const seen: SeenPages[] = []
  try {
    const tokens = new Map(
      scene.cast.map(({ person, token }) => [person.role, token]).reverse() as [string, string][],
    )
    const server = { baseUrl: site.baseUrl, tokenOf: async ({ role }: Who) => tokens.get(role ?? '') }
    seen.push(
      await seePages(
        server,
        run.size === 'small' ? sample(run, payloads) : await everyPage(server, payloads, 1),
      ),
    )
  } finally {
    await site.close()
  }
  if (run.size === 'full') seen.push(...(await seeDemo(run, payloads)))
  const sum = (pick: (one: SeenPages) => number) => seen.reduce((total, one) => total + pick(one), 0)
  run.say(
    `  ${payloads.length} payloads: ${filled.taken} of ${filled.fields} text fields of ${filled.operations} operations took one, ${planted.values} values of ${planted.columns} columns planted; ${sum((one) => one.pages)} pages looked over ${sum((one) => one.looks)} times, ${sum((one) => one.shown)} payloads stood on them`,
  )
  if (run.size === 'full') for (const one of filled.refused) run.say(`    not taken: ${one}`)
  const violations: Violation[] = seen.flatMap((one) => one.violations)
  if (sum((one) => one.shown) === 0) violations.push({ what: 'no payload stood on any page', where: '' })
  return {
    checked: filled.fields + sum((one) => one.looks),
    violations,
    figures: {
      payloads: payloads.length,
      textFields: filled.fields,
      filledFields: filled.taken,
      pages: sum((one) => one.pages),
      pagesWithout: seen.flatMap((one) => one.without).length,
      payloadsSeen: sum((one) => one.shown),
    },
  }
}

const wordy = (services: Services, payloads: readonly Payload[]): Services => ({
  ...services,
  keys: keysThatOpen(services.keys, payloads),
})

function sample(run: ProofRun, payloads: readonly Payload[]): Visit[] {
  const random = createSeededRandom(`${run.seed} pages`)
  const drawn = random.shuffle(allPages.filter(({ name }) => name !== 'console-case-map'))
  const map = allPages.filter(({ name }) => name === 'console-case-map')
  const address = random.pick(addresses(random.pick(payloads).text))
  return [...map, ...drawn.slice(0, pagesAtSmall), address].map((route, nth) => ({
    ...route,
    bare: nth % 2 === 1,
  }))
}

/** Each page as whom it is looked at, the pages that other roles find in their navigation, and every address. */
async function everyPage(server: PagesServer, payloads: readonly Payload[], round: number): Promise<Visit[]> {
  const typed = payloads.flatMap(({ text }, nth) => {
    const all = addresses(text)
    return all.filter((_, index) => index === nth % all.length)
  })
  const list = round === 0 ? [...allPages, ...(await navigationOf(server)), ...typed] : allPages
  return list.map((route, nth) => ({ ...route, bare: (nth + round) % 2 === 1 }))
}

async function navigationOf(server: PagesServer): Promise<LookRoute[]> {
  const found: LookRoute[] = []
  for (const role of roles.filter((one) => one !== 'resident'))
    for (const path of await linksOf(server, role)) found.push({ path, role, name: `as-${role}${path}` })
  return found
}

const demoPassword = 'Linli-Proof-2026'

/** The demo street has records of every kind, so that no page stays empty. */
async function seeDemo(run: ProofRun, payloads: readonly Payload[]): Promise<SeenPages[]> {
  const data = await makeTemporaryData({ fsync: false })
  const outside = new Client({ connectionString: data.superuserUrl() })
  try {
    await outside.connect()
    return await withPool(data, async (pool) => {
      const keys = openKeys(data.keys)
      await loadDemo({ pool, keys, today: dayOf(new Date()), password: demoPassword, say: () => {} })
      const services: Services = {
        keys,
        sms: { name: 'demo', send: async () => {} },
        filesFolder: data.filesFolder,
        demo: true,
      }
      const site = await servePages(wordy(services, payloads), pool)
      try {
        const server = signedIn(site.baseUrl)
        // Before names of users are payloads too.
        for (const role of roles) await server.tokenOf({ role })
        const seen: SeenPages[] = []
        for (let round = 0; round < rounds; round += 1) {
          await plantPayloads(outside, payloads, run.seed + round * Math.ceil(payloads.length / rounds))
          seen.push(await seePages(server, await everyPage(server, payloads, round)))
        }
        return seen
      } finally {
        await site.close()
      }
    })
  } finally {
    await outside.end()
    await data.remove()
  }
}

/** Demo users are called like their roles; each signs in once. */
function signedIn(baseUrl: string): PagesServer {
  const tokens = new Map<string, Promise<string | undefined>>()
  const signIn = async (user: string): Promise<string | undefined> => {
    const resident = user === 'resident'
    const answer = await callHttp(baseUrl, {
      token: '',
      method: 'POST',
      path: resident ? '/api/resident-session' : '/api/session',
      body: resident ? { phone: '13800000001', code: '000000' } : { username: user, password: demoPassword },
    })
    return /linli=([^;"]+)/.exec(answer.text)?.[1]
  }
  return {
    baseUrl,
    tokenOf({ role, user }) {
      const name = user ?? role ?? ''
      const token = tokens.get(name) ?? signIn(name)
      tokens.set(name, token)
      return token
    },
  }
}
