/** What a bench is: it measures side by side in one run and asserts nothing about speed. */
import type { Grounds } from './grounds.ts'

export interface BenchRun {
  /** Of one round of one contender. */
  readonly seconds: number
  readonly clients: number
  /** Cases in the street before the measurement; accounts of the ledger, rows of a sheet. */
  readonly rows: number
  readonly rounds: number
  /** Writes CPU profiles of our server into this folder. */
  readonly profileFolder: string | undefined
  /** Shared with the other benches of the run. */
  readonly grounds: Grounds
  say(line: string): void
}

export interface Bench {
  readonly name: string
  /** The row of the quality page that it measures, by which it may be asked for too: P1. */
  readonly row?: string
  /** `rows` at `--size full`, if not the two million cases of the quality page. */
  readonly fullRows?: number
  /** One sentence: what is compared with what. */
  readonly what: string
  run(run: BenchRun): Promise<Readonly<Record<string, unknown>>>
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))
