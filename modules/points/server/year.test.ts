/** The end of a year, honours, organisations as earners, the desk of the passbook and the time bank. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, openPool, type Pool, type Tx } from '../../../platform/db.ts'
import { runJob } from '../../../platform/jobs.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { peopleModule } from '../../people/server/index.ts'
import { type PointsSteps, pointsSteps } from '../../testing/points-steps.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { bankMinutes, pointsJobs, pointsModule } from './index.ts'

let t: TestStreets
let steps: PointsSteps
let workers: Pool
let me: { id: string; client: TestClient }
let old = ''
let company = ''
const day = (text: string) => new Date(`${text}T02:00:00Z`)
const system = <T>(work: (tx: Tx) => Promise<T>) =>
  inTransaction(t.pool, { actor: systemActorOf(t.street) }, work)
const passbook = async () => (await me.client.call(contract.getPassbook)).body
const ask = async (by: string, body: contract.Ask) =>
  (await (await steps.by(by)).call(contract.askApproval, { body })).code
const runs = async () => (await (await steps.by('secretary-c1')).call(contract.listRuns)).body.items

/** Each hour of the worker, with its own role in the database. */
async function hourPasses(): Promise<void> {
  const job = pointsJobs.jobs.find(({ task }) => task === 'points.prepareYear')
  if (!job) throw new Error('the year has a job')
  const queued = { task: job.task, street: t.street.streetId, payload: {} } as Parameters<typeof runJob>[2]
  await runJob({ pool: workers, services: t.services }, job, queued, t.clock.now())
}

beforeAll(async () => {
  t = await startTestStreets({ modules: [peopleModule, pointsModule] })
  workers = openPool(t.database.workerUrl, 1, 'linli-test-worker')
  const rules = {
    'points.yearEnd': { expires: true, keeps: 5, graceDays: 31 },
    'points.timeBank': { on: true, mostHours: 1500 },
  }
  for (const [key, value] of Object.entries(rules))
    await t.look(
      `insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
       values ($1, $2, gen_random_uuid(), 'set', $3, '2026-01-01', '2026-01-01', $4)`,
      [t.street.streetId, key, JSON.stringify(value), randomUUID()],
    )
  steps = pointsSteps(t)
  await steps.ready()
  me = await steps.resident()
  old = await steps.person('龙老人', '13711110001')
  company = t.street.organisationId('property')
  const rule = { act: 'rule', basis: 'time', from: '2026-01-01' } as const
  await steps.approved('clerk-c1', 'supervisor', {
    ...rule,
    code: 'gift-in-kind',
    name: '爱心物资',
    earns: 'organisation',
    points: 60,
  })
  await steps.approved('clerk-c1', 'supervisor', {
    ...rule,
    code: 'referral',
    name: '介绍新志愿者',
    earns: 'person',
    points: 2,
    capDay: 4,
  })
})
afterAll(async () => {
  await workers?.end()
  await t?.close()
})

describe('points that a desk asks for', () => {
  const give = (more: object): contract.Ask => ({
    act: 'award',
    ruleCode: 'referral',
    areaId: t.street.areaId('c1'),
    on: t.clock.now().toISOString().slice(0, 10),
    words: '介绍两位邻居加入',
    ...more,
  })

  test('go to people and to organisations by their rules, and never by the hour: hours come with evidence', async () => {
    expect(await ask('clerk-c1', give({ personId: me.id, ruleCode: 'service' }))).toBe(
      'points/hours-need-evidence',
    )
    expect(await ask('clerk-c1', give({ personId: me.id, ruleCode: 'gift-in-kind' }))).toBe(
      'points/rule-not-found',
    )
    expect(await ask('clerk-c1', give({ personId: me.id, on: '2099-01-01' }))).toBe('points/rule-not-found')
    expect(await ask('clerk-c2', give({ personId: me.id }))).toBe('points/person-not-found')
    for (let i = 0; i < 3; i++) await steps.approved('clerk-c1', 'secretary-c1', give({ personId: me.id }))
    expect((await passbook()).points).toBe(4)
    await steps.approved(
      'clerk-c1',
      'secretary-c1',
      give({ organisationId: company, ruleCode: 'gift-in-kind' }),
    )
    const book = (await (await steps.by('organisation-lead-property')).call(contract.getOrganisationBook))
      .body
    expect(book).toMatchObject({ points: 60, entries: [{ amount: 60, cause: 'award' }] })
    const elsewhere = await (await steps.by('handler-water')).call(contract.getOrganisationBook, {
      query: { organisationId: company },
    })
    expect(elsewhere.code).toBe('points/partner-not-found')
    const desk = await (await steps.by('clerk-c1')).call(contract.getOrganisationBook, {
      query: { organisationId: company },
    })
    expect(desk.body.points).toBe(60)
  })

  test('move for whom has no phone: linked by two people, given by two people, and no more when the link ended', async () => {
    const gift: contract.Ask = { act: 'gift', personId: me.id, toPersonId: old, points: 1 }
    await expect(steps.approved('clerk-c1', 'secretary-c1', gift)).rejects.toThrow(/not-kin/)
    await steps.approved('clerk-c1', 'secretary-c1', {
      act: 'kin',
      onePersonId: me.id,
      otherPersonId: old,
      relation: 'parent-child',
    })
    await steps.approved('clerk-c1', 'secretary-c1', gift)
    await steps.approved('clerk-c1', 'secretary-c1', { act: 'gift', personId: me.id, points: 1 })
    const desk = await (await steps.by('clerk-c1')).call(contract.getPassbookOf, { params: { id: me.id } })
    expect(desk.body).toMatchObject({ points: 2, holder: '欧***雀', kin: [{ personId: old }] })
    const stranger = await (await steps.by('clerk-c2')).call(contract.getPassbookOf, {
      params: { id: me.id },
    })
    expect(stranger.code).toBe('points/person-not-found')
    const kinId = desk.body.kin[0]?.linkId ?? ''
    await steps.approved('clerk-c1', 'secretary-c1', { act: 'end-kin', kinId })
    expect(await ask('clerk-c1', { act: 'end-kin', kinId })).toBe('points/kin-not-found')
    await expect(steps.approved('clerk-c1', 'secretary-c1', gift)).rejects.toThrow(/not-kin/)
  })
})

describe('the time bank', () => {
  const bank = (minutes: number, personId = old) =>
    system((tx) =>
      bankMinutes(tx, t.street.streetId, {
        id: randomUUID(),
        personId,
        area: t.street.areas.get('c1')?.path ?? '',
        minutes,
        by: t.street.staff.get('clerk-c1')?.accountId ?? '',
        at: t.clock.now(),
      }),
    )
  const kept = async () =>
    (await (await steps.by('clerk-c1')).call(contract.getPassbookOf, { params: { id: old } })).body.minutes

  test('keeps 1,500 hours of a person; what goes beyond comes to the common pool', async () => {
    expect(await bank(1499 * 60)).toEqual({ kept: 1499 * 60, pooled: 0 })
    expect(await bank(180)).toEqual({ kept: 60, pooled: 120 })
    expect(await bank(30)).toEqual({ kept: 0, pooled: 30 })
    expect(await kept()).toBe(1500 * 60)
    const pool = await (await steps.by('clerk-c1')).call(contract.listAccounts, {
      query: { kind: 'pool', unit: 'minutes' },
    })
    expect(pool.body.items).toMatchObject([{ posted: 150 }])
  })

  test('gives hours for care when two people say so, never more than are there, and then has room again', async () => {
    const care = (minutes: number): contract.Ask => ({ act: 'care', personId: old, minutes, words: '陪诊' })
    await steps.approved('clerk-c1', 'secretary-c1', care(120))
    expect(await kept()).toBe(1498 * 60)
    await expect(steps.approved('clerk-c1', 'secretary-c1', care(1499 * 60 - 59))).rejects.toThrow(
      /too-little/,
    )
    expect(await kept()).toBe(1498 * 60)
    expect(await bank(180)).toEqual({ kept: 120, pooled: 60 })
  })

  test('goes to direct kin with room for it or to the common pool, by the holder or at the desk, and to nobody else', async () => {
    const mine = async () => (await passbook()).minutes
    await bank(600, me.id)
    expect(await passbook()).toMatchObject({ minutes: 600, mostMinutes: 1500 * 60 })
    const give = async (minutes: number, personId?: string) =>
      (await me.client.call(contract.giveHours, { body: { minutes, ...(personId ? { personId } : {}) } }))
        .code
    expect(await give(60, old)).toBe('points/not-kin')
    await steps.approved('clerk-c1', 'secretary-c1', {
      act: 'kin',
      onePersonId: me.id,
      otherPersonId: old,
      relation: 'parent-child',
    })
    // The old man's book is full; care makes room.
    expect(await give(60, old)).toBe('points/book-full')
    const care: contract.Ask = { act: 'care', personId: old, minutes: 120, words: '陪诊' }
    await steps.approved('clerk-c1', 'secretary-c1', care)
    expect(await give(150, old)).toBe('points/book-full')
    expect(await give(90, old)).toBeUndefined()
    expect(await kept()).toBe(1500 * 60 - 30)
    expect(await give(60)).toBeUndefined()
    expect(await give(600)).toBe('points/too-little')
    await steps.approved('clerk-c1', 'secretary-c1', { act: 'gift-hours', personId: me.id, minutes: 30 })
    expect(await mine()).toBe(420)
    const hours = (await passbook()).entries.filter(({ unit }) => unit === 'minutes')
    expect(hours.map(({ cause, amount }) => `${cause} ${amount}`).sort()).toEqual([
      'award 600',
      'gift-to-kin -90',
      'gift-to-pool -30',
      'gift-to-pool -60',
    ])
  })

  test('lets the common pool care for somebody who has no hours, never beyond what is in it', async () => {
    const query = { kind: 'pool', unit: 'minutes' } as const
    const clerk = await steps.by('clerk-c1')
    const pool = async () => (await clerk.call(contract.listAccounts, { query })).body.items[0]?.posted
    const before = (await pool()) ?? 0
    const alone = await steps.person('孤老', '13711110055')
    const care = (minutes: number): contract.Ask => ({
      act: 'care',
      personId: alone,
      minutes,
      words: '独居，陪诊',
      fromPool: true,
    })
    await steps.approved('clerk-c1', 'secretary-c1', care(60))
    expect(await pool()).toBe(before - 60)
    await expect(steps.approved('clerk-c1', 'secretary-c1', care(before))).rejects.toThrow(/too-little/)
  })

  test('stands in the export with everything else of the passbook, each entry with its number', async () => {
    const cookie = [...me.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(`${t.baseUrl}/api/points/passbook.csv`, { headers: { cookie } })
    const lines = (await reply.text()).split('\r\n').map((line) => line.split(','))
    const book = await passbook()
    expect(lines).toContainEqual(['时间银行', '', '现在', '7', ''])
    expect(lines).toContainEqual(['家庭账户', '', '父母子女', '', expect.stringContaining('龙')])
    for (const entry of book.entries) expect(lines.map((line) => line[4])).toContain(entry.transferId)
  })

  test('is apart from points: spending the one changes nothing of the other', async () => {
    await steps.serve(old, 10)
    const before = await kept()
    await steps.approved('clerk-c1', 'secretary-c1', { act: 'gift', personId: old, points: 5 })
    expect(await kept()).toBe(before)
  })
})

describe('the end of a year', () => {
  let runId = ''
  const act = async (by: string, one: typeof contract.noticeRun | typeof contract.approveRun) =>
    (await steps.by(by)).call(one, { params: { id: runId }, body: {} })

  test('is told beforehand, and nothing is listed while its points may still be used', async () => {
    await steps.serve(me.id, 20)
    expect((await passbook()).yearEnd).toEqual({ year: 2026, keeps: 5, from: '2027-02-01' })
    t.clock.moveTo(new Date('2026-12-31T15:30:00Z'))
    await hourPasses()
    t.clock.moveTo(day('2027-01-31'))
    await hourPasses()
    expect(await runs()).toEqual([])
    const early = await (await steps.by('clerk-c1')).call(contract.freezeRun, {
      body: { areaId: t.street.areaId('c1'), quarter: '2026' },
    })
    expect(early.code).toBe('points/year-not-over')
    // What is earned in the new year is not of the old one; what is given away now goes first.
    await steps.serve(me.id, 8)
    await me.client.call(contract.givePoints, { body: { points: 3 } })
  })

  test('is listed by itself on the day of the rule, once, and comes out the same to the byte', async () => {
    t.clock.moveTo(day('2027-02-01'))
    await hourPasses()
    await hourPasses()
    const [run, more] = await runs()
    expect(more).toBeUndefined()
    runId = run?.id ?? ''
    const view = (await (await steps.by('secretary-c1')).call(contract.getRun, { params: { id: runId } }))
      .body
    // 22 and 20 from the beginning less 3 given, less 5 kept; of the old man 5; of the company 60.
    expect(view).toMatchObject({
      quarter: '2026',
      year: true,
      state: 'frozen',
      keeps: 5,
      reproduced: true,
      reserves: [],
    })
    expect(view.lines.map(({ points }) => points).sort((a, b) => a - b)).toEqual([1, 14, 55])
    expect(await passbook()).toMatchObject({ heldPoints: 14, points: 13 })
    await steps.serve(me.id, 2)
    expect(
      (await (await steps.by('secretary-c1')).call(contract.getRun, { params: { id: runId } })).body
        .reproduced,
    ).toBe(true)
  })

  test('is shown for objections and booked by two people; a line that was objected to keeps its points', async () => {
    await act('clerk-c1', contract.noticeRun)
    const shown = (await me.client.call(contract.listNotices)).body.items[0]
    expect(shown).toMatchObject({ year: true, quarter: '2026' })
    const own = shown?.lines.find((line) => line.own)
    await me.client.call(contract.objectToRun, {
      params: { id: runId },
      body: { words: '十二月少算了一次', number: own?.number ?? '' },
    })
    t.clock.moveTo(day('2027-02-08'))
    expect((await act('secretary-c1', contract.approveRun)).code).toBe('points/objection-open')
    const [objection] = (
      await (await steps.by('secretary-c1')).call(contract.getRun, { params: { id: runId } })
    ).body.objections
    await (await steps.by('secretary-c1')).call(contract.settleObjection, {
      params: { id: runId, objectionId: objection?.id ?? '' },
      body: { outcome: 'upheld', answer: '查实，今年不到期' },
    })
    expect((await act('clerk-c1', contract.approveRun)).code).toBe('platform/not-for-your-role')
    expect((await act('secretary-c1', contract.approveRun)).body).toMatchObject({
      state: 'noticed',
      approvals: 1,
    })
    expect((await act('secretary-c1', contract.approveRun)).code).toBe('points/asked-yourself')
    expect((await act('supervisor', contract.approveRun)).body).toMatchObject({
      state: 'issued',
      vouchers: 0,
    })
    expect(await passbook()).toMatchObject({ heldPoints: 0, points: 29 })
    const book = (await (await steps.by('organisation-lead-property')).call(contract.getOrganisationBook))
      .body
    expect(book).toMatchObject({ points: 5, entries: [{ cause: 'expire', amount: -55 }, { amount: 60 }] })
    const check = await (await steps.by('duty-head')).call(contract.checkLedger, {})
    expect(check.body.check?.differences).toEqual([])
    await hourPasses()
    expect(await runs()).toHaveLength(1)
  })
})

describe('an honour of the year', () => {
  const candidates = async () =>
    (
      await (
        await steps.by('clerk-c1')
      ).call(contract.listHonours, {
        query: { areaId: t.street.areaId('c1'), year: '2026' },
      })
    ).body

  test('is proposed by what was earned, whatever was spent or expired since; of people and organisations', async () => {
    const { candidates: rows } = await candidates()
    expect(rows.map(({ kind, points, proposed }) => [kind, points, proposed])).toEqual([
      ['organisation', 60, true],
      ['person', 24, false],
      ['person', 10, false],
    ])
  })

  test('is given by two people once, on a paper with number and check code that everybody can check', async () => {
    const accountIds = (await candidates()).candidates.slice(0, 2).map(({ accountId }) => accountId)
    const honours: contract.Ask = { act: 'honours', areaId: t.street.areaId('c1'), year: 2026, accountIds }
    expect(await ask('clerk-c1', { ...honours, year: 2027 })).toBe('points/year-not-over')
    await steps.approved('clerk-c1', 'secretary-c1', honours)
    expect(await ask('clerk-c1', honours)).toBe('points/honoured-already')
    const [own] = (await passbook()).honours
    expect(own).toMatchObject({ year: 2026, points: 24, kind: 'person' })
    const file = async (by: TestClient, id: string) => {
      const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      return fetch(`${t.baseUrl}/api/points/honours/${id}/certificate.pdf`, { headers: { cookie } })
    }
    expect((await file(me.client, own?.id ?? '')).headers.get('content-type')).toContain('application/pdf')
    const lead = await steps.by('organisation-lead-property')
    const theirs = (await lead.call(contract.getOrganisationBook)).body.honours[0]
    expect((await file(lead, theirs?.id ?? '')).status).toBe(200)
    expect((await file(lead, own?.id ?? '')).status).toBe(404)
    expect((await file(me.client, theirs?.id ?? '')).status).toBe(404)
    expect((await file(await steps.by('clerk-c2'), own?.id ?? '')).status).toBe(404)
    const anyone = t.client()
    const { number = '', checkCode: code = '' } = own ?? {}
    const real = await anyone.call(contract.checkHonour, { body: { number: number.toLowerCase(), code } })
    expect(real.body).toMatchObject({ state: 'given', holder: '欧***雀', year: 2026, points: 24 })
    const wrong = await anyone.call(contract.checkHonour, {
      body: { number: own?.number ?? '', code: 'ABCDEFGH' },
    })
    expect(wrong.code).toBe('points/honour-not-found')
  })

  test('can be taken back with a reason, and then no paper is printed', async () => {
    const [own] = (await passbook()).honours
    await steps.approved('clerk-c1', 'secretary-c1', {
      act: 'end-honour',
      honourId: own?.id ?? '',
      words: '时长有误',
    })
    expect((await passbook()).honours).toEqual([])
    const { number = '', checkCode: code = '' } = own ?? {}
    expect((await t.client().call(contract.checkHonour, { body: { number, code } })).body.state).toBe(
      'revoked',
    )
    const [kept] = (await candidates()).honours.filter(({ id }) => id === own?.id)
    expect(kept?.revokedReason).toBe('时长有误')
  })
})
