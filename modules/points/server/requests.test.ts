/** What one person of the staff asks for and another approves. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { peopleModule } from '../../people/server/index.ts'
import { type PointsSteps, pointsSteps } from '../../testing/points-steps.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'
import { pointsModule } from './index.ts'

let t: TestStreets
let steps: PointsSteps
let me: { id: string; client: TestClient }
let old = ''

beforeAll(async () => {
  t = await startTestStreets({ modules: [peopleModule, pointsModule] })
  steps = pointsSteps(t)
  await steps.ready()
  me = await steps.resident()
  old = await steps.person('龙老人', '13711110001')
})
afterAll(() => t.close())

describe('what one person asks for', () => {
  const rule = (more: object = {}): contract.Ask => ({
    act: 'rule',
    code: 'teaching',
    name: '知识传播',
    earns: 'person',
    basis: 'time',
    points: 5,
    from: '2026-09-01',
    ...more,
  })
  test('another one approves: never who asked, never a desk that it does not concern', async () => {
    const head = await steps.by('duty-head')
    const asked = await head.call(contract.askApproval, { body: rule() })
    expect(asked.body).toMatchObject({ state: 'waiting', can: { settle: false, withdraw: true } })
    const settle = async (by: string, outcome: 'approved' | 'refused' | 'withdrawn' = 'approved') =>
      (
        await (
          await steps.by(by)
        ).call(contract.settleRequest, { params: { id: asked.body.id }, body: { outcome } })
      ).code
    expect(await settle('duty-head')).toBe('points/asked-yourself')
    expect(await settle('secretary-c1')).toBe('points/request-not-found')
    expect(await settle('dispatcher')).toBe('points/not-yours-to-approve')
    expect(await settle('supervisor')).toBeUndefined()
    expect(await settle('supervisor-2')).toBe('points/request-settled')
    const rules = (await me.client.call(contract.listRules)).body.items
    expect(rules.map(({ code, inForce }) => [code, inForce])).toEqual([
      ['service', true],
      ['teaching', true],
    ])
    expect(
      await t
        .look('update point_requests set settled_by = asked_by')
        .catch((e: { constraint: string }) => e.constraint),
    ).toBe('asked_is_not_approved')
  })

  test('must make sense: a sponsor without agreement, a stranger, hours by hand are refused', async () => {
    const clerk = await steps.by('clerk-c1')
    const ask = async (body: contract.Ask) => (await clerk.call(contract.askApproval, { body })).code
    expect(await ask(rule({ reserveId: t.street.organisationId('enforcement') }))).toBe(
      'points/partner-not-found',
    )
    expect(await ask({ act: 'kin', onePersonId: old, otherPersonId: randomUUID(), relation: 'spouse' })).toBe(
      'points/person-not-found',
    )
    expect(await ask({ act: 'correction', awardId: randomUUID(), words: '没有去' })).toBe(
      'points/award-not-found',
    )
    expect(await ask({ act: 'care', personId: old, minutes: 60, words: '陪诊' })).toBe('points/time-bank-off')
  })

  test('is never approved for oneself: whose points they are, the correction is somebody else’s to approve', async () => {
    const secretary = await steps.person('许书记', '13711110009')
    await t.look('update people set account_id = $1 where id = $2', [
      t.street.staff.get('secretary-c1')?.accountId,
      secretary,
    ])
    const award = await steps.serve(secretary, 1)
    const body: contract.Ask = { act: 'correction', awardId: award, words: '活动没有办' }
    const asked = await (await steps.by('clerk-c1')).call(contract.askApproval, { body })
    const settle = async (by: string) =>
      (await steps.by(by)).call(contract.settleRequest, {
        params: { id: asked.body.id },
        body: { outcome: 'approved' },
      })
    expect((await settle('secretary-c1')).code).toBe('points/asked-yourself')
    expect((await settle('duty-head')).body.state).toBe('approved')
    const [account] = (
      await (await steps.by('clerk-c1')).call(contract.listAccounts, { query: { kind: 'person' } })
    ).body.items
    expect(account).toMatchObject({ holder: '许*记', posted: 0 })
  })
})
