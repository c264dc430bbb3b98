import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { BodyOf } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { inTransaction } from '../../../platform/db.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { getCase, listCases, takeCase } from '../../cases/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { openPostsOf, refreshStandIns, standInFor, standInsNow } from './stand-ins.ts'

let t: TestCases
let steps: CaseSteps
let security: TestClient
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  security = await t.as('security-admin')
})
afterAll(() => t.close())
let week = 0
beforeEach(() => {
  // Each test has days of its own: 09:00 in the street.
  week += 1
  t.clock.moveTo(new Date(Date.UTC(2026, 8, 14 + week * 7, 1)))
})

const staff = (username: string) => {
  const found = t.street.staff.get(username) ?? t.other.staff.get(username)
  if (!found) throw new Error(username)
  return found
}
const postId = (username: string) => staff(username).postId
const today = (days = 0) => dayOf(new Date(t.clock.now().getTime() + days * 86_400_000))
const leave = async (by: string, whose: string, more: Partial<BodyOf<typeof contract.setLeave>> = {}) =>
  (await t.as(by)).call(contract.setLeave, {
    params: { id: postId(whose) },
    body: { fromDay: today(), toDay: today(2), ...more },
  })
const end = async (by: string, id: string) => (await t.as(by)).call(contract.endLeave, { params: { id } })
const asSystem = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(t.pool, { actor: systemActorOf(t.street) }, work)
const rolesOf = async (username: string) =>
  (await (await t.as(username)).call(contract.getSession)).body.roles.toSorted()

test('while a person is away, whoever was named acts under their post, and loses it with the last day', async () => {
  const set = await leave('grid-worker-c1g1', 'grid-worker-c1g1', {
    standInPostId: postId('grid-worker-c1g2'),
  })
  expect(set.status).toBe(201)
  expect(set.body).toMatchObject({ named: true, standIn: { postId: postId('grid-worker-c1g2') } })
  const session = await (await t.as('grid-worker-c1g2')).call(contract.getSession)
  expect(session.body.posts.map((post) => post.area?.code)).toEqual(['c1g2'])
  expect(session.body.standingIn).toMatchObject([
    { id: postId('grid-worker-c1g1'), area: { code: 'c1g1' }, untilDay: today(2) },
  ])
  const caseId = await steps.assigned('grid-worker-c1g1')
  const standIn = await t.as('grid-worker-c1g2')
  const seen = await standIn.call(listCases, { query: { mine: true } })
  expect(seen.body.items.map((one) => one.id)).toContain(caseId)
  const taken = await standIn.call(takeCase, { params: { id: caseId } })
  expect(taken.status).toBe(200)
  const acts = await t.look<{ actor_id: string; post_id: string }>(
    `select actor_id, post_id from case_entries where case_id = $1 and act = 'take'`,
    [caseId],
  )
  // Who did it is the stand-in; the post that permits it is the one they stand in for.
  expect(acts).toEqual([
    { actor_id: staff('grid-worker-c1g2').accountId, post_id: postId('grid-worker-c1g1') },
  ])
  t.clock.moveBy(3 * 86_400_000)
  expect((await standIn.call(contract.getSession)).body.standingIn).toEqual([])
  expect((await standIn.call(getCase, { params: { id: caseId } })).status).toBe(404)
})

test('without a name the rule chooses the lowest who can, and the next one where that one is away too', async () => {
  const first = await leave('grid-worker-c2g1', 'grid-worker-c2g1')
  expect(first.body).toMatchObject({ named: false, standIn: { postId: postId('grid-head-c2g1') } })
  expect(await rolesOf('grid-head-c2g1')).toEqual(['grid-head', 'grid-worker'])
  const second = await leave('secretary-c2', 'grid-head-c2g1')
  expect(second.body.standIn?.postId).toBe(postId('secretary-c2'))
  expect(await rolesOf('grid-head-c2g1')).toEqual(['grid-head'])
  expect(await rolesOf('clerk-c2')).toEqual(['clerk', 'grid-worker'])
  await end('grid-head-c2g1', second.body.id)
  expect(await rolesOf('grid-head-c2g1')).toEqual(['grid-head', 'grid-worker'])
  expect(await rolesOf('clerk-c2')).toEqual(['clerk'])
  await end('grid-worker-c2g1', first.body.id)
})

test('a disabled account or an ended post stands in for nobody from the next request on', async () => {
  const set = await leave('handler-property', 'handler-property')
  expect(set.body.standIn?.postId).toBe(postId('organisation-lead-property'))
  const { accountId } = staff('organisation-lead-property')
  const disable = (disabled: boolean) =>
    security.call(contract.setAccountDisabled, { params: { id: accountId }, body: { disabled } })
  await disable(true)
  expect(await asSystem((tx) => standInsNow(tx, t.street.streetId, t.clock.now()))).toEqual(
    new Map([[postId('handler-property'), postId('handler-property-2')]]),
  )
  await disable(false)
  await end('handler-property', set.body.id)
})

test('somebody appointed meanwhile, and nearer, takes over at once', async () => {
  const set = await leave('micro-grid-member-c1g1m1', 'micro-grid-member-c1g1m1')
  expect(set.body.standIn?.postId).toBe(postId('grid-worker-c1g1'))
  const made = await security.call(contract.appointPost, {
    body: {
      accountId: staff('micro-grid-member-c1g2m2').accountId,
      role: 'micro-grid-member',
      areaId: t.street.areaId('c1g1m1'),
    },
  })
  const now = await asSystem((tx) => standInsNow(tx, t.street.streetId, t.clock.now()))
  expect(now.get(postId('micro-grid-member-c1g1m1'))).toBe(made.body.id)
  await security.call(contract.endPost, { params: { id: made.body.id } })
  expect(
    (await asSystem((tx) => standInsNow(tx, t.street.streetId, t.clock.now()))).get(
      postId('micro-grid-member-c1g1m1'),
    ),
  ).toBe(postId('grid-worker-c1g1'))
  await end('micro-grid-member-c1g1m1', set.body.id)
})

test('later modules ask whose work goes where, also when a post has ended', async () => {
  const at = t.clock.now()
  const to = (username: string) =>
    asSystem((tx) => standInFor(tx, t.street.streetId, postId(username), at)).then((post) => post?.id)
  expect(await to('grid-worker-c1g1')).toBe(postId('grid-head-c1g1'))
  expect(await to('clerk-c1')).toBe(postId('clerk-c1-2'))
  expect(await to('duty-head')).toBe(postId('duty-head-2'))
  expect(await to('viewer-c1')).toBeUndefined()
  await security.call(contract.endPost, { params: { id: postId('handler-water-2') } })
  expect(await to('handler-water-2')).toBe(postId('organisation-lead-water'))
  const own = await asSystem((tx) => openPostsOf(tx, t.street.streetId, staff('clerk-c1').accountId, at))
  expect(own).toMatchObject([{ id: postId('clerk-c1'), standsInFor: null, untilDay: null }])
})

test('looking again finds who is there by then', async () => {
  const set = await leave('verifier-c1', 'verifier-c1')
  await t.look(`update post_absences set stand_in_post_ids = '{}' where id = $1`, [set.body.id])
  await asSystem((tx) => refreshStandIns(tx, t.street.streetId, t.clock.now()))
  const kept = await t.look<{ ids: string[] }>(
    'select stand_in_post_ids as ids from post_absences where id = $1',
    [set.body.id],
  )
  expect(kept[0]?.ids[0]).toBe(postId('verifier'))
  await end('verifier-c1', set.body.id)
})

test('a leave is set by the person, their head or the security administrator, and by nobody else', async () => {
  const by = async (username: string) => {
    const reply = await leave(username, 'grid-worker-c1g1')
    if (reply.status === 201) await end(username, reply.body.id)
    return reply.code ?? reply.status
  }
  expect(await by('grid-worker-c1g1')).toBe(201)
  expect(await by('grid-head-c1g1')).toBe(201)
  expect(await by('secretary-c1')).toBe(201)
  expect(await by('duty-head')).toBe(201)
  expect(await by('security-admin')).toBe(201)
  expect(await by('grid-worker-c1g2')).toBe('accounts/not-your-leave')
  expect(await by('grid-head-c1g2')).toBe('accounts/not-your-leave')
  expect(await by('clerk-c1')).toBe('accounts/not-your-leave')
  expect(await by('secretary-c2')).toBe('accounts/not-your-leave')
  expect(await by('system-admin')).toBe('accounts/not-your-leave')
  expect(await by('other-duty-head')).toBe('accounts/not-found')
  const resident = await t.asResident('13900000001')
  const body = { fromDay: today(), toDay: today() }
  const tried = await resident.call(contract.setLeave, { params: { id: postId('grid-worker-c1g1') }, body })
  expect(tried.code).toBe('platform/not-for-your-role')
})

test('only a colleague of the place may be named, except by the security administrator', async () => {
  const name = async (by: string, standIn: string) => {
    const reply = await leave(by, 'grid-worker-c1g1', { standInPostId: postId(standIn) })
    if (reply.status === 201) await end(by, reply.body.id)
    return reply.code ?? reply.status
  }
  expect(await name('grid-worker-c1g1', 'clerk-c1')).toBe(201)
  expect(await name('grid-worker-c1g1', 'grid-worker-c2g1')).toBe('accounts/stand-in-unfit')
  expect(await name('grid-worker-c1g1', 'micro-grid-member-c1g1m1')).toBe('accounts/stand-in-unfit')
  expect(await name('grid-worker-c1g1', 'handler-water')).toBe('accounts/stand-in-unfit')
  expect(await name('grid-worker-c1g1', 'system-admin')).toBe('accounts/stand-in-unfit')
  expect(await name('grid-worker-c1g1', 'grid-worker-c1g1')).toBe('accounts/stand-in-unfit')
  expect(await name('security-admin', 'grid-worker-c2g1')).toBe(201)
  expect(await name('security-admin', 'audit-admin')).toBe('accounts/stand-in-unfit')
  const away = await leave('clerk-c1', 'clerk-c1')
  expect(await name('grid-worker-c1g1', 'clerk-c1')).toBe('accounts/stand-in-unfit')
  await end('clerk-c1', away.body.id)
})

test('days in the wrong order, in the past or taken already are refused', async () => {
  const code = async (fromDay: string, toDay: string) =>
    (await leave('clerk-c2', 'clerk-c2', { fromDay, toDay })).code
  expect(await code(today(2), today(1))).toBe('platform/invalid-input')
  expect(await code(today(-3), today(-1))).toBe('accounts/leave-in-the-past')
  const first = await leave('clerk-c2', 'clerk-c2', { fromDay: today(3), toDay: today(5) })
  expect(first.status).toBe(201)
  expect(await code(today(5), today(6))).toBe('accounts/leave-overlaps')
  expect(await code(today(1), today(9))).toBe('accounts/leave-overlaps')
  const twice = await Promise.all([
    leave('clerk-c2', 'clerk-c2', { fromDay: today(10), toDay: today(11) }),
    leave('clerk-c2', 'clerk-c2', { fromDay: today(11), toDay: today(12) }),
  ])
  expect(twice.map((reply) => reply.status).toSorted()).toEqual([201, 409])
  expect((await end('clerk-c2', first.body.id)).body.endedAt).not.toBeNull()
  expect(await code(today(5), today(6))).toBeUndefined()
})

test('nobody leaves a post whose work would lie with nobody', async () => {
  // The other street’s centre is sent away one by one.
  const other = await t.as('other-security-admin')
  for (const username of ['other-dispatcher', 'other-dispatcher-2', 'other-duty-head-2'])
    expect((await other.call(contract.endPost, { params: { id: postId(username) } })).status).toBe(200)
  expect((await leave('other-duty-head', 'other-duty-head')).code).toBe('accounts/nobody-stands-in')
  // Nothing waits for who only looks.
  expect((await leave('other-viewer', 'other-viewer')).body.standIn).toBeNull()
})

test('the list of posts shows who is away and who stands in; the choice of stand-ins begins with the rule’s', async () => {
  const set = await leave('grid-worker-c1g2', 'grid-worker-c1g2', { fromDay: today(1) })
  const worker = await t.as('grid-worker-c1g2')
  const listed = await worker.call(contract.listPosts, { query: { areaId: t.street.areaId('c1g2') } })
  expect(listed.body.items.map((one) => [one.role, one.leave?.id ?? null, one.maySetLeave])).toEqual([
    ['grid-head', null, false],
    ['grid-worker', set.body.id, true],
  ])
  const offered = await worker.call(contract.listStandIns, { params: { id: postId('grid-worker-c1g2') } })
  const ids = offered.body.items.map((one) => one.post.id)
  expect(ids.slice(0, 2)).toEqual([postId('grid-head-c1g2'), expect.anything()])
  expect(offered.body.items[0]?.byRule).toBe(1)
  expect(ids).toContain(postId('grid-worker-c1g1'))
  expect(ids).not.toContain(postId('grid-worker-c2g1'))
  const nosy = await (await t.as('grid-worker-c1g1')).call(contract.listStandIns, {
    params: { id: postId('grid-worker-c1g2') },
  })
  expect(nosy.code).toBe('accounts/not-your-leave')
  await end('grid-worker-c1g2', set.body.id)
})

test('setting and ending stand in the trail under the post that permitted it, with days and ids only', async () => {
  const set = await leave('secretary-c1', 'clerk-c1-2', { standInPostId: postId('clerk-c1') })
  await end('clerk-c1-2', set.body.id)
  const trail = await t.look<{ operation: string; post_id: string; detail: Record<string, unknown> }>(
    `select operation, post_id, detail from audit_entries where detail ->> 'leave' = $1 order by operation desc`,
    [set.body.id],
  )
  expect(trail.map(({ operation, post_id }) => [operation, post_id])).toEqual([
    ['accounts.setLeave', postId('secretary-c1')],
    ['accounts.endLeave', postId('clerk-c1-2')],
  ])
  expect(trail[0]?.detail).toMatchObject({ post: postId('clerk-c1-2'), standIn: postId('clerk-c1') })
  const events = await t.look<{ audience: { accounts: string[] } }>(
    `select audience from event_outbox where type = 'post.leave' and subject_id = $1`,
    [postId('clerk-c1-2')],
  )
  expect(events[0]?.audience.accounts.toSorted()).toEqual(
    [staff('clerk-c1-2').accountId, staff('clerk-c1').accountId].toSorted(),
  )
})
