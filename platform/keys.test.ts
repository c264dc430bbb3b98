import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openKeys } from './keys.ts'

const material = {
  encryption: randomBytes(32).toString('base64'),
  blindIndex: randomBytes(32).toString('base64'),
}
const keys = openKeys(material)

test('a sealed field opens in its own place only', () => {
  const sealed = keys.seal('case_reporters.phone.1', '13800000001')
  expect(keys.open('case_reporters.phone.1', sealed)).toBe('13800000001')
  expect(() => keys.open('case_reporters.phone.2', sealed)).toThrow()
  expect(() => keys.open('case_reporters.name.1', sealed)).toThrow()
})

test('a changed ciphertext does not open', () => {
  const sealed = keys.seal('a.b.1', '王小明')
  const bytes = Buffer.from(sealed.slice(3), 'base64')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  expect(() => keys.open('a.b.1', `v1:${bytes.toString('base64')}`)).toThrow()
})

test('the same value has the same index for one purpose and another for another', () => {
  expect(keys.blindIndex('phone', '13800000001')).toBe(keys.blindIndex('phone', '13800000001'))
  expect(keys.blindIndex('phone', '13800000001')).not.toBe(keys.blindIndex('tail', '13800000001'))
})

test('two seals of the same text differ', () => {
  expect(keys.seal('a.b.1', 'x')).not.toBe(keys.seal('a.b.1', 'x'))
})
