/** What a division code says by its digits. Rule: rules.md 3.1 (GB/T 2260, GB/T 10114): 6 + 3 + 3 digits. */
import type { Bilingual } from '../../../lib/language.ts'

export interface Division {
  readonly code: string
  readonly name: string
  readonly kind: 'district' | 'street' | 'community'
  readonly parentCode: string
}

const parts = [
  { digits: 6, parent: 4, kind: 'district' },
  { digits: 9, parent: 6, kind: 'street' },
  { digits: 12, parent: 9, kind: 'community' },
] as const

/**
 * The published lists write every level with twelve digits, the lower ones zero; others only as many as the level has.
 * A code above a district (a province, a city) is no division of ours.
 */
export function readDivision(
  given: string,
  name: string,
): { ok: true; division: Division } | { ok: false; reason: Bilingual } {
  const code = given.length === 12 ? given.replace(/000000$|000$/, '') : given
  const part = parts.find(({ digits }) => digits === code.length)
  if (!/^[1-9]\d+$/.test(code) || !part || /^0+$/.test(code.slice(part.parent)))
    return {
      ok: false,
      reason: {
        zh: '区划代码要有 6 位（区县）、9 位（街道）或 12 位（社区）',
        en: 'A division code has 6 digits (district), 9 (street) or 12 (community)',
      },
    }
  return {
    ok: true,
    division: { code, name, kind: part.kind, parentCode: code.slice(0, part.parent) },
  }
}

/** 水井坊社区居委会 and 水井坊社区居民委员会 are 水井坊社区 to those who live there. */
export const everydayName = (name: string): string =>
  name.replace(/(居民委员会|居委会|村民委员会|村委会)$/, '')
