import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, departmentMatter, publicMatter } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'
import { casesJobs } from './jobs.ts'

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

type Order = contract.BatchOrder
const organisation = (code: string) => t.street.organisations.get(code) ?? ''
const filed = async (n: number, more?: Parameters<CaseSteps['filed']>[0]) => {
  const ids: string[] = []
  for (let i = 0; i < n; i++) ids.push(await steps.filed({ text: `3栋楼道的灯坏了，第${i}条。`, ...more }))
  return ids
}
const versionOf = async (id: string) =>
  (await t.look<{ version: number }>('select version from cases where id = $1', [id]))[0]?.version ?? 0
const start = async (by: string, ids: readonly string[], order: Order) => {
  const items = []
  for (const caseId of ids) items.push({ caseId, version: await versionOf(caseId) })
  return (await steps.by(by)).call(contract.startCaseBatch, { body: { items, order } })
}
/** Turns the worker until the batch has ended. */
const finish = async (by: string, id: string) => {
  for (let turn = 0; turn < 60; turn++) {
    const { body } = await (await steps.by(by)).call(contract.getCaseBatch, { params: { id } })
    if (body.endedAt !== null) return body
    await worker.turn()
  }
  throw new Error(`the batch did not end: ${String(faults[0])}`)
}
const run = async (by: string, ids: readonly string[], order: Order) => {
  const reply = await start(by, ids, order)
  if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
  return finish(by, reply.body.id)
}
const rowOf = async (id: string) =>
  (
    await t.look<Record<string, unknown>>(
      'select state, matter_id, accepted_at, due_at, response_due_at, clock_start_at, clock_rule, organisation_id, hops, assigned_by, parent_case_id, answer, closed_at, desk, area::text from cases where id = $1',
      [id],
    )
  )[0]
const actsOf = async (id: string) =>
  (
    await t.look<{ act: string }>('select act from case_entries where case_id = $1 order by at, id', [id])
  ).map((row) => row.act)
const acceptAll: Order = { act: 'accept', matterCode: publicMatter }

test('many are accepted and given out, each with its own entries, audit and version, under the post that permits it', async () => {
  const ids = await filed(3)
  const done = await run('clerk-c1', ids, {
    ...acceptAll,
    holder: { organisationId: organisation('property') },
  })
  expect(done).toMatchObject({ done: 3, refused: 0, partly: 0, waiting: 0 })
  const post = t.street.staff.get('clerk-c1')?.postId
  for (const id of ids) {
    expect(await rowOf(id)).toMatchObject({
      state: 'assigned',
      organisation_id: organisation('property'),
      hops: 1,
    })
    expect(await actsOf(id)).toEqual(['file', 'accept', 'assign'])
    expect(
      await t.look(
        "select operation, post_id, actor_id from audit_entries where subject_id = $1 and operation in ('cases.acceptCase', 'cases.assignCase') order by operation",
        [id],
      ),
    ).toEqual(
      ['cases.acceptCase', 'cases.assignCase'].map((operation) => ({
        operation,
        post_id: post,
        actor_id: t.street.staff.get('clerk-c1')?.accountId,
      })),
    )
  }
})

test('each case is refused with its own reason, and the others are done: rights, version, state, duty list', async () => {
  const [good = '', stale = '', taken = ''] = await filed(3)
  const [elsewhere = ''] = await filed(1, { place: t.street.pointIn('c2g1m1') })
  const items = [good, stale, taken, elsewhere].map((caseId) => ({ caseId, version: 1 }))
  await steps.act('clerk-c1', contract.addToCase, stale, { words: '又坏了一盏' })
  await steps.act('clerk-c1', contract.declineCase, taken, {
    reason: 'outside-competence',
    whereToTurn: '区城管局',
    answer: '请向区城管局反映',
  })
  const order = acceptAll
  const { body, problem } = await (await steps.by('clerk-c1')).call(contract.startCaseBatch, {
    body: { items: [...items, { caseId: '01900000-0000-7000-8000-000000000000', version: 1 }], order },
  })
  expect(problem).toBeUndefined()
  const done = await finish('clerk-c1', body.id)
  expect(Object.fromEntries(done.items.map((item) => [item.caseId, item.why]))).toEqual({
    [good]: null,
    [stale]: 'cases/stale-version',
    [taken]: 'cases/stale-version',
    [elsewhere]: 'cases/not-found',
    '01900000-0000-7000-8000-000000000000': 'cases/not-found',
  })
  expect(done.items.find(({ caseId }) => caseId === elsewhere)).toMatchObject({ number: null, title: null })
  expect(done.items.find(({ caseId }) => caseId === stale)?.whyWords?.zh).not.toBe('')
  const again = await run('clerk-c1', [taken], order)
  expect(again.items[0]?.why).toBe('cases/wrong-state')

  const [outside = ''] = await filed(1)
  const partly = await run('clerk-c1', [outside], {
    act: 'accept',
    matterCode: departmentMatter,
    holder: { postId: t.street.staff.get('grid-worker-c1g1')?.postId ?? '' },
  })
  expect(partly.items[0]).toMatchObject({
    state: 'partly',
    why: 'cases/outside-duty-list',
    caseState: 'accepted',
  })
  expect(partly.items[0]?.whyWords?.zh).not.toContain('{')
})

test('a server that is killed half-way leaves each case done once, and the rest is done when it is back', async () => {
  const ids = await filed(50)
  const reply = await start('clerk-c1', ids, acceptAll)
  const { id } = reply.body
  // The third piece dies in the middle of its transaction.
  await t.look(
    `create function die() returns trigger language plpgsql as $$ begin
       if (select count(*) from case_batch_items where batch_id = '${id}' and state = 'done') = 40
         then raise exception 'killed' using errcode = '57P01'; end if; return new; end $$`,
  )
  await t.look('create trigger die before insert on case_entries for each row execute function die()')
  for (let turn = 0; turn < 8; turn++) await worker.turn()
  const half = (await (await steps.by('clerk-c1')).call(contract.getCaseBatch, { params: { id } })).body
  expect([half.done, half.waiting, half.endedAt]).toEqual([40, 10, null])
  await t.look('drop trigger die on case_entries')
  await t.look('drop function die')
  faults.length = 0
  await t.look('update graphile_worker._private_jobs set run_at = now() where last_error is not null')
  // Something else is due, so the worker looks at its queue.
  t.clock.moveBy(60_000)
  const done = await finish('clerk-c1', id)
  expect([done.done, done.waiting]).toEqual([50, 0])
  const [counted] = await t.look<{ n: number; most: number }>(
    `select count(*)::int as n, max(times)::int as most from (select count(*) as times from case_entries
       where case_id = any($1::uuid[]) and act = 'accept' group by case_id) c`,
    [ids],
  )
  expect(counted).toEqual({ n: 50, most: 1 })
})

test('a batch asked for twice with one key is one batch', async () => {
  const [id = ''] = await filed(1)
  const clerk = await steps.by('clerk-c1')
  const sent = {
    body: { items: [{ caseId: id, version: 1 }], order: acceptAll },
    idempotencyKey: 'batch-once',
  }
  const [one, two] = [
    await clerk.call(contract.startCaseBatch, sent),
    await clerk.call(contract.startCaseBatch, sent),
  ]
  expect(two.body.id).toBe(one.body.id)
  await finish('clerk-c1', one.body.id)
  expect(await actsOf(id)).toEqual(['file', 'accept'])
})

test('a whole batch is taken back: state, holder and clocks as if nobody had acted, and nobody hears of it', async () => {
  const ids = await filed(2)
  const before = await Promise.all(ids.map(rowOf))
  const made = await run('clerk-c1', ids, {
    ...acceptAll,
    holder: { organisationId: organisation('property') },
  })
  expect(made.undoUntil).not.toBeNull()
  const undo = await (await steps.by('clerk-c1')).call(contract.undoCaseBatch, {
    params: { id: made.id },
    body: {},
  })
  expect(await finish('clerk-c1', undo.body.id)).toMatchObject({
    act: 'undo',
    undoes: made.id,
    done: 2,
    refused: 0,
  })
  expect(await Promise.all(ids.map(rowOf))).toEqual(before)
  for (const id of ids) expect(await actsOf(id)).toEqual(['file', 'accept', 'assign', 'undo'])
  expect((await finish('clerk-c1', made.id)).undone).toBe(2)
  t.clock.moveBy(10 * 60_000)
  await worker.turn()
  const told = await t.look(
    "select 1 from notices where subject_id = any($1::uuid[]) and event in ('case.accepted', 'case.assigned')",
    [ids],
  )
  expect(told).toEqual([])
  const twice = await (await steps.by('clerk-c1')).call(contract.undoCaseBatch, {
    params: { id: made.id },
    body: {},
  })
  expect(twice.code).toBe('cases/nothing-to-undo')
  // And they can be done again, in order.
  expect(await run('clerk-c1', ids, acceptAll)).toMatchObject({ done: 2 })
})

test('what stands is told when the time for quiet has passed, once', async () => {
  const [id = ''] = await filed(1)
  await run('clerk-c1', [id], { ...acceptAll, holder: { organisationId: organisation('property') } })
  const told = () =>
    t.look<{ event: string }>(
      "select distinct event from notices where subject_id = $1 and event in ('case.accepted', 'case.assigned') order by 1",
      [id],
    )
  await worker.turn()
  expect(await told()).toEqual([])
  t.clock.moveBy(3 * 60_000)
  await worker.turn()
  await worker.turn()
  expect(await told()).toEqual([{ event: 'case.accepted' }, { event: 'case.assigned' }])
})

test('what somebody acted on since is left as it is and said; some cases alone can be taken back; then time is over', async () => {
  const [acted = '', alone = '', late = ''] = await filed(3)
  const made = await run('clerk-c1', [acted, alone, late], {
    ...acceptAll,
    holder: { organisationId: organisation('property') },
  })
  await steps.act('handler-property', contract.takeCase, acted)
  const clerk = await steps.by('clerk-c1')
  const undo = async (caseIds?: string[]) =>
    clerk.call(contract.undoCaseBatch, { params: { id: made.id }, body: caseIds ? { caseIds } : {} })
  const two = await finish('clerk-c1', (await undo([acted, alone])).body.id)
  expect(Object.fromEntries(two.items.map((item) => [item.caseId, item.why]))).toEqual({
    [acted]: 'cases/undo-acted-since',
    [alone]: null,
  })
  expect([await rowOf(acted), await rowOf(alone), await rowOf(late)]).toMatchObject([
    { state: 'in-progress' },
    { state: 'pending' },
    { state: 'assigned' },
  ])
  // In the record itself too: by whoever did it, and by nobody else.
  const by = async (who: string) =>
    (await steps.by(who)).call(contract.undoCase, { params: { id: late }, body: {} })
  expect((await by('secretary-c1')).code).toBe('cases/undo-not-yours')
  t.clock.moveBy(31 * 60_000)
  expect((await by('clerk-c1')).code).toBe('cases/undo-over')
  expect((await undo()).code).toBe('cases/undo-over')
})

test('a merge taken back brings those merged before with it; a sending down comes back up', async () => {
  const clerk = 'clerk-c1'
  const [parent = '', child = '', grandchild = ''] = [
    await steps.accepted(),
    await steps.accepted(),
    await steps.accepted(),
  ]
  await steps.act(clerk, contract.mergeCase, grandchild, { parentCaseId: child })
  const made = await run(clerk, [child], { act: 'merge', parentCaseId: parent })
  expect(made.done).toBe(1)
  expect(await rowOf(grandchild)).toMatchObject({ parent_case_id: parent })
  const undone = await steps.act(clerk, contract.undoCase, child, {})
  expect(undone).toMatchObject({ state: 'accepted', parentCaseId: null, undo: null })
  expect(await rowOf(grandchild)).toMatchObject({ parent_case_id: child, state: 'merged' })

  const raised = await run(clerk, [parent], { act: 'escalate', reason: '社区解决不了' })
  expect(raised.done).toBe(1)
  expect(await rowOf(parent)).toMatchObject({ desk: 'street' })
  const back = await steps.act(clerk, contract.undoCase, parent, {})
  expect(back.desk).toBe('community')
})

test('an answer goes out of a template filled for each case, can be taken back until it was told, and not after', async () => {
  const dispatcher = await steps.by('dispatcher')
  const id = '01900000-0000-7000-8000-00000000aaaa'
  const template = { title: '咨询答复', acts: ['answer-now' as const], matterCodes: [], retired: false }
  const put = (words: string, ifMatch: number) =>
    dispatcher.call(contract.putReplyTemplate, { params: { id }, body: { ...template, words }, ifMatch })
  expect((await put('{称呼}您好，{电话}', 0)).code).toBe('cases/template-field-unknown')
  expect((await put('{称呼}您好，{编号}已经答复，期限{期限}。', 0)).status).toBe(200)
  expect((await put('{称呼}您好，{编号}已经答复。', 0)).code).toBe('cases/stale-version')
  expect((await put('{称呼}您好，{编号}已经答复。', 1)).body.version).toBe(2)

  const [one = '', two = ''] = await filed(2)
  const answer: Order = { act: 'answer-now', templateId: id }
  const made = await run('clerk-c1', [one, two], answer)
  expect(made.done).toBe(2)
  const [{ number = '' } = {}] = await t.look<{ number: string }>('select number from cases where id = $1', [
    one,
  ])
  expect((await rowOf(one))?.answer).toMatch(new RegExp(`您好，${number}已经答复。`))
  const undone = await steps.act('clerk-c1', contract.undoCase, one, {})
  expect(undone).toMatchObject({ state: 'pending', answer: null })
  t.clock.moveBy(3 * 60_000)
  const clerk = await steps.by('clerk-c1')
  const late = await clerk.call(contract.undoCase, { params: { id: two }, body: {} })
  expect(late.code).toMatch(/undo-(told|over)/)

  expect((await put('{称呼}您好，请在{期限}前等候。', 2)).status).toBe(200)
  const gap = await run('clerk-c1', await filed(1), answer)
  expect(gap.items[0]).toMatchObject({ state: 'refused', why: 'cases/template-gap' })
  expect(gap.items[0]?.whyWords?.zh).toContain('期限')
  const { body: history } = await clerk.call(contract.getReplyTemplate, { params: { id } })
  expect(history.versions.map(({ version, writtenBy }) => [version, writtenBy.role])).toEqual([
    [3, 'dispatcher'],
    [2, 'dispatcher'],
    [1, 'dispatcher'],
  ])
  expect(
    (await clerk.call(contract.putReplyTemplate, { params: { id }, body: { ...template, words: '不行' } }))
      .status,
  ).toBe(403)
})

test('templates are filled with what the reader may see: a surname at most, and nobody where it is confidential', async () => {
  const clerk = await steps.by('clerk-c1')
  const behalf = { channel: 'desk' as const, onBehalfOf: { name: '王小明', phone: '13912345678' } }
  const plain = await t.file(clerk, behalf)
  const secret = await t.file(clerk, { ...behalf, confidential: true })
  const read = async (who: string, id: string) => {
    const { body } = await (await steps.by(who)).call(contract.listFilledTemplates, {
      params: { id },
      query: { act: 'answer-now' },
    })
    return body.items[0]?.text ?? ''
  }
  expect(await read('clerk-c1', plain.id)).toContain('王先生/女士您好')
  expect(await read('clerk-c1', secret.id)).toContain('居民朋友您好')
  expect(await read('micro-grid-member-c1g1m1', plain.id)).toContain('居民朋友您好')
  const dispatcher = await steps.by('dispatcher')
  const preview = await dispatcher.call(contract.previewReplyTemplate, {
    body: { caseId: plain.id, words: '{称呼}，{承办单位}' },
  })
  expect(preview.body).toEqual({ text: '王先生/女士，【承办单位】', gaps: ['承办单位'] })
  expect(JSON.stringify(preview.body)).not.toContain('小明')
})

test('what is not sure is left to a person; the one organisation of the duty list gets what is', async () => {
  const [unsure = ''] = await filed(1, { text: '那个事情麻烦看一下。' })
  const left = await run('clerk-c1', [unsure], { act: 'accept' })
  expect(left.items[0]).toMatchObject({ state: 'refused', why: 'cases/batch-unsure', caseState: 'pending' })
})

test('a batch is its maker’s alone, and of no other street', async () => {
  const made = await run('clerk-c1', await filed(1), acceptAll)
  const secretary = await steps.by('secretary-c1')
  for (const reply of [
    await secretary.call(contract.getCaseBatch, { params: { id: made.id } }),
    await secretary.call(contract.undoCaseBatch, { params: { id: made.id }, body: {} }),
  ])
    expect([reply.status, reply.code]).toEqual([404, 'cases/batch-not-found'])
  const { body: own } = await (await steps.by('clerk-c1')).call(contract.listCaseBatches)
  expect(own.items[0]?.id).toBe(made.id)
})

test('whose post ended meanwhile does nothing more', async () => {
  const ids = await filed(1)
  const reply = await start('secretary-c1', ids, acceptAll)
  const { postId, accountId } = t.street.staff.get('secretary-c1') ?? {}
  await t.look('update posts set ended_at = $2 where id = $1', [postId, t.clock.now()])
  await worker.turn()
  await worker.turn()
  const [item] = await t.look('select state, why from case_batch_items where batch_id = $1', [reply.body.id])
  expect(item).toEqual({ state: 'refused', why: 'cases/batch-post-ended' })
  expect(await actsOf(ids[0] ?? '')).toEqual(['file'])
  await t.look('update posts set ended_at = null where id = $1 and account_id = $2', [postId, accountId])
})

test('all of a list is chosen by id and version, and nothing is asked again later', async () => {
  const { body } = await (await steps.by('clerk-c1')).call(contract.listCaseKeys, {
    query: { state: 'pending' },
  })
  expect(body.more).toBe(false)
  expect(body.items.length).toBeGreaterThan(0)
  expect(new Set(body.items.map(({ state }) => state))).toEqual(new Set(['pending']))
})
