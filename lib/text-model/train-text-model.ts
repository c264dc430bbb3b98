/** Makes a text model from messages whose class is known. */
import { createSeededRandom, type SeededRandom } from '../seeded-random.ts'
import { columnVoices, learnOneClass, type SparseRows } from './linear-learner.ts'
import { countGrams, damped, type Message, plainMessage } from './text-grams.ts'
import { classify, columnIndex, type Head, type TextModel } from './text-model.ts'

export interface Sample extends Message {
  readonly label: string
}

export interface Training {
  /** The same samples in the same order and the same seed give the same model, byte for byte. */
  readonly seed?: number
  /** Runs kept; what weighs least is left out. A run takes about 18 bytes in a model of seven classes. */
  readonly runs?: number
  onProgress?(done: number, total: number): void
}

/** Fewer samples, or one class alone, teach nothing. */
export const fewestSamples = 20
const runsKept = 200_000
/** A run that stands in one message alone says nothing of others. */
const fewestMessages = 2
/** How many characters of a message stand for its title when there is none to learn from. */
const titleLength = 16
const keptBackShare = 0.1
/** What is learned for each class: from whole messages, twice, and with their beginnings. */
const lessons = 3

/** @throws RangeError with fewer than `fewestSamples` samples or fewer than two classes */
export function trainTextModel(samples: readonly Sample[], training: Training = {}): TextModel {
  const labels = [...new Set(samples.map(({ label }) => label))].sort()
  if (samples.length < fewestSamples || labels.length < 2)
    throw new RangeError(`${samples.length} samples of ${labels.length} classes`)
  const random = createSeededRandom(training.seed ?? 1)
  const rounds = labels.length * lessons * 2
  let done = 0
  const onStep = () => training.onProgress?.(++done, rounds)
  const shuffled = random.fork('kept-back').shuffle(samples)
  const keptBack = shuffled.slice(0, Math.min(1_000, Math.round(samples.length * keptBackShare)))
  const rest = shuffled.slice(keptBack.length)
  const learn = (from: readonly Sample[]) =>
    learnFrom(from, { labels, random: random.fork('learn'), onStep, runs: training.runs ?? runsKept })
  const steepness = steepnessOn(learn(rest), keptBack)
  return { ...learn(samples), steepness }
}

interface Learning {
  labels: readonly string[]
  random: SeededRandom
  onStep(): void
  runs: number
}

function learnFrom(samples: readonly Sample[], { labels, random, onStep, runs }: Learning): TextModel {
  const counts = samples.map(countGrams)
  const { slots, rarities } = columnsOf(counts)
  const columnOf = columnIndex(slots)
  const rows = rowsOf(counts, columnOf, rarities)
  // Beginnings of messages teach what a title looks like: few words, and none of them repeated.
  const withTitles = rowsOf([...counts, ...samples.map(titleGrams)], columnOf, rarities)
  const classes = labels.map((label) => Uint8Array.from(samples, (one) => (one.label === label ? 1 : 0)))
  const sizes = classes.map((isIn) => isIn.reduce((sum, one) => sum + one, 0))
  const classOf = samples.map(({ label }) => labels.indexOf(label))
  // A mistake on a rare class costs more, or the common ones would swallow it.
  const balanced = Float32Array.from(classOf, (one) =>
    Math.sqrt(samples.length / labels.length / Math.max(1, sizes[one] as number)),
  )
  const even = (count: number, cost: number) => new Float32Array(count).fill(cost)
  const heads = classes.map((isIn) => {
    const twice = Uint8Array.from([...isIn, ...isIn])
    const learned = (of: SparseRows, mask: Uint8Array, costs: Float32Array, scale: Float32Array | null) => {
      onStep()
      return learnOneClass({ rows: of, isIn: mask, costs, scale }, random)
    }
    const a = learned(rows, isIn, balanced, null)
    const b = learned(rows, isIn, even(samples.length, 1), columnVoices(rows, isIn))
    const whole = a.map((weight, column) => weight + (b[column] as number))
    const c = learned(withTitles, twice, even(2 * samples.length, 0.5), columnVoices(withTitles, twice))
    return { whole, brief: whole.map((weight, column) => weight + 0.5 * (c[column] as number)) }
  })
  const kept = heaviest(
    heads.flatMap(({ whole, brief }) => [whole, brief]),
    rarities,
    runs,
  )
  const keptSlots = Int32Array.from(kept, (column) => slots[column] as number)
  return {
    labels,
    slots: keptSlots,
    rarities: Float32Array.from(kept, (column) => rarities[column] as number),
    whole: headOf(
      heads.map((head) => head.whole),
      kept,
    ),
    brief: headOf(
      heads.map((head) => head.brief),
      kept,
    ),
    steepness: 1,
    samples: samples.length,
    columnOf: columnIndex(keptSlots),
  }
}

function titleGrams(sample: Sample): Map<number, number> {
  const { lead, whole } = plainMessage(sample)
  return countGrams({ title: '', text: sample.title === '' ? whole.slice(0, titleLength) : lead })
}

function columnsOf(counts: readonly ReadonlyMap<number, number>[]): {
  slots: Int32Array
  rarities: Float32Array
} {
  const messages = new Map<number, number>()
  for (const one of counts) for (const slot of one.keys()) messages.set(slot, (messages.get(slot) ?? 0) + 1)
  const slots: number[] = []
  for (const [slot, count] of messages) if (count >= fewestMessages) slots.push(slot)
  slots.sort((a, b) => a - b)
  const rarity = (slot: number) => Math.log((1 + counts.length) / (1 + (messages.get(slot) ?? 0))) + 1
  return { slots: Int32Array.from(slots), rarities: Float32Array.from(slots, rarity) }
}

function rowsOf(
  counts: readonly ReadonlyMap<number, number>[],
  columnOf: (slot: number) => number,
  rarities: Float32Array,
): SparseRows {
  const starts = new Int32Array(counts.length + 1)
  const total = counts.reduce((sum, one) => sum + one.size, 0)
  const columns = new Int32Array(total)
  const values = new Float32Array(total)
  let end = 0
  counts.forEach((one, row) => {
    const from = end
    let square = 0
    for (const [slot, count] of one) {
      const column = columnOf(slot)
      if (column < 0) continue
      const value = damped(count) * (rarities[column] as number)
      columns[end] = column
      values[end] = value
      square += value * value
      end++
    }
    const length = Math.sqrt(square) || 1
    for (let at = from; at < end; at++) (values[at] as number) /= length
    starts[row + 1] = end
  })
  return {
    starts,
    columns: columns.subarray(0, end),
    values: values.subarray(0, end),
    width: rarities.length,
  }
}

/** The columns that can move a score most, in their own order. */
function heaviest(weights: readonly Float32Array[], rarities: Float32Array, most: number): number[] {
  const force = Float32Array.from(
    rarities,
    (rarity, column) =>
      weights.reduce((highest, one) => Math.max(highest, Math.abs(one[column] as number)), 0) * rarity,
  )
  const order = Uint32Array.from(force, (_, column) => column)
  order.sort((a, b) => (force[b] as number) - (force[a] as number) || a - b)
  return [...order.subarray(0, most)].sort((a, b) => a - b)
}

function headOf(weights: readonly Float32Array[], kept: readonly number[]): Head {
  const steps = Float32Array.from(weights, (one) => {
    const highest = kept.reduce((most, column) => Math.max(most, Math.abs(one[column] as number)), 0)
    return highest / 127 || 1
  })
  const bytes = new Int8Array(kept.length * weights.length)
  kept.forEach((column, row) => {
    weights.forEach((one, label) => {
      bytes[row * weights.length + label] = Math.round((one[column] as number) / (steps[label] as number))
    })
  })
  return { weights: bytes, steps }
}

/** The steepness at which shares are the least surprised by what the kept back messages are. */
function steepnessOn(model: TextModel, keptBack: readonly Sample[]): number {
  const surprise = (steepness: number) =>
    keptBack.reduce((sum, one) => {
      const share =
        classify({ ...model, steepness }, one).find(({ label }) => label === one.label)?.share ?? 0
      return sum - Math.log(Math.max(share, 1e-6))
    }, 0)
  const tried = Array.from({ length: 24 }, (_, step) => 0.5 * 1.25 ** step)
  return tried.reduce((best, one) => (surprise(one) < surprise(best) ? one : best))
}
