/** The query code of a printed slip: eight characters that nobody mistakes for one another. */

/** Without 0 O, 1 I L, 2 Z, 5 S, 8 B: what is read out by phone or copied by hand stays what it is. */
export const slipAlphabet = 'ACDEFGHJKMNPQRTUVWXY34679'
export const slipCodeLength = 8

/** As it is kept and compared: capital letters without blanks and hyphens. Undefined when it can be no code. */
export function readSlipCode(text: string): string | undefined {
  const plain = text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
  const fits = plain.length === slipCodeLength && [...plain].every((one) => slipAlphabet.includes(one))
  return fits ? plain : undefined
}

/** As it is printed: in two halves. */
export const printedSlipCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** A code from a source of random whole numbers below `n`. */
export const makeSlipCode = (below: (n: number) => number): string =>
  Array.from({ length: slipCodeLength }, () => slipAlphabet[below(slipAlphabet.length)]).join('')

/** Tries of one address and for one number in an hour. With 25^8 codes a program that tries them finds none in a life. */
export const queryLimits = { perAddressAndHour: 60, perNumberAndHour: 20 } as const
