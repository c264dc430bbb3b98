/** How alike texts are: the share of their rarer character runs that they have in common. */
import { damped, eachGram, type Message, plainMessage } from './text-model/text-grams.ts'

export interface Likeness {
  /** 0 for nothing in common, 1 for the same. */
  between(a: number, b: number): number
  /** Each text's closest others, from `least` on, the most alike first. */
  pairs(least: number): readonly { readonly a: number; readonly b: number; readonly alike: number }[]
}

interface Vector {
  readonly weights: ReadonlyMap<number, number>
  readonly length: number
}

/** A run that stands in more of the texts than this says nothing of two of them. */
const commonShare = 0.2
const fewTexts = 20

/**
 * Compares texts among themselves: what many of them say weighs less. Runs of two to four characters; the title, or
 * the beginning, counts more. For up to some thousand texts at once.
 */
export function likenessAmong(texts: readonly Message[]): Likeness {
  const counts = texts.map(countLongRuns)
  const inTexts = new Map<number, number>()
  for (const one of counts) for (const slot of one.keys()) inTexts.set(slot, (inTexts.get(slot) ?? 0) + 1)
  // What three texts share is no common word yet only because there are three of them.
  const among = Math.max(texts.length, fewTexts)
  const vectors = counts.map((one) => vectorOf(one, inTexts, among))
  const between = (a: number, b: number) => cosine(vectors[a], vectors[b])
  return {
    between,
    pairs(least) {
      const tooCommon = Math.max(fewTexts, texts.length * commonShare)
      return candidates(vectors, inTexts, tooCommon)
        .map(([a, b]) => ({ a, b, alike: between(a, b) }))
        .filter(({ alike }) => alike >= least)
        .sort((one, other) => other.alike - one.alike || one.a - other.a || one.b - other.b)
    },
  }
}

function countLongRuns(message: Message): Map<number, number> {
  const { lead, whole } = plainMessage(message)
  const counts = new Map<number, number>()
  const add = (weight: number) => (slot: number, _: number, length: number) => {
    if (length > 1) counts.set(slot, (counts.get(slot) ?? 0) + weight)
  }
  eachGram(lead, add(2))
  eachGram(whole, add(1))
  return counts
}

function vectorOf(
  counts: ReadonlyMap<number, number>,
  inTexts: ReadonlyMap<number, number>,
  texts: number,
): Vector {
  const weights = new Map<number, number>()
  let square = 0
  for (const [slot, count] of counts) {
    const weight = damped(count) * (Math.log((1 + texts) / (1 + (inTexts.get(slot) ?? 0))) + 0.3)
    weights.set(slot, weight)
    square += weight * weight
  }
  return { weights, length: Math.sqrt(square) }
}

function cosine(a: Vector | undefined, b: Vector | undefined): number {
  if (!a || !b || a.length === 0 || b.length === 0) return 0
  const [short, long] = a.weights.size < b.weights.size ? [a, b] : [b, a]
  let sum = 0
  for (const [slot, weight] of short.weights) sum += weight * (long.weights.get(slot) ?? 0)
  return sum / (a.length * b.length)
}

/** Two texts are compared when they share some of their rarest runs; most pairs share none. */
function candidates(
  vectors: readonly Vector[],
  inTexts: ReadonlyMap<number, number>,
  tooCommon: number,
): [number, number][] {
  const holders = new Map<number, number[]>()
  vectors.forEach(({ weights }, text) => {
    const telling = [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    let taken = 0
    for (const [slot] of telling) {
      const texts = inTexts.get(slot) ?? 0
      if (texts < 2 || texts > tooCommon) continue
      const list = holders.get(slot)
      if (list) list.push(text)
      else holders.set(slot, [text])
      if (++taken === 40) break
    }
  })
  const seen = new Set<number>()
  const pairs: [number, number][] = []
  for (const texts of holders.values())
    texts.forEach((a, at) => {
      for (const b of texts.slice(at + 1)) {
        const key = a * vectors.length + b
        if (seen.has(key)) continue
        seen.add(key)
        pairs.push([a, b])
      }
    })
  return pairs
}
