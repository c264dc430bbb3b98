import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeVoucherCode, readVoucherCode, showVoucherCode } from './voucher-code.ts'

const someCode = fc.uint8Array({ minLength: 9, maxLength: 9 }).map(makeVoucherCode)

test('a code is read as it is shown, in small letters, full width and with spaces', () => {
  fc.assert(
    fc.property(someCode, (code) => {
      expect(readVoucherCode(showVoucherCode(code).toLowerCase())).toBe(code)
      expect(readVoucherCode(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(code)
    }),
    { numRuns: 50 },
  )
})

test('one wrong sign, or two neighbours swapped, is no code', () => {
  fc.assert(
    fc.property(someCode, fc.nat(8), fc.nat(30), (code, at, other) => {
      const wrong = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'[other] ?? '2'
      if (wrong !== code[at])
        expect(readVoucherCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBeUndefined()
      if (code[at] !== code[at + 1])
        expect(
          readVoucherCode(code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)),
        ).toBeUndefined()
    }),
    { numRuns: 50 },
  )
})
