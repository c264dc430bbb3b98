/** accounts.dutyDecidesDesk: who accepts and assigns when the roster decides. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { forgetSettings } from '../../../platform/street-settings.ts'
import { putShifts } from '../../accounts/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import { acceptCase, assignCase, getCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases({ at: new Date('2026-09-14T02:00:00Z') })
  steps = caseSteps(t)
  const at = (username: string) => t.street.staff.get(username)?.accountId ?? ''
  const shifts = [
    { day: '2026-09-14', kind: 'night', headId: at('clerk-c1-2'), memberIds: [at('verifier-c1')] },
  ]
  const params = { id: t.street.areaId('c1') }
  const put = await (await steps.by('secretary-c1')).call(putShifts, { params, body: { shifts } })
  expect(put.status).toBe(200)
})
afterAll(() => t.close())

const officeHours = new Date('2026-09-14T02:00:00Z')
const night = new Date('2026-09-14T14:00:00Z')
beforeEach(() => t.clock.moveTo(officeHours))

async function switchTo(value: boolean): Promise<void> {
  await t.look(
    `insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
      values ($1, 'accounts.dutyDecidesDesk', $2, 'set', $3, $4, $4, $2)`,
    [t.street.streetId, newId(t.clock.now().getTime()), JSON.stringify(value), t.clock.now()],
  )
  forgetSettings(t.street.streetId)
}
const accept = async (by: string, id: string) =>
  (await steps.by(by)).call(acceptCase, {
    params: { id },
    body: { kind: 'complaint', matterCode: publicMatter },
  })

test('off, the whole desk accepts at any hour, and a verifier on duty is no desk', async () => {
  const [one, two] = [await steps.filed(), await steps.filed()]
  t.clock.moveTo(night)
  expect((await accept('clerk-c1', one)).status).toBe(200)
  expect((await accept('verifier-c1', two)).code).toBe('cases/not-at-your-desk')
})

test('on, at night only who is on duty and the head of the desk accept and assign; the screen says so too', async () => {
  await switchTo(true)
  const ids = [await steps.filed(), await steps.filed(), await steps.filed()] as const
  t.clock.moveTo(night)
  expect((await accept('clerk-c1', ids[0])).code).toBe('cases/not-on-duty')
  const seen = await (await steps.by('clerk-c1')).call(getCase, { params: { id: ids[0] } })
  expect(seen.body.case.can.accept).toEqual({ ok: false, why: 'cases/not-on-duty' })
  expect((await accept('clerk-c1-2', ids[0])).status).toBe(200)
  expect((await accept('secretary-c1', ids[1])).status).toBe(200)
  const body = { organisationId: t.street.organisationId('property') }
  const assign = async (by: string) => (await steps.by(by)).call(assignCase, { params: { id: ids[0] }, body })
  expect((await assign('clerk-c1')).code).toBe('cases/not-on-duty')
  expect((await assign('clerk-c1-2')).status).toBe(200)
})

test('on, a verifier on duty acts for the desk, under their own post; one who is not does not', async () => {
  const id = await steps.filed()
  expect((await accept('verifier-c1', id)).code).toBe('cases/not-at-your-desk')
  t.clock.moveTo(night)
  expect((await accept('verifier-c2', id)).code).toBe('cases/not-found')
  expect((await accept('verifier', id)).code).toBe('cases/not-at-your-desk')
  expect((await accept('verifier-c1', id)).status).toBe(200)
  const entries = await t.look("select post_id from case_entries where case_id = $1 and act = 'accept'", [id])
  expect(entries).toEqual([{ post_id: t.street.staff.get('verifier-c1')?.postId }])
})

test('on, in office hours and at a desk that nobody staffs everything is as it was', async () => {
  const id = await steps.filed()
  expect((await accept('clerk-c1', id)).status).toBe(200)
  const there = (await t.file(await steps.resident(), { place: t.street.pointIn('c2g1m1') })).id
  t.clock.moveTo(night)
  expect((await accept('clerk-c2', there)).status).toBe(200)
})
