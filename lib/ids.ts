/**
 * Ids: UUIDv7 (RFC 9562) as lower-case text. The first 48 bits are the instant, so ids made later sort later
 * and a B-tree grows at one end.
 */

/** Fills the bytes with random values; the default is the platform's cryptographic source. */
export type RandomFill = (bytes: Uint8Array<ArrayBuffer>) => void

const cryptoFill: RandomFill = (bytes) => {
  crypto.getRandomValues(bytes)
}

const maxMs = 2 ** 48 - 1
const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * A maker of ids with its own state: within one millisecond each id is greater than the one before.
 * The 42 bits after the instant are a counter that starts at random (top bit clear, so that it cannot run
 * over), the last 32 bits are random every time: an id stays unguessable.
 */
export function createIdSource(fill: RandomFill = cryptoFill): (atMs: number) => string {
  let lastMs = -1
  let counterHigh = 0 // 12 bits, in the place of rand_a
  let counterLow = 0 // 30 bits, the head of rand_b
  const random = new Uint8Array(10)
  return (atMs) => {
    const ms = Math.floor(atMs)
    if (!(ms >= 0 && ms <= maxMs)) throw new RangeError(`no UUIDv7 for instant ${atMs}`)
    fill(random)
    const view = new DataView(random.buffer)
    if (ms === lastMs) {
      counterLow += 1
      if (counterLow === 2 ** 30) {
        counterLow = 0
        counterHigh += 1
      }
    } else {
      lastMs = ms
      counterHigh = view.getUint16(0) & 0x7ff
      counterLow = view.getUint32(2) & 0x3fffffff
    }
    return layOut(ms, counterHigh, counterLow, view.getUint32(6))
  }
}

function layOut(ms: number, counterHigh: number, counterLow: number, tail: number): string {
  const time = ms.toString(16).padStart(12, '0')
  const version = (0x7000 | counterHigh).toString(16)
  // The counter's 30 low bits follow the two variant bits (binary 10).
  const middle = (0x80000000 + counterLow).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${middle.slice(0, 4)}-${middle.slice(4)}${tail
    .toString(16)
    .padStart(8, '0')}`
}

const processSource = createIdSource()

/**
 * A new id for the instant `atMs` (milliseconds since 1970, from the operation's clock). Monotonic within a
 * millisecond in this process. With `random` given, the id depends on nothing but the arguments.
 * @throws RangeError when the instant is negative, not a number or beyond 48 bits
 */
export function newId(atMs: number, random?: RandomFill): string {
  return random ? createIdSource(random)(atMs) : processSource(atMs)
}

/** Whether the value is a UUIDv7 in the one spelling that we use: lower case with hyphens. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value)
}

/** The instant that an id carries, in milliseconds since 1970. */
export function idMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
