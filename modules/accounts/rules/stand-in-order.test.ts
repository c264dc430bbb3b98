import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Role, roles } from '../../../lib/contract.ts'
import { needsStandIn, orderStandIns, type StandInPost } from './stand-in-order.ts'

const post = (
  id: string,
  role: Role,
  place: string | null,
  more: Partial<StandInPost> = {},
): StandInPost => ({
  id,
  accountId: `person-${id}`,
  role,
  areaPath: place,
  organisationId: place === null ? 'firm' : null,
  lead: false,
  standInFor: null,
  ...more,
})

const member = post('member', 'micro-grid-member', 's.c1.g1.m1')
const colleague = post('colleague', 'micro-grid-member', 's.c1.g1.m1')
const lead = post('lead', 'micro-grid-member', 's.c1.g1.m1', { lead: true })
const neighbour = post('neighbour', 'micro-grid-member', 's.c1.g1.m2')
const worker = post('worker', 'grid-worker', 's.c1.g1')
const otherWorker = post('other-worker', 'grid-worker', 's.c1.g2')
const head = post('head', 'grid-head', 's.c1.g1')
const clerk = post('clerk', 'clerk', 's.c1')
const secretary = post('secretary', 'secretary', 's.c1')
const farSecretary = post('far-secretary', 'secretary', 's.c2')
const dispatcher = post('dispatcher', 'dispatcher', 's')
const dutyHead = post('duty-head', 'duty-head', 's')
const verifier = post('verifier', 'verifier', 's.c1')
const streetVerifier = post('street-verifier', 'verifier', 's')
const supervisor = post('supervisor', 'supervisor', 's')
const viewer = post('viewer', 'viewer', 's')
const handler = post('handler', 'handler', null)
const secondHandler = post('second-handler', 'handler', null)
const firmLead = post('firm-lead', 'organisation-lead', null)
const otherFirm = post('other-firm', 'organisation-lead', null, { organisationId: 'other' })
const security = post('security', 'security-admin', 's')
const secondSecurity = post('second-security', 'security-admin', 's')
const system = post('system', 'system-admin', 's')
const everybody = [
  member,
  colleague,
  lead,
  neighbour,
  worker,
  otherWorker,
  head,
  clerk,
  secretary,
  farSecretary,
  dispatcher,
  dutyHead,
  verifier,
  streetVerifier,
  supervisor,
  viewer,
  handler,
  secondHandler,
  firmLead,
  otherFirm,
  security,
  secondSecurity,
  system,
]

test.each([
  [member, ['lead', 'colleague', 'worker', 'head', 'clerk', 'secretary', 'dispatcher', 'duty-head']],
  [worker, ['head', 'clerk', 'secretary', 'dispatcher', 'duty-head']],
  [head, ['secretary', 'clerk', 'duty-head', 'dispatcher']],
  [clerk, ['secretary', 'dispatcher', 'duty-head']],
  [secretary, ['clerk', 'duty-head', 'dispatcher']],
  [dispatcher, ['duty-head']],
  [dutyHead, ['dispatcher']],
  [verifier, ['street-verifier', 'supervisor', 'duty-head', 'dispatcher']],
  [streetVerifier, ['supervisor', 'duty-head', 'dispatcher']],
  [supervisor, ['duty-head', 'street-verifier', 'dispatcher']],
  [handler, ['firm-lead', 'second-handler', 'duty-head', 'dispatcher']],
  [firmLead, ['handler', 'second-handler', 'duty-head', 'dispatcher']],
  [viewer, []],
  [security, ['second-security']],
  [system, []],
])('for $role the post passes down its ladder, nearest place first', (absent, order) => {
  expect(orderStandIns(absent, everybody, null)).toEqual(order)
})

test('whoever was named comes before everybody, from wherever', () => {
  expect(orderStandIns(worker, everybody, 'other-worker').slice(0, 2)).toEqual(['other-worker', 'head'])
})

test('whoever was appointed for this comes right after whoever was named', () => {
  const appointed = post('appointed', 'grid-worker', 's.c1.g1', { standInFor: 'worker' })
  const order = orderStandIns(worker, [...everybody, appointed], 'other-worker')
  expect(order.slice(0, 3)).toEqual(['other-worker', 'appointed', 'head'])
})

test('another post of the same person does not stand in, not even by name', () => {
  const own = post('own', 'grid-head', 's.c1.g1', { accountId: worker.accountId })
  expect(orderStandIns(worker, [own, dutyHead], 'own')).toEqual(['duty-head'])
})

test('no post that works on cases is left with nobody while somebody else is in the street’s centre', () => {
  const anyPost = fc.record({
    role: fc.constantFrom(...roles.filter(needsStandIn)),
    place: fc.constantFrom('s', 's.c1', 's.c2', 's.c1.g1', 's.c1.g1.m1'),
  })
  fc.assert(
    fc.property(
      anyPost,
      fc.array(anyPost),
      fc.constantFrom('dispatcher', 'duty-head'),
      (absent, rest, centre) => {
        const make = ({ role, place }: typeof absent, index: number) =>
          post(`p${index}`, role, role === 'handler' || role === 'organisation-lead' ? null : place)
        const others = [...rest.map(make), post('centre', centre, 's')]
        const order = orderStandIns(make(absent, -1), others, null)
        expect(order).toContain('centre')
        expect(new Set(order).size).toBe(order.length)
      },
    ),
  )
})
