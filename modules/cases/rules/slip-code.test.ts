import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSlipCode, printedSlipCode, readSlipCode, slipAlphabet } from './slip-code.ts'

test('no two characters of a code look alike', () => {
  for (const alike of ['0O', '1IL', '2Z', '5S', '8B'])
    expect([...alike].filter((one) => slipAlphabet.includes(one)).length).toBeLessThanOrEqual(1)
  expect(new Set(slipAlphabet).size).toBe(slipAlphabet.length)
})

test('a code that was made is read again as it is printed, in small letters and from a Chinese keyboard', () => {
  for (let n = 0; n < 200; n += 1) {
    const code = makeSlipCode(randomInt)
    const printed = printedSlipCode(code)
    const wide = [...printed].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join('')
    for (const text of [code, printed, printed.toLowerCase(), ` ${printed} `, wide])
      expect(readSlipCode(text)).toBe(code)
  }
})

test.each(['', 'ACDE', 'ACDEFGHO', 'ACDEFGHJK', '诉求诉求诉求诉求'])('%s is no code', (text) => {
  expect(readSlipCode(text)).toBeUndefined()
})
