/**
 * Keyset paging: a page's cursor is the sort key of its last row, as opaque text. It is not signed: a forged
 * cursor only asks for another place in a list that row security filters anyway.
 */

export type CursorValue = string | number
type Kind = 'string' | 'number'
type ValueOf<K extends Kind> = K extends 'string' ? string : number
/** The tuple that a list of kinds describes: `['string', 'number']` is `[string, number]`. */
export type CursorTuple<S extends readonly Kind[]> = { -readonly [I in keyof S]: ValueOf<S[I]> }

/** The contract's longest cursor; a longer text is not ours. */
const maxLength = 512

/** The sort key as base64url of a JSON list, such as `[createdAt, id]`. */
export function encodeCursor(key: readonly CursorValue[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/(?<!=)=+$/, '')
}

/**
 * The sort key of a cursor. Undefined when the text is absent, malformed or holds other kinds of value than
 * `kinds` says; it never throws, so that a stale or mangled cursor is the caller's 400 and not a fault.
 */
export function decodeCursor<const S extends readonly Kind[]>(
  cursor: string | undefined,
  kinds: S,
): CursorTuple<S> | undefined {
  if (!cursor || cursor.length > maxLength || !/^[\w-]+$/.test(cursor)) return undefined
  const key = parse(cursor)
  if (!Array.isArray(key) || key.length !== kinds.length) return undefined
  // JSON has no NaN or infinity, but 1e999 parses to infinity.
  const fits = key.every((value, i) => typeof value === kinds[i] && value !== Infinity && value !== -Infinity)
  return fits ? (key as CursorTuple<S>) : undefined
}

function parse(cursor: string): unknown {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
