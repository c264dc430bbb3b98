/** Ends a test run with `N passed, N failed`, and how many were skipped if any, or hands the counts to `npm test`, which prints them last of all. */
import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Failures are tests, files that could not be loaded, and errors outside any test: none of them may be lost. */
export function countResults(modules: readonly TestModule[], errors: readonly SerializedError[]): Counts {
  const counts = { passed: 0, failed: errors.length, skipped: 0 }
  for (const module of modules) {
    counts.failed += module.errors().length
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') counts.passed++
      else if (state === 'skipped') counts.skipped++
      // A test still pending when the run ends was cut off.
      else counts.failed++
    }
  }
  return counts
}

export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: string): void {
    const counts = countResults(modules, errors)
    const failed = counts.failed === 0 && reason !== 'passed' ? 1 : counts.failed
    const target = process.env.LINLI_TEST_COUNTS
    if (target !== undefined) writeFileSync(target, JSON.stringify({ ...counts, failed }))
    else
      process.once('exit', () => {
        const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
        console.log(`${counts.passed} passed, ${failed} failed${skipped}`)
      })
  }
}
