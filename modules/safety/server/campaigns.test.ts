/** What requests become, over HTTP: mediations with their person’s consent, and hazards of campaigns: a report becomes a line of a ledger, is rectified, re-checked by somebody else, put off, late. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyOf } from '../../../lib/contract.ts'
import { addDays, dayOf } from '../../../lib/time.ts'
import * as cases from '../../cases/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'
import { safetyModule } from './index.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases({ modules: [safetyModule] })
  steps = caseSteps(t)
})
afterAll(() => t.close())

const day = (count: number) => addDays(dayOf(t.clock.now()), count)
const campaignOf = async (more: object = {}, by = 'dispatcher') =>
  (await steps.by(by)).call(contract.createCampaign, {
    body: {
      areaId: t.street.areaId(t.street.code),
      name: '除险清患百日行动',
      kinds: ['fire', 'falling'],
      from: day(0),
      until: day(60),
      ...more,
    },
  })
const found = async () =>
  (
    await t.file(await steps.by('grid-worker-c1g1'), {
      text: '二楼楼道堆满纸箱，消防通道堵了。',
      channel: 'field',
    })
  ).id
const put = async (
  campaignId: string,
  caseId: string,
  more: Partial<BodyOf<typeof contract.putHazard>> = {},
  by = 'clerk-c1',
) =>
  (await steps.by(by)).call(contract.putHazard, {
    params: { id: campaignId, caseId },
    body: {
      kind: 'fire',
      level: 'greater',
      owner: '一楼百货店',
      organisationId: t.street.organisationId('property'),
      rectifyOn: day(3),
      ...more,
    },
  })
const ledger = async (id: string, by = 'clerk-c1', query: object = {}) =>
  (await steps.by(by)).call(contract.getLedger, { params: { id }, query })
const code = async (
  by: string,
  act: typeof cases.submitResult,
  id: string,
  body: BodyOf<typeof cases.submitResult>,
) => (await (await steps.by(by)).call(act, { params: { id }, body })).code

test('what a grid member reported is listed in one press, rectified with a photo, re-checked by another, and counted as it stands', async () => {
  const { id } = (await campaignOf()).body
  const caseId = await found()
  const listed = await put(id, caseId)
  expect(listed.status).toBe(200)
  expect(listed.body).toMatchObject({
    stage: 'rectifying',
    owner: '一楼百货店',
    supervisor: { code: 'property' },
    late: false,
  })
  const told = await t.look<{ n: number }>(
    `select count(*)::int as n from notices where subject_id = $1 and event = 'case.assigned'`,
    [caseId],
  )
  expect(told[0]?.n).toBeGreaterThan(0)
  await steps.act('handler-property', cases.takeCase, caseId, {})
  const result = { outcome: 'solved' as const, words: '纸箱清走了。' }
  expect(await code('handler-property', cases.submitResult, caseId, result)).toBe('cases/evidence-missing')
  await steps.act('handler-property', cases.submitResult, caseId, {
    ...result,
    fileIds: [await steps.photo('handler-property')],
  })
  expect((await ledger(id)).body.items[0]?.stage).toBe('to-check')
  // Neither who rectified nor anybody of their organisation; the post that checks is another's.
  const own = await (await steps.by('handler-property')).call(cases.checkCase, {
    params: { id: caseId },
    body: { pass: true, mode: 'on-site', words: '好了' },
  })
  expect(own.status).toBe(403)
  await steps.pass(caseId)
  const { body } = await ledger(id)
  expect(body.items[0]?.stage).toBe('done')
  expect(body.counts).toEqual([{ level: 'greater', stage: 'done', count: 1 }])
})

test('the numbers of the ledger are its rows, each opens its list, and everybody sees what lies in their sight', async () => {
  const { id } = (await campaignOf()).body
  for (const level of ['major', 'general', 'general'] as const) await put(id, await found(), { level })
  const all = (await ledger(id)).body
  for (const { level, stage, count } of all.counts)
    expect((await ledger(id, 'clerk-c1', { level, stage })).body.items).toHaveLength(count)
  expect(all.counts.reduce((sum, { count }) => sum + count, 0)).toBe(all.items.length)
  expect((await ledger(id, 'handler-property')).body.items).toHaveLength(3)
  for (const by of ['clerk-c2', 'handler-water']) expect((await ledger(id, by)).body.items).toEqual([])
  expect((await ledger(id, 'other-dispatcher')).code).toBe('safety/not-found')
  const file = await (await steps.by('clerk-c1')).call(contract.exportLedger, { params: { id } })
  expect(file.status).toBe(200)
})

test('a petition is no hazard, whatever it speaks of; nor is a case that somebody has already', async () => {
  const { id } = (await campaignOf()).body
  const petition = await steps.filed()
  await steps.act('clerk-c1', cases.registerPetition, petition, { form: 'letter' })
  const refused = await put(id, petition, {}, 'dispatcher')
  expect([refused.status, refused.code]).toEqual([409, 'safety/petition-is-no-hazard'])
  expect((await put(id, await steps.assigned())).code).toBe('safety/case-elsewhere')
  const listed = await found()
  await put(id, listed)
  const again = await (await steps.by('clerk-c1')).call(cases.registerPetition, {
    params: { id: listed },
    body: { form: 'visit' },
  })
  expect(again.code).toBe('cases/is-special')
})

test('the day is put off by a second person and then stands as put off; past its day it is late', async () => {
  const { id } = (await campaignOf()).body
  const caseId = await found()
  await put(id, caseId)
  await steps.act('handler-property', cases.takeCase, caseId, {})
  const until = new Date(t.clock.now().getTime() + 5 * 86_400_000).toISOString()
  await steps.act('handler-property', cases.extendCase, caseId, { until, reason: '等配件' })
  expect((await ledger(id)).body.items[0]?.putOff).toBe(false)
  await steps.act('supervisor', cases.approveRequest, caseId, {})
  expect((await ledger(id)).body.items[0]).toMatchObject({ putOff: true, late: false })
  t.clock.moveBy(6 * 86_400_000)
  const { body } = await ledger(id)
  expect([body.items[0]?.late, body.late]).toEqual([true, 1])
  t.clock.moveBy(-6 * 86_400_000)
})

test('a campaign ends by its day or by a person; its hazards go on, and nothing more is listed', async () => {
  const { id } = (await campaignOf({ until: day(1) })).body
  const caseId = await found()
  await put(id, caseId)
  expect((await put(id, await found(), { kind: 'gas' })).code).toBe('safety/kind-unknown')
  expect((await put(id, await found(), { rectifyOn: day(-1) })).code).toBe('safety/date-wrong')
  expect((await put(id, await found(), {}, 'clerk-c2')).code).toBe('safety/not-found')
  t.clock.moveBy(2 * 86_400_000)
  expect((await put(id, await found(), { rectifyOn: day(5) })).code).toBe('safety/campaign-over')
  t.clock.moveBy(-2 * 86_400_000)
  const ended = await (await steps.by('duty-head')).call(contract.endCampaign, { params: { id }, body: {} })
  expect(ended.body).toMatchObject({ open: false })
  expect((await put(id, await found())).code).toBe('safety/campaign-over')
  await steps.act('handler-property', cases.takeCase, caseId, {})
  const foreign = await (await steps.by('clerk-c1')).call(contract.endCampaign, { params: { id }, body: {} })
  expect(foreign.code).toBe('safety/not-found')
})

const mediate = async (
  id: string,
  more: Partial<BodyOf<typeof contract.mediateRequest>> = {},
  by = 'clerk-c1',
) =>
  (await steps.by(by)).call(contract.mediateRequest, {
    params: { id },
    body: {
      kind: 'neighbours',
      level: 'blue',
      name: '欧阳金丝雀',
      others: [{ name: '司徒铁柱', phone: '13900000003' }],
      ...more,
    },
  })
const links = async (id: string, by = 'clerk-c1') =>
  (await (by === 'resident' ? steps.resident() : steps.by(by))).call(contract.getCaseLinks, {
    params: { id },
  })
const quarrel = () => steps.filed({ text: '楼上漏水，吊顶泡坏了，赔多少谈不拢。' })

test('a request is taken to mediation only with its person’s consent, is answered so, and hears nothing of what is said there', async () => {
  const id = await quarrel()
  expect((await links(id)).body).toMatchObject({ mediation: null, askedAt: null, can: { mediate: true } })
  expect((await mediate(id)).code).toBe('safety/resident-not-asked')
  expect((await mediate(id, { consentWay: 'phone', name: undefined })).code).toBe('safety/name-missing')
  expect((await mediate(id, { consentWay: 'phone' }, 'grid-worker-c1g1')).status).toBe(403)
  expect((await mediate(id, { consentWay: 'phone' }, 'clerk-c2')).code).toBe('safety/not-found')
  const made = await mediate(id, { consentWay: 'phone' })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ facts: '楼上漏水，吊顶泡坏了，赔多少谈不拢。', stage: 'open' })
  expect(made.body.parties.map(({ consent, consentWay }) => [consent, consentWay])).toEqual([
    ['yes', 'phone'],
    [null, null],
  ])
  expect((await mediate(id, { consentWay: 'phone' })).code).toBe('safety/mediated-already')

  const told = await (await steps.resident()).call(cases.getCase, { params: { id } })
  expect(told.body.case).toMatchObject({ state: 'answered', outcome: 'unsolved' })
  expect(told.body.case.answer).toContain('正在调解')
  expect((await links(id, 'resident')).body.mediation).toMatchObject({ id: made.body.id, stage: 'open' })
  const mine = await (await steps.resident()).call(contract.getMediation, { params: { id: made.body.id } })
  expect(mine.body.asParty).toBe(true)
  const record = await (await steps.by('clerk-c1')).call(contract.recordConsent, {
    params: { id: made.body.id },
    body: { partyId: made.body.parties[1]?.id ?? '', answer: 'yes', way: 'phone', words: '愿意谈，赔一半。' },
  })
  expect(record.status).toBe(200)
  const after = await (await steps.by('clerk-c1')).call(cases.getCase, { params: { id } })
  expect(JSON.stringify(after.body)).not.toContain('赔一半')

  // Both ways: the desk opens either from the other; whoever only sees the place hears that there is one and no more.
  expect((await links(made.body.id)).body).toMatchObject({ special: 'mediation', request: { id } })
  expect((await links(id, 'grid-worker-c1g1')).body.mediation).toEqual({
    id: made.body.id,
    number: made.body.number,
    stage: null,
  })
  expect((await links(id, 'clerk-c2')).code).toBe('safety/not-found')
})

test('whoever asks for mediation has agreed by that, waits in the desk’s list, and nobody else asks in their name', async () => {
  const id = await quarrel()
  const resident = await steps.resident()
  const asked = await resident.call(contract.askMediation, { params: { id }, body: {} })
  expect(asked.body).toMatchObject({ can: { ask: false }, mediation: null })
  expect(asked.body.askedAt).not.toBeNull()
  const other = await (await steps.by('clerk-c1')).call(contract.askMediation, { params: { id }, body: {} })
  expect(other.code).toBe('safety/not-yours')
  const waiting = async (by: string) =>
    (await (await steps.by(by)).call(contract.listMediationRequests)).body.items.map((one) => one.id)
  expect(await waiting('clerk-c1')).toContain(id)
  expect(await waiting('clerk-c2')).not.toContain(id)
  const made = await mediate(id)
  expect(made.body.parties[0]).toMatchObject({ consent: 'yes', consentWay: 'online' })
  expect(await waiting('clerk-c1')).not.toContain(id)
})

test('what asks for confidence, was given out or is a hazard is not taken to mediation', async () => {
  const hidden = await steps.filed({ text: '楼下打牌到半夜。', confidential: true })
  expect((await mediate(hidden, { consentWay: 'phone' })).code).toBe('safety/reporter-hidden')
  expect((await mediate(await steps.assigned(), { consentWay: 'phone' })).code).toBe('safety/not-a-request')
  const { id } = (await campaignOf()).body
  const caseId = await found()
  await put(id, caseId)
  expect((await mediate(caseId, { consentWay: 'phone' })).code).toBe('safety/not-a-request')
  expect((await links(caseId)).body).toMatchObject({ special: 'hazard', campaign: { id } })
})
