/** What a text model sees of a text: the runs of one to four characters in it, each as a number. */

/** One message as people write it. A title is optional; where there is none the beginning of the text leads. */
export interface Message {
  readonly title: string
  readonly text: string
}

const longestGram = 4
/**
 * So many bits number a run. A message holds hundreds of runs that no model knows: with 22 bits one in twenty of them
 * passed for a known one, which cost a point and a half of accuracy; with 30 hardly any does.
 */
const gramBits = 30
/** What a text says after so many characters no longer changes what it is about. */
const longestText = 1_500
/** A title, or the beginning of a text that has none, counts this often besides. */
export const leadWeight = 5
const leadLength = 24

/**
 * One spelling: no spaces or punctuation, so that segmented and running text are the same; digits are one sign. Open
 * data writes places as A市, A3 区 and such: they say where, never what.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<![a-z])[a-z]\d{0,2}\s?(?:市|区|县)?(?![a-z\d])/g, ' ')
    .replace(/\d+/g, '0')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The beginning that leads and the whole, both plain. */
export function plainMessage({ title, text }: Message): { lead: string; whole: string } {
  const lead = plainText(title)
  const whole = `${lead}${plainText(text)}`.slice(0, longestText)
  if (whole.length <= lead.length) return { lead: '', whole }
  return { lead: lead === '' ? whole.slice(0, leadLength) : lead.slice(0, 2 * leadLength), whole }
}

/** The run of `length` characters at each place of a plain text, as its number; told place by place, short runs first. */
export function eachGram(plain: string, found: (slot: number, at: number, length: number) => void): void {
  for (let at = 0; at < plain.length; at++) {
    let hash = 0x811c9dc5
    for (let length = 1; length <= longestGram && at + length <= plain.length; length++) {
      hash = Math.imul(hash ^ plain.charCodeAt(at + length - 1), 0x01000193)
      hash ^= hash >>> 15
      let mixed = Math.imul(hash ^ (hash >>> 16) ^ length, 0x85ebca6b)
      mixed ^= mixed >>> 13
      mixed = Math.imul(mixed, 0xc2b2ae35)
      found((mixed ^ (mixed >>> 16)) >>> (32 - gramBits), at, length)
    }
  }
}

/** How often each run occurs, those of the lead counted more. */
export function countGrams(message: Message): Map<number, number> {
  const { lead, whole } = plainMessage(message)
  const counts = new Map<number, number>()
  eachGram(lead, (slot) => counts.set(slot, (counts.get(slot) ?? 0) + leadWeight))
  eachGram(whole, (slot) => counts.set(slot, (counts.get(slot) ?? 0) + 1))
  return counts
}

/** A run that occurs often says little more than one that occurs once. */
export const damped = (count: number): number => 1 + Math.log(count)
