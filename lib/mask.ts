/**
 * Masks for personal data, applied on the server before a value leaves it.
 * // Rule: rules.md 3.3 (practice under GB/T 35273 and GB/T 37964). Lengths are in characters, not UTF-16 halves.
 */
import { normaliseMobile } from './codes.ts'
import { findBuilding } from './door-words.ts'

const stars = (count: number) => '*'.repeat(count)

/** 张* for two characters, 刘*英 and 欧**月 for more; a single character is hidden whole. */
export function maskName(name: string): string {
  const characters = [...name.trim()]
  const [first = ''] = characters
  if (characters.length < 2) return stars(characters.length)
  if (characters.length === 2) return `${first}*`
  return `${first}${stars(characters.length - 2)}${characters.at(-1)}`
}

/**
 * A mobile shows its first three and last four digits (138****1234), a landline hides its last four
 * (023-6789****, an extension too). Of anything else with more than seven digits the first three characters show, else none.
 */
export function maskPhone(phone: string): string {
  const mobile = normaliseMobile(phone)
  if (mobile) return `${mobile.slice(0, 3)}****${mobile.slice(7)}`
  const plain = phone.normalize('NFKC').trim()
  const landline = /^(\(?0\d{2,3}\)?[-\s]?)?(\d{3,4})[-\s]?\d{4}(?:\D.*)?$/s.exec(plain)
  if (landline) return `${landline[1] ?? ''}${landline[2]}****`
  const characters = [...plain]
  // By its digits: three of 000( ))( would be all of them.
  const shown = plain.replace(/\D/g, '').length > 7 ? 3 : 0
  return `${characters.slice(0, shown).join('')}${stars(characters.length - shown)}`
}

/** For staff: the first and last four show, 5001**********123X. Eight characters or fewer are hidden whole. */
export function maskIdNumber(idNumber: string): string {
  return keepEnds(idNumber, 4)
}

/** For public pages and print: one and one, 5****************X. */
export function maskIdNumberForPublic(idNumber: string): string {
  return keepEnds(idNumber, 1)
}

function keepEnds(text: string, kept: number): string {
  const characters = [...text.trim()]
  const hidden = characters.length - 2 * kept
  if (hidden <= 0) return stars(characters.length)
  return `${characters.slice(0, kept).join('')}${stars(hidden)}${characters.slice(-kept).join('')}`
}

/** Where the inside of a building begins when no building is named: 2单元, 5楼, 501室, 3-2-501, a bare 501. */
const insidePattern =
  /[a-z]?(?:(?<!\d)\d+|(?<![零〇一二两三四五六七八九十百廿卅])[零〇一二两三四五六七八九十百廿卅]+)\s?(?:单元|门洞|楼|层|室|房|户|号房)|[a-z]?(?<!\d)\d+\s?[-—–]\s?[a-z]?\d+(?!\d*\s?号)|(?<!\d)\d{3,4}$/i

/**
 * An address down to the building: what follows 栋, 幢, 号楼 or 座 is hidden, and without a building word all from
 * the first entrance, floor or room on. A street with its house number stays. Widths become NFKC.
 */
export function maskAddress(address: string): string {
  const plain = address.normalize('NFKC').trim()
  const end = findBuilding(plain)?.end ?? insidePattern.exec(plain)?.index ?? plain.length
  return end < plain.length ? `${plain.slice(0, end)}***` : plain
}
