import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskAddress, maskIdNumber, maskIdNumberForPublic, maskName, maskPhone } from './mask.ts'

test.each([
  ['张三', '张*'],
  ['刘秀英', '刘*英'],
  ['欧阳明月', '欧**月'],
  ['赵𬱖', '赵*'],
  ['𬱖小明', '𬱖*明'],
  ['张', '*'],
  [' 李四 ', '李*'],
  ['', ''],
])('the name %j shows as %j', (name, expected) => {
  expect(maskName(name)).toBe(expected)
})

test.each([
  ['13812341234', '138****1234'],
  ['+86 138 1234 1234', '138****1234'],
  ['１３８１２３４１２３４', '138****1234'],
  ['023-67891234', '023-6789****'],
  ['02367891234', '0236789****'],
  ['0830-6789123', '0830-678****'],
  ['(023)67891234', '(023)6789****'],
  ['67891234', '6789****'],
  ['6789123', '678****'],
  ['023-67891234-8001', '023-6789****'],
  ['67891234转8001', '6789****'],
  ['12345', '*****'],
  ['+1 415 555 0100', '+1 ************'],
  ['000( ))(', '********'],
  ['', ''],
])('the phone %j shows as %j', (phone, expected) => {
  expect(maskPhone(phone)).toBe(expected)
})

test('at most eight digits of any phone-like text show, and never all of them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789- +()'), minLength: 1, maxLength: 20 }),
      (phone) => {
        const digits = phone.replace(/\D/g, '').length
        const shown = maskPhone(phone).replace(/\D/g, '').length
        expect(shown).toBeLessThanOrEqual(8)
        if (digits > 0) expect(shown).toBeLessThan(digits)
      },
    ),
  )
})

test('identity numbers keep four and four for staff, one and one in public', () => {
  expect(maskIdNumber('50010119900101123X')).toBe('5001**********123X')
  expect(maskIdNumberForPublic('50010119900101123X')).toBe('5****************X')
  expect(maskIdNumber('E1234567')).toBe('********')
  expect(maskIdNumber('')).toBe('')
})

test.each([
  ['桂花园3栋2单元501室', '桂花园3栋***'],
  ['桂花园三幢', '桂花园三幢'],
  ['天桥路12号楼一单元', '天桥路12号楼***'],
  ['天桥路１２号２单元５０１', '天桥路12号***'],
  ['天桥路12号501室', '天桥路12号***'],
  ['天桥路12号5楼', '天桥路12号***'],
  ['桂花园3-2-501', '桂花园***'],
  ['桂花园501', '桂花园***'],
  ['天桥路12-1号', '天桥路12-1号'],
  ['天桥路12号', '天桥路12号'],
  ['金茂A座1203', '金茂A座***'],
  ['小广场', '小广场'],
  ['', ''],
])('the address %j shows as %j', (address, expected) => {
  expect(maskAddress(address)).toBe(expected)
})

test('entrance and room never show, whatever the numbers', () => {
  const number = fc.integer({ min: 1, max: 99 })
  fc.assert(
    fc.property(number, number, fc.integer({ min: 101, max: 3404 }), (building, entrance, room) => {
      for (const tail of [
        `${building}栋${entrance}单元${room}`,
        `${entrance}单元${room}室`,
        `${building}-${entrance}-${room}`,
      ]) {
        const shown = maskAddress(`桂花园${tail}`)
        expect(shown.includes('单元')).toBe(false)
        expect(shown.endsWith('***')).toBe(true)
        expect(shown.replace(`${building}栋`, '')).toBe('桂花园***')
      }
    }),
  )
})
