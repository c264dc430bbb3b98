/** Swaps and hand-over notes: what passes from one person of the roster to another. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BodyOf } from '../../../lib/contract.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'

let t: TestCases
beforeAll(async () => {
  // A Monday, 10:00 in the street.
  t = await startTestCases({ at: new Date('2026-09-14T02:00:00Z') })
})
afterAll(() => t.close())

const account = (username: string) => t.street.staff.get(username)?.accountId ?? ''
const street = () => ({ id: t.street.areaId(t.street.code) })
const c1 = () => ({ id: t.street.areaId('c1') })
type Put = BodyOf<typeof contract.putShifts>['shifts'][number]
const shift = (day: string, kind: string, head: string, members: string[] = []): Put => ({
  day,
  kind,
  headId: account(head),
  memberIds: members.map(account),
})
const put = async (by: string, desk: { id: string }, shifts: Put[]) =>
  (await t.as(by)).call(contract.putShifts, { params: desk, body: { shifts } })
const roster = async (by: string, desk: { id: string }, month = '2026-09') =>
  (await (await t.as(by)).call(contract.getRoster, { params: desk, query: { month } })).body
const asSystem = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(t.pool, { actor: systemActorOf(t.street) }, work)
const at = (text: string) => new Date(`${text}+08:00`)

describe('a swap', () => {
  const shiftOf = async (day: string, kind = 'night') =>
    (await roster('secretary-c1', c1())).shifts.find((one) => one.day === day && one.kind === kind)
  const ask = async (by: string, day: string, withName: string, returnDay?: string) => {
    const returnId = returnDay === undefined ? undefined : (await shiftOf(returnDay))?.id
    return (await t.as(by)).call(contract.askSwap, {
      params: { id: (await shiftOf(day))?.id ?? '' },
      body: { withAccountId: account(withName), ...(returnId ? { returnShiftId: returnId } : {}) },
    })
  }
  const answer = async (by: string, id: string, agree: boolean) =>
    (await t.as(by)).call(contract.answerSwap, { params: { id }, body: { agree } })
  const settle = async (by: string, id: string, approve = true) =>
    (await t.as(by)).call(contract.settleSwap, { params: { id }, body: { approve } })

  beforeAll(async () => {
    await put('secretary-c1', c1(), [
      shift('2026-09-21', 'night', 'clerk-c1'),
      shift('2026-09-22', 'night', 'clerk-c1-2'),
      shift('2026-09-23', 'night', 'secretary-c1'),
    ])
  })

  test('is asked, agreed and approved by three people; then the roster has changed', async () => {
    const asked = await ask('clerk-c1', '2026-09-21', 'clerk-c1-2', '2026-09-22')
    expect([asked.status, asked.body.state]).toEqual([201, 'asked'])
    const { id } = asked.body
    expect((await settle('secretary-c1', id)).code).toBe('accounts/swap-settled')
    expect((await answer('clerk-c1', id, true)).code).toBe('accounts/swap-not-yours')
    const waiting = (await (await t.as('clerk-c1-2')).call(contract.getMyDuty)).body.swaps
    expect(waiting.map((swap) => [swap.id, swap.can.answer])).toEqual([[id, true]])
    expect((await answer('clerk-c1-2', id, true)).body.state).toBe('agreed')
    expect((await settle('secretary-c2', id)).code).toBe('accounts/swap-not-found')
    expect((await settle('secretary-c1', id)).body).toMatchObject({
      state: 'approved',
      settledBy: { accountId: account('secretary-c1') },
    })
    expect((await shiftOf('2026-09-21'))?.head.accountId).toBe(account('clerk-c1-2'))
    expect((await shiftOf('2026-09-22'))?.head.accountId).toBe(account('clerk-c1'))
    expect((await settle('secretary-c1', id)).code).toBe('accounts/swap-settled')
  })

  test('of the head themselves is approved by the supervisor, never by the head', async () => {
    const { id } = (await ask('secretary-c1', '2026-09-23', 'clerk-c1')).body
    await answer('clerk-c1', id, true)
    expect((await settle('secretary-c1', id)).code).toBe('accounts/swap-own')
    expect((await settle('supervisor', id)).body.state).toBe('approved')
    expect((await shiftOf('2026-09-23'))?.head.accountId).toBe(account('clerk-c1'))
  })

  test('declined or taken back changes nothing; a head’s place goes to somebody who may head', async () => {
    const declined = (await ask('clerk-c1', '2026-09-22', 'clerk-c1-2')).body
    expect((await answer('clerk-c1-2', declined.id, false)).body.state).toBe('declined')
    const back = (await ask('clerk-c1', '2026-09-22', 'clerk-c1-2')).body
    expect((await answer('clerk-c1', back.id, false)).body.state).toBe('withdrawn')
    expect((await ask('clerk-c1', '2026-09-22', 'grid-worker-c1g1')).code).toBe('accounts/may-not-head')
    expect((await ask('clerk-c1-2', '2026-09-22', 'clerk-c1')).code).toBe('accounts/not-on-shift')
    expect((await ask('clerk-c1', '2026-09-22', 'clerk-c2')).code).toBe('accounts/not-at-this-desk')
  })

  test('the database too refuses that one of the two settles it', async () => {
    const { id } = (await ask('clerk-c1', '2026-09-22', 'clerk-c1-2')).body
    await expect(
      t.look("update shift_swaps set state = 'approved', settled_by = with_account where id = $1", [id]),
    ).rejects.toThrow(/check/)
  })
})

describe('a hand-over note', () => {
  const duty = async (by: string) => (await (await t.as(by)).call(contract.getMyDuty)).body

  test('waits for the head of the next shift until they have read it, and for nobody else', async () => {
    const desk = street()
    const before = t.clock.now()
    await put('duty-head', desk, [
      shift('2026-09-14', 'day', 'dispatcher'),
      shift('2026-09-14', 'night', 'duty-head-2'),
    ])
    const { shifts } = await roster('dispatcher', desk)
    const id = shifts.find(({ day, kind }) => day === '2026-09-14' && kind === 'day')?.id ?? ''
    const write = async (by: string) =>
      (await t.as(by)).call(contract.writeHandoverNote, {
        params: { id },
        body: { words: '江边路塌陷已围挡，夜里再看一次。' },
      })
    expect((await write('duty-head-2')).code).toBe('accounts/not-on-shift')
    t.clock.moveTo(at('2026-09-14T17:20:00'))
    expect((await duty('dispatcher')).toWrite?.id).toBe(id)
    const note = await write('dispatcher')
    expect([note.status, note.body.read, note.body.mine]).toEqual([201, false, false])
    expect((await duty('dispatcher')).toWrite).toBeNull()
    t.clock.moveTo(at('2026-09-14T17:40:00'))
    expect((await duty('duty-head-2')).unread.map((one) => one.id)).toEqual([note.body.id])
    expect((await duty('duty-head')).unread).toEqual([])
    const read = async (by: string) =>
      (await t.as(by)).call(contract.readHandoverNote, { params: { id: note.body.id }, body: {} })
    expect((await read('clerk-c1')).code).toBe('accounts/note-not-found')
    expect((await read('duty-head-2')).body).toMatchObject({ read: true, mine: false })
    expect((await read('duty-head-2')).status).toBe(200)
    expect((await duty('duty-head-2')).unread).toEqual([])
    const listed = await (await t.as('duty-head')).call(contract.listHandoverNotes, { params: desk })
    expect(listed.body.items).toHaveLength(1)
    t.clock.moveTo(before)
  })

  test('of another desk is not listed, and none is changed afterwards', async () => {
    const reply = await (await t.as('clerk-c1')).call(contract.listHandoverNotes, { params: street() })
    expect(reply.code).toBe('accounts/not-your-desk')
    await expect(asSystem((tx) => tx.run(sql`update handover_notes set words = 'x'`))).rejects.toThrow(
      /permission denied/,
    )
  })
})
