import { expect, test } from 'vitest'
import { afterFailure, isLocked, type SignInRecord, secondsLocked } from './lock-out.ts'

const at = new Date('2026-09-14T01:00:00Z')
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
const clean: SignInRecord = { failures: 0, lockedUntil: null }

function fail(record: SignInRecord, times: number, when = at): SignInRecord {
  return times === 0 ? record : fail(afterFailure(record, when), times - 1, when)
}

test('four failures leave the account open and the fifth locks it for fifteen minutes', () => {
  expect(isLocked(fail(clean, 4), at)).toBe(false)
  const locked = fail(clean, 5)
  expect(isLocked(locked, later(14.99))).toBe(true)
  expect(isLocked(locked, later(15))).toBe(false)
  expect(secondsLocked(locked, later(14))).toBe(60)
})

test('a failure while locked does not lengthen the lock', () => {
  const locked = fail(clean, 5)
  expect(afterFailure(locked, later(10))).toEqual(locked)
})

test('after the lock has passed, five new failures are needed', () => {
  const locked = fail(clean, 5)
  expect(isLocked(fail(locked, 4, later(20)), later(20))).toBe(false)
  expect(isLocked(fail(locked, 5, later(20)), later(20))).toBe(true)
})
