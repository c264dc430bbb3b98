/** How good a text model is on messages that it has not seen. */
import { classify, type TextModel } from './text-model.ts'
import type { Sample } from './train-text-model.ts'

export interface ClassFigures {
  readonly label: string
  /** Messages of this class; messages that the model called so; those that were both. */
  readonly actual: number
  readonly guessed: number
  readonly right: number
  /** Null where nothing was guessed, or nothing was there. */
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

export interface Evaluation {
  readonly samples: number
  readonly right: number
  readonly accuracy: number
  /** The mean over the classes that occur. */
  readonly macroF1: number
  readonly classes: readonly ClassFigures[]
  /** `confusion[actual][guessed]`, in the order of `classes`. */
  readonly confusion: readonly (readonly number[])[]
  /** Of the messages guessed with at least this share, how many were right. */
  readonly sure: readonly { readonly share: number; readonly samples: number; readonly right: number }[]
}

const sureShares = [0.5, 0.7, 0.8, 0.9, 0.95, 0.99]
const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole)

/** @throws RangeError without samples */
export function evaluateTextModel(model: TextModel, samples: readonly Sample[]): Evaluation {
  if (samples.length === 0) throw new RangeError('no samples')
  const guesses = samples.map((sample) => ({ actual: sample.label, ...topGuess(model, sample) }))
  return figuresOf(model.labels, guesses)
}

function topGuess(model: TextModel, sample: Sample): { guessed: string; share: number } {
  const [top] = classify(model, sample, 1)
  return { guessed: top?.label ?? '', share: top?.share ?? 0 }
}

interface Guessed {
  readonly actual: string
  readonly guessed: string
  readonly share: number
}

export function figuresOf(known: readonly string[], guesses: readonly Guessed[]): Evaluation {
  const labels = [...new Set([...known, ...guesses.map(({ actual }) => actual)])].sort()
  const confusion = labels.map(() => labels.map(() => 0))
  for (const { actual, guessed } of guesses) {
    const row = confusion[labels.indexOf(actual)]
    if (row) row[labels.indexOf(guessed)] = (row[labels.indexOf(guessed)] ?? 0) + 1
  }
  const right = guesses.filter(({ actual, guessed }) => actual === guessed).length
  const classes = labels.map((label, at) => {
    const hit = confusion[at]?.[at] ?? 0
    const actual = (confusion[at] ?? []).reduce((sum, one) => sum + one, 0)
    const guessed = confusion.reduce((sum, row) => sum + (row[at] ?? 0), 0)
    const f1 = actual + guessed === 0 ? null : (2 * hit) / (actual + guessed)
    return {
      label,
      actual,
      guessed,
      right: hit,
      precision: ratio(hit, guessed),
      recall: ratio(hit, actual),
      f1,
    }
  })
  const there = classes.filter(({ actual }) => actual > 0)
  return {
    samples: guesses.length,
    right,
    accuracy: right / guesses.length,
    macroF1: there.reduce((sum, { f1 }) => sum + (f1 ?? 0), 0) / there.length,
    classes,
    confusion,
    sure: sureShares.map((share) => {
      const sure = guesses.filter((one) => one.share >= share)
      return { share, samples: sure.length, right: sure.filter((one) => one.actual === one.guessed).length }
    }),
  }
}
