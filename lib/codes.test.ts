import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  creditCodeCheck,
  divisionKind,
  idCardCheck,
  isCreditCode,
  isOrganisationCode,
  isUnitGridId,
  normaliseMobile,
  readDivisionCode,
  readIdCard,
  readMatterCode,
} from './codes.ts'

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })

test('the published identity numbers are read with birthday, sex and division', () => {
  expect(readIdCard('11010519491231002X')).toEqual({
    number: '11010519491231002X',
    division: '110105',
    bornOn: '1949-12-31',
    sex: 'female',
  })
  expect(readIdCard('440524188001010014')?.sex).toBe('male')
  expect(readIdCard(' １１０１０５１９４９１２３１００２x ')?.number).toBe('11010519491231002X')
})

test.each([
  ['a wrong check character', '110105194912310021'],
  ['a day that does not exist', '11010519490231002X'],
  ['too few digits', '1101051949123100'],
  ['a letter within', '1101051949123A002X'],
  ['nothing', ''],
])('an identity number with %s is refused', (_what, text) => {
  expect(readIdCard(text)).toBeUndefined()
})

test('a birthday after today is refused when today is given', () => {
  expect(readIdCard('11010519491231002X', '1949-12-30')).toBeUndefined()
  expect(readIdCard('11010519491231002X', '1949-12-31')).toBeDefined()
})

test('changing any one digit of an identity number breaks its check character', () => {
  fc.assert(
    fc.property(digits(14), fc.nat(13), fc.integer({ min: 1, max: 9 }), (tail, at, change) => {
      const number = `500${tail}`
      const i = at + 3
      const other = `${number.slice(0, i)}${(Number(number[i]) + change) % 10}${number.slice(i + 1)}`
      expect(idCardCheck(other)).not.toBe(idCardCheck(number))
    }),
  )
})

const creditCodes = ['91350100M000100Y43', '91110000802100433B', '91440300708461136T']
test.each(creditCodes)('the published credit code %s passes, and so does its organisation code', (code) => {
  expect(isCreditCode(code)).toBe(true)
  expect(isCreditCode(code.toLowerCase())).toBe(true)
  expect(isOrganisationCode(code.slice(8, 17))).toBe(true)
})

test.each(['91350100M000100Y44', '91350100I000100Y43', '9135010M000100Y43', ''])(
  '%j is no credit code',
  (text) => {
    expect(isCreditCode(text)).toBe(false)
  },
)

test('changing any one character of a credit code breaks its check character', () => {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  fc.assert(
    fc.property(
      fc.constantFrom(...creditCodes),
      fc.nat(16),
      fc.constantFrom(...alphabet),
      (code, i, character) => {
        fc.pre(code[i] !== character)
        expect(creditCodeCheck(code.slice(0, i) + character + code.slice(i + 1))).not.toBe(code[17])
      },
    ),
  )
})

test('an organisation code is read with or without its hyphen', () => {
  expect(isOrganisationCode('M000100Y-4')).toBe(true)
  expect(isOrganisationCode('M000100Y-5')).toBe(false)
})

test.each([
  ['500105', '500105', 'county', '500100'],
  ['500100', '500100', 'city', '500000'],
  ['500000', '500000', 'province', undefined],
  ['500105001', '500105001', 'street', '500105'],
  ['500105001008', '500105001008', 'community', '500105001'],
  ['500105001000', '500105001', 'street', '500105'],
  ['500105000000', '500105', 'county', '500100'],
  ['500000000', '500000', 'province', undefined],
])('division code %s is %s, a %s under %s', (text, code, level, parent) => {
  expect(readDivisionCode(text)).toEqual({ code, level, parent })
})

test.each(['', '5001', '5001050', '050105', '500105000001', '50010500100a'])(
  '%j is no division code',
  (text) => {
    expect(readDivisionCode(text)).toBeUndefined()
  },
)

test.each([
  ['500105001', 'street'],
  ['500105100', 'town'],
  ['500105200', 'township'],
  ['500105400', 'other'],
  ['500105001008', 'residents'],
  ['500105100201', 'village'],
  ['500105001498', 'other'],
  ['500105', undefined],
])('the kind of %s is %s', (code, kind) => {
  expect(divisionKind(code)).toBe(kind)
})

test.each([
  ['06010', { shape: 'type', classCode: '06', itemCode: '010' }],
  ['50010506010', { shape: 'matter', division: '500105', classCode: '06', itemCode: '010' }],
  [
    '50010501001000001',
    { shape: 'component', division: '500105', classCode: '01', itemCode: '001', serial: '000001' },
  ],
  ['0601', undefined],
  ['06010000001', undefined],
  ['', undefined],
])('the code %j is read by its shape', (code, expected) => {
  expect(readMatterCode(code)).toEqual(expected)
})

test('a unit grid id has fifteen digits', () => {
  expect(isUnitGridId('500105001008003')).toBe(true)
  expect(isUnitGridId('50010500100800')).toBe(false)
})

test.each([
  ['13800000001', '13800000001'],
  ['１３８ ００００ ０００１', '13800000001'],
  ['+86 138-0000-0001', '13800000001'],
  ['+8613800000001', '13800000001'],
  ['8613800000001', '13800000001'],
  ['0086 13800000001', '13800000001'],
  ['19912345678', '19912345678'],
  ['12800000001', undefined],
  ['1380000000', undefined],
  ['138000000011', undefined],
  ['02367891234', undefined],
  ['', undefined],
])('the mobile %j is %s', (text, expected) => {
  expect(normaliseMobile(text)).toBe(expected)
})

test('a mobile that is normalised stays as it is', () => {
  fc.assert(
    fc.property(digits(9), fc.constantFrom(...'3456789'), (tail, second) => {
      expect(normaliseMobile(`1${second}${tail}`)).toBe(`1${second}${tail}`)
    }),
  )
})
