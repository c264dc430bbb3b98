import { expect, test } from 'vitest'
import { isInsured, type ServeFacts, type ServeWish, serveRefusal } from './may-serve.ts'

const adult: ServeFacts = { age: 40, consent: 'not-needed', isVolunteer: true, skills: new Map() }
const any: ServeWish = {
  minAge: 14,
  dangerous: false,
  skill: null,
  skillIsLicensed: false,
  lastDay: '2026-09-20',
}

test.each([
  ['an adult volunteer', {}, {}, undefined],
  ['somebody who never joined', { isVolunteer: false }, {}, 'volunteering/not-a-volunteer'],
  ['sixteen, with the guardian’s consent', { age: 16, consent: 'given' }, {}, undefined],
  ['sixteen, without it', { age: 16, consent: 'missing' }, {}, 'volunteering/consent-missing'],
  ['sixteen, and it was taken back', { age: 16, consent: 'withdrawn' }, {}, 'volunteering/consent-missing'],
  [
    'sixteen, where eighteen is asked',
    { age: 16, consent: 'given' },
    { minAge: 18 },
    'volunteering/too-young-here',
  ],
  [
    'sixteen, where it is dangerous',
    { age: 16, consent: 'given' },
    { dangerous: true },
    'volunteering/minor-danger',
  ],
  ['no such skill', {}, { skill: 'hair' }, 'volunteering/skill-missing'],
  ['the skill', { skills: new Map([['hair', null]]) }, { skill: 'hair' }, undefined],
  [
    'the skill without its licence',
    { skills: new Map([['doctor', null]]) },
    { skill: 'doctor', skillIsLicensed: true },
    'volunteering/licence-missing',
  ],
  [
    'a licence that ends the day before',
    { skills: new Map([['doctor', '2026-09-19']]) },
    { skill: 'doctor', skillIsLicensed: true },
    'volunteering/licence-missing',
  ],
  [
    'a licence to the day itself',
    { skills: new Map([['doctor', '2026-09-20']]) },
    { skill: 'doctor', skillIsLicensed: true },
    undefined,
  ],
] as const)('%s', (_, who, wish, refusal) => {
  expect(serveRefusal({ ...adult, ...who } as ServeFacts, { ...any, ...wish })).toBe(refusal)
})

test('a dangerous activity is insured for its whole length, or not at all', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 8, n))
  const shifts = [{ starts_at: day(14), ends_at: day(15) }]
  const policy = { risk: 'dangerous', policy: 'P-1', from: day(14), until: day(15) } as const
  expect(isInsured(policy, shifts)).toBe(true)
  expect(isInsured({ ...policy, until: day(14) }, shifts)).toBe(false)
  expect(isInsured({ ...policy, from: day(15) }, shifts)).toBe(false)
  expect(isInsured({ ...policy, policy: null }, shifts)).toBe(false)
  expect(isInsured({ ...policy, risk: 'ordinary', policy: null }, shifts)).toBe(true)
})
