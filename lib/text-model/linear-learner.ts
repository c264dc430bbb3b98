/** Learns to tell one class from the rest: a linear support vector machine by dual coordinate descent. */
import type { SeededRandom } from '../seeded-random.ts'

/** Texts as sparse rows: what text i holds stands from `starts[i]` to `starts[i + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float32Array
  readonly width: number
}

export interface Lesson {
  readonly rows: SparseRows
  /** Per row: does it belong to the class. */
  readonly isIn: Uint8Array
  /** Per row: how much a mistake costs. */
  readonly costs: Float32Array
  /** Per column, or null: what each column is multiplied by. */
  readonly scale: Float32Array | null
}

const longest = 12
const goodEnough = 0.03

/**
 * One weight a column, with the scale multiplied in. The squared hinge loss keeps the dual smooth, so that a dozen
 * rounds are enough. The same random source gives the same weights.
 */
// Rule: Hsieh and others, A dual coordinate descent method for large-scale linear SVM, ICML 2008, algorithm 1.
export function learnOneClass({ rows, isIn, costs, scale }: Lesson, random: SeededRandom): Float32Array {
  const scaled = scale === null ? rows.values : scaledValues(rows, scale)
  const { starts, columns, width } = rows
  const count = starts.length - 1
  const weights = new Float32Array(width)
  const duals = new Float64Array(count)
  const order = Int32Array.from({ length: count }, (_, row) => row)
  const steps = stepLengths(starts, scaled, costs)
  for (let round = 0; round < longest; round++) {
    shuffle(order, random)
    let farthest = 0
    for (const row of order) {
      const sign = isIn[row] === 1 ? 1 : -1
      const [from, to] = [starts[row] as number, starts[row + 1] as number]
      let score = 0
      for (let at = from; at < to; at++)
        score += (weights[columns[at] as number] as number) * (scaled[at] as number)
      const dual = duals[row] as number
      const slope = sign * score - 1 + dual / (2 * (costs[row] as number))
      const open = dual === 0 ? Math.min(slope, 0) : slope
      if (open === 0) continue
      farthest = Math.max(farthest, Math.abs(open))
      const next = Math.max(dual - slope / (steps[row] as number), 0)
      duals[row] = next
      const change = (next - dual) * sign
      if (change !== 0)
        for (let at = from; at < to; at++)
          (weights[columns[at] as number] as number) += change * (scaled[at] as number)
    }
    if (farthest < goodEnough) break
  }
  if (scale !== null)
    for (let column = 0; column < width; column++) (weights[column] as number) *= scale[column] as number
  return weights
}

function scaledValues({ columns, values }: SparseRows, scale: Float32Array): Float32Array {
  return values.map((value, at) => value * (scale[columns[at] as number] as number))
}

function stepLengths(starts: Int32Array, values: Float32Array, costs: Float32Array): Float64Array {
  return Float64Array.from(costs, (cost, row) => {
    let square = 1 / (2 * cost)
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++)
      square += (values[at] as number) ** 2
    return square
  })
}

function shuffle(order: Int32Array, random: SeededRandom): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random.next() * (at + 1))
    const held = order[at] as number
    order[at] = order[other] as number
    order[other] = held
  }
}

/**
 * How far each column speaks for or against a class, never quite zero: how much more often, as a logarithm, it stands
 * in texts of the class than in the others.
 */
// Rule: Wang and Manning, Baselines and bigrams, ACL 2012: log-count ratios as the scale of a linear learner.
export function columnVoices({ starts, columns, width }: SparseRows, isIn: Uint8Array): Float32Array {
  const inside = new Float64Array(width).fill(1)
  const outside = new Float64Array(width).fill(1)
  for (let row = 0; row + 1 < starts.length; row++) {
    const side = isIn[row] === 1 ? inside : outside
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++)
      (side[columns[at] as number] as number) += 1
  }
  const sum = (all: Float64Array) => all.reduce((total, one) => total + one, 0)
  const shift = Math.log(sum(outside) / sum(inside))
  return Float32Array.from(
    inside,
    (count, column) => Math.abs(Math.log(count / (outside[column] as number)) + shift) + 0.15,
  )
}
