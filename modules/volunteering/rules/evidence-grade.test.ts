import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capacities, evidenceKinds } from '../hour-words.ts'
import { type EvidenceFact, gradeOf } from './evidence-grade.ts'

const own = (kind: 'arrived' | 'left'): EvidenceFact => ({ kind, capacity: 'volunteer' })
const confirmed = (capacity: EvidenceFact['capacity']): EvidenceFact => ({ kind: 'confirmed', capacity })
const codes = [own('arrived'), own('left')]

test.each([
  ['came and left by code, and the lead confirms', 'on-site', [...codes, confirmed('lead')], 'proven'],
  ['came and left by code, and nobody confirms', 'on-site', codes, 'honour'],
  [
    'the end was set by the lead',
    'on-site',
    [own('arrived'), { kind: 'left', capacity: 'lead' }, confirmed('lead')],
    'honour',
  ],
  [
    'the end was set by the lead, and the committee confirms',
    'on-site',
    [own('arrived'), confirmed('committee')],
    'witnessed',
  ],
  ['a paper sheet alone', 'by-hand', [{ kind: 'sheet', capacity: 'staff' }], 'honour'],
  [
    'a paper sheet and a colleague of the recorder',
    'by-hand',
    [{ kind: 'sheet', capacity: 'staff' }, confirmed('staff')],
    'honour',
  ],
  ['a paper sheet and whoever was served', 'by-hand', [confirmed('served')], 'witnessed'],
  ['a paper sheet and the committee', 'by-hand', [confirmed('committee')], 'witnessed'],
  ['a need, evaluated by whoever asked', 'need', [confirmed('served')], 'witnessed'],
  ['a need that nobody evaluated', 'need', [], 'honour'],
] as const)('%s', (_, source, evidence, grade) => {
  expect(gradeOf(source, evidence)).toBe(grade)
})

test('without a confirmation of somebody else nothing rises above honour, whatever else is put together', () => {
  const anything = fc.array(
    fc.record({
      kind: fc.constantFrom(...evidenceKinds.filter((kind) => kind !== 'confirmed')),
      capacity: fc.constantFrom(...capacities),
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom('on-site', 'by-hand', 'need'), anything, (source, evidence) => {
      expect(gradeOf(source as 'need', evidence)).toBe('honour')
    }),
    { numRuns: 100 },
  )
})
