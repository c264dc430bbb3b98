/**
 * A small seeded random source for the demo street, loaders and proofs: the same seed gives the same content
 * on every machine. Not for secrets.
 */
import { createIdSource } from './ids.ts'

export interface SeededRandom {
  /** A number in [0, 1) with 32 random bits. */
  next(): number
  /** A whole number in [0, n). @throws RangeError unless n is a whole number from 1 to 2^32 */
  int(n: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One of the list. @throws RangeError when it is empty */
  pick<T>(list: readonly T[]): T
  /** A new list in random order; the given one is untouched. */
  shuffle<T>(list: readonly T[]): T[]
  /** A UUIDv7 for the instant; ids of one millisecond increase. */
  id(atMs: number): string
  /**
   * A source of its own that depends only on this source's seed and the label, so that more draws in one part
   * of the demo do not change another part.
   */
  fork(label: string): SeededRandom
}

/** A source for a seed; a number and its decimal text are the same seed. */
export function createSeededRandom(seed: number | string): SeededRandom {
  const seedText = String(seed)
  const draw = sfc32(hashWords(seedText))
  const int = (n: number) => {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`int(${n})`)
    // Draws from the incomplete last block are thrown away, or small values would be more likely.
    const limit = 2 ** 32 - (2 ** 32 % n)
    let value = draw()
    while (value >= limit) value = draw()
    return value % n
  }
  const id = createIdSource((bytes) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = draw() >>> 24
  })
  return {
    next: () => draw() / 2 ** 32,
    int,
    chance: (probability) => draw() / 2 ** 32 < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('pick from an empty list')
      return list[int(list.length)] as (typeof list)[number]
    },
    shuffle: (list) => shuffled(list, int),
    id,
    fork: (label) => createSeededRandom(`${seedText}/${label}`),
  }
}

/** Fisher and Yates. */
function shuffled<T>(list: readonly T[], int: (n: number) => number): T[] {
  const result = [...list]
  for (let i = result.length - 1; i > 0; i--) {
    const j = int(i + 1)
    const held = result[i] as T
    result[i] = result[j] as T
    result[j] = held
  }
  return result
}

type FourWords = readonly [number, number, number, number]

/** Four 32-bit words from a text: FNV-1a per word with different starts, then a final mix. */
function hashWords(text: string): FourWords {
  const word = (start: number) => {
    let h = start
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return (h ^ (h >>> 16)) >>> 0
  }
  return [word(0x811c9dc5), word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162)]
}

/** sfc32: Chris Doty-Humphrey's small fast counting generator; passes PractRand, four words of state. */
function sfc32(words: FourWords): () => number {
  let [a, b, c, counter] = words
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) draw()
  return draw
}
