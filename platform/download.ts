/** How a file that is given out is called. */

/** Letters, digits and what no browser or system stumbles over; everything else is a low line. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._ -]+/g, '_')
    .replace(/^[_. ]+/, '') || 'file'

/** Signs that encodeURIComponent leaves and an extended value may not hold. */
const encode = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * A Content-Disposition for a name in any script: `filename*` in UTF-8 for every browser of today, and a plain
 * `filename` for what is older.
 */
// Rule: RFC 6266, 4.1 and 4.3; the extended value is RFC 8187's.
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const without = name.toWellFormed().replace(/[\p{Cc}\p{Cf}\\/]/gu, '')
  // Dots alone are a folder, and nothing is no name.
  const clean = /^[.\s]*$/.test(without) ? 'file' : without
  return `${kind}; filename="${plain(clean)}"; filename*=UTF-8''${encode(clean)}`
}
