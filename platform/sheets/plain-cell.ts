/** A text that a spreadsheet would run as a formula gets an apostrophe in front and stays a text. */
// Rule: OWASP, CSV injection: = + - @, tab, carriage return; some spreadsheets take the full-width forms too.
export function plainCell(text: string): string {
  return /^[\s\p{Cc}]*[=+\-@|\t\r\0\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text
}
