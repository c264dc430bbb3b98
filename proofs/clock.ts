/** Simulated years of clocks: see clock/simulate-year.ts. */
import { simulateYear } from './clock/simulate-year.ts'
import type { Proof, Violation } from './proof.ts'

export const proof: Proof = {
  name: 'clock',
  what: 'over simulated years with holidays, make-up days, pauses, extensions, sleeping and killed jobs, every step of every clock is taken once, at the first look after it is due, and none is taken that nothing asked for',
  async run({ seed, size, say }) {
    const years = size === 'full' ? 500 : 60
    const violations: Violation[] = []
    let [steps, acts] = [0, 0]
    for (let year = 0; year < years; year++) {
      const result = simulateYear(seed + year)
      steps += result.steps
      acts += result.acts
      violations.push(...result.violations)
    }
    say(`  ${years} years, ${acts} acts on cases, ${steps} steps taken`)
    return { checked: steps, violations, figures: { years, acts } }
  },
}
