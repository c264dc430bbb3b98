import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'

let town: TestStreets
beforeAll(async () => {
  town = await startTestStreets()
  for (const [street, count] of [
    [town.street, 25],
    [town.other, 3],
  ] as const)
    for (let i = 0; i < count; i++)
      await town.look(
        `insert into audit_entries (street_id, id, at, actor_id, post_id, operation, subject_type, subject_id, outcome, request_id)
         values ($1, $2, $3, $4, $5, $6, 'case', $7, 'done', 'r')`,
        [
          street.streetId,
          newId(town.clock.now().getTime()),
          // Five at each instant, so that the id must decide.
          new Date(town.clock.now().getTime() - Math.floor(i / 5) * 1000),
          street.staff.values().next().value?.accountId,
          street.staff.get('clerk-c1')?.postId ?? null,
          i % 2 === 0 ? 'cases.assign' : 'cases.unmask',
          `case-${i}`,
        ],
      )
})
afterAll(() => town.close())

test('the trail is read page by page, newest first, each entry once and only of the own street', async () => {
  const auditor = await town.as('audit-admin')
  const keys: string[] = []
  let cursor: string | undefined
  do {
    const page = await auditor.call(contract.listAudit, {
      query: { limit: 4, ...(cursor === undefined ? {} : { cursor }) },
    })
    expect(page.status).toBe(200)
    keys.push(
      ...page.body.items.filter((item) => item.subjectType === 'case').map((item) => `${item.at} ${item.id}`),
    )
    // Reading writes an entry of its own; it is newer than the cursor and does not shift the pages.
    cursor = page.body.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(keys).toHaveLength(25)
  expect(keys).toEqual([...new Set(keys)].sort().reverse())
})

test('an entry names the post that acted, not the person', async () => {
  const auditor = await town.as('audit-admin')
  const page = await auditor.call(contract.listAudit, { query: { subjectId: 'case-3' } })
  expect(page.body.items).toMatchObject([
    { operation: 'cases.unmask', actorPost: '天桥社区 · 全科社工', outcome: 'done', detail: {} },
  ])
})

test('the trail is filtered by operation and actor', async () => {
  const auditor = await town.as('audit-admin')
  const unmasked = await auditor.call(contract.listAudit, {
    query: { operation: 'cases.unmask', limit: 200 },
  })
  expect(unmasked.body.items).toHaveLength(12)
  const actorId = town.street.staff.get('audit-admin')?.accountId ?? ''
  const own = await auditor.call(contract.listAudit, { query: { actorId } })
  expect(own.body.items.every((item) => item.operation === 'accounts.listAudit')).toBe(true)
  expect(own.body.items.length).toBeGreaterThan(0)
})

test('a mangled cursor is refused, and other roles read nothing', async () => {
  const auditor = await town.as('audit-admin')
  expect((await auditor.call(contract.listAudit, { query: { cursor: 'WyJhIl0' } })).status).toBe(400)
  for (const username of ['system-admin', 'security-admin', 'duty-head'])
    expect((await (await town.as(username)).call(contract.listAudit)).status).toBe(403)
})

test('the application can neither change nor remove an entry', async () => {
  await expect(town.pool.query('update audit_entries set outcome = $1', ['x'])).rejects.toThrow(
    /permission denied/,
  )
  await expect(town.pool.query('delete from audit_entries')).rejects.toThrow(/permission denied/)
})
