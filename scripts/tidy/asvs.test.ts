import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { asvsFile, asvsWanted, findAsvsFaults } from './asvs.ts'

const read = (file: string) => (file === 'a.test.ts' ? "test('it holds')" : undefined)
const told = (text: string) => findAsvsFaults(text, read).map(({ what }) => what)
const whole = readFileSync(asvsFile, 'utf8')
const rowOf = (evidence: string, state = 'holds') => `| 1.1.1 | 2 | asked | ${state} | so | ${evidence} |`

test('levels 1 and 2 of the standard are 253 requirements, 70 of them of level 1', () => {
  const levels = [...asvsWanted().values()]
  expect([levels.length, levels.filter((level) => level === '1').length]).toEqual([253, 70])
})

test('a requirement that is missing, twice, of another level or of no state is told', () => {
  const faults = findAsvsFaults(whole.replace(/^\| 1\.2\.4 .*\n/m, ''), () => 'x')
  expect(faults.map(({ what }) => what)).toContain('1.2.4 is missing')
  expect(told(`${rowOf('`a.test.ts` “it holds”')}\n${rowOf('`a.test.ts` “it holds”')}`)).toContain(
    '1.1.1 is no requirement of that level, or stands twice',
  )
  expect(told(rowOf('', 'perhaps'))).toContain('1.1.1 is neither of holds, partly, open, n/a')
})

test.each([
  ['`a.test.ts` “it holds”', []],
  ['', ['1.1.1 is shown by nothing']],
  ['`b.test.ts` “it holds”', ['1.1.1 names b.test.ts, which is not there']],
  ['`a.test.ts`', ['1.1.1 names no test of a.test.ts']],
  ['`a.test.ts` “it hopes”', ['1.1.1 names a test that a.test.ts does not hold: it hopes']],
])('what shows a requirement is there: %s', (evidence, faults) => {
  expect(told(rowOf(evidence)).filter((what) => what.startsWith('1.1.1'))).toEqual(faults)
})

test('the sums above the table are its sums', () => {
  const other = findAsvsFaults(whole.replace(/holds \d+/, 'holds 999'), () => 'x')
  expect(other.map(({ what }) => what.slice(0, 26))).toContain('the sums of the table are:')
})
