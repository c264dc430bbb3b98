/** What a quarter run needs before it: people, a sponsor who gave, a shop with an agreement, a rule, and points awarded. */
import { randomUUID } from 'node:crypto'
import { inTransaction } from '../../platform/db.ts'
import type { TestClient } from '../../platform/testing/test-client.ts'
import { registerMyself, registerPerson } from '../people/contract.ts'
import * as points from '../points/contract.ts'
import { awardPoints } from '../points/server/index.ts'
import type { TestStreets } from './street-fixture.ts'
import { systemActorOf } from './system-actor.ts'

export interface PointsSteps {
  by(username: string): Promise<TestClient>
  /** Asked for by the one and approved by the other; throws when either is refused. */
  approved(asker: string, approver: string, ask: points.Ask): Promise<points.RequestView>
  /** A person of the register in c1. */
  person(name: string, phone: string): Promise<string>
  /** The first resident of the test street, registered by themselves. */
  resident(): Promise<{ id: string; client: TestClient }>
  /** So many hours of service, a point each, on a day of the clock. */
  serve(personId: string, hours: number, activityId?: string, ruleCode?: string): Promise<string>
  /** The sponsor (water) gave 1,000 yuan, the shop (property) takes vouchers, an hour is a point, ten an activity. */
  ready(): Promise<void>
}

export function pointsSteps(t: TestStreets): PointsSteps {
  const clients = new Map<string, TestClient>()
  const by = async (username: string) => {
    const known = clients.get(username) ?? (await t.as(username))
    clients.set(username, known)
    return known
  }
  const approved: PointsSteps['approved'] = async (asker, approver, ask) => {
    const asked = await (await by(asker)).call(points.askApproval, { body: ask })
    if (asked.status !== 201) throw new Error(`asking was refused: ${JSON.stringify(asked.body)}`)
    const settled = await (await by(approver)).call(points.settleRequest, {
      params: { id: asked.body.id },
      body: { outcome: 'approved' },
    })
    if (settled.status !== 200) throw new Error(`approving was refused: ${JSON.stringify(settled.body)}`)
    return settled.body
  }
  return {
    by,
    approved,
    async person(name, phone) {
      const reply = await (await by('clerk-c1')).call(registerPerson, {
        body: { areaId: t.street.areaId('c1'), name, phone, birthOn: '1960-01-01' },
      })
      if (reply.status !== 201) throw new Error(`registering was refused: ${JSON.stringify(reply.body)}`)
      return reply.body.id
    },
    async resident() {
      const client = await t.asResident(t.street.residents[0]?.phone ?? '')
      const reply = await client.call(registerMyself, {
        body: { areaId: t.street.areaId('c1'), name: '欧阳金丝雀', birthOn: '1960-01-01' },
      })
      if (reply.status !== 201) throw new Error(`registering was refused: ${JSON.stringify(reply.body)}`)
      return { id: reply.body.id, client }
    },
    async serve(personId, hours, activityId = randomUUID(), ruleCode = 'service') {
      const id = randomUUID()
      await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
        awardPoints(tx, t.street.streetId, {
          id,
          ruleCode,
          holder: { kind: 'person', id: personId, area: t.street.areas.get('c1')?.path ?? '' },
          activityId,
          on: t.clock.now().toISOString().slice(0, 10),
          minutes: hours * 60,
          by: t.street.staff.get('clerk-c1')?.accountId ?? '',
          at: t.clock.now(),
        }),
      )
      return id
    },
    async ready() {
      const [sponsor, shop] = [t.street.organisationId('water'), t.street.organisationId('property')]
      const from = '2026-01-01'
      const terms = '每季度结算一次'
      await approved('dispatcher', 'supervisor', {
        act: 'partner',
        organisationId: sponsor,
        part: 'sponsor',
        terms,
        from,
      })
      await approved('dispatcher', 'supervisor', {
        act: 'partner',
        organisationId: shop,
        part: 'shop',
        terms,
        from,
      })
      await approved('clerk-c1', 'duty-head', {
        act: 'donation',
        organisationId: sponsor,
        amountFen: 100_000,
        note: '三季度爱心款',
        receivedOn: '2026-09-01',
      })
      await approved('secretary-c1', 'supervisor', {
        act: 'rule',
        code: 'service',
        name: '志愿服务',
        earns: 'person',
        basis: 'hour',
        points: 1,
        capActivity: 30,
        capDay: 60,
        reserveId: sponsor,
        from,
      })
    },
  }
}
