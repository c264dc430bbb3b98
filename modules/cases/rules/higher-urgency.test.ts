import { expect, test } from 'vitest'
import { urgencies } from '../words.ts'
import { higherUrgency } from './higher-urgency.ts'

test('the more urgent of two is the one named first, whichever way they are given', () => {
  for (const [i, a] of urgencies.entries())
    for (const [j, b] of urgencies.entries()) expect(higherUrgency(a, b)).toBe(urgencies[Math.min(i, j)])
})
