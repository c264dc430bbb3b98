import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'

let town: TestStreets
let security: TestClient
beforeAll(async () => {
  town = await startTestStreets()
  security = await town.as('security-admin')
})
afterAll(() => town.close())

const newcomer = async (username: string) =>
  (await security.call(contract.createAccount, { body: { username, displayName: '王小花' } })).body

test('a new account gets a one-time password and can do nothing before it has a post', async () => {
  const made = await security.call(contract.createAccount, {
    body: { username: 'Wang.XiaoHua', displayName: '王小花' },
  })
  expect(made.status).toBe(201)
  expect(made.body.account).toMatchObject({
    username: 'wang.xiaohua',
    displayName: '王小花',
    disabled: false,
    totpEnrolled: false,
    lastSignInAt: null,
    posts: [],
  })
  const body = { username: 'wang.xiaohua', password: made.body.oneTimePassword }
  expect((await town.client().call(contract.signIn, { body })).code).toBe('accounts/no-post')
  await security.call(contract.appointPost, {
    body: { accountId: made.body.account.id, role: 'viewer', areaId: town.street.areaId('c1') },
  })
  const entered = await town.client().call(contract.signIn, { body })
  expect([entered.status, entered.body.mustChangePassword]).toEqual([200, true])
})

test('the name is sealed, and neither it nor the password stands in the audit trail', async () => {
  const { account, oneTimePassword } = await newcomer('sealed')
  const [contact] = await town.look<{ name_encrypted: string }>(
    'select name_encrypted from account_contacts where account_id = $1',
    [account.id],
  )
  expect(contact?.name_encrypted).toMatch(/^v1:/)
  const trail = await town.look('select * from audit_entries where subject_id = $1', [account.id])
  expect(trail).toHaveLength(1)
  expect(JSON.stringify(trail)).not.toMatch(new RegExp(`王小花|${oneTimePassword}`))
})

test('a user name is given once, whatever its case, in all streets', async () => {
  await newcomer('only-one')
  const body = { username: 'ONLY-ONE', displayName: '李四' }
  expect((await security.call(contract.createAccount, { body })).code).toBe('accounts/username-taken')
  const elsewhere = await town.as('other-security-admin')
  expect((await elsewhere.call(contract.createAccount, { body })).code).toBe('accounts/username-taken')
})

test('accounts are listed page by page, found by name or user name, and only of the own street', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await security.call(contract.listAccounts, {
      query: cursor === undefined ? { limit: 7 } : { limit: 7, cursor },
    })
    expect(page.status).toBe(200)
    seen.push(...page.body.items.map((item) => item.username))
    cursor = page.body.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(seen).toEqual([...new Set(seen)].sort())
  expect(seen).toEqual(expect.arrayContaining([...town.street.staff.keys()]))
  expect(seen.filter((username) => username.startsWith('other-'))).toEqual([])
  const byName = await security.call(contract.listAccounts, { query: { q: '试岗1', limit: 100 } })
  expect(byName.body.items.map((item) => item.displayName)).toContain('试岗1')
  const byUsername = await security.call(contract.listAccounts, { query: { q: 'CLERK-C1' } })
  expect(byUsername.body.items.map((item) => [item.username, item.posts[0]?.area?.name])).toEqual([
    ['clerk-c1', '天桥社区'],
    ['clerk-c1-2', '天桥社区'],
  ])
  expect((await security.call(contract.listAccounts, { query: { cursor: 'nonsense' } })).status).toBe(400)
})

test('a disabled account loses access with its next request, and may be enabled again', async () => {
  const { accountId } = town.street.staff.get('clerk-c2') ?? { accountId: '' }
  const clerk = await town.as('clerk-c2')
  expect((await clerk.call(contract.getSession)).status).toBe(200)
  const call = (disabled: boolean) =>
    security.call(contract.setAccountDisabled, { params: { id: accountId }, body: { disabled } })
  expect((await call(true)).body.disabled).toBe(true)
  expect((await clerk.call(contract.getSession)).status).toBe(401)
  expect((await call(false)).body.disabled).toBe(false)
  expect((await clerk.call(contract.getSession)).status).toBe(401)
  expect((await (await town.as('clerk-c2')).call(contract.getSession)).status).toBe(200)
})

test('nobody disables their own account, one of another street or a resident’s', async () => {
  const disable = (id: string | undefined) =>
    security.call(contract.setAccountDisabled, { params: { id: id ?? '' }, body: { disabled: true } })
  const own = town.street.staff.get('security-admin')?.accountId
  expect((await disable(own)).code).toBe('accounts/own-account')
  expect((await disable(town.other.staff.get('other-clerk-c1')?.accountId)).code).toBe('accounts/not-found')
  expect((await disable(town.street.residents[0]?.accountId)).code).toBe('accounts/not-found')
})

test('only the security administrator manages accounts', async () => {
  for (const username of ['system-admin', 'audit-admin', 'duty-head', 'secretary-c1']) {
    const browser = await town.as(username)
    expect((await browser.call(contract.listAccounts)).code).toBe('platform/not-for-your-role')
    const body = { username: 'nobody', displayName: '无' }
    expect((await browser.call(contract.createAccount, { body })).status).toBe(403)
  }
})
