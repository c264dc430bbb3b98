/** Codes of vouchers: ten signs without look-alikes, the last of them a check, so that a slip of the hand is told at once. */

const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** The weighted sum that the last sign makes zero modulo 31; swapping neighbours or one wrong sign changes it. */
function sumOf(code: string): number {
  let sum = 0
  for (const [index, sign] of [...code].entries()) sum += signs.indexOf(sign) * (index + 1)
  return sum % signs.length
}

/** A new code from random bytes (nine at least): about 44 bits, so that nobody finds one by trying. */
export function makeVoucherCode(random: Uint8Array): string {
  const body = [...random.slice(0, 9)].map((byte) => signs[byte % signs.length]).join('')
  const last = [...signs].find((sign) => sumOf(body + sign) === 0)
  if (last === undefined) throw new Error('a prime number of signs always has one')
  return body + last
}

/** The code as it is kept: without spaces and hyphens, in capitals. Undefined when it can be none. */
export function readVoucherCode(text: string): string | undefined {
  const code = text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
  return code.length === 10 && [...code].every((sign) => signs.includes(sign)) && sumOf(code) === 0
    ? code
    : undefined
}

/** For people: ABCDE-FGHJK. */
export const showVoucherCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`
