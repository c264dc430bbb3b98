/** Numbers and check codes of certificates, for every module that certifies something. */

/** Without look-alikes: no 0 O, 1 I L. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 8

/** A check code from a keyed hash of what is certified: it cannot be made up, and nothing of it is stored. */
export function checkCodeOf(hash: string): string {
  let code = ''
  for (let at = 0; at < length; at++) {
    const value = (hash.charCodeAt(at * 2) * 131 + hash.charCodeAt(at * 2 + 1)) % alphabet.length
    code += alphabet.charAt(value)
  }
  return code
}

/** As people type it: any width and case, with or without spaces and hyphens. */
export const plainCode = (text: string): string => text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')

/** ZY20260914-7K3M9Q: what it certifies, the day and six drawn characters; not a count, so that nobody reads from it how many there are. */
export function certificateNumber(day: string, drawn: Uint8Array, kind: 'ZY' | 'RY' = 'ZY'): string {
  const tail = [...drawn.slice(0, 6)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('')
  return `${kind}${day.replaceAll('-', '')}-${tail}`
}

/** The number as people type it. */
export const plainNumber = (text: string): string => {
  const plain = plainCode(text)
  return `${plain.slice(0, 10)}-${plain.slice(10)}`
}
