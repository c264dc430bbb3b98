/**
 * The name under which the server gives out a file, from its Content-Disposition; undefined where it says none or one
 * that cannot be read.
 */
export function savedName(headers: Pick<Headers, 'get'>): string | undefined {
  const value = headers.get('content-disposition') ?? ''
  const extended = /filename\*=UTF-8''([^;\s]+)/i.exec(value)?.[1]
  try {
    if (extended !== undefined) return decodeURIComponent(extended)
  } catch {
    // Half an escape: the plain name is left.
  }
  return /filename="([^"]+)"/i.exec(value)?.[1]
}
