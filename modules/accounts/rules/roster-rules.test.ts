import { describe, expect, test } from 'vitest'
import type { Role } from '../../../lib/contract.ts'
import { weekdayOf } from '../../../lib/time.ts'
import { shiftsOfPattern } from './roster-pattern.ts'
import { type DeskFacts, mayBeCalled, mayHead, mayRun, maySettleSwaps, mayStand } from './roster-rights.ts'
import { checkShiftRows } from './roster-rows.ts'
import { shippedShiftKinds as kinds, type Shift } from './roster-shifts.ts'
import { decideAnswer, decideSettle, exchanged, type SwapFacts } from './roster-swap.ts'

const isOff = (day: string) => [0, 6].includes(weekdayOf(day))
const at = new Date('2026-09-14T00:00:00Z')

describe('who runs a desk’s roster, stands its shifts and is called', () => {
  const street: DeskFacts = { path: 's', isStreet: true }
  const community: DeskFacts = { path: 's.c1', isStreet: false }
  const rows: [Role, string | null, DeskFacts, string][] = [
    ['duty-head', 's', street, 'run settle head stand call'],
    ['supervisor', 's', street, 'run settle head stand call'],
    ['dispatcher', 's', street, 'head stand call'],
    ['verifier', 's', street, 'head stand call'],
    ['clerk', 's.c1', street, ''],
    ['system-admin', 's', street, ''],
    ['security-admin', 's', street, ''],
    ['audit-admin', 's', street, ''],
    ['viewer', 's', street, ''],
    ['secretary', 's.c1', community, 'run settle head stand call'],
    ['clerk', 's.c1', community, 'head stand call'],
    ['supervisor', 's', community, 'settle call'],
    ['duty-head', 's', community, 'call'],
    ['grid-worker', 's.c1.g1', community, 'stand'],
    ['micro-grid-member', 's.c1.g1.m1', community, ''],
    ['secretary', 's.c2', community, ''],
    ['grid-worker', 's.c2.g1', community, ''],
    ['handler', null, community, ''],
  ]
  test.each(rows)('%s at %s for %o: %s', (role, areaPath, desk, expected) => {
    const post = { role, areaPath }
    const may = [
      mayRun(desk, [post]) && 'run',
      maySettleSwaps(desk, [post]) && 'settle',
      mayHead(desk, post) && 'head',
      mayStand(desk, post) && 'stand',
      mayBeCalled(desk, post) && 'call',
    ]
    expect(may.filter(Boolean).join(' ')).toBe(expected)
  })
})

describe('a repeated turn', () => {
  const turns = ['a', 'b', 'c'].map((headId) => ({ headId, memberIds: [] }))
  const heads = (pattern: Partial<Parameters<typeof shiftsOfPattern>[0]>) =>
    shiftsOfPattern(
      {
        kind: 'night',
        fromDay: '2026-09-14',
        toDay: '2026-09-20',
        weekdays: [],
        per: 'shift',
        turns,
        ...pattern,
      },
      kinds,
      isOff,
    ).map((shift) => `${shift.day.slice(-2)}${shift.headId}`)
  test('goes round from shift to shift', () => {
    expect(heads({})).toEqual(['14a', '15b', '16c', '17a', '18b', '19c', '20a'])
  })
  test('passes over days on which the kind is not stood without using up a turn', () => {
    expect(heads({ kind: 'day', toDay: '2026-09-21' })).toEqual(['14a', '15b', '16c', '17a', '18b', '21c'])
  })
  test('changes with the week, Monday first', () => {
    expect(heads({ per: 'week', fromDay: '2026-09-18', toDay: '2026-09-29', weekdays: [1, 5] })).toEqual([
      '18a',
      '21b',
      '25b',
      '28c',
    ])
  })
  test('without anybody puts nothing', () => {
    expect(heads({ turns: [] })).toEqual([])
  })
})

describe('a swap', () => {
  const shift = (headId: string, memberIds: string[] = [], hour = 1): Shift => ({
    id: headId,
    day: '2026-09-14',
    kind: 'day',
    startsAt: new Date(at.getTime() + hour * 3_600_000),
    endsAt: new Date(at.getTime() + (hour + 9) * 3_600_000),
    headId,
    memberIds,
  })
  const facts = (more: Partial<SwapFacts> = {}): SwapFacts => ({
    state: 'asked',
    askedBy: 'a',
    withAccount: 'b',
    shift: shift('a', ['x']),
    returnShift: shift('b'),
    hasReturn: true,
    ...more,
  })
  const why = (decision: { ok: boolean; why?: string }) => decision.why ?? 'ok'
  test.each([
    ['the other agrees', facts(), 'b', true, 'ok'],
    ['a stranger does not', facts(), 'c', true, 'accounts/swap-not-yours'],
    ['the asker does not agree with themselves', facts(), 'a', true, 'accounts/swap-not-yours'],
    ['the asker takes it back', facts({ state: 'agreed' }), 'a', false, 'ok'],
    ['not twice', facts({ state: 'agreed' }), 'b', true, 'accounts/swap-settled'],
    ['not once the shift began', facts({ shift: shift('a', [], 0) }), 'b', true, 'accounts/shift-past'],
    ['not when the shift is gone', facts({ shift: undefined }), 'b', true, 'accounts/shift-past'],
    [
      'not when the return shift is gone',
      facts({ returnShift: undefined }),
      'b',
      true,
      'accounts/shift-past',
    ],
    ['not twice in one shift', facts({ shift: shift('a', ['b']) }), 'b', true, 'accounts/already-on-shift'],
    ['not for a shift that is not theirs', facts({ shift: shift('x') }), 'b', true, 'accounts/not-on-shift'],
  ] as const)('%s', (_, given, actor, agree, expected) => {
    expect(why(decideAnswer(given, actor, agree, at))).toBe(expected)
  })
  test.each([
    ['a third person approves', facts({ state: 'agreed' }), 'head', 'ok'],
    ['not who asked', facts({ state: 'agreed' }), 'a', 'accounts/swap-own'],
    ['not who agreed', facts({ state: 'agreed' }), 'b', 'accounts/swap-own'],
    ['not before the other agreed', facts(), 'head', 'accounts/swap-settled'],
  ] as const)('%s', (_, given, actor, expected) => {
    expect(why(decideSettle(given, actor, true, at))).toBe(expected)
  })
  test('puts each in the other’s place', () => {
    expect(exchanged(shift('a', ['x']), 'a', 'b')).toEqual({ headId: 'b', memberIds: ['x'] })
    expect(exchanged(shift('x', ['y', 'a']), 'a', 'b')).toEqual({ headId: 'x', memberIds: ['y', 'b'] })
  })
})

describe('rows of a sheet', () => {
  const people = [
    { accountId: '1', name: '王桂芳', username: 'wang', mayHead: true },
    { accountId: '2', name: '李强', username: 'li-1', mayHead: true },
    { accountId: '3', name: '李强', username: 'li-2', mayHead: true },
    { accountId: '4', name: '何平', username: 'he', mayHead: false },
  ]
  const check = (cells: Partial<Record<'day' | 'kind' | 'head' | 'members', string>>[]) =>
    checkShiftRows(
      cells.map((cell, index) => ({
        row: index + 2,
        day: '2026-09-15',
        kind: '夜班',
        head: '王桂芳',
        members: '',
        ...cell,
      })),
      { kinds, people, at },
    )
  test('good rows become shifts; full-width and names parted any way are read', () => {
    expect(check([{ kind: ' Night', head: 'ＷＡＮＧ', members: '何平、li-1，li-1' }])).toEqual({
      shifts: [{ day: '2026-09-15', kind: 'night', headId: '1', memberIds: ['4', '2'] }],
      errors: [],
    })
  })
  test.each([
    [{ day: '' }, 'day', 'empty'],
    [{ day: '2026-02-30' }, 'day', 'not-a-day'],
    [{ day: '2026-09-01' }, 'day', 'day-past'],
    [{ kind: '中班' }, 'kind', 'kind-unknown'],
    [{ head: '' }, 'head', 'empty'],
    [{ head: '赵六' }, 'head', 'person-unknown'],
    [{ head: '李强' }, 'head', 'person-twice'],
    [{ head: '何平' }, 'head', 'may-not-head'],
    [{ members: '何平 赵六' }, 'members', 'person-unknown'],
  ] as const)('%o is told as %s: %s', (cell, column, reason) => {
    const { shifts, errors } = check([cell])
    expect(shifts).toEqual([])
    expect(errors.map((error) => [error.row, error.column, error.reason])).toEqual([[2, column, reason]])
  })
  test('the same shift twice is told at the second', () => {
    const { shifts, errors } = check([{}, { kind: 'night' }])
    expect(shifts).toHaveLength(1)
    expect(errors.map((error) => [error.row, error.reason])).toEqual([[3, 'shift-twice']])
  })
})
