import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { addDays, dayOf } from '../../../lib/time.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startWorker } from '../../../platform/jobs-worker.ts'
import { messagesJobs, messagesModule } from '../../messages/server/index.ts'
import { read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { countFigures } from './figures.ts'
import { linkOfCase } from './link-of-case.ts'
import { phoneOfReporter } from './phone-of-reporter.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  // Two days before a month ends; a Tuesday.
  t = await startTestCases({ at: new Date('2026-09-29T01:00:00Z'), modules: [messagesModule] })
  steps = caseSteps(t)
})
afterAll(() => t.close())

const said = { reached: true, solved: false, satisfaction: 'satisfied' as const }
const phones = ['13812345678', '13812345679', '13812345670']

/** Filed by the desk for somebody without an account, handled, checked and answered; with its slip's number and code. */
async function slipped(name: string, phone: string) {
  const clerk = await steps.by('clerk-c1')
  const { id } = await t.file(clerk, { channel: 'desk', onBehalfOf: { name, phone } })
  await steps.act('clerk-c1', contract.acceptCase, id, { kind: 'complaint', matterCode: publicMatter })
  await steps.act('clerk-c1', contract.assignCase, id, {
    organisationId: t.street.organisationId('property'),
  })
  await steps.act('handler-property', contract.takeCase, id, {})
  await steps.act('handler-property', contract.submitResult, id, {
    outcome: 'solved',
    words: '已修',
    answer: '已经修好。',
  })
  await steps.pass(id)
  const slip = await clerk.call(contract.printSlip, { params: { id } })
  return { id, number: slip.body.number, code: slip.body.code }
}
const rateIt = async (
  slip: { number: string; code: string },
  session: string,
  more: Partial<typeof said> = {},
) =>
  t.client().call(contract.rateByCode, {
    headers: { 'x-forwarded-for': address() },
    body: { number: slip.number, code: slip.code, session, ...said, ...more },
  })
let asked = 0
/** Each from an address of its own: tries of one address are counted. */
const address = () => `10.1.1.${++asked}`
const session = () => newId(t.clock.now().getTime())

test('a rating says how it came: in the app, by code, at the desk, in a call-back; each once, and none by who handled it', async () => {
  const inApp = await steps.answered()
  await steps.act('resident', contract.rateCase, inApp, { ...said, solved: true })
  const [byCode, atDesk, byCall] = [
    await slipped('周一', phones[0] ?? ''),
    await slipped('周二', phones[1] ?? ''),
    await slipped('周三', phones[2] ?? ''),
  ]
  expect(
    (await t.client().call(contract.querySlip, { body: { number: byCode.number, code: byCode.code } })).body
      .mayRate,
  ).toBe(true)
  expect((await rateIt(byCode, session(), { solved: true } as never)).body).toEqual({
    number: byCode.number,
    closed: true,
  })
  expect((await rateIt(byCode, session())).code).toBe('cases/already-rated')
  expect((await rateIt({ ...byCode, code: 'AAAA-AAAA' }, session())).code).toBe('cases/slip-unknown')
  await steps.act('clerk-c1', contract.recordRating, atDesk.id, { way: 'desk', ...said })
  await steps.act('verifier-c1', contract.recordRating, byCall.id, {
    way: 'call-back',
    ...said,
    words: '说还可以',
  })
  expect(
    await refusal(steps, 'clerk-c1', contract.recordRating, atDesk.id, { way: 'desk', ...said }),
  ).toEqual([409, 'cases/already-rated'])
  const ways = await Promise.all(
    [inApp, byCode.id, atDesk.id, byCall.id].map(
      async (id) => (await read(steps, 'supervisor', id)).case.rating?.way,
    ),
  )
  expect(ways).toEqual(['app', 'link', 'desk', 'call-back'])
  expect((await read(steps, 'supervisor', atDesk.id)).case.state).toBe('answered')
  const handledByDesk = await steps.accepted()
  await t.look(
    "update cases set state = 'answered', answered_at = now(), handled_by = array[$2]::uuid[] where id = $1",
    [handledByDesk, t.street.staff.get('clerk-c1')?.accountId],
  )
  expect(
    await refusal(steps, 'clerk-c1', contract.recordRating, handledByDesk, { way: 'desk', ...said }),
  ).toEqual([403, 'cases/handler-may-not-check'])
})

test('the text of an answer leads to its rating: for who filed it and, with a code of their own, for whom it was merged', async () => {
  const services = { ...t.services, publicUrl: 'https://linli.example' }
  const worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services,
    modules: [messagesJobs({ case: { phone: phoneOfReporter, link: linkOfCase } })],
    onError: (error) => {
      throw error
    },
    pollMs: 0,
  })
  try {
    const before = t.texts.length
    const clerk = await steps.by('clerk-c1')
    const parent = await slipped('郑一', '13600000001')
    const { id: child } = await t.file(clerk, {
      channel: 'desk',
      onBehalfOf: { name: '郑二', phone: '13600000002' },
    })
    await steps.act('clerk-c1', contract.mergeCase, child, { parentCaseId: parent.id })
    t.clock.moveBy(60_000)
    for (let turn = 0; turn < 3; turn += 1) await worker.turn()
    const links = new Map(
      t.texts.slice(before).flatMap(({ phone, text }) => {
        const [, number, code] = text.match(/https:\/\/linli\.example\/m\/query#([\d-]+)\.([\w-]+)$/) ?? []
        return number && code ? [[phone, { number, code }] as const] : []
      }),
    )
    // Paper and text carry one code.
    expect(links.get('13600000001')).toEqual({ number: parent.number, code: parent.code })
    const own = links.get('13600000002')
    expect(own?.code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
    expect(own?.number).not.toBe(parent.number)
    const rated = await rateIt({ number: own?.number ?? '', code: own?.code ?? '' }, session(), {
      solved: true,
    } as never)
    expect(rated.body).toEqual({ number: own?.number, closed: false })
    const { case: merged } = await read(steps, 'supervisor', child)
    expect([merged.state, merged.rating?.way]).toEqual(['merged', 'link'])
    expect((await read(steps, 'supervisor', parent.id)).case.state).toBe('answered')
    // What is kept of a notice is its number; the code is in none.
    const kept = JSON.stringify(await t.look('select facts from notices'))
    expect(kept).not.toContain(own?.code)
  } finally {
    await worker.stop()
  }
})

test('three people through one session are asked again by somebody who knows neither rating nor sign; nothing is deleted', async () => {
  t.clock.moveBy(3_600_000 * 25)
  const tab = session()
  const three = [
    await slipped('吴一', '13700000001'),
    await slipped('吴二', '13700000002'),
    await slipped('吴三', '13700000003'),
  ]
  for (const one of three) expect((await rateIt(one, tab)).status).toBe(200)
  const flags = await t.look<{ case_id: string; sign: string }>(
    'select case_id, sign from rating_flags where called_at is null',
  )
  expect(flags.map(({ sign }) => sign)).toEqual(['one-session', 'one-session', 'one-session'])
  expect(flags.map(({ case_id }) => case_id).sort()).toEqual(three.map(({ id }) => id).sort())
  const [first] = three
  const id = first?.id ?? ''
  for (const name of ['supervisor', 'verifier-c1', 'clerk-c1', 'handler-property']) {
    const { case: seen, entries } = await read(steps, name, id)
    expect([name, seen.rating, seen.ratingInReview]).toEqual([name, null, true])
    expect(
      JSON.stringify(
        entries.filter(({ act }) => act === 'rate').map(({ words, detail }) => ({ words, detail })),
      ),
    ).not.toMatch(/satisfied/)
  }
  const list = async (name: string) =>
    (await (await steps.by(name)).call(contract.listCallBacks)).body.items.map((one) => one.caseId)
  expect(await list('supervisor')).toContain(id)
  // The verifier checked it: another person calls.
  expect(await list('verifier-c1')).not.toContain(id)
  const call = async (name: string, body: object) =>
    (await steps.by(name)).call(contract.settleCallBack, { params: { id }, body: body as never })
  expect((await call('verifier-c1', { answered: false })).code).toBe('cases/not-blind')
  expect((await call('supervisor', { answered: true })).code).toBe('cases/nothing-said')
  const heard = await call('supervisor', {
    answered: true,
    reached: true,
    solved: false,
    satisfaction: 'dissatisfied',
    words: '没人问过我',
  })
  expect(heard.body).toEqual({ caseId: id, first: 'satisfied', same: false })
  expect((await call('supervisor', { answered: false })).code).toBe('cases/not-flagged')
  const after = await read(steps, 'supervisor', id)
  expect(after.case.rating).toMatchObject({ satisfaction: 'dissatisfied', way: 'call-back', counts: true })
  expect(after.entries.find(({ act }) => act === 'rate')?.detail).toMatchObject({
    satisfaction: 'satisfied',
    way: 'link',
  })
  const unanswered = three[1]?.id ?? ''
  await (await steps.by('supervisor')).call(contract.settleCallBack, {
    params: { id: unanswered },
    body: { answered: false },
  })
  expect((await read(steps, 'supervisor', unanswered)).case.rating).toMatchObject({
    satisfaction: 'satisfied',
    way: 'link',
  })
})

test('desks and call-backs for many people are no sign, however many', async () => {
  t.clock.moveBy(3_600_000 * 25)
  const before = await t.look('select 1 from rating_flags')
  for (const name of ['郑一', '郑二', '郑三', '郑四']) {
    const { id } = await slipped(name, '13600000009')
    await steps.act('clerk-c1', contract.recordRating, id, { way: 'desk', ...said })
  }
  expect(await t.look('select 1 from rating_flags')).toHaveLength(before.length)
})

test('closings after which the same came again, and flags, per organisation with bounds; nobody is named and few are not compared', async () => {
  const supervisor = await steps.by('supervisor')
  const trust = async () => {
    const today = dayOf(t.clock.now())
    return (
      await supervisor.call(contract.getTrust, {
        query: { from: addDays(today, -60), to: addDays(today, 40) },
      })
    ).body
  }
  const before = await trust()
  const of = (body: typeof before) =>
    body.lines.find((one) => one.organisation?.id === t.street.organisationId('property'))
  const closed = await steps.closed()
  t.clock.moveBy(86_400_000)
  await steps.accepted()
  const after = await trust()
  const [was, now] = [of(before), of(after)]
  expect([now?.again.of, now?.again.count]).toEqual([(was?.again.of ?? 0) + 1, (was?.again.count ?? 0) + 1])
  const reopened = await steps.closed()
  t.clock.moveBy(60_000)
  await steps.act('resident', contract.reopenCase, reopened, { words: '又坏了' })
  const third = of(await trust())
  expect(third?.again.count).toBeGreaterThan(now?.again.count ?? 0)
  expect(third).toMatchObject({ comparable: false, flagged: { count: 3 }, contradicted: { count: 1, of: 1 } })
  expect(
    (third?.again.low ?? 1) < (third?.again.share ?? 0) &&
      (third?.again.high ?? 0) >= (third?.again.share ?? 1),
  ).toBe(true)
  const text = JSON.stringify(await trust())
  for (const { accountId, postId } of t.street.staff.values()) {
    expect(text).not.toContain(accountId)
    expect(text).not.toContain(postId)
  }
  expect(closed).toBeTruthy()
  const wrong = await supervisor.call(contract.getTrust, { query: { from: '2026-02-01', to: '2026-01-01' } })
  expect(wrong.code).toBe('cases/period-wrong')
})

test('an unlawful or impossible demand is found by two people, goes on like any other, and leaves satisfaction for a figure of its own', async () => {
  const id = await steps.inProgress()
  await steps.act('handler-property', contract.findUnreasonable, id, {
    kind: 'impossible',
    reason: '承重墙不能拆。',
  })
  expect(await refusal(steps, 'handler-property', contract.approveRequest, id, {})).toEqual([
    403,
    expect.any(String),
  ])
  const found = await steps.act('supervisor', contract.approveRequest, id, {})
  expect(found).toMatchObject({
    state: 'in-progress',
    finding: { kind: 'impossible', reason: '承重墙不能拆。' },
  })
  expect(
    await refusal(steps, 'handler-property', contract.findUnreasonable, id, {
      kind: 'unlawful',
      reason: '再来',
    }),
  ).toEqual([409, 'cases/finding-there'])
  await steps.act('handler-property', contract.submitResult, id, {
    outcome: 'unsolved',
    words: '已说明',
    answer: '承重墙不能拆，可以改隔断。',
  })
  await steps.pass(id)
  const today = dayOf(t.clock.now())
  const actor = systemActorOf(t.street)
  const count = async (figure: 'rated' | 'unreasonable') => {
    const rows = await inTransaction(t.pool, { actor }, (tx) =>
      countFigures(tx, actor, [{ figure, from: addDays(today, -90), to: addDays(today, 1) }], {
        at: t.clock.now(),
      }),
    )
    return rows.reduce((sum, row) => sum + row.count, 0)
  }
  const rated = await count('rated')
  await steps.act('resident', contract.rateCase, id, {
    reached: true,
    solved: false,
    satisfaction: 'dissatisfied',
  })
  expect([await count('rated'), await count('unreasonable')]).toEqual([rated, 1])
  expect((await read(steps, 'resident', id)).case.finding).toBeNull()
})
