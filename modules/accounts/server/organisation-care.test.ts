import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { assignCase, getCase } from '../../cases/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { organisationContact } from './organisation-contact.ts'
import { organisationNameAt, postIndex } from './post-index.ts'

let t: TestCases
let steps: CaseSteps
let admin: TestClient
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  admin = await t.as('system-admin')
})
afterAll(() => t.close())

const make = async (code: string, more: object = {}) => {
  const body = { code, name: `单位 ${code}`, kind: 'property' as const, ...more }
  const made = await admin.call(contract.createOrganisation, { body })
  expect(made.status).toBe(201)
  return made.body
}
const trailOf = (id: string) =>
  t.look<{ operation: string; detail: unknown; post_id: string }>(
    'select operation, detail, post_id from audit_entries where subject_id = $1 order by at, id',
    [id],
  )

test('what is changed changes, what is left out stays, and the trail names fields only', async () => {
  const { id, version } = await make('change-me', { areaIds: [t.street.areaId('c1')] })
  const params = { id }
  const changed = await admin.call(contract.changeOrganisation, {
    params,
    ifMatch: version,
    body: { contactPhone: '023-6655 1234', address: '建设路 8 号', answersNeedApproval: true },
  })
  expect(changed.body).toMatchObject({
    name: '单位 change-me',
    kind: 'property',
    areas: [{ code: 'c1' }],
    contactPhone: '023-6655 1234',
    address: '建设路 8 号',
    answersNeedApproval: true,
    signsIn: true,
    active: true,
    version: version + 1,
    formerNames: [],
  })
  const next = await admin.call(contract.changeOrganisation, {
    params,
    body: { contactPhone: null, areaIds: [], kind: 'water' },
  })
  expect(next.body).toMatchObject({ contactPhone: null, address: '建设路 8 号', areas: [], kind: 'water' })
  const trail = await trailOf(id)
  expect(trail.map(({ detail }) => detail)).toEqual([
    { kind: 'property' },
    { changed: ['address', 'answersNeedApproval', 'contactPhone'] },
    { changed: ['areaIds', 'contactPhone', 'kind'] },
  ])
  expect(trail.every((one) => one.post_id === t.street.staff.get('system-admin')?.postId)).toBe(true)
})

test('a change based on an older version is refused', async () => {
  const { id, version } = await make('stale')
  const params = { id }
  await admin.call(contract.changeOrganisation, { params, body: { name: '新名' } })
  const late = await admin.call(contract.changeOrganisation, {
    params,
    ifMatch: version,
    body: { name: '旧名' },
  })
  expect([late.status, late.code]).toEqual([412, 'accounts/stale-version'])
})

test('phone and address lie sealed, are read by staff and by the door, and never by residents', async () => {
  const { id } = await make('sealed', { contactPhone: '13812340000', address: '解放路 1 号' })
  const [row] = await t.look<Record<string, string>>(
    'select phone_encrypted, address_encrypted from organisation_contacts where organisation_id = $1',
    [id],
  )
  expect([row?.phone_encrypted, row?.address_encrypted]).toEqual([
    expect.stringMatching(/^v1:/),
    expect.stringMatching(/^v1:/),
  ])
  const clerk = await t.as('clerk-c1')
  expect((await clerk.call(contract.getOrganisation, { params: { id } })).body.contactPhone).toBe(
    '13812340000',
  )
  const contact = await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    organisationContact(tx, t.services.keys, t.street.streetId, id),
  )
  expect(contact).toEqual({ phone: '13812340000', address: '解放路 1 号' })
  const resident = await t.asResident('13900000001')
  expect((await resident.call(contract.getOrganisation, { params: { id } })).status).toBe(403)
  expect(JSON.stringify((await resident.call(contract.listOrganisations)).body)).not.toContain('13812340000')
})

test('a former name is kept with its last instant, and entries made before are read with it', async () => {
  const id = t.street.organisationId('water')
  const before = t.clock.now()
  t.clock.moveBy(60_000)
  const renamed = await admin.call(contract.changeOrganisation, {
    params: { id },
    body: { name: '城市水务公司' },
  })
  expect(renamed.body.formerNames).toEqual([{ name: '供水公司', untilAt: t.clock.now().toISOString() }])
  const index = await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    postIndex(tx, t.street.streetId),
  )
  const organisation = index.organisations.get(id)
  if (!organisation) throw new Error('water')
  expect(organisationNameAt(organisation, before)).toBe('供水公司')
  expect(organisationNameAt(organisation, t.clock.now())).toBe('城市水务公司')
  t.clock.moveBy(60_000)
  await admin.call(contract.changeOrganisation, { params: { id }, body: { name: '第三个名字' } })
  const third = await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    postIndex(tx, t.street.streetId),
  )
  const now = third.organisations.get(id)
  if (!now) throw new Error('water')
  const at = (instant: Date) => organisationNameAt(now, instant)
  expect([at(before), at(new Date(t.clock.now().getTime() - 1)), at(t.clock.now())]).toEqual([
    '供水公司',
    '城市水务公司',
    '第三个名字',
  ])
})

test('the history of a case goes on naming an organisation as it was called then', async () => {
  const caseId = await steps.inProgress()
  const places = async () => {
    const clerk = await t.as('clerk-c1')
    const { entries } = (await clerk.call(getCase, { params: { id: caseId } })).body
    return entries.filter((entry) => entry.by.role === 'handler').map((entry) => entry.by.place)
  }
  expect(await places()).toEqual(['安居物业'])
  t.clock.moveBy(60_000)
  const id = t.street.organisationId('property')
  await admin.call(contract.changeOrganisation, { params: { id }, body: { name: '宜居物业' } })
  expect(await places()).toEqual(['安居物业'])
})

test('an organisation for which cases wait is not closed, and the answer says how many', async () => {
  const id = t.street.organisationId('property')
  const first = await steps.inProgress()
  await steps.assigned()
  const close = () => admin.call(contract.setOrganisationActive, { params: { id }, body: { active: false } })
  const refused = await close()
  expect([refused.status, refused.code]).toEqual([409, 'accounts/organisation-has-open-work'])
  expect(refused.problem?.errors).toEqual([{ path: '/body/active', message: '3' }])
  expect(await t.look('select active from organisations where id = $1', [id])).toEqual([{ active: true }])
  // The administrator learns the number and still sees no case.
  expect((await admin.call(getCase, { params: { id: first } })).status).toBe(404)
})

test('a closed organisation gets no new cases, keeps its old ones readable, and opens again', async () => {
  const { id } = await make('to-close')
  const act = (active: boolean) =>
    admin.call(contract.setOrganisationActive, { params: { id }, body: { active } })
  expect((await act(false)).body.active).toBe(false)
  const caseId = await steps.accepted()
  const clerk = await t.as('clerk-c1')
  const give = () => clerk.call(assignCase, { params: { id: caseId }, body: { organisationId: id } })
  expect((await give()).code).toBe('cases/organisation-unknown')
  expect((await act(true)).body.active).toBe(true)
  expect((await give()).status).toBe(200)
  expect((await trailOf(id)).map(({ detail }) => detail).slice(1)).toEqual([
    { active: false },
    { active: true },
  ])
})

test('a firm that never signs in has no posts, and one with people in post does not become one', async () => {
  const { id } = await make('paper-only', { signsIn: false })
  const security = await t.as('security-admin')
  const accountId = t.street.staff.get('viewer-c1')?.accountId ?? ''
  const appoint = () =>
    security.call(contract.appointPost, { body: { accountId, role: 'handler', organisationId: id } })
  expect((await appoint()).code).toBe('accounts/organisation-never-signs-in')
  await admin.call(contract.changeOrganisation, { params: { id }, body: { signsIn: true } })
  expect((await appoint()).status).toBe(201)
  const back = await admin.call(contract.changeOrganisation, { params: { id }, body: { signsIn: false } })
  expect([back.code, back.problem?.errors[0]?.message]).toEqual(['accounts/organisation-has-posts', '1'])
})

test('only the system administrator cares for organisations, and only for those of the own street', async () => {
  const id = t.street.organisationId('enforcement')
  for (const username of ['security-admin', 'duty-head', 'organisation-lead-enforcement']) {
    const browser = await t.as(username)
    const change = await browser.call(contract.changeOrganisation, { params: { id }, body: { name: 'x' } })
    expect(change.code).toBe('platform/not-for-your-role')
    const close = await browser.call(contract.setOrganisationActive, {
      params: { id },
      body: { active: false },
    })
    expect(close.code).toBe('platform/not-for-your-role')
  }
  const foreign = { id: t.other.organisationId('water') }
  const change = { params: foreign, body: { name: 'x' } }
  expect((await admin.call(contract.changeOrganisation, change)).code).toBe('accounts/not-found')
  expect((await admin.call(contract.getOrganisation, { params: foreign })).code).toBe('accounts/not-found')
  const close = { params: foreign, body: { active: false } }
  expect((await admin.call(contract.setOrganisationActive, close)).code).toBe('accounts/not-found')
  const areaIds = { params: { id }, body: { areaIds: [t.other.areaId('c1')] } }
  expect((await admin.call(contract.changeOrganisation, areaIds)).code).toBe('accounts/area-not-found')
})
