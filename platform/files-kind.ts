/** What the bytes are, whatever the name or the sender says. */
export type FileKind = 'jpeg' | 'png' | 'webp' | 'pdf'

/** A kind that is taken, `heic` which can not be read here, or null for all else (SVG, HTML, archives, programs …). */
export function kindOf(bytes: Buffer): FileKind | 'heic' | null {
  const ascii = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp'
  if (/^%PDF-[12]\.\d/.test(ascii(0, 8))) return 'pdf'
  if (ascii(4, 8) === 'ftyp' && /^(hei[cxms]|hev[cx]|mif1|msf1)$/.test(ascii(8, 12))) return 'heic'
  return null
}
