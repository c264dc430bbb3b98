import { expect, test } from 'vitest'
import { simulateYear } from './clock/simulate-year.ts'

test('a simulated year loses no step of a clock, doubles none and takes none that nothing asked for', () => {
  const years = [1, 2, 3, 4].map(simulateYear)
  expect(years.flatMap(({ violations }) => violations)).toEqual([])
  // A year in which nothing happened would prove nothing.
  for (const { steps, acts } of years) {
    expect(steps).toBeGreaterThan(20)
    expect(acts).toBeGreaterThan(20)
  }
})
