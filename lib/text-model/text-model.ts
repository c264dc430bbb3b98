/** A text model: which of a few classes a message belongs to, how sure that is, and which of its words say so. */
import { damped, eachGram, leadWeight, type Message, plainMessage } from './text-grams.ts'

/** Weights of one head, a row of bytes a column; a weight is its byte times its class's step. */
export interface Head {
  readonly weights: Int8Array
  readonly steps: Float32Array
}

export interface TextModel {
  readonly labels: readonly string[]
  /** Numbers of the runs that count, rising. */
  readonly slots: Int32Array
  /** How rare each run is. */
  readonly rarities: Float32Array
  /** For messages, and for a few words such as a title. */
  readonly whole: Head
  readonly brief: Head
  /** How steeply scores turn into shares, measured on messages kept back. */
  readonly steepness: number
  /** How many messages it learned from. */
  readonly samples: number
  readonly columnOf: (slot: number) => number
}

export interface Guess {
  readonly label: string
  /** 0 to 1; all shares of one message sum to 1. How often a guess of that share is right was measured. */
  readonly share: number
}

/** So few plain characters are a title. */
const briefLength = 40

/** Where each run stands among the columns, -1 for one that does not count; open addressing, made once. */
export function columnIndex(slots: Int32Array): (slot: number) => number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, slots.length * 2)))
  const keys = new Int32Array(size).fill(-1)
  const columns = new Int32Array(size)
  const mask = size - 1
  slots.forEach((slot, column) => {
    let at = Math.imul(slot, 0x9e3779b1) & mask
    while (keys[at] !== -1) at = (at + 1) & mask
    keys[at] = slot
    columns[at] = column
  })
  return (slot) => {
    let at = Math.imul(slot, 0x9e3779b1) & mask
    while (keys[at] !== slot) {
      if (keys[at] === -1) return -1
      at = (at + 1) & mask
    }
    return columns[at] as number
  }
}

interface Read {
  readonly plain: string
  readonly counts: ReadonlyMap<number, number>
  readonly length: number
  readonly head: Head
}

function read(model: TextModel, message: Message): Read {
  const { lead, whole } = plainMessage(message)
  const counts = new Map<number, number>()
  const add = (weight: number) => (slot: number) => {
    const column = model.columnOf(slot)
    if (column >= 0) counts.set(column, (counts.get(column) ?? 0) + weight)
  }
  eachGram(lead, add(leadWeight))
  eachGram(whole, add(1))
  let square = 0
  for (const [column, count] of counts) square += (damped(count) * (model.rarities[column] as number)) ** 2
  return {
    plain: whole,
    counts,
    length: Math.sqrt(square) || 1,
    head: whole.length <= briefLength ? model.brief : model.whole,
  }
}

function sharesOf(model: TextModel, { counts, length, head }: Read): Float64Array {
  const classes = model.labels.length
  const scores = new Float64Array(classes)
  for (const [column, count] of counts) {
    const value = (damped(count) * (model.rarities[column] as number)) / length
    const row = column * classes
    for (let one = 0; one < classes; one++)
      (scores[one] as number) += value * (head.weights[row + one] as number)
  }
  const logits = scores.map((score, one) => score * (head.steps[one] as number) * model.steepness)
  const highest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** The classes of a message, the likeliest first. A message of which no run is known is equally likely everything. */
export function classify(model: TextModel, message: Message, limit = model.labels.length): Guess[] {
  const shares = sharesOf(model, read(model, message))
  return model.labels
    .map((label, one) => ({ label, share: shares[one] as number }))
    .sort((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1))
    .slice(0, limit)
}

/**
 * The words of a message that speak most for a class, the strongest first: runs of two to four characters that do not
 * overlap. They come from the message itself, for the model keeps no text.
 */
export function wordsFor(model: TextModel, message: Message, label: string, limit = 3): string[] {
  const one = model.labels.indexOf(label)
  if (one < 0) return []
  const { plain, head } = read(model, message)
  const classes = model.labels.length
  const voices: { at: number; length: number; voice: number }[] = []
  eachGram(plain, (slot, at, length) => {
    const column = length === 1 ? -1 : model.columnOf(slot)
    if (column < 0) return
    const voice =
      (head.weights[column * classes + one] as number) *
      (head.steps[one] as number) *
      (model.rarities[column] as number)
    if (voice > 0) voices.push({ at, length, voice })
  })
  voices.sort((a, b) => b.voice - a.voice || a.at - b.at)
  const taken: { at: number; length: number }[] = []
  const said = new Set<string>()
  for (const { at, length } of voices) {
    if (taken.length === limit) break
    const word = plain.slice(at, at + length)
    const overlaps = taken.some((other) => at < other.at + other.length && other.at < at + length)
    if (overlaps || said.has(word)) continue
    said.add(word)
    taken.push({ at, length })
  }
  return [...said]
}
