import { expect, test } from 'vitest'
import type { Role } from '../../../lib/contract.ts'
import { type LeavePost, maySetLeave, mayStandIn } from './leave-rights.ts'

const at = (role: Role, place: string, accountId = `${role} of ${place}`): LeavePost => ({
  accountId,
  role,
  areaPath: place.startsWith('firm') ? null : place,
  organisationId: place.startsWith('firm') ? place : null,
})
const actor = (post: LeavePost) => ({ accountId: post.accountId, posts: [post] })

const worker = at('grid-worker', 's.c1.g1')
const handler = at('handler', 'firm-a')

test.each([
  ['the holder', worker, worker, true],
  ['the grid head', at('grid-head', 's.c1.g1'), worker, true],
  ['the head of another grid', at('grid-head', 's.c1.g2'), worker, false],
  ['the secretary', at('secretary', 's.c1'), worker, true],
  ['the secretary of another community', at('secretary', 's.c2'), worker, false],
  ['the duty head', at('duty-head', 's'), worker, true],
  ['a colleague', at('grid-worker', 's.c1.g1', 'somebody'), worker, false],
  ['a clerk', at('clerk', 's.c1'), worker, false],
  ['the dispatcher', at('dispatcher', 's'), worker, false],
  ['the security administrator', at('security-admin', 's'), worker, true],
  ['the system administrator', at('system-admin', 's'), worker, false],
  ['the lead of the organisation', at('organisation-lead', 'firm-a'), handler, true],
  ['the lead of another organisation', at('organisation-lead', 'firm-b'), handler, false],
  ['the duty head, who is no head inside a firm,', at('duty-head', 's'), handler, false],
  ['the grid head over the secretary', at('grid-head', 's.c1.g1'), at('secretary', 's.c1'), false],
  ['the secretary over an administrator', at('secretary', 's'), at('audit-admin', 's'), false],
  ['the duty head over an administrator', at('duty-head', 's'), at('system-admin', 's'), false],
])('a leave is set by %s: %s', (_, who, post, may) => {
  expect(maySetLeave(actor(who), post)).toBe(may)
})

test.each([
  ['a colleague of the same grid', worker, at('grid-worker', 's.c1.g1', 'somebody'), true],
  ['a worker of the next grid', worker, at('grid-worker', 's.c1.g2'), true],
  ['the secretary', worker, at('secretary', 's.c1'), true],
  ['a worker of another community', worker, at('grid-worker', 's.c2.g1'), false],
  ['a member, who is a neighbour,', worker, at('micro-grid-member', 's.c1.g1.m1'), false],
  ['somebody in a firm', worker, at('handler', 'firm-a'), false],
  ['a viewer', worker, at('viewer', 's.c1'), false],
  ['an administrator', worker, at('security-admin', 's'), false],
  ['themselves in another post', worker, at('clerk', 's.c1', worker.accountId), false],
  ['a colleague of the firm', handler, at('handler', 'firm-a', 'somebody'), true],
  ['somebody of another firm', handler, at('handler', 'firm-b'), false],
  ['the dispatcher for a firm', handler, at('dispatcher', 's'), false],
  ['their like, for an administrator', at('audit-admin', 's'), at('audit-admin', 's', 'second'), true],
  ['another third, for an administrator', at('audit-admin', 's'), at('system-admin', 's'), false],
])('the holder may name %s', (_, absent, candidate, may) => {
  expect(mayStandIn(actor(absent), absent, candidate)).toBe(may)
})

test('the security administrator may name somebody from elsewhere, but no administrator for another role', () => {
  const security = actor(at('security-admin', 's'))
  expect(mayStandIn(security, worker, at('grid-worker', 's.c2.g1'))).toBe(true)
  expect(mayStandIn(security, worker, at('audit-admin', 's'))).toBe(false)
})
