/** Suggestions with reasons, the system's own dispatch, a street's own model, and drafts by a model outside. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRequests } from '../../../demo/make-requests.ts'
import { httpDrafts } from '../../../platform/drafts.ts'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { forgetSettings } from '../../../platform/street-settings.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, personalMatter, publicMatter } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { acceptCase, draftWords, getCase, suggestForCase } from '../contract.ts'
import { casesJobs } from './jobs.ts'
import { switchModel, trainForStreet } from './suggest-train.ts'

let t: TestCases
let steps: CaseSteps
let worker: Worker
const faults: unknown[] = []
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services: t.services,
    modules: [casesJobs],
    onError: (error) => faults.push(error),
    pollMs: 0,
  })
})
afterAll(async () => {
  await worker.stop()
  await t.close()
})

const suggestions = async (id: string, by = 'clerk-c1') =>
  (await (await steps.by(by)).call(suggestForCase, { params: { id } })).body

async function set(key: string, value: unknown): Promise<void> {
  await t.look(
    `insert into street_settings (street_id, id, key, act, value, in_force_from, changed_at, changed_by)
      values ($1, gen_random_uuid(), $2, 'set', $3, $4, $4, $5)`,
    [
      t.street.streetId,
      key,
      JSON.stringify(value),
      t.clock.now(),
      t.street.staff.get('system-admin')?.accountId,
    ],
  )
  forgetSettings(t.street.streetId)
}

test('a desk is told the matter with its words and certainty, who must act by the duty list, and what was alike before', async () => {
  const past = await steps.closed()
  const id = await steps.filed({ text: '5栋楼道灯坏了好几天，晚上老人上楼看不见。' })
  const told = await suggestions(id)
  expect(told.matters[0]?.matter.code).toBe(publicMatter)
  expect(told.matters[0]?.share).toBeGreaterThan(0.2)
  expect(told.matters[0]?.why).not.toBe('')
  expect(told.organisations[0]).toMatchObject({ organisation: { code: 'property' }, handled: 1 })
  expect(told.organisations[0]?.why).not.toBe('')
  expect(told.similar.map((one) => one.id)).toEqual([past])
  expect(told).toMatchObject({
    urgency: { value: 'P2', words: [] },
    doors: [],
    drafts: false,
    model: { version: null },
  })
  const state = (await (await steps.by('clerk-c1')).call(getCase, { params: { id } })).body.case
  expect([state.state, state.matter, state.holder.organisation]).toEqual(['pending', null, null])
})

test('words that sound like danger raise the urgency and are named; words about a court name its door', async () => {
  const danger = await steps.filed({ text: '楼上漏水，刚才有老人在楼道摔伤了' })
  expect((await suggestions(danger)).urgency).toEqual({ value: 'P1', words: ['摔伤'] })
  const court = await steps.filed({ text: '物业费的事已经起诉，法院判决还没执行' })
  expect((await suggestions(court)).doors).toEqual(['court'])
})

test('what lies outside the actor’s scope is not among the alike ones, and a case out of sight has no suggestions', async () => {
  const id = await steps.filed({ text: '8栋楼道的灯坏了' })
  const reply = await (await t.as('clerk-c2')).call(suggestForCase, { params: { id } })
  expect([reply.status, reply.code]).toEqual([404, 'cases/not-found'])
  const far = await t.file(await steps.resident(), {
    text: '2栋楼道的灯坏了，看不见',
    place: t.street.pointIn('c2g1m1'),
  })
  expect((await suggestions(far.id, 'clerk-c2')).similar).toEqual([])
})

test('nothing is dispatched by itself until a street switches a matter on; then the system does it and says why', async () => {
  const before = await steps.filed({ text: '3栋楼道灯不亮' })
  await worker.turn()
  await set('cases.autoDispatch', [{ matterCode: publicMatter, atLeastPercent: 80 }])
  const id = await steps.filed({ text: '3栋楼道灯不亮，楼道灯坏了黑漆漆的' })
  const urgent = await steps.filed({ text: '3栋楼道灯不亮，楼道灯坏了，老人摔伤了' })
  const secret = await steps.filed({ text: '3栋楼道灯不亮，楼道灯坏了黑漆漆的', confidential: true })
  const unsure = await steps.filed({ text: '我想问问这个事情' })
  t.clock.moveBy(61_000)
  await worker.turn()
  expect(faults).toEqual([])
  const states = await t.look<{ id: string; state: string }>(
    'select id, state from cases where id = any($1::uuid[]) order by created_at, id',
    [[before, id, urgent, secret, unsure]],
  )
  expect(Object.fromEntries(states.map((row) => [row.id, row.state]))).toEqual({
    [before]: 'pending',
    [id]: 'assigned',
    [urgent]: 'pending',
    [secret]: 'pending',
    [unsure]: 'pending',
  })
  const { case: view, entries } = (await (await steps.by('clerk-c1')).call(getCase, { params: { id } })).body
  expect(view).toMatchObject({
    matter: { code: publicMatter },
    holder: { organisation: { code: 'property' } },
  })
  expect(view.dueAt).not.toBeNull()
  const own = entries.filter(({ by }) => by.role === 'system')
  expect(own.map(({ act }) => act)).toEqual(['accept', 'assign'])
  expect(own[1]?.detail).toMatchObject({ auto: true, matter: publicMatter, model: null })
  expect(own[1]?.detail.sharePercent).toBeGreaterThanOrEqual(80)
  expect(String(own[1]?.detail.basis)).not.toBe('')
  expect(
    await t.look(
      "select operation, detail->>'auto' as auto from audit_entries where subject_id = $1 and detail ? 'auto'",
      [id],
    ),
  ).toEqual([{ operation: 'cases.autoDispatch', auto: 'true' }])
})

test('a street trains on its own closed cases, uses the model only when it guesses no worse, and may go back', async () => {
  const training = {
    pool: t.pool,
    actor: systemActorOf(t.street),
    filesFolder: t.services.filesFolder,
    at: t.clock.now(),
    evenIfWorse: false,
    onProgress: () => {},
  }
  expect(await trainForStreet(training)).toMatchObject({ version: null, used: false })
  const wanted = [publicMatter, personalMatter]
  const requests = makeRequests(5, 130).filter(({ label }) => wanted.includes(label))
  await t.look(
    `insert into cases (street_id, id, number, title, text, channel, state, outcome, urgency, desk, area_id, area, filed_by, created_at, matter_id)
      select $1, gen_random_uuid(), 'T' || row_number() over (), r.text, r.text, 'import', 'closed', 'solved', 'P2', 'community', a.id, a.path, $2, $3, m.id
      from jsonb_to_recordset($4) as r (label text, text text)
        join matters m on m.street_id = $1 and m.code = r.label and m.valid_to is null
        join areas a on a.street_id = $1 and a.code = 'c1g1m1'`,
    [t.street.streetId, t.street.staff.get('clerk-c1')?.accountId, t.clock.now(), JSON.stringify(requests)],
  )
  const trained = await trainForStreet(training)
  expect(trained).toMatchObject({ version: 1, used: true })
  expect(trained.accuracy).toBeGreaterThanOrEqual(trained.accuracyBefore ?? 1)
  const id = await steps.filed({ text: '6栋楼道的灯不亮' })
  const version = async () => (await suggestions(id)).model.version
  expect(await version()).toBe(1)
  t.clock.moveBy(1_000)
  expect(await switchModel(t.pool, training.actor, 7, t.clock.now())).toBe(false)
  expect(await switchModel(t.pool, training.actor, null, t.clock.now())).toBe(true)
  expect(await version()).toBeNull()
  await expect(t.pool.query('update text_models set version = 2')).rejects.toThrow(/permission denied/)
})

test('a draft leaves masked, comes back as words that nothing keeps, and is off until a street allows it', async () => {
  const heard: {
    authorization: string | undefined
    body: { model: string; messages: { content: string }[] }
  }[] = []
  let answers = true
  const outside = createServer((request, reply) => {
    let text = ''
    request.on('data', (part) => (text += part))
    request.on('end', () => {
      heard.push({ authorization: request.headers.authorization, body: JSON.parse(text) })
      reply.statusCode = answers ? 200 : 500
      reply.end(JSON.stringify({ choices: [{ message: { content: ' 您好，灯已经修好。 ' } }] }))
    })
  })
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  const { port } = outside.address() as AddressInfo
  const clerk = await steps.by('clerk-c1')
  const { id } = await t.file(clerk, {
    channel: 'phone',
    text: '欧阳金丝雀反映3栋2单元501室楼道灯坏了，电话13711119999',
    onBehalfOf: { name: '欧阳金丝雀', phone: '13711119999' },
  })
  await steps.act('clerk-c1', acceptCase, id, { kind: 'complaint', matterCode: publicMatter })
  const ask = () => clerk.call(draftWords, { params: { id }, body: { purpose: 'reply' } })
  try {
    expect((await ask()).code).toBe('cases/drafts-off')
    t.services.drafts = httpDrafts({ url: `http://127.0.0.1:${port}/v1/`, key: 'secret', model: 'small' })
    expect((await ask()).code).toBe('cases/drafts-off')
    await set('cases.draftsByHelper', true)
    const { body } = await ask()
    expect(body.draft).toBe('您好，灯已经修好。')
    expect(heard.at(-1)).toMatchObject({ authorization: 'Bearer secret', body: { model: 'small' } })
    const left = JSON.stringify(heard)
    for (const word of ['欧阳', '金丝雀', '1371111', '501', '2单元']) expect(left).not.toContain(word)
    expect(body.sent).toContain('楼道灯坏了')
    answers = false
    expect((await ask()).code).toBe('cases/drafts-failed')
    const hidden = await t.file(clerk, { text: '不要说是我反映的', confidential: true })
    const confidential = await clerk.call(draftWords, {
      params: { id: hidden.id },
      body: { purpose: 'summary' },
    })
    expect([confidential.status, confidential.code]).toEqual([403, 'cases/confidential'])
  } finally {
    delete t.services.drafts
    outside.close()
  }
})
