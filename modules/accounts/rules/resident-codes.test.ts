import { expect, test } from 'vitest'
import { codeText, isOpen, secondsUntilNextCode } from './resident-codes.ts'

const at = new Date('2026-09-14T01:00:00Z')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)

test.each([
  ['fresh', { expiresAt: later(1), tries: 0, usedAt: null }, true],
  ['tried four times', { expiresAt: later(1), tries: 4, usedAt: null }, true],
  ['tried five times', { expiresAt: later(1), tries: 5, usedAt: null }, false],
  ['expired', { expiresAt: at, tries: 0, usedAt: null }, false],
  ['used', { expiresAt: later(1), tries: 0, usedAt: at }, false],
])('a code that is %s may be tried: %#', (_, code, open) => {
  expect(isOpen(code, at)).toBe(open)
})

test('the next code may be sent a minute after the last', () => {
  expect(secondsUntilNextCode(undefined, at)).toBe(0)
  expect(secondsUntilNextCode(at, later(1))).toBe(59)
  expect(secondsUntilNextCode(at, later(59.5))).toBe(1)
  expect(secondsUntilNextCode(at, later(60))).toBe(0)
})

test('the message holds the code and says not to pass it on', () => {
  expect(codeText('012345')).toContain('012345')
  expect(codeText('012345')).toContain('请勿告诉他人')
})
