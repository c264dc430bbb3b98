import { expect, test } from 'vitest'
import { openKeys } from '../../../platform/keys.ts'
import { isOnSiteTime, isSiteCode, shownCode } from './site-code.ts'

const keys = openKeys({
  encryption: Buffer.alloc(32, 1).toString('base64'),
  blindIndex: Buffer.alloc(32, 2).toString('base64'),
})
const hash = (text: string) => keys.blindIndex('shift-code', text)
const at = new Date('2026-09-14T01:00:10Z')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)

test('a photo of the code, sent on, opens nothing after sixty seconds', () => {
  const { code, nextAt } = shownCode(hash, 'shift', at)
  expect(code).toMatch(/^\d{6}$/)
  expect(nextAt).toEqual(new Date('2026-09-14T01:00:30Z'))
  expect(isSiteCode(hash, 'shift', code, at)).toBe(true)
  expect(isSiteCode(hash, 'shift', code, later(49))).toBe(true)
  expect(isSiteCode(hash, 'shift', code, later(50))).toBe(false)
  expect(isSiteCode(hash, 'shift', code, later(-11))).toBe(false)
})

test('the code of one shift opens no other, and digits of full width are read', () => {
  const { code } = shownCode(hash, 'shift', at)
  expect(isSiteCode(hash, 'another', code, at)).toBe(false)
  const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
  expect(isSiteCode(hash, 'shift', ` ${wide} `, at)).toBe(true)
})

test('codes are taken from an hour before the start until three hours after the end', () => {
  const shift = { starts_at: later(3600), ends_at: later(7200) }
  expect([-1, 0, 7200 + 10_800, 7200 + 10_801].map((s) => isOnSiteTime(shift, later(s)))).toEqual([
    false,
    true,
    true,
    false,
  ])
})
