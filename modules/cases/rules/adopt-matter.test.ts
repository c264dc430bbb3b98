import { expect, test } from 'vitest'
import { adoptMatter } from './adopt-matter.ts'

const suggested = (share: number | null) => ({ code: 'LX01005', share })

test.each([
  ['the form names it', { named: 'LX1', own: 'LX2', suggested: suggested(1) }, 'LX1'],
  ['the case has its own', { own: 'LX2', suggested: suggested(1) }, 'LX2'],
  ['the suggestion is exactly as sure as it has to be', { suggested: suggested(0.85) }, 'LX01005'],
  ['the suggestion is less sure', { suggested: suggested(0.849) }, undefined],
  ['only words of the catalogue matched', { suggested: suggested(null) }, undefined],
  ['nothing is suggested', {}, undefined],
])('%s', (_, facts, code) => {
  expect(
    adoptMatter({ named: undefined, own: null, suggested: undefined, atLeastPercent: 85, ...facts }),
  ).toBe(code)
})
