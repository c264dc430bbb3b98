import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, personalMatter } from '../../testing/case-steps.ts'
import { getCase, mergeCase, rateCase, splitCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

let parentId = ''
beforeAll(async () => {
  parentId = await steps.accepted()
})

actGuards(() => ({ t, steps }), {
  act: 'merge',
  contract: mergeCase,
  by: 'clerk-c1',
  ready: () => steps.filed(),
  body: async () => ({ parentCaseId: parentId }),
  wrongRole: 'supervisor',
  outside: 'clerk-c2',
})

test('a merged petitioner gets the parent’s answer when the check passes, and rates for themselves', async () => {
  const parent = await steps.submitted()
  const second = await t.asResident('13900000002')
  const child = (await t.file(second)).id
  await steps.act('clerk-c1', mergeCase, child, { parentCaseId: parent })
  const rating = { reached: true, solved: false, satisfaction: 'fair' as const }
  const early = await second.call(rateCase, { params: { id: child }, body: rating })
  expect([early.status, early.code]).toEqual([409, 'cases/wrong-state'])
  await steps.pass(parent)
  const seen = (await second.call(getCase, { params: { id: child } })).body
  expect(seen.case).toMatchObject({
    state: 'merged',
    answer: '您好，灯已经修好。',
    can: { rate: { ok: true } },
  })
  expect(seen.entries.at(-1)).toMatchObject({ act: 'answer', by: { role: 'system' } })
  const rated = await second.call(rateCase, { params: { id: child }, body: rating })
  expect(rated.body).toMatchObject({ state: 'merged', rating: { solved: false, counts: true } })
  // The parent's own reporter has not said anything yet.
  expect((await read(steps, 'resident', parent)).case).toMatchObject({ state: 'answered', rating: null })
})

test('merged into a parent that is answered already, the petitioner has the answer at once', async () => {
  const parent = await steps.answered()
  const child = await steps.filed()
  await steps.act('clerk-c1', mergeCase, child, { parentCaseId: parent })
  expect((await read(steps, 'resident', child)).case).toMatchObject({
    answer: '您好，灯已经修好。',
    can: { rate: { ok: true } },
  })
})

test('merging a parent takes its merged cases along, and they are answered by the new one', async () => {
  const [parent, middle, child] = [await steps.submitted(), await steps.accepted(), await steps.filed()]
  await steps.act('clerk-c1', mergeCase, child, { parentCaseId: middle })
  await steps.act('clerk-c1', mergeCase, middle, { parentCaseId: parent })
  await steps.pass(parent)
  for (const id of [middle, child])
    expect((await read(steps, 'resident', id)).case).toMatchObject({
      parentCaseId: parent,
      answer: expect.any(String),
    })
})

test('two cases merged into each other at once end as one merge', async () => {
  for (let round = 0; round < 5; round++) {
    const [a, b] = [await steps.accepted(), await steps.accepted()]
    const clerk = await steps.by('clerk-c1')
    const replies = await Promise.all([
      clerk.call(mergeCase, { params: { id: a }, body: { parentCaseId: b } }),
      clerk.call(mergeCase, { params: { id: b }, body: { parentCaseId: a } }),
    ])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 422])
  }
})

test('not into itself, one that is closed, another community’s, a personal matter or another matter', async () => {
  const id = await steps.accepted()
  const wrong = [422, 'cases/merge-target-wrong']
  const differs = [409, 'cases/merge-matter-differs']
  const inC2 = (await t.file(await t.asResident('13900000001'), { place: t.street.pointIn('c2g1m1') })).id
  const merge = (parentCaseId: string) => refusal(steps, 'clerk-c1', mergeCase, id, { parentCaseId })
  expect(await merge(id)).toEqual(wrong)
  expect(await merge(await steps.closed())).toEqual(wrong)
  expect(await merge(inC2)).toEqual(wrong)
  expect(await merge(await steps.accepted(personalMatter))).toEqual(differs)
  expect(await merge(await steps.accepted('LX01001'))).toEqual(differs)
})

test('a split case goes back to where it stood, with its own history', async () => {
  const [fresh, accepted] = [await steps.filed(), await steps.accepted()]
  for (const [id, state] of [
    [fresh, 'pending'],
    [accepted, 'accepted'],
  ] as const) {
    await steps.act('clerk-c1', mergeCase, id, { parentCaseId: parentId })
    const view = await steps.act('clerk-c1', splitCase, id, { words: '不是同一盏灯' })
    expect(view).toMatchObject({ state, parentCaseId: null })
    const acts = (await read(steps, 'clerk-c1', id)).entries.map((entry) => entry.act)
    expect(acts.slice(-2)).toEqual(['merge', 'split'])
  }
})

actGuards(() => ({ t, steps }), {
  act: 'split',
  contract: splitCase,
  by: 'clerk-c1',
  ready: async () => {
    const id = await steps.filed()
    await steps.act('clerk-c1', mergeCase, id, { parentCaseId: parentId })
    return id
  },
  body: { words: '不是同一件事' },
  wrongRole: 'verifier',
  outside: 'clerk-c2',
})
