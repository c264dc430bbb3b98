/** Numbers and dates of cells as texts. */

/**
 * Full-width letters and digits and the ideographic space folded, invisible characters dropped, white space collapsed,
 * lines kept. Chinese punctuation stays as it was written.
 */
export function foldText(text: string): string {
  return text
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    )
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/[\p{Cc}]/gu, (control) => (control === '\n' ? '\n' : ''))
    .replace(/ ?\n ?/g, '\n')
    .trim()
}

/** '5.00101E+17' → '500101000000000000', 0.30000000000000004 → '0.3'. Not a number stays as it is. */
export function numberText(text: string): string {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) return text
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return /^-?\d+$/.test(text) ? text : value.toFixed(0)
  return String(Number(value.toPrecision(15)))
}

const dayMs = 86_400_000

/**
 * A serial number of a spreadsheet as 'YYYY-MM-DD', with ' HH:MM:SS' when it has a time, or only the time for a
 * number below one. Undefined outside the years 1900 to 9999.
 */
// Rule: ECMA-376 part 1, 18.17.4: 1900 counts as a leap year, so days before March 1900 are one off.
export function serialText(serial: number, from1904: boolean): string | undefined {
  const days = from1904 ? serial + 1462 : serial
  if (!(days >= 0) || days >= 2_958_466) return undefined
  const seconds = Math.round(days * 86_400)
  const at = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + seconds * 1000)
  const [day = '', time = ''] = [at.toISOString().slice(0, 10), at.toISOString().slice(11, 19)]
  if (seconds < 86_400 && days < 1) return time
  return at.getTime() % dayMs === 0 ? day : `${day} ${time}`
}

const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])

/** Whether a number under this format is a date or a time. Ids 27 to 36 and 50 to 58 are those of Chinese workbooks. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (dateFormats.has(id) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return true
  if (code === undefined) return false
  const plain = code.replace(/"[^"]*"|\\.|\[[^[\]]*\]|_.|\*./g, '')
  return (
    /[ymdhs年月日]/i.test(plain) && !/^general$/i.test(plain) && !/[#0?]/.test(plain.replace(/[.]0+/, ''))
  )
}
