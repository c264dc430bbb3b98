import { expect, test } from 'vitest'
import { type MoveReason, tiers } from '../mediation-words.ts'
import {
  commonWish,
  decideMove,
  isInForce,
  type MediationFacts,
  type MediationStep,
  stepRefusal,
} from './mediation.ts'
import { confirmBy, remindersDue } from './mediation-days.ts'

const ready: MediationFacts = {
  stage: 'open',
  tier: 'courtyard',
  consents: ['yes', 'yes'],
  mediators: 1,
  attempts: 0,
  drafted: false,
}

test.each<[MediationStep, Partial<MediationFacts>, string | undefined]>([
  ['session', {}, undefined],
  ['session', { consents: ['yes', null] }, 'safety/consent-missing'],
  ['session', { consents: ['no', 'yes'] }, 'safety/party-refuses'],
  // A refusal weighs more than an answer that is still missing.
  ['session', { consents: ['no', null] }, 'safety/party-refuses'],
  ['session', { mediators: 0 }, 'safety/mediator-missing'],
  ['plan', { consents: ['yes', null] }, 'safety/consent-missing'],
  ['agreement', { consents: ['no', 'yes'] }, 'safety/party-refuses'],
  ['mediators', { consents: [null, null] }, undefined],
  ['consent', { stage: 'agreed' }, 'safety/wrong-stage'],
  ['sign', {}, 'safety/no-draft'],
  ['sign', { drafted: true }, undefined],
  ['performance', {}, 'safety/wrong-stage'],
  ['performance', { stage: 'agreed' }, undefined],
  ['court', { stage: 'performed' }, undefined],
  ['court', {}, 'safety/wrong-stage'],
  ['end', { consents: ['no', 'yes'] }, undefined],
  ['end', { stage: 'agreed' }, undefined],
  ['end', { stage: 'performed' }, 'safety/wrong-stage'],
  ['end', { stage: 'ended' }, 'safety/wrong-stage'],
  ['police', { stage: 'ended' }, undefined],
])('%s with %j: %s', (step, more, refusal) => {
  expect(stepRefusal(step, { ...ready, ...more })).toBe(refusal)
})

test.each<[MoveReason, Partial<MediationFacts>, boolean, string]>([
  ['attempt-failed', { attempts: 1 }, false, 'community'],
  ['attempt-failed', { attempts: 0 }, false, 'safety/no-attempt'],
  ['attempt-failed', { attempts: 0 }, true, 'safety/no-attempt'],
  ['party-applied', {}, true, 'community'],
  ['party-applied', {}, false, 'safety/party-unknown'],
  ['party-refused', { consents: ['yes', 'no'] }, false, 'community'],
  ['party-refused', {}, true, 'safety/nobody-refuses'],
  ['attempt-failed', { tier: 'community', attempts: 2 }, false, 'street'],
  ['party-applied', { tier: 'street' }, true, 'safety/top-tier'],
  ['party-applied', { stage: 'agreed' }, true, 'safety/wrong-stage'],
])('up because %s with %j, somebody applied %s: %s', (reason, more, applicant, answer) => {
  const decision = decideMove({ ...ready, ...more }, reason, applicant)
  expect(decision.ok ? decision.to : decision.why).toBe(answer)
})

test('nothing moves up by itself, and never by more than one tier', () => {
  for (const [index, tier] of tiers.entries()) {
    const decision = decideMove({ ...ready, tier, attempts: 5 }, 'attempt-failed', false)
    expect(decision.ok ? decision.to : undefined).toBe(tiers[index + 1])
  }
})

test('a mediator is chosen by the parties when all of them wish for the same one', () => {
  expect(commonWish(['a', 'a'])).toBe('a')
  expect(commonWish(['a', 'b'])).toBeUndefined()
  expect(commonWish(['a', null])).toBeUndefined()
  expect(commonWish([null, null])).toBeUndefined()
  expect(commonWish([])).toBeUndefined()
})

test('an agreement is in force when every party, a mediator and the stamp are on it, and not before', () => {
  const all = [
    { who: 'party', id: 'a' },
    { who: 'party', id: 'b' },
    { who: 'mediator', id: 'm' },
    { who: 'stamp', id: null },
  ] as const
  expect(isInForce(['a', 'b'], all)).toBe(true)
  for (const missing of all)
    expect(
      isInForce(
        ['a', 'b'],
        all.filter((one) => one !== missing),
      ),
    ).toBe(false)
})

test('the court may be asked for thirty days after the day of effect, and never about personal status', () => {
  expect(confirmBy('2026-09-14', false)).toBe('2026-10-14')
  expect(confirmBy('2026-01-31', false)).toBe('2026-03-02')
  expect(confirmBy('2026-09-14', true)).toBeNull()
})

test.each([
  ['2026-10-03', []],
  ['2026-10-04', ['court-10']],
  ['2026-10-10', ['court-10']],
  ['2026-10-11', ['court-3']],
  ['2026-10-14', ['court-3']],
  ['2026-10-15', []],
])('on %s both hear %j about the court', (today, said) => {
  const facts = { confirmBy: '2026-10-14', applied: false, duties: [] }
  expect(remindersDue(facts, today).map(({ reminder }) => reminder)).toEqual(said)
  expect(remindersDue({ ...facts, applied: true }, today)).toEqual([])
})

test('a duty is announced three days before and called about the day after; one that is settled is left alone', () => {
  const duty = { id: 'd', dueOn: '2026-09-20', state: 'open' as const }
  const said = (today: string, state: 'open' | 'done' = 'open') =>
    remindersDue({ confirmBy: null, applied: false, duties: [{ ...duty, state }] }, today).map(
      ({ reminder }) => reminder,
    )
  expect(said('2026-09-16')).toEqual([])
  expect(said('2026-09-17')).toEqual(['duty-soon'])
  expect(said('2026-09-20')).toEqual(['duty-soon'])
  expect(said('2026-09-21')).toEqual(['duty-due'])
  expect(said('2026-09-21', 'done')).toEqual([])
})
