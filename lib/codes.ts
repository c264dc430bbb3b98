/** Codes with a fixed shape or a check character: people, organisations, divisions, matters, mobile numbers. */
import type { Day } from './time.ts'
import { isDay } from './time.ts'

/** Half-width, upper case, without spaces: how people paste a code. */
function plainCode(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

export interface IdCard {
  /** 18 characters, a final X in upper case. */
  readonly number: string
  /** The division of first registration: it may be long abolished and is never a residence. */
  readonly division: string
  readonly bornOn: Day
  readonly sex: 'male' | 'female'
}

/**
 * Reads an 18-character resident identity number; undefined when shape, birthday or check character is wrong,
 * or when `today` is given and the birthday lies after it. An unknown division code is never a reason to refuse.
 */
// Rule: GB 11643, MOD 11-2 (rules.md 3.2).
export function readIdCard(text: string, today?: Day): IdCard | undefined {
  const number = plainCode(text)
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return undefined
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(bornOn) || (today !== undefined && bornOn > today)) return undefined
  if (idCardCheck(number.slice(0, 17)) !== number[17]) return undefined
  const sex = Number(number[16]) % 2 === 1 ? 'male' : 'female'
  return { number, division: number.slice(0, 6), bornOn, sex }
}

/** The check character for the first 17 digits. */
export function idCardCheck(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return '10X98765432'.charAt(sum % 11)
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Whether the text is a unified social credit code: 18 characters with a right check character. */
// Rule: GB 32100, MOD 31 (rules.md 3.2). The inner organisation code is not checked: real codes exist that fail it.
export function isCreditCode(text: string): boolean {
  const code = plainCode(text)
  return /^[\dA-HJ-NPQRTUWXY]{2}\d{6}[\dA-HJ-NPQRTUWXY]{10}$/.test(code) && creditCodeCheck(code) === code[17]
}

/** The check character for the first 17 characters. */
export function creditCodeCheck(code: string): string {
  let sum = 0
  let weight = 1
  for (const character of code.slice(0, 17)) {
    sum += creditAlphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return creditAlphabet.charAt((31 - (sum % 31)) % 31)
}

/** Whether the text is a nine-character organisation code, with or without the hyphen before its check character. */
// Rule: GB 11714, MOD 11.
export function isOrganisationCode(text: string): boolean {
  const code = plainCode(text).replace(/-(?=.$)/, '')
  if (!/^[\dA-Z]{8}[\dX]$/.test(code)) return false
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, i) => total + weight * Number.parseInt(code.charAt(i), 36), 0)
  return '0X987654321'.charAt(sum % 11) === code[8]
}

export type DivisionLevel = 'province' | 'city' | 'county' | 'street' | 'community'

export interface DivisionCode {
  /** Without the zero groups that fill a code up: '500105001000' is '500105001'. */
  readonly code: string
  readonly level: DivisionLevel
  /** The code of the next level up; undefined for a province. */
  readonly parent: string | undefined
}

/**
 * Reads a code of 6 (province to county), 9 (street, town, township) or 12 digits (community, village). The shape
 * alone decides: divisions change every year and a street may make codes of its own. Undefined for anything else.
 */
// Rule: GB/T 2260 for the first six digits, three and three more by statistical practice (rules.md 3.1).
export function readDivisionCode(text: string): DivisionCode | undefined {
  const full = plainCode(text)
  if (!/^[1-9]\d{5}(?:\d{3}){0,2}$/.test(full)) return undefined
  let code = full
  while (code.length > 6 && code.endsWith('000')) code = code.slice(0, -3)
  // A community number without a street number is no code.
  if (code.length === 12 && code.slice(6, 9) === '000') return undefined
  if (code.length === 12) return { code, level: 'community', parent: code.slice(0, 9) }
  if (code.length === 9) return { code, level: 'street', parent: code.slice(0, 6) }
  if (!code.endsWith('00')) return { code, level: 'county', parent: `${code.slice(0, 4)}00` }
  if (!code.endsWith('0000')) return { code, level: 'city', parent: `${code.slice(0, 2)}0000` }
  return { code, level: 'province', parent: undefined }
}

/**
 * What a nine- or twelve-digit code says of its own kind by the range of its last three digits; 'other' for
 * ranges that only some places use, undefined for codes of other lengths.
 */
// Rule: statistical practice (rules.md 3.1).
export function divisionKind(
  code: string,
): 'street' | 'town' | 'township' | 'residents' | 'village' | 'other' | undefined {
  const division = readDivisionCode(code)
  const number = Number(division?.code.slice(-3))
  if (division?.level === 'street') {
    if (number <= 99) return 'street'
    if (number <= 199) return 'town'
    return number <= 399 ? 'township' : 'other'
  }
  if (division?.level !== 'community') return undefined
  if (number <= 199) return 'residents'
  return number <= 399 ? 'village' : 'other'
}

/** Five digits, class and item: 06010. Not unique by itself: the key is standard, kind and code. */
export interface TypeCode {
  readonly classCode: string
  readonly itemCode: string
}

export type MatterCode =
  | ({ readonly shape: 'type' } & TypeCode)
  | ({ readonly shape: 'matter'; readonly division: string } & TypeCode)
  | ({ readonly shape: 'component'; readonly division: string; readonly serial: string } & TypeCode)

/** Reads a type code (5 digits), a matter code 事项代码 (11) or a component id 管理部件标识码 (17). */
// Rule: GB/T 47678.5-2026: 6 division + 2 class + 3 item + 6 serial (rules.md 1.1).
export function readMatterCode(text: string): MatterCode | undefined {
  const code = plainCode(text)
  const match = /^([1-9]\d{5})?(\d{2})(\d{3})(\d{6})?$/.exec(code)
  if (!match) return undefined
  const [, division, classCode = '', itemCode = '', serial] = match
  const type = { classCode, itemCode }
  if (division && serial) return { shape: 'component', division, serial, ...type }
  if (division) return { shape: 'matter', division, ...type }
  return serial ? undefined : { shape: 'type', ...type }
}

/** Whether the text is a unit grid id 单元网格标识码: 15 digits, 6 division + 3 street + 3 community + 3 serial. */
// Rule: GB/T 47678.3 (rules.md 1.1).
export function isUnitGridId(text: string): boolean {
  return /^[1-9]\d{14}$/.test(plainCode(text))
}

/**
 * A mainland mobile number as its eleven digits: full-width digits, spaces, hyphens, brackets and a leading +86,
 * 0086 or 86 are read. Undefined when it is none. The shape (1, then 3 to 9) outlives lists of number ranges.
 */
export function normaliseMobile(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s()\-‐-―]/g, '')
  return /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(digits)?.[1]
}
