/** Mediation over HTTP: consent, choice, attempts, tiers, agreement, days, and who sees it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyOf, Role } from '../../../lib/contract.ts'
import { contextStatements } from '../../../platform/db.ts'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import * as cases from '../../cases/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'
import { safetyJobs, safetyModule } from './index.ts'
import { facts, mediationSteps, mediators } from './mediation-test-steps.ts'

let t: TestCases
let steps: CaseSteps
let m: Awaited<ReturnType<typeof mediationSteps>>
let worker: Worker
const faults: unknown[] = []
beforeAll(async () => {
  t = await startTestCases({ modules: [safetyModule] })
  steps = caseSteps(t)
  worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services: t.services,
    modules: [safetyJobs],
    onError: (error) => faults.push(error),
    pollMs: 0,
  })
  m = await mediationSteps(t, steps)
})
afterAll(async () => {
  await worker.stop()
  await t.close()
})

test('a dispute is a case that tells nothing, with everything said sealed beside it and masked in every reply', async () => {
  const view = await m.opened()
  expect(view).toMatchObject({ tier: 'courtyard', stage: 'open', facts, asParty: false })
  expect(view.parties.map(({ name, phone, signsIn }) => [name, phone, signsIn])).toEqual([
    ['欧***雀', '139****0001', true],
    ['司**柱', '137****2222', false],
  ])
  const seen = await m.ask('grid-worker-c1g1', cases.getCase, view.id)
  expect(seen.body.case).toMatchObject({
    number: view.number,
    special: 'mediation',
    title: '人民调解',
    text: '',
    reporter: null,
    can: {},
  })
  expect(
    (await m.ask('clerk-c1', cases.acceptCase, view.id, { kind: 'help', matterCode: 'LX01005' })).code,
  ).toBe('cases/is-special')
  const listed = await (await steps.by('clerk-c1')).call(cases.listCases, { query: { limit: 100 } })
  expect(listed.body.items.map(({ id }) => id)).not.toContain(view.id)
  const kept = await t.look<{ text: string }>(
    `select (select row_to_json(c)::text from cases c where id = $1) || (select row_to_json(m)::text from mediations m where case_id = $1)
      || (select string_agg(row_to_json(p)::text, '') from mediation_parties p where case_id = $1)
      || (select string_agg(row_to_json(e)::text, '') from mediation_entries e where case_id = $1) as text`,
    [view.id],
  )
  expect(kept[0]?.text).not.toMatch(/椅子|金丝|铁柱|1390000|501室/)
})

test('only the desk of the place, those who mediate and the parties find it; with a trace of every look but one’s own', async () => {
  const view = await m.opened()
  const look = async (by: string) => (await m.ask(by, contract.getMediation, view.id)).status
  for (const by of ['clerk-c1', 'secretary-c1', 'dispatcher', 'duty-head', 'resident'])
    expect(await look(by), by).toBe(200)
  for (const by of [
    'grid-head-c1g1',
    'grid-worker-c1g1',
    'verifier-c1',
    'supervisor',
    'clerk-c2',
    'handler-property',
    'audit-admin',
    'other-duty-head',
  ])
    expect(await look(by), by).toBe(404)
  await m.step('clerk-c1', contract.setMediators, view.id, { mediatorIds: [mediators.head], by: 'committee' })
  expect(await look('grid-head-c1g1')).toBe(200)
  const trail = await t.look<{ n: number }>(
    `select count(*)::int as n from audit_entries where operation = 'safety.getMediation' and subject_id = $1`,
    [view.id],
  )
  expect(trail[0]?.n).toBe(5)
  const opening = await m.ask('clerk-c1', contract.unmaskParty, view.id, {
    partyId: view.parties[1]?.id ?? '',
    field: 'phone',
    reason: '约时间',
  })
  expect(opening.body.value).toBe('13711112222')
  expect(
    (
      await m.ask('clerk-c2', contract.unmaskParty, view.id, {
        partyId: view.parties[1]?.id ?? '',
        field: 'phone',
        reason: '约时间',
      })
    ).code,
  ).toBe('safety/not-found')
})

test('row security alone keeps a dispute from everybody else of the place', async () => {
  const view = await m.opened()
  const count = async (name: string) => {
    const client = await t.pool.connect()
    try {
      const { found, streetId } = { found: t.street.staff.get(name), streetId: t.street.streetId }
      const posts = await t.look<{ id: string; role: Role; path: string }>(
        'select p.id, p.role, a.path::text as path from posts p join areas a on a.id = p.area_id where p.account_id = $1',
        [found?.accountId],
      )
      await client.query(
        `begin; ${contextStatements({
          streetId,
          accountId: found?.accountId ?? '',
          scope: { areas: posts.map(({ path }) => path), organisations: [] },
          posts: posts.map(({ id, role, path }) => ({
            id,
            role,
            areaId: null,
            areaPath: path,
            organisationId: null,
          })),
        })}`,
      )
      return (await client.query('select 1 from mediations where case_id = $1', [view.id])).rows.length
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  expect(await count('clerk-c1')).toBe(1)
  expect(await count('grid-head-c1g1')).toBe(0)
  expect(await count('supervisor')).toBe(0)
})

test('nobody is made to: without every consent nothing is planned, and a refusal moves up or ends', async () => {
  const view = await m.opened()
  const [first, second] = view.parties
  expect((await m.ask('clerk-c1', contract.recordSession, view.id, m.session())).code).toBe(
    'safety/consent-missing',
  )
  await m.step('resident', contract.recordConsent, view.id, { partyId: first?.id ?? '', answer: 'yes' })
  const foreign = await m.ask('resident', contract.recordConsent, view.id, {
    partyId: second?.id ?? '',
    answer: 'yes',
  })
  expect(foreign.code).toBe('safety/not-yours')
  const refused = await m.step('clerk-c1', contract.recordConsent, view.id, {
    partyId: second?.id ?? '',
    answer: 'no',
    way: 'phone',
    words: '不想谈',
  })
  expect(refused.parties.map(({ consent, consentWay }) => [consent, consentWay])).toEqual([
    ['yes', 'online'],
    ['no', 'phone'],
  ])
  expect((await m.ask('clerk-c1', contract.recordSession, view.id, m.session())).code).toBe(
    'safety/party-refuses',
  )
  const moved = await m.step('clerk-c1', contract.moveUp, view.id, {
    reason: 'party-refused',
    words: '请社区再问一次',
  })
  expect(moved).toMatchObject({ tier: 'community' })
  expect(moved.parties.map(({ consent }) => consent)).toEqual([null, null])
  await m.step('clerk-c1', contract.recordConsent, view.id, {
    partyId: second?.id ?? '',
    answer: 'no',
    way: 'phone',
  })
  const ended = await m.step('clerk-c1', contract.endMediation, view.id, {
    reason: 'refused',
    words: '一方不同意调解',
  })
  expect(ended).toMatchObject({ stage: 'ended', endedFor: 'refused', legalWay: 'civil' })
  const own = await m.step('resident', contract.getMediation, view.id)
  expect(own).toMatchObject({ asParty: true, legalWay: 'civil', endedFor: 'refused' })
  expect((await m.ask('clerk-c1', cases.getCase, view.id)).body.case).toMatchObject({
    state: 'closed',
    outcome: null,
  })
})

test('the parties choose who mediates, from the list of the tier and place; the other party’s contact stays hidden', async () => {
  const view = await m.opened()
  const [first, second] = view.parties
  expect(view.choices.map(({ name }) => name)).toEqual(['老郑'])
  expect(
    (
      await m.ask('clerk-c1', contract.setMediators, view.id, {
        mediatorIds: [mediators.granny],
        by: 'committee',
      })
    ).code,
  ).toBe('safety/mediator-unfit')
  const own = await m.step('resident', contract.wishMediator, view.id, {
    partyId: first?.id ?? '',
    mediatorId: mediators.head,
  })
  expect(own.mediators).toEqual([])
  expect(own.parties.map(({ name, phone, mine }) => [name, phone, mine])).toEqual([
    ['欧阳金丝雀', '139****0001', true],
    ['司徒铁柱', null, false],
  ])
  const both = await m.step('clerk-c1', contract.wishMediator, view.id, {
    partyId: second?.id ?? '',
    mediatorId: mediators.head,
  })
  expect(both).toMatchObject({ chosenBy: 'parties', mediators: [{ name: '老郑' }] })
})

test('up a tier only after a recorded attempt or because a party applies; who mediated below sees it no more', async () => {
  const view = await m.ready()
  expect(
    (await m.ask('grid-head-c1g1', contract.moveUp, view.id, { reason: 'attempt-failed', words: '谈不拢' }))
      .code,
  ).toBe('safety/no-attempt')
  await m.step('grid-head-c1g1', contract.recordSession, view.id, m.session())
  const moved = await m.step('grid-head-c1g1', contract.moveUp, view.id, {
    reason: 'attempt-failed',
    words: '谈不拢，请社区调解',
  })
  expect(moved).toMatchObject({ tier: 'community', mediators: [] })
  expect(moved.parties).toHaveLength(2)
  expect((await m.ask('grid-head-c1g1', contract.getMediation, view.id)).code).toBe('safety/not-found')
  const applicant = view.parties[0]?.id
  expect(
    (await m.ask('clerk-c1', contract.moveUp, view.id, { reason: 'party-applied', words: '要到街道' })).code,
  ).toBe('safety/party-unknown')
  const top = await m.step('clerk-c1', contract.moveUp, view.id, {
    reason: 'party-applied',
    partyId: applicant ?? '',
    words: '要到街道',
  })
  expect(top.tier).toBe('street')
  expect(
    (
      await m.ask('dispatcher', contract.moveUp, view.id, {
        reason: 'party-applied',
        partyId: applicant ?? '',
        words: '还要上',
      })
    ).code,
  ).toBe('safety/top-tier')
  expect(
    top.entries
      .filter(({ act }) => act === 'moved-up')
      .map(({ tier, detail }) => [tier, detail.to, detail.reason]),
  ).toEqual([
    ['courtyard', 'community', 'attempt-failed'],
    ['community', 'street', 'party-applied'],
  ])
  expect((await m.ask('dispatcher', cases.getCase, view.id)).body.case.desk).toBe('street')
})

test('an agreement binds when all parties, a mediator and the stamp are on it; and not before', async () => {
  const view = await m.ready()
  await m.step('grid-head-c1g1', contract.planSession, view.id, {
    at: new Date(t.clock.now().getTime() + 86_400_000).toISOString(),
    place: '三栋架空层',
    isPublic: false,
  })
  expect((await m.step('resident', contract.getMediation, view.id)).nextPlace).toBe('三栋架空层')
  expect((await m.ask('grid-head-c1g1', contract.signAgreement, view.id, { who: 'stamp' })).code).toBe(
    'safety/no-draft',
  )
  await m.step('grid-head-c1g1', contract.writeAgreement, view.id, m.draft(view))
  const paper = await m.ask('clerk-c1', contract.printAgreement, view.id)
  expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const sign = (body: BodyOf<typeof contract.signAgreement>) =>
    m.step('grid-head-c1g1', contract.signAgreement, view.id, body)
  for (const { id } of view.parties) await sign({ who: 'party', id, way: 'fingerprint' })
  expect(
    (
      await m.ask('grid-head-c1g1', contract.signAgreement, view.id, {
        who: 'party',
        id: view.parties[0]?.id ?? '',
      })
    ).code,
  ).toBe('safety/signed-already')
  expect((await sign({ who: 'mediator', id: mediators.head })).stage).toBe('open')
  const fileId = await steps.photo('grid-head-c1g1')
  const done = await sign({ who: 'stamp', fileId })
  expect(done).toMatchObject({ stage: 'agreed', agreement: { confirmBy: '2026-10-14', hasPaper: true } })
  expect(done.entries.map(({ act }) => act)).toContain('in-force')
  const ofCase = (await m.ask('clerk-c1', cases.getCase, view.id)).body.case
  expect(ofCase).toMatchObject({ state: 'closed', outcome: 'solved' })
  const duty = done.agreement?.duties[0]
  const kept = await m.step('clerk-c1', contract.recordPerformance, view.id, {
    dutyId: duty?.id ?? '',
    done: true,
    words: '电话问过，装好了',
  })
  expect(kept).toMatchObject({
    stage: 'performed',
    agreement: { duties: [{ state: 'done', said: '电话问过，装好了' }] },
  })
})

test('the days of an agreement are told once each: T-10, T-3, before a duty and after it; never about marriage', async () => {
  const oral = await m.agreedOn()
  expect(oral).toMatchObject({ stage: 'agreed', agreement: { form: 'oral', confirmBy: '2026-10-14' } })
  const status = await m.agreedOn({ aboutStatus: true })
  expect(status.agreement?.confirmBy).toBeNull()
  expect((await m.ask('clerk-c1', contract.recordCourtStep, status.id, { step: 'applied' })).code).toBe(
    'safety/court-closed',
  )
  await m.step('clerk-c1', contract.recordPerformance, status.id, {
    dutyId: status.agreement?.duties[0]?.id ?? '',
    done: true,
    words: '好',
  })
  for (let day = 0; day < 32; day++) {
    await Promise.all([worker.turn(), worker.turn()])
    t.clock.moveBy(24 * 3_600_000)
  }
  expect(faults).toEqual([])
  const keepers = 4 // two clerks, the secretary, and the grid head who mediated
  expect(await m.toldOf(oral)).toEqual({
    'safety.court-days desk': 2 * keepers,
    'safety.court-days resident': 2 * 2,
    'safety.duty-due desk': keepers,
    'safety.duty-soon resident': 1,
  })
  expect(await m.toldOf(status)).toEqual({})
  expect((await m.ask('clerk-c1', contract.recordCourtStep, oral.id, { step: 'applied' })).code).toBe(
    'safety/court-closed',
  )
  const failed = await m.step('clerk-c1', contract.endMediation, oral.id, {
    reason: 'not-performed',
    words: '没有装',
  })
  expect(failed).toMatchObject({ stage: 'ended', endedFor: 'not-performed', legalWay: 'civil' })
})

test('whoever signs in later under the phone that was registered finds their mediation', async () => {
  const view = await m.opened({ parties: [{ name: '甲' }, { name: '乙', phone: '13900000002' }] })
  await t.look('update mediation_parties set account_id = null where case_id = $1', [view.id])
  await t.look("update mediations set readers = '{}' where case_id = $1", [view.id])
  const resident = await t.asResident('13900000002')
  expect((await resident.call(contract.getMediation, { params: { id: view.id } })).code).toBe(
    'safety/not-found',
  )
  const mine = await resident.call(contract.openMyMediations, { body: {} })
  expect(mine.body.items.map(({ id }) => id)).toEqual([view.id])
  expect((await resident.call(contract.getMediation, { params: { id: view.id } })).body.asParty).toBe(true)
})

test('the register counts what it lists, and its workbook names nobody', async () => {
  await m.opened({ level: 'red', kind: 'family' })
  const clerk = await steps.by('clerk-c1')
  const { body } = await clerk.call(contract.listMediations, { query: { tab: 'all' } })
  expect(body.counts.all).toBe(body.items.length)
  expect(body.counts.open).toBe(body.items.filter(({ stage }) => stage === 'open').length)
  const red = await clerk.call(contract.listMediations, { query: { tab: 'open', level: 'red' } })
  expect(red.body.items.every(({ level }) => level === 'red')).toBe(true)
  expect(red.body.counts.open).toBe(red.body.items.length)
  const foreign = await (await steps.by('clerk-c2')).call(contract.listMediations, { query: { tab: 'all' } })
  expect(foreign.body.counts.all).toBe(0)
  const file = await clerk.call(contract.exportMediations, { query: { tab: 'all' } })
  expect(file.status).toBe(200)
})
