/** A text model as bytes. It holds numbers and the names of classes: no text that it learned from can be read out of it. */
import { columnIndex, type Head, type TextModel } from './text-model.ts'

const mark = 'linli-text-model'
const format = 1

interface Told {
  readonly kind: typeof mark
  readonly format: number
  readonly labels: readonly string[]
  readonly samples: number
  readonly steepness: number
  readonly columns: number
  readonly wholeSteps: readonly number[]
  readonly briefSteps: readonly number[]
  readonly mostRare: number
}

/** The first line tells in JSON what follows: gaps between the runs, their rarities as bytes, the weights of both heads. */
export function writeTextModel(model: TextModel): Uint8Array {
  const mostRare = model.rarities.reduce((most, one) => Math.max(most, one), 1)
  const told: Told = {
    kind: mark,
    format,
    labels: model.labels,
    samples: model.samples,
    steepness: model.steepness,
    columns: model.slots.length,
    wholeSteps: [...model.whole.steps],
    briefSteps: [...model.brief.steps],
    mostRare,
  }
  const first = new TextEncoder().encode(`${JSON.stringify(told)}\n`)
  const gaps: number[] = []
  let before = 0
  for (const slot of model.slots) {
    let gap = slot - before
    before = slot
    for (; gap > 127; gap >>>= 7) gaps.push((gap & 127) | 128)
    gaps.push(gap)
  }
  const rarities = Uint8Array.from(model.rarities, (one) => Math.round((one / mostRare) * 255))
  const parts = [first, Uint8Array.from(gaps), rarities, bytesOf(model.whole), bytesOf(model.brief)]
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const bytesOf = ({ weights }: Head) => new Uint8Array(weights.buffer, weights.byteOffset, weights.length)

/** @throws RangeError when these bytes are no whole model that this program reads */
export function readTextModel(bytes: Uint8Array): TextModel {
  const told = toldIn(bytes)
  const columns = told.columns
  const slots = new Int32Array(columns)
  let at = bytes.indexOf(10) + 1
  let slot = 0
  for (let column = 0; column < columns; column++) {
    let [gap, shift] = [0, 0]
    for (; ((bytes[at] ?? 0) & 128) !== 0; at++, shift += 7) gap |= ((bytes[at] ?? 0) & 127) << shift
    gap |= (bytes[at++] ?? 0) << shift
    slot += gap
    slots[column] = slot
  }
  const rarities = Float32Array.from(bytes.subarray(at, at + columns), (one) => (one / 255) * told.mostRare)
  at += columns
  const size = columns * told.labels.length
  if (bytes.length !== at + 2 * size) throw new RangeError('a text model that is cut short')
  const head = (from: number, steps: readonly number[]): Head => ({
    weights: Int8Array.from(bytes.subarray(from, from + size), (one) => (one << 24) >> 24),
    steps: Float32Array.from(steps),
  })
  return {
    labels: told.labels,
    slots,
    rarities,
    whole: head(at, told.wholeSteps),
    brief: head(at + size, told.briefSteps),
    steepness: told.steepness,
    samples: told.samples,
    columnOf: columnIndex(slots),
  }
}

function toldIn(bytes: Uint8Array): Told {
  const end = bytes.indexOf(10)
  if (end < 0) throw new RangeError('no text model')
  let told: Partial<Told>
  try {
    told = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Partial<Told>
  } catch {
    throw new RangeError('no text model')
  }
  if (told.kind !== mark) throw new RangeError('no text model')
  if (told.format !== format) throw new RangeError(`a text model of format ${told.format}`)
  return told as Told
}
