/** From points to a spent voucher, as desks, sponsor, shop and resident see it. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { peopleModule } from '../../people/server/index.ts'
import { type PointsSteps, pointsSteps } from '../../testing/points-steps.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { expireVouchers } from './expire-vouchers.ts'
import { pointsModule } from './index.ts'
import { voucherDifferences } from './voucher-store.ts'

let t: TestStreets
let steps: PointsSteps
let me: { id: string; client: TestClient }
let old = ''
let runId = ''
let quarter = ''
const day = (text: string) => new Date(`${text}T02:00:00Z`)
const passbook = async (query = {}) => (await me.client.call(contract.getPassbook, { query })).body
const check = async () => (await (await steps.by('duty-head')).call(contract.checkLedger, {})).body.check

beforeAll(async () => {
  t = await startTestStreets({ modules: [peopleModule, pointsModule] })
  steps = pointsSteps(t)
  await steps.ready()
  me = await steps.resident()
  old = await steps.person('龙老人', '13711110001')
})
afterAll(() => t.close())

test('caps limit points: one activity brings what its cap allows, and the same award twice is one', async () => {
  const activity = randomUUID()
  await steps.serve(me.id, 25, activity)
  await steps.serve(me.id, 25, activity)
  expect((await passbook()).points).toBe(30)
  await steps.serve(old, 20)
  const kept = await t.look<{ points: number; uncapped: number }>(
    'select points, uncapped from point_awards where activity_id = $1 order by at, points desc',
    [activity],
  )
  expect(kept).toEqual([
    { points: 25, uncapped: 25 },
    { points: 5, uncapped: 25 },
  ])
})

describe('a quarter', () => {
  const run = async (by: string) =>
    (await (await steps.by(by)).call(contract.getRun, { params: { id: runId } })).body
  const act = async (
    by: string,
    one: typeof contract.noticeRun | typeof contract.approveRun | typeof contract.cancelRun,
  ) => (await steps.by(by)).call(one, { params: { id: runId }, body: {} })

  test('is frozen once, after its end, by its own community; the points are held and the list is its own proof', async () => {
    const clerk = await steps.by('clerk-c1')
    const body = { areaId: t.street.areaId('c1'), quarter: '2026Q3' }
    expect((await clerk.call(contract.freezeRun, { body })).code).toBe('points/quarter-not-over')
    t.clock.moveTo(day('2026-10-08'))
    expect((await (await steps.by('clerk-c2')).call(contract.freezeRun, { body })).code).toBe(
      'points/not-your-area',
    )
    const frozen = await clerk.call(contract.freezeRun, { body })
    expect(frozen.body).toMatchObject({
      state: 'frozen',
      points: 50,
      fen: 5000,
      people: 2,
      reproduced: true,
      approvals: 0,
    })
    runId = frozen.body.id
    quarter = frozen.body.quarter
    expect((await clerk.call(contract.freezeRun, { body })).code).toBe('points/run-exists')
    expect(await passbook()).toMatchObject({ points: 0, heldPoints: 30 })
    await steps.serve(me.id, 3)
    expect((await run('supervisor')).reproduced).toBe(true)
    const listed = await (await steps.by('secretary-c1')).call(contract.listRuns)
    expect(listed.body.items).toMatchObject([{ id: runId, state: 'frozen', people: 2 }])
    expect((await (await steps.by('secretary-c2')).call(contract.listRuns)).body.items).toEqual([])
    const [kept] = await t.look<{ list: string; list_sha256: string }>(
      'select list, list_sha256 from quarter_runs where id = $1',
      [runId],
    )
    expect(
      createHash('sha256')
        .update(kept?.list ?? '')
        .digest('hex'),
    ).toBe(frozen.body.sha256)
  })

  test('is shown by digits of passbooks for objections, and not approved before the notice is over', async () => {
    expect((await act('secretary-c1', contract.approveRun)).code).toBe('points/run-over')
    expect((await act('clerk-c1', contract.noticeRun)).body).toMatchObject({
      state: 'noticed',
      noticeUntil: '2026-10-13',
    })
    const shown = (await me.client.call(contract.listNotices)).body.items[0]
    expect(shown?.lines.map(({ points, own }) => [points, own]).sort()).toEqual([
      [20, false],
      [30, true],
    ])
    expect(JSON.stringify(shown)).not.toMatch(/欧|龙/)
    const number = shown?.lines.find(({ own }) => !own)?.number ?? ''
    const said = await me.client.call(contract.objectToRun, {
      params: { id: runId },
      body: { words: '那天他没有来', number },
    })
    expect(said.status).toBe(201)
    expect((await act('secretary-c1', contract.approveRun)).code).toBe('points/notice-not-over')
    t.clock.moveTo(day('2026-10-14'))
    expect(
      (await me.client.call(contract.objectToRun, { params: { id: runId }, body: { words: '晚了' } })).code,
    ).toBe('points/notice-over')
    expect((await act('secretary-c1', contract.approveRun)).code).toBe('points/objection-open')
  })

  test('goes on when objections are answered: dismissed, the line stays', async () => {
    const [objection] = (await run('secretary-c1')).objections
    expect(objection?.accountId).not.toBeNull()
    const answered = await (await steps.by('secretary-c1')).call(contract.settleObjection, {
      params: { id: runId, objectionId: objection?.id ?? '' },
      body: { outcome: 'dismissed', answer: '签名照片在，确实来了' },
    })
    expect(answered.body.objections[0]?.outcome).toBe('dismissed')
  })

  test('is approved by two people who did not freeze it, and only then are vouchers issued, within the reserve', async () => {
    expect((await act('clerk-c1', contract.approveRun)).code).toBe('platform/not-for-your-role')
    const first = await act('secretary-c1', contract.approveRun)
    expect(first.body).toMatchObject({
      state: 'noticed',
      approvals: 1,
      vouchers: 0,
      can: { approve: { ok: false, why: 'points/asked-yourself' } },
    })
    expect((await act('secretary-c1', contract.approveRun)).code).toBe('points/asked-yourself')
    const second = await act('supervisor', contract.approveRun)
    expect(second.body).toMatchObject({ state: 'issued', approvals: 2, vouchers: 5 })
    expect((await act('duty-head', contract.approveRun)).code).toBe('points/run-over')
    const { liability, items } = (await (await steps.by('clerk-c1')).call(contract.listPartners)).body
    expect(liability).toMatchObject({ points: 3, vouchersFen: 5000, reserveFen: 95_000, covered: true })
    expect(items.find(({ part }) => part === 'sponsor')).toMatchObject({
      balanceFen: 95_000,
      openFen: 5000,
      people: null,
    })
    expect((await check())?.differences).toEqual([])
    expect(
      await t
        .look('update quarter_runs set second_by = first_by')
        .catch((e: { constraint: string }) => e.constraint),
    ).toBe('two_people_approve')
  })

  test('without enough in the reserve is not approved at all', async () => {
    await steps.approved('clerk-c1', 'supervisor', {
      act: 'rule',
      code: 'rescue',
      name: '见义勇为',
      earns: 'person',
      basis: 'time',
      points: 2000,
      reserveId: t.street.organisationId('water'),
      from: '2026-10-01',
    })
    await steps.serve(old, 1, undefined, 'rescue')
    t.clock.moveTo(day('2027-01-02'))
    const big = await (await steps.by('clerk-c1')).call(contract.freezeRun, {
      body: { areaId: t.street.areaId('c1'), quarter: '2026Q4' },
    })
    const before = runId
    runId = big.body.id
    expect(big.body.reserves).toMatchObject([{ fen: 200_000, heldFen: 95_000, enough: false }])
    await act('clerk-c1', contract.noticeRun)
    t.clock.moveTo(day('2027-01-10'))
    expect((await act('secretary-c1', contract.approveRun)).code).toBe('points/reserve-short')
    expect((await act('supervisor', contract.cancelRun)).body.state).toBe('cancelled')
    runId = before
    expect((await passbook()).heldPoints).toBe(0)
    expect((await check())?.differences).toEqual([])
  })
})

describe('a voucher', () => {
  const codes = async () =>
    (await passbook()).vouchers.filter(({ state }) => state === 'good').map(({ code }) => code ?? '')
  const at = async (
    by: string,
    one: typeof contract.checkVoucher | typeof contract.redeemVoucher | typeof contract.returnVoucher,
    code: string,
  ) => (await steps.by(by)).call(one, { body: { code } })

  test('is worth what it says, and a shop never learns whose it is', async () => {
    const [code = ''] = await codes()
    const seen = await at('handler-property', contract.checkVoucher, code.toLowerCase())
    expect(seen.body).toMatchObject({
      valueFen: 1000,
      expiresOn: '2027-04-12',
      state: 'good',
      spentAt: null,
      spentHere: false,
    })
    expect(JSON.stringify(seen.body)).toContain(`${quarter}-c1-`)
    expect(Object.keys(seen.body)).toHaveLength(6)
    expect((await at('handler-water', contract.checkVoucher, code)).code).toBe('points/not-a-shop')
    expect((await at('clerk-c1', contract.checkVoucher, code)).code).toBe('platform/not-for-your-role')
    expect((await at('handler-property', contract.checkVoucher, 'ABCDE-ABCDE')).code).toBe(
      'points/code-wrong',
    )
    expect((await at('other-handler-property', contract.checkVoucher, code)).code).toBe('points/not-a-shop')
  })

  test('is taken once, of fifty at once, and the shop is owed it once', async () => {
    const [code = ''] = await codes()
    const tries = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        at(i % 2 ? 'handler-property' : 'handler-property-2', contract.redeemVoucher, code),
      ),
    )
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(tries.filter(({ status }) => status !== 200).map(({ code: why }) => why))).toEqual(
      new Set(['points/voucher-spent']),
    )
    const shop = (await (await steps.by('handler-property')).call(contract.getShop)).body
    expect(shop).toMatchObject({ owedFen: 1000, todayCount: 1, todayFen: 1000, takesVouchers: true })
    expect((await check())?.differences).toEqual([])
  })

  test('brought back becomes a new one with another code; the old one stays spent', async () => {
    const before = await codes()
    const [code = ''] = before
    await at('handler-property', contract.redeemVoucher, code)
    expect((await at('handler-property', contract.returnVoucher, code)).status).toBe(200)
    expect((await at('handler-property', contract.returnVoucher, code)).code).toBe('points/returned-already')
    expect((await at('handler-property', contract.redeemVoucher, code)).code).toBe('points/voucher-spent')
    const after = await codes()
    expect(after).toHaveLength(before.length)
    expect(after).not.toContain(code)
    expect((await check())?.differences).toEqual([])
  })

  test('is taken without a network by a list of two hours and a limit; what was spent elsewhere is told', async () => {
    const shop = await steps.by('handler-property')
    const list = (await shop.call(contract.takeOfflineList, {})).body
    const [first = '', second = ''] = await codes()
    const hash = createHash('sha256').update(`${list.salt}${first}`).digest('base64url')
    expect(list.vouchers.some((one) => one.hash === hash && one.valueFen === 1000)).toBe(true)
    expect(JSON.stringify(list)).not.toContain(first)
    await at('handler-property-2', contract.redeemVoucher, second)
    const send = (items: { code: string; at: string }[]) =>
      shop.call(contract.sendOffline, { params: { id: list.id }, body: { items } })
    const now = t.clock.now().toISOString()
    const late = new Date(t.clock.now().getTime() + 3 * 3_600_000)
    const sent = await send([
      { code: first, at: now },
      { code: second, at: now },
      { code: 'nonsense!', at: now },
    ])
    expect(sent.body.items.map(({ fate }) => fate)).toEqual(['taken', 'spent', 'not-found'])
    t.clock.moveTo(late)
    const [third = ''] = await codes()
    if (third)
      expect((await send([{ code: third, at: late.toISOString() }])).body.items[0]?.fate).toBe('list-over')
    expect(
      await t
        .look(
          `insert into offline_lists select street_id, gen_random_uuid(), organisation_id, salt, made_at, made_at + interval '3 hours', limit_fen, made_by from offline_lists`,
        )
        .catch((e: { code: string }) => e.code),
    ).toBe('23514')
  })

  test('past its day goes back to its sponsor’s reserve, and the books still agree', async () => {
    t.clock.moveTo(day('2027-08-01'))
    const actor = systemActorOf(t.street)
    await inTransaction(t.pool, { actor }, (tx) =>
      expireVouchers({
        tx,
        actor,
        at: t.clock.now(),
        streetPath: actor.scope.areas[0] ?? '',
        newId: () => randomUUID(),
        job: () => {},
      } as unknown as JobCall),
    )
    expect((await passbook()).vouchers.every(({ state }) => state !== 'good')).toBe(true)
    await inTransaction(t.pool, { actor }, async (tx) => expect(await voucherDifferences(tx)).toEqual([]))
    const { liability } = (await (await steps.by('clerk-c1')).call(contract.listPartners)).body
    expect(liability.vouchersFen).toBe(0)
    expect((await check())?.differences).toEqual([])
  })

  test('taken is paid to the shop once, by two people, and only recorded', async () => {
    const owed = (await (await steps.by('handler-property')).call(contract.getShop)).body.owedFen
    expect(owed).toBeGreaterThan(0)
    const ask: contract.Ask = {
      act: 'pay-shop',
      organisationId: t.street.organisationId('property'),
      note: '季度结算',
    }
    await steps.approved('clerk-c1', 'duty-head', ask)
    const shop = (await (await steps.by('organisation-lead-property')).call(contract.getShop)).body
    expect(shop.owedFen).toBe(0)
    expect(shop.lines[0]).toMatchObject({ what: 'paid', amountFen: -owed })
    await expect(steps.approved('clerk-c1', 'duty-head', ask)).rejects.toThrow(/nothing-owed/)
    expect(
      (
        await (
          await steps.by('handler-water')
        ).call(contract.getShop, { query: { organisationId: t.street.organisationId('property') } })
      ).code,
    ).toBe('points/not-a-shop')
  })
})

describe('a passbook', () => {
  test('gives to direct kin and the common pool, and to nobody else', async () => {
    const give = async (body: { personId?: string; points: number }) =>
      (await me.client.call(contract.givePoints, { body })).code
    const had = (await passbook()).points
    expect(await give({ personId: old, points: 1 })).toBe('points/not-kin')
    await steps.approved('clerk-c1', 'secretary-c1', {
      act: 'kin',
      onePersonId: me.id,
      otherPersonId: old,
      relation: 'parent-child',
    })
    expect(await give({ personId: old, points: 1 })).toBeUndefined()
    expect(await give({ points: 1 })).toBeUndefined()
    expect(await give({ points: 100_000 })).toBe('points/too-little')
    const after = await passbook()
    expect(after.points).toBe(had - 2)
    expect(after.kin).toMatchObject([{ personId: old, name: '龙*人', relation: 'parent-child' }])
    expect((await passbook({ kinId: old })).holder).toBe('龙*人')
    const stranger = await t.asResident(t.street.residents[1]?.phone ?? '')
    expect((await stranger.call(contract.getPassbook)).code).toBe('points/not-registered')
  })

  test('goes on paper and out as a table, whole, and the desk prints it for whom has no phone', async () => {
    const file = async (by: TestClient, path: string) => {
      const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const reply = await fetch(`${t.baseUrl}${path}`, { headers: { cookie } })
      return {
        status: reply.status,
        type: reply.headers.get('content-type') ?? '',
        bytes: Buffer.from(await reply.arrayBuffer()),
      }
    }
    const table = await file(me.client, '/api/points/passbook.csv')
    expect(table.bytes.toString()).toContain('捐入公益池')
    const entries = (await passbook()).entries.length
    expect(table.bytes.toString().split('\r\n').length).toBeGreaterThan(entries)
    expect((await file(me.client, '/api/points/passbook.pdf')).bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const desk = await steps.by('clerk-c1')
    expect((await file(desk, `/api/points/people/${old}/passbook.pdf`)).type).toContain('application/pdf')
    expect((await file(await steps.by('clerk-c2'), `/api/points/people/${old}/passbook.pdf`)).status).toBe(
      404,
    )
    expect((await file(desk, `/api/points/runs/${runId}/vouchers.pdf`)).status).toBe(404)
  })
})
