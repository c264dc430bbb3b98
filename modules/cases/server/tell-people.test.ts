import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { messagesModule, noticesOfSubject } from '../../messages/server/index.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { casesJobs } from './jobs.ts'

let t: TestCases
let steps: CaseSteps
let worker: Worker
beforeAll(async () => {
  t = await startTestCases({ modules: [messagesModule] })
  steps = caseSteps(t)
  worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services: t.services,
    modules: [casesJobs],
    onError: (error) => {
      throw error
    },
    pollMs: 0,
  })
})
afterAll(async () => {
  await worker.stop()
  await t.close()
})

/** Who was told what about a case since the last look: event, reader and user names. */
const seen = new Map<string, number>()
async function told(id: string): Promise<string[]> {
  const names = new Map([...t.street.staff].map(([name, { accountId }]) => [accountId, name]))
  t.street.residents.forEach(({ accountId }, index) => {
    names.set(accountId, `resident ${index + 1}`)
  })
  const rows = await t.look<{ event: string; reader: string; account_id: string | null }>(
    'select event, reader, account_id from notices where subject_id = $1 order by created_at, id',
    [id],
  )
  const fresh = rows.slice(seen.get(id) ?? 0)
  seen.set(id, rows.length)
  const lines = new Map<string, string[]>()
  for (const { event, reader, account_id } of fresh) {
    const key = `${event} → ${reader}`
    const who = account_id === null ? 'contact' : (names.get(account_id) ?? account_id)
    lines.set(key, [...(lines.get(key) ?? []), who])
  }
  return [...lines].map(([key, who]) => `${key}: ${who.sort().join(', ')}`)
}

const propertyPeople = 'handler-property, handler-property-2, organisation-lead-property'

test('the loop tells the resident of acceptance and answer, the holder of the order, and nobody of what they did themselves', async () => {
  const id = await steps.filed()
  expect(await told(id)).toEqual([])
  await steps.act('clerk-c1', contract.acceptCase, id, { kind: 'complaint', matterCode: 'LX01005' })
  expect(await told(id)).toEqual(['case.accepted → resident: resident 1'])
  await steps.act('clerk-c1', contract.assignCase, id, {
    organisationId: t.street.organisationId('property'),
  })
  expect(await told(id)).toEqual([`case.assigned → holder: ${propertyPeople}`])
  await steps.act('handler-property', contract.takeCase, id, {})
  await steps.act('handler-property', contract.submitResult, id, {
    outcome: 'solved',
    words: '灯已更换。',
    answer: '您好，灯已经修好。',
  })
  expect(await told(id)).toEqual([])
  await steps.act('verifier-c1', contract.checkCase, id, {
    pass: false,
    mode: 'on-site',
    words: '还不亮。',
    fileIds: [await steps.photo('verifier-c1')],
  })
  expect(await told(id)).toEqual([`case.rework → holder: ${propertyPeople}`])
  await steps.act('handler-property', contract.submitResult, id, {
    outcome: 'solved',
    words: '灯已更换。',
    answer: '您好，灯已经修好。',
  })
  await steps.pass(id)
  expect(await told(id)).toEqual(['case.answered → resident: resident 1'])
  await steps.act('resident', contract.reopenCase, id, { words: '又坏了。' })
  expect(await told(id)).toEqual(['case.reopened → desk: clerk-c1, clerk-c1-2, secretary-c1'])
})

test('a request is told to whoever may settle it, and its outcome to whoever asked', async () => {
  const id = await steps.inProgress()
  await told(id)
  await steps.act('handler-property', contract.returnCase, id, { reason: '不属于本单位。' })
  expect(await told(id)).toEqual(['case.approval-asked → desk: clerk-c1, clerk-c1-2, secretary-c1'])
  await steps.act('secretary-c1', contract.refuseRequest, id, { words: '请继续办理。' })
  expect(await told(id)).toEqual(['case.request-refused → holder: handler-property'])
  const until = new Date(t.clock.now().getTime() + 20 * 86_400_000).toISOString()
  await steps.act('handler-property', contract.extendCase, id, { reason: '等配件。', until })
  expect(await told(id)).toEqual([
    'case.approval-asked → desk: duty-head, duty-head-2, supervisor, supervisor-2',
  ])
  await steps.act('supervisor', contract.approveRequest, id, { words: '同意。' })
  expect(await told(id)).toEqual(['case.request-approved → holder: handler-property'])
  const [row] = await t.look<{ facts: { request: string; due: string } }>(
    "select facts from notices where subject_id = $1 and event = 'case.request-approved'",
    [id],
  )
  expect(row?.facts).toMatchObject({ request: 'extend', due: until })
})

test('a reminder goes to the holder each time, supervision to the desk as well', async () => {
  const id = await steps.assigned('grid-worker-c1g1')
  expect((await told(id)).at(-1)).toBe('case.assigned → holder: grid-worker-c1g1')
  for (let n = 0; n < 2; n += 1) {
    await steps.act('clerk-c1', contract.remindHolder, id, { words: '请尽快。' })
    expect(await told(id)).toEqual(['case.reminded → holder: grid-worker-c1g1'])
  }
  await steps.act('supervisor', contract.superviseCase, id, { words: '请抓紧。' })
  expect(await told(id)).toEqual([
    'case.supervised → holder: grid-worker-c1g1',
    'case.supervised → desk: clerk-c1, clerk-c1-2, secretary-c1',
  ])
})

test('declined and answered at once are told; a reporter without an account is told as the contact of the case', async () => {
  const declined = await steps.filed()
  await steps.act('clerk-c1', contract.declineCase, declined, {
    reason: 'legal-channel',
    whereToTurn: '法院',
    answer: '请向法院提出。',
  })
  expect(await told(declined)).toEqual(['case.declined → resident: resident 1'])
  const clerk = await steps.by('clerk-c1')
  const { id } = await t.file(clerk, {
    channel: 'phone',
    onBehalfOf: { name: '张某', phone: '13911112222' },
  })
  await steps.act('clerk-c1', contract.answerNow, id, { answer: '已告知。' })
  expect(await told(id)).toEqual(['case.answered → resident: contact'])
})

test('an urgent case is told to the desk as it is filed; staff who file what they found are not told as residents', async () => {
  const [urgent] = await t.look<{ code: string }>(
    "select code from matters where street_id = $1 and urgency = 'P0' limit 1",
    [t.street.streetId],
  )
  const worker = await steps.by('grid-worker-c1g1')
  const filed = await t.file(worker, {
    channel: 'field',
    ...(urgent ? { matterCode: urgent.code } : {}),
  })
  const names = (await told(filed.id)).map((line) => line.split(':')[0])
  expect(names).toEqual(urgent ? ['case.filed-urgent → desk'] : [])
  const plain = await t.file(worker, { channel: 'field' })
  await steps.act('clerk-c1', contract.answerNow, plain.id, { answer: '已办好。' })
  expect(await told(plain.id)).toEqual([])
})

test('clocks: the holder hears that they end soon and of their end, the desk of the end; each once', async () => {
  const id = await steps.inProgress()
  await told(id)
  await t.look('update cases set responded_at = $2 where id = $1', [id, t.clock.now()])
  const [row] = await t.look<{ due_at: Date }>('select due_at from cases where id = $1', [id])
  t.clock.moveTo(new Date((row?.due_at.getTime() ?? 0) - 30 * 60_000))
  for (let n = 0; n < 3; n += 1) {
    await worker.turn()
    t.clock.moveBy(60_000)
  }
  expect(await told(id)).toEqual([`case.due-soon → holder: ${propertyPeople}`])
  t.clock.moveBy(60 * 60_000)
  for (let n = 0; n < 3; n += 1) {
    await worker.turn()
    t.clock.moveBy(60_000)
  }
  expect(await told(id)).toEqual([
    `case.overdue → holder: ${propertyPeople}`,
    'case.overdue → desk: clerk-c1, clerk-c1-2, secretary-c1',
  ])
})

test('an answer that nobody rates is called to mind once, two days before it closes by itself', async () => {
  const id = await steps.answered()
  await told(id)
  const days = async (count: number) => {
    t.clock.moveBy(count * 86_400_000)
    await worker.turn()
    await worker.turn()
  }
  await days(4)
  expect(await told(id)).toEqual([])
  await days(1.1)
  expect(await told(id)).toEqual(['case.rating-ends → resident: resident 1'])
  await days(0.5)
  expect(await told(id)).toEqual([])
})

test('a case merged into another is told of its own answer', async () => {
  const parent = await steps.accepted()
  const child = (await t.file(await t.asResident('13900000002'))).id
  await steps.act('clerk-c1', contract.mergeCase, child, { parentCaseId: parent })
  await steps.act('clerk-c1', contract.answerNow, parent, { answer: '已统一办理。' })
  expect(await told(child)).toEqual(['case.answered → resident: resident 2'])
})

test('a timeline gets who was told of a case, in order and by post', async () => {
  const id = await steps.assigned('grid-worker-c1g1')
  const told = await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    noticesOfSubject(tx, t.street.streetId, id),
  )
  expect(told.map(({ event, to }) => [event, to.role])).toEqual([
    ['case.accepted', 'resident'],
    ['case.assigned', 'grid-worker'],
  ])
})

test('no notice holds a name, a phone or a word of what was said', async () => {
  const text = JSON.stringify(await t.look('select * from notices'))
  for (const personal of ['张某', '13911112222', '13900000001', '灯', '修好'])
    expect(text, personal).not.toContain(personal)
})
