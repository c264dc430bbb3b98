import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepResults, resultLine, shareOfTarget } from './report.ts'

const asked = { name: 'create', row: 'P1', rows: 20_000 }

test('a line says scenario, size, the ratio to what its target names, the target and whether it was met', () => {
  const target = { against: 'statements', atLeast: 0.4 }
  expect(resultLine(asked, { toBare: 0.3, toStatements: 0.5, target, met: true })).toMatchObject({
    scenario: 'create',
    row: 'P1',
    size: 20_000,
    ratio: 0.5,
    target,
    met: true,
  })
  expect(resultLine(asked, { measured: [{ toStatement: 7.7 }, { toStatement: 5.1 }] }).ratio).toBe(5.1)
  expect(resultLine(asked, { took: { done: 3 } })).not.toHaveProperty('ratio')
})

test('a share of 1 is what is asked, whether more or less is better', () => {
  const line = (ratio: number, target: object) => shareOfTarget(resultLine(asked, { ratio, target }))
  expect(line(0.6, { atLeast: 0.4 })).toBeCloseTo(1.5)
  expect(line(3, { atMost: 1.5 })).toBeCloseTo(0.5)
  expect(line(3, {})).toBeUndefined()
})

test('the page holds the newest line of each scenario and size, and a chart without a script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-page-'))
  const line = (ratio: number, rows: number) =>
    resultLine({ ...asked, rows }, { ratio, target: { against: 'a<b', atLeast: 0.4 }, met: ratio >= 0.4 })
  keepResults(folder, [line(0.3, 1000), line(0.5, 2000)], '2026-11-21')
  keepResults(folder, [line(0.45, 1000)], '2026-11-22')
  const page = readFileSync(join(folder, 'README.md'), 'utf8')
  expect(page.match(/^\| P1 .*$/gm)).toEqual([
    '| P1 | create | 1,000 | 0.45 | a<b | ≥ 0.4 | yes | 2026-11-22 |  |',
    '| P1 | create | 2,000 | 0.5 | a<b | ≥ 0.4 | yes | 2026-11-21 |  |',
  ])
  const chart = readFileSync(join(folder, 'ratios.svg'), 'utf8')
  expect(chart).toContain('P1 create · 1,000')
  expect(chart).not.toContain('<script')
  expect(readFileSync(join(folder, 'results.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3)
  rmSync(folder, { recursive: true, force: true })
})
