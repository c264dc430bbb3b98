import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BodyOf } from '../../../lib/contract.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { shiftRowFaultWords } from '../roster-words.ts'
import { checkShiftRows, deskIsStaffed, insertShifts, onDuty, rosterGaps, shiftRowFacts } from './index.ts'

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

test('a desk is the street or a community, and each says what this person may do there', async () => {
  const listed = (await (await t.as('secretary-c1')).call(contract.listDesks)).body.items
  expect(listed.map(({ desk, isStreet, can }) => [desk.code, isStreet, can.run])).toEqual([
    [t.street.code, true, false],
    ['c1', false, true],
    ['c2', false, false],
  ])
  const clerk = await t.as('clerk-c1')
  const grid = await clerk.call(contract.getRoster, { params: { id: t.street.areaId('c1g1') } })
  const foreign = await clerk.call(contract.getRoster, { params: { id: t.other.areaId('c1') } })
  expect([grid.code, foreign.code]).toEqual(['accounts/desk-not-found', 'accounts/desk-not-found'])
})

describe('putting shifts', () => {
  test('the duty head fills the street’s sheet, everybody reads it, and it is written down', async () => {
    const done = await put('duty-head', street(), [
      shift('2026-09-15', 'day', 'dispatcher', ['verifier']),
      shift('2026-09-15', 'night', 'duty-head'),
    ])
    expect([done.status, done.body.shifts?.length]).toEqual([200, 2])
    const seen = await roster('handler-water', street())
    expect(
      seen.shifts.map(({ day, kind, head, members }) => [day, kind, head.accountId, members.length]),
    ).toEqual([
      ['2026-09-15', 'day', account('dispatcher'), 1],
      ['2026-09-15', 'night', account('duty-head'), 0],
    ])
    expect(seen.shifts[1]?.startsAt).toBe(at('2026-09-15T17:30:00').toISOString())
    expect(seen.shifts[1]?.endsAt).toBe(at('2026-09-16T08:30:00').toISOString())
    expect([seen.people, seen.can.run]).toEqual([[], false])
    expect(seen.gaps[0]).toMatchObject({ day: '2026-09-14', kind: 'day' })
    const trail = await t.look("select detail from audit_entries where operation = 'accounts.putShifts'")
    expect(trail).toEqual([{ detail: { shifts: ['2026-09-15 day', '2026-09-15 night'] } }])
  })

  test('put again it is changed and stays one shift', async () => {
    await put('supervisor', street(), [shift('2026-09-16', 'day', 'dispatcher')])
    await put('supervisor', street(), [
      shift('2026-09-16', 'day', 'dispatcher-2', ['dispatcher-2', 'dispatcher']),
    ])
    const { shifts } = await roster('duty-head', street())
    const [one, ...more] = shifts.filter(({ day }) => day === '2026-09-16')
    expect(more).toEqual([])
    expect([one?.head.accountId, one?.members.map(({ accountId }) => accountId)]).toEqual([
      account('dispatcher-2'),
      [account('dispatcher')],
    ])
  })

  test.each([
    ['system-admin', () => street(), 'platform/not-for-your-role'],
    ['dispatcher', () => street(), 'platform/not-for-your-role'],
    ['secretary-c1', () => street(), 'accounts/not-your-desk'],
    ['secretary-c2', () => c1(), 'accounts/not-your-desk'],
    ['duty-head', () => c1(), 'accounts/not-your-desk'],
    ['clerk-c1', () => c1(), 'platform/not-for-your-role'],
  ] as const)('%s may not', async (by, desk, code) => {
    expect((await put(by, desk(), [shift('2026-09-17', 'day', 'clerk-c1')])).code).toBe(code)
  })

  test.each([
    [
      'somebody of another desk',
      shift.bind(null, '2026-09-17', 'day', 'clerk-c2'),
      'accounts/not-at-this-desk',
    ],
    [
      'a grid worker as head',
      shift.bind(null, '2026-09-17', 'day', 'grid-worker-c1g1'),
      'accounts/may-not-head',
    ],
    ['a shift that is over', shift.bind(null, '2026-09-13', 'holiday', 'clerk-c1'), 'accounts/shift-past'],
    [
      'a kind that is none',
      shift.bind(null, '2026-09-17', 'noon', 'clerk-c1'),
      'accounts/shift-kind-unknown',
    ],
  ])('refuses %s and puts nothing', async (_, make, code) => {
    const reply = await put('secretary-c1', c1(), [shift('2026-09-18', 'day', 'clerk-c1'), make([])])
    expect(reply.code).toBe(code)
    expect((await roster('secretary-c1', c1())).shifts).toEqual([])
  })

  test('a grid worker stands a shift of their community beside its head', async () => {
    const reply = await put('secretary-c1', c1(), [
      shift('2026-09-18', 'night', 'clerk-c1', ['grid-worker-c1g1']),
    ])
    expect(reply.status).toBe(200)
  })

  test('a weekly turn fills what is empty and leaves what is there', async () => {
    const secretary = await t.as('secretary-c2')
    const desk = { id: t.street.areaId('c2') }
    await put('secretary-c2', desk, [shift('2026-09-22', 'day', 'secretary-c2')])
    const turn = (name: string) => ({ headId: account(name), memberIds: [] })
    const reply = await secretary.call(contract.repeatShifts, {
      params: desk,
      body: {
        kind: 'day',
        fromDay: '2026-09-21',
        toDay: '2026-09-28',
        per: 'shift',
        turns: [turn('clerk-c2'), turn('clerk-c2-2')],
      },
    })
    // Friday the 25th is the Mid-Autumn holiday, Sunday the 20th is worked for it in no list before the 21st.
    expect(reply.body).toEqual({ put: 4, kept: 1 })
    const { shifts } = await roster('clerk-c2', desk)
    expect(shifts.map(({ day, head }) => `${day} ${head.accountId === account('secretary-c2')}`)).toEqual([
      '2026-09-21 false',
      '2026-09-22 true',
      '2026-09-23 false',
      '2026-09-24 false',
      '2026-09-28 false',
    ])
  })

  test('what has not begun is taken off, what has begun is a record', async () => {
    await put('duty-head', street(), [
      shift('2026-09-14', 'day', 'dispatcher'),
      shift('2026-09-19', 'night', 'dispatcher'),
    ])
    const { shifts } = await roster('duty-head', street())
    const remove = async (day: string) => {
      const id = shifts.find((one) => one.day === day)?.id ?? ''
      return (await t.as('duty-head')).call(contract.removeShift, { params: { id } })
    }
    expect((await remove('2026-09-19')).status).toBe(200)
    expect((await remove('2026-09-14')).code).toBe('accounts/shift-past')
    expect((await remove('2026-09-19')).code).toBe('accounts/shift-not-found')
  })
})

test('kinds of shifts change for what is to come; one that is used stays, and none may overlap', async () => {
  const head = await t.as('duty-head')
  const { kinds } = await roster('duty-head', street())
  const change = (next: typeof kinds) => head.call(contract.putShiftKinds, { body: { kinds: next } })
  const later = kinds.map((kind) =>
    kind.code === 'night' ? { ...kind, startMinute: 1080, lengthMinutes: 870 } : kind,
  )
  expect((await change(later)).status).toBe(200)
  const night = (await roster('duty-head', street())).shifts.find(({ kind }) => kind === 'night')
  expect(night?.startsAt).toBe(at('2026-09-15T18:00:00').toISOString())
  expect((await change(kinds.filter(({ code }) => code !== 'night'))).code).toBe('accounts/kind-in-use')
  expect((await change(kinds.map((kind) => ({ ...kind, lengthMinutes: 1000 })))).code).toBe(
    'accounts/kinds-overlap',
  )
  expect((await change(kinds)).status).toBe(200)
  const secretary = await t.as('secretary-c1')
  expect((await secretary.call(contract.putShiftKinds, { body: { kinds } })).code).toBe(
    'platform/not-for-your-role',
  )
})

describe('who is on duty', () => {
  test('the head first, across midnight, and nobody whose post has ended', async () => {
    await put('secretary-c1', c1(), [shift('2026-09-17', 'night', 'clerk-c1-2', ['clerk-c1'])])
    const ask = (instant: string) => asSystem((tx) => onDuty(tx, t.street.streetId, c1().id, at(instant)))
    expect(await ask('2026-09-18T03:00:00')).toEqual([account('clerk-c1-2'), account('clerk-c1')])
    expect(await ask('2026-09-18T08:30:00')).toEqual([])
    const staffed = (instant: string) =>
      asSystem((tx) => deskIsStaffed(tx, t.street.streetId, c1().id, at(instant)))
    expect([await staffed('2026-09-17T17:30:00'), await staffed('2026-09-17T17:29:59')]).toEqual([
      true,
      false,
    ])
    await t.look("update posts set to_day = '2026-09-17' where account_id = $1", [account('clerk-c1-2')])
    expect(await ask('2026-09-18T03:00:00')).toEqual([account('clerk-c1')])
    await t.look('update posts set to_day = null where account_id = $1', [account('clerk-c1-2')])
  })

  test('every staff member reads it in one small read, of desks whose roster is in use', async () => {
    const { items } = (await (await t.as('micro-grid-member-c1g1m1')).call(contract.getDutyNow)).body
    expect(items.map(({ desk, shift: now }) => [desk.code, now?.head.accountId])).toEqual([
      [t.street.code, account('dispatcher')],
      ['c1', undefined],
      ['c2', undefined],
    ])
    const resident = await t.asResident('13900000001')
    expect((await resident.call(contract.getDutyNow)).code).toBe('platform/not-for-your-role')
  })

  test('one’s own next turns, over all desks', async () => {
    const { turns } = (await (await t.as('clerk-c1')).call(contract.getMyDuty)).body
    expect(turns.map(({ day, kind, now, desk }) => [day, kind, now, desk.code])).toEqual([
      ['2026-09-17', 'night', false, 'c1'],
      ['2026-09-18', 'night', false, 'c1'],
    ])
  })
})

describe('the call chain', () => {
  const set = async (by: string, steps: [string, number][], desk = c1()) =>
    (await t.as(by)).call(contract.putCallChain, {
      params: desk,
      body: {
        headWaitMinutes: 4,
        steps: steps.map(([name, waitMinutes]) => ({ accountId: account(name), waitMinutes })),
      },
    })
  test('is set by who runs the desk, of people who reach all of it, each once', async () => {
    const done = await set('secretary-c1', [
      ['clerk-c1', 5],
      ['secretary-c1', 10],
      ['supervisor', 10],
    ])
    expect(done.body).toMatchObject({ headWaitMinutes: 4 })
    expect(done.body.steps.map(({ waitMinutes }) => waitMinutes)).toEqual([5, 10, 10])
    expect((await set('secretary-c1', [['grid-worker-c1g1', 5]])).code).toBe('accounts/not-called-here')
    const twice: [string, number][] = [
      ['clerk-c1', 5],
      ['clerk-c1', 5],
    ]
    expect((await set('secretary-c1', twice)).code).toBe('accounts/not-called-here')
    expect((await set('secretary-c2', [])).code).toBe('accounts/not-your-desk')
    const clerk = await t.as('clerk-c1')
    expect((await clerk.call(contract.getCallChain, { params: c1() })).body.steps).toHaveLength(3)
    const other = await (await t.as('clerk-c2')).call(contract.getCallChain, { params: c1() })
    expect(other.code).toBe('accounts/not-your-desk')
  })
})

describe('sheets', () => {
  test('rows of a sheet become shifts through the door; those that do not fit are told by row and column', async () => {
    const rows = [
      {
        row: 2,
        day: '2026-10-01',
        kind: '节假日班',
        head: 'clerk-c1',
        members: 'clerk-c1-2、grid-worker-c1g1',
      },
      { row: 3, day: '2026-10-02', kind: '节假日班', head: '没有这个人', members: '' },
    ]
    const { streetId } = t.street
    const by = { at: t.clock.now(), accountId: account('secretary-c1') }
    const checked = await asSystem(async (tx) => {
      const facts = await shiftRowFacts(tx, t.services.keys, streetId, c1().id, by.at)
      const result = checkShiftRows(rows, facts)
      await insertShifts(tx, streetId, c1().id, result.shifts, by)
      return result
    })
    expect(checked.errors.map(({ reason }) => shiftRowFaultWords[reason].zh)).toEqual([
      '这个值班点没有这个人',
    ])
    expect(checked.errors).toEqual([
      { row: 3, column: 'head', value: '没有这个人', reason: 'person-unknown' },
    ])
    const { shifts, days } = await roster('clerk-c1', c1(), '2026-10')
    expect(shifts.map(({ day, kind, members }) => [day, kind, members.length])).toEqual([
      ['2026-10-01', 'holiday', 2],
    ])
    expect(days[0]).toEqual({ day: '2026-10-01', off: true, announced: true })
  })

  test('a month is exported with the columns that are read again', async () => {
    const clerk = await t.as('clerk-c1')
    const csv = await fetch(`${t.baseUrl}/api/rosters/${c1().id}/export?month=2026-10&format=csv`, {
      headers: { cookie: [...clerk.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    })
    const lines = (await csv.text()).split('\r\n')
    expect(lines[0]).toContain('日期,星期,班次,带班,值班人员')
    expect(lines[1]).toMatch(/^2026-10-01,周四,节假日班,/)
  })
})

test('gaps of the days ahead are told for desks whose roster is in use', async () => {
  const gaps = await asSystem((tx) => rosterGaps(tx, t.street.streetId, at('2026-09-30T12:00:00'), 3))
  const c1Gaps = gaps.filter(({ deskId }) => deskId === c1().id)
  expect(c1Gaps.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
    '2026-09-30 day',
    '2026-09-30 night',
    '2026-10-01 night',
    '2026-10-02 holiday',
    '2026-10-02 night',
    '2026-10-03 holiday',
  ])
  const none = await asSystem((tx) => rosterGaps(tx, t.street.streetId, at('2027-03-01T12:00:00'), 3))
  expect(none).toEqual([])
})
