/**
 * The server of a journey: the real HTTP server on a database of its own with the two test streets, the matters
 * catalogue, a few buildings and the built pages. Its clock stands at `testStart` until the journey moves it.
 */
import { TOTP } from 'otpauth'
import { insertBuildings } from '../../modules/areas/server/index.ts'
import { startTestCases, type TestCases } from '../../modules/testing/case-fixture.ts'
import { testPassword, testTotpSecret } from '../../modules/testing/street-fixture.ts'
import { systemActorOf } from '../../modules/testing/system-actor.ts'
import { inTransaction } from '../../platform/db.ts'
import { eventsModule } from '../../platform/events.ts'
import { filesModule } from '../../platform/files.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import { webPages } from './web-pages.ts'

export interface JourneyServer extends TestCases {
  /** What a staff member types to sign in now; the code differs from the last one after the clock moved 30 s. */
  credentialsOf(username: string): { username: string; password: string; totp: string }
}

/** @throws Error when the pages are not built */
export async function startJourneyServer(
  more: { modules?: readonly ServerModule[] } = {},
): Promise<JourneyServer> {
  const cases = await startTestCases({
    modules: [filesModule, eventsModule(), webPages(), ...(more.modules ?? [])],
  })
  const { street, pool, clock } = cases
  await inTransaction(pool, { actor: systemActorOf(street) }, (tx) =>
    insertBuildings(tx, street.streetId, clock.now(), [
      {
        code: 'B001',
        name: '3栋',
        address: '桐荫路18号 梧桐苑 3栋',
        compound: '梧桐苑',
        areaId: street.areaId('c1g1m1'),
        place: street.pointIn('c1g1m1'),
      },
      {
        code: 'B002',
        name: '5栋',
        address: '桐荫路18号 梧桐苑 5栋',
        compound: '梧桐苑',
        areaId: street.areaId('c1g1m2'),
        place: street.pointIn('c1g1m2'),
      },
    ]),
  )
  const totp = new TOTP({ secret: testTotpSecret })
  return {
    ...cases,
    credentialsOf: (username) => ({
      username,
      password: testPassword,
      totp: totp.generate({ timestamp: clock.now().getTime() }),
    }),
  }
}
