/** The two test streets with a catalogue, and a case to start from. */
import type { BodyOf } from '../../lib/contract.ts'
import { inTransaction } from '../../platform/db.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import type { TestClient } from '../../platform/testing/test-client.ts'
import { type CaseView, fileCase } from '../cases/contract.ts'
import { casesModule, insertCatalogue } from '../cases/server/index.ts'
import { startTestStreets, type TestStreets } from './street-fixture.ts'
import { systemActorOf } from './system-actor.ts'

export interface TestCases extends TestStreets {
  /** Files a case as this person, in `c1g1m1` unless told otherwise, and gives back its view. */
  file(by: TestClient, more?: Partial<BodyOf<typeof fileCase>>): Promise<CaseView>
}

export async function startTestCases(
  options: { at?: Date; modules?: readonly ServerModule[] } = {},
): Promise<TestCases> {
  const streets = await startTestStreets({ ...options, modules: [casesModule, ...(options.modules ?? [])] })
  for (const street of [streets.street, streets.other])
    await inTransaction(streets.pool, { actor: systemActorOf(street) }, (tx) =>
      insertCatalogue(tx, street.streetId, streets.clock.now()),
    )
  return {
    ...streets,
    async file(by, more = {}) {
      const reply = await by.call(fileCase, {
        body: {
          text: '3栋楼道的灯坏了一个星期，晚上老人上楼看不见。',
          channel: 'resident-app',
          place: streets.street.pointIn('c1g1m1'),
          ...more,
        },
      })
      if (reply.status !== 201) throw new Error(`filing was refused: ${JSON.stringify(reply.body)}`)
      return reply.body
    },
  }
}
