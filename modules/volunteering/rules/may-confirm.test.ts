import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capacities, sessionSources, sessionStates } from '../hour-words.ts'
import { type ConfirmFacts, decideConfirm } from './may-confirm.ts'

const lead: ConfirmFacts = {
  source: 'on-site',
  state: 'published',
  byOwnCode: true,
  isOwn: false,
  recordedIt: false,
  confirmedIt: false,
  may: ['lead'],
}
test.each([
  ['the lead confirms who came by code', {}, 'lead'],
  ['the lead confirms themselves', { isOwn: true }, 'volunteering/own-hours'],
  ['somebody without a part in it', { may: ['member'] }, 'volunteering/not-a-witness'],
  [
    'staff confirm a sheet of a colleague',
    { source: 'by-hand', byOwnCode: false, may: ['staff'] },
    'volunteering/not-a-witness',
  ],
  [
    'the committee confirms a sheet',
    { source: 'by-hand', byOwnCode: false, may: ['staff', 'committee'] },
    'committee',
  ],
  [
    'a member of the committee confirms a sheet of their own hand',
    { source: 'by-hand', byOwnCode: false, recordedIt: true, may: ['committee'] },
    'volunteering/recorded-by-you',
  ],
  ['whoever was served confirms a need', { source: 'need', byOwnCode: false, may: ['served'] }, 'served'],
  [
    'staff confirm somebody who never left by the code',
    { byOwnCode: false, may: ['staff', 'lead'] },
    'volunteering/not-a-witness',
  ],
  ['before the service ended', { state: 'running' }, 'volunteering/still-running'],
  ['a record that was struck', { state: 'struck' }, 'volunteering/hours-over'],
  ['a second time', { confirmedIt: true }, 'volunteering/confirmed-already'],
  [
    'after it was entered, a sheet is still witnessed',
    { source: 'by-hand', byOwnCode: false, state: 'entered', may: ['committee'] },
    'committee',
  ],
] as const)('%s', (_, more, said) => {
  const decision = decideConfirm({ ...lead, ...more } as ConfirmFacts)
  expect(decision.ok ? decision.capacity : decision.why).toBe(said)
})

test('in no combination does anybody confirm their own hours, or a sheet that they entered', () => {
  const anything = fc.record({
    source: fc.constantFrom(...sessionSources),
    state: fc.constantFrom(...sessionStates),
    byOwnCode: fc.boolean(),
    isOwn: fc.boolean(),
    recordedIt: fc.boolean(),
    confirmedIt: fc.boolean(),
    may: fc.uniqueArray(fc.constantFrom(...capacities)),
  })
  fc.assert(
    fc.property(anything, (facts) => {
      if (facts.isOwn || (facts.recordedIt && facts.source === 'by-hand'))
        expect(decideConfirm(facts).ok).toBe(false)
    }),
    { numRuns: 200 },
  )
})
