import { afterAll, beforeAll, expect, test } from 'vitest'
import { read } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import { acceptCase, assignCase, unmaskReporter } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const body = { field: 'phone' as const, reason: '电话回访' }
const open = async (who: string, id: string) =>
  (await steps.by(who)).call(unmaskReporter, { params: { id }, body })

test('one field in clear, with a reason that the resident can read; neither entry nor audit holds the field', async () => {
  const id = await steps.filed()
  const reply = await open('clerk-c1', id)
  expect(reply.body).toEqual({ field: 'phone', value: '13900000001' })
  expect((await read(steps, 'clerk-c1', id)).case.reporter).toMatchObject({ phone: '139****0001' })
  expect((await read(steps, 'resident', id)).entries.at(-1)).toMatchObject({
    act: 'unmask',
    by: { role: 'clerk' },
    words: '电话回访',
    detail: { field: 'phone' },
  })
  const audit = await t.look<{ text: string }>(
    "select a::text as text from audit_entries a where subject_id = $1 and operation = 'cases.unmaskReporter'",
    [id],
  )
  expect(audit).toHaveLength(1)
  expect(audit[0]?.text).not.toContain('13900000001')
})

test('by whom and when: desk staff in their scope, verifier, supervisor; grid worker and handler only while it is with them; members never', async () => {
  const filed = await steps.filed()
  const assigned = await steps.assigned()
  const held = await steps.inProgress('grid-worker-c1g1')
  const status = async (who: string, id: string) => (await open(who, id)).status
  for (const who of ['secretary-c1', 'dispatcher', 'verifier-c1', 'supervisor'])
    expect(await status(who, filed), who).toBe(200)
  expect(await status('micro-grid-member-c1g1m1', filed)).toBe(403)
  expect(await status('viewer-c1', filed)).toBe(403)
  expect(await status('grid-worker-c1g1', filed)).toBe(403)
  expect(await status('grid-worker-c1g1', held)).toBe(200)
  expect(await status('handler-property', assigned)).toBe(200)
  expect(await status('handler-water', assigned)).toBe(404)
  expect(await status('handler-property', await steps.answered())).toBe(409)
})

test('a confidential reporter stays hidden from the handler, masked fields too', async () => {
  const filed = await t.file(await steps.resident(), { confidential: true })
  await steps.act('clerk-c1', acceptCase, filed.id, { kind: 'report', matterCode: publicMatter })
  await steps.act('clerk-c1', assignCase, filed.id, { organisationId: t.street.organisationId('property') })
  const seen = await read(steps, 'handler-property', filed.id)
  expect(seen.case.reporter).toEqual({
    name: null,
    phone: null,
    address: null,
    confidential: true,
    isMe: false,
  })
  const reply = await open('handler-property', filed.id)
  expect([reply.status, reply.code]).toEqual([403, 'cases/confidential'])
  expect((await open('clerk-c1', filed.id)).status).toBe(200)
})

test('a micro-grid member sees no contact at all, a resident no other’s', async () => {
  const id = await steps.filed()
  expect((await read(steps, 'micro-grid-member-c1g1m1', id)).case.reporter).toMatchObject({
    phone: null,
    name: null,
  })
  const neighbour = await t.asResident('13900000002')
  const foreign = await neighbour.call(unmaskReporter, { params: { id }, body })
  expect(foreign.status).toBe(403)
})
