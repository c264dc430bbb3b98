import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOf } from '../../../lib/time.ts'
import { inTransaction } from '../../../platform/db.ts'
import { refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { countFigures } from './figures.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const nobody = '信访：三次来访反映征收补偿，请求复核。'
const registered = async (more: { receivedOn?: string; outsideNumber?: string } = {}) => {
  const id = await steps.filed({ text: nobody })
  await steps.act('clerk-c1', contract.registerPetition, id, { form: 'visit', ...more })
  return id
}
const passed = async () => {
  const id = await registered()
  await steps.act('dispatcher', contract.passPetition, id, { to: '区住房和城乡建设委员会' })
  return id
}
const seen = async (by: 'resident' | string, id: string) => {
  const browser = await (by === 'resident' ? steps.resident() : steps.by(by))
  return (await browser.call(contract.getCase, { params: { id } })).body
}

test('registered, passed on, told, put off once by a second person and answered: with its days, rule and history', async () => {
  const today = dayOf(t.clock.now())
  const id = await registered({ outsideNumber: 'XF-2026-88' })
  const { case: received } = await seen('dispatcher', id)
  expect(received).toMatchObject({ state: 'accepted', desk: 'street', clock: { which: 'response' } })
  expect(received.petition).toMatchObject({
    number: `信${received.number}`,
    receivedOn: today,
    takenOn: false,
  })
  expect(dayOf(new Date(received.petition?.noticeBy ?? ''))).toBe(addDays(today, 15))
  expect(received.clock.rule?.zh).toMatch(/信访工作条例/)
  await steps.act('dispatcher', contract.passPetition, id, {
    to: '区住房和城乡建设委员会',
    words: '已挂号寄出',
  })
  t.clock.moveBy(4 * 86_400_000)
  const told = await steps.act('dispatcher', contract.noticePetition, id, {
    notice: 'taken-on',
    words: '已书面告知受理',
  })
  expect(told.petition).toMatchObject({ takenOn: true, toldOn: dayOf(t.clock.now()) })
  const settleBy = new Date(told.petition?.settleBy ?? '')
  expect(dayOf(settleBy) >= addDays(dayOf(t.clock.now()), 60)).toBe(true)
  const until = (days: number) => ({
    until: new Date(settleBy.getTime() + days * 86_400_000).toISOString(),
    reason: '案情复杂',
  })
  expect(await refusal(steps, 'dispatcher', contract.extendPetition, id, until(60))).toEqual([
    422,
    'cases/petition-too-long',
  ])
  const asked = await steps.act('dispatcher', contract.extendPetition, id, until(20))
  expect(asked.pendingApproval?.act).toBe('extend')
  expect(await refusal(steps, 'dispatcher', contract.approveRequest, id, {})).toEqual([
    403,
    'cases/not-at-your-desk',
  ])
  await steps.act('supervisor', contract.approveRequest, id, {})
  expect(await refusal(steps, 'dispatcher', contract.extendPetition, id, until(25))).toEqual([
    409,
    'cases/petition-extended',
  ])
  const ended = await steps.act('dispatcher', contract.settlePetition, id, {
    opinion: 'partly',
    answer: '已复核，补发差额。',
  })
  expect(ended).toMatchObject({
    state: 'closed',
    answer: '已复核，补发差额。',
    petition: { opinion: 'partly', extended: true },
  })
  const { case: own, entries } = await seen('resident', id)
  expect(own.petition).toMatchObject({
    number: `信${own.number}`,
    passedTo: '区住房和城乡建设委员会',
    opinion: 'partly',
  })
  expect(own.can.rate).toBeUndefined()
  expect(entries.map(({ act }) => act)).toEqual([
    'file',
    'register-petition',
    'pass-petition',
    'notice-petition',
    'settle-petition',
  ])
})

test('not theirs comes back to be passed on, the fifteen days going on; not taken on ends it with the reason', async () => {
  const id = await passed()
  const before = (await seen('dispatcher', id)).case.petition?.noticeBy
  t.clock.moveBy(2 * 86_400_000)
  const back = await steps.act('dispatcher', contract.noticePetition, id, {
    notice: 'not-theirs',
    words: '应由区征收办办理',
  })
  expect(back).toMatchObject({ state: 'accepted', petition: { noticeBy: before, notice: 'not-theirs' } })
  const water = t.street.organisationId('water')
  await steps.act('dispatcher', contract.passPetition, id, { organisationId: water })
  const theirs = await steps.act('handler-water', contract.noticePetition, id, {
    notice: 'not-taken-on',
    words: '已经法院判决，请申请再审。',
  })
  expect(theirs).toMatchObject({ state: 'declined', answer: '已经法院判决，请申请再审。' })
})

test('no step of an ordinary order is left, no community passes it on, and no day is written that has not come', async () => {
  const id = await registered()
  const body = { organisationId: t.street.organisationId('property') }
  expect(await refusal(steps, 'dispatcher', contract.assignCase, id, body)).toEqual([
    409,
    'cases/is-petition',
  ])
  expect(await refusal(steps, 'dispatcher', contract.registerPetition, id, { form: 'call' })).toEqual([
    409,
    'cases/is-petition',
  ])
  expect(await refusal(steps, 'clerk-c1', contract.registerPetition, id, { form: 'call' })).toEqual([
    403,
    'cases/not-at-your-desk',
  ])
  const other = await steps.filed()
  expect(
    await refusal(steps, 'clerk-c1', contract.registerPetition, other, {
      form: 'call',
      receivedOn: addDays(dayOf(t.clock.now()), 1),
    }),
  ).toEqual([422, 'cases/date-in-future'])
  expect(
    await refusal(steps, 'clerk-c1', contract.registerPetition, other, {
      form: 'call',
      receivedOn: addDays(dayOf(t.clock.now()), -31),
    }),
  ).toEqual([422, 'cases/date-in-past'])
  expect(await refusal(steps, 'dispatcher', contract.passPetition, id, {})).toEqual([
    422,
    'cases/holder-needed',
  ])
})

test('the list shows each by what is due and counts what it shows; figures of cases know no petition', async () => {
  const dispatcher = await steps.by('dispatcher')
  const list = async (tab: (typeof contract.petitionTabs)[number]) =>
    (await dispatcher.call(contract.listPetitions, { query: { tab } })).body
  const id = await passed()
  const before = await list('open')
  expect(before.items.map(({ caseId }) => caseId)).toContain(id)
  t.clock.moveBy(40 * 86_400_000)
  const late = await list('notice-late')
  expect(late.items.map(({ caseId }) => caseId)).toContain(id)
  for (const tab of contract.petitionTabs) {
    const { items, counts } = await list(tab)
    expect(counts[tab], tab).toBe(items.length)
  }
  const elsewhere = await (await steps.by('clerk-c2')).call(contract.listPetitions, { query: { tab: 'all' } })
  expect(elsewhere.body).toMatchObject({ items: [], counts: { all: 0 } })
  const today = dayOf(t.clock.now())
  const asked = (['reported', 'due', 'answered', 'rateable', 'overdue'] as const).map((figure) => ({
    figure,
    from: addDays(today, -80),
    to: today,
  }))
  const actor = systemActorOf(t.street)
  const counted = () =>
    inTransaction(t.pool, { actor }, (tx) => countFigures(tx, actor, asked, { at: t.clock.now() }))
  const figures = await counted()
  await registered()
  expect(await counted()).toEqual(figures)
})

test('the receipt is a paper for the petitioner and the desk, and nothing for anybody else', async () => {
  const id = await passed()
  for (const browser of [await steps.resident(), await steps.by('clerk-c1')]) {
    const paper = await browser.call(contract.printPetition, { params: { id } })
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  }
  const foreign = await (await steps.by('clerk-c2')).call(contract.printPetition, { params: { id } })
  expect([foreign.status, foreign.code]).toEqual([404, 'cases/not-found'])
  const ordinary = await (await steps.by('clerk-c1')).call(contract.printPetition, {
    params: { id: await steps.filed() },
  })
  expect([ordinary.status, ordinary.code]).toEqual([409, 'cases/not-petition'])
})
