/** What a notice may carry: numbers, codes, ids and instants. A name, a phone or a sentence has no place in it. */

export type FactValue = string | number
/** By field of the template. */
export type Facts = Readonly<Record<string, FactValue>>

const codeOrInstant = /^[A-Za-z0-9][A-Za-z0-9:.+-]{0,63}$/
const mobile = /(?:^|\D)1[3-9]\d{9}(?:\D|$)/
/** Fixed-line numbers with their area code; a case number begins with a year. */
const fixedLine = /^0\d{2,3}-?\d{7,8}$/

/** Why a value can not be a fact; undefined when it can. */
export function notPlain(value: unknown): 'not-a-code' | 'looks-like-a-phone' | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return 'not-a-code'
    return mobile.test(String(value)) ? 'looks-like-a-phone' : undefined
  }
  if (typeof value !== 'string' || !codeOrInstant.test(value)) return 'not-a-code'
  return mobile.test(value) || fixedLine.test(value) ? 'looks-like-a-phone' : undefined
}

/** The facts as they are. @throws Error naming the first field that could be personal: a mistake of the asking module */
export function plainFacts(facts: Facts): Facts {
  for (const [field, value] of Object.entries(facts)) {
    const why = notPlain(value)
    if (why !== undefined) throw new Error(`the fact ${field} of a notice is ${why}`)
  }
  return facts
}
