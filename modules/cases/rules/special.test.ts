import { expect, test } from 'vitest'
import { at, calm, personWith, postOf } from '../../testing/act-facts.ts'
import { acts } from '../words.ts'
import { decideAct, decideAll } from './decide-act.ts'
import { needsPhoto, specialAllows } from './special.ts'

test('no act of the loop is open on a mediation', () => {
  expect(acts.filter((act) => specialAllows(act, 'mediation'))).toEqual([])
  expect(acts.filter((act) => !specialAllows(act, null))).toEqual([])
})

test('hazards and violations run through the loop, but are given out, closed and changed nowhere else', () => {
  for (const special of ['hazard', 'violation'] as const) {
    const shut = acts.filter((act) => !specialAllows(act, special))
    expect(shut).toEqual([
      'accept',
      'answer-now',
      'merge',
      'send-down',
      'assign',
      'register-petition',
      'find-unreasonable',
    ])
    expect(needsPhoto(special)).toBe(true)
  }
  expect(needsPhoto('mediation')).toBe(false)
  expect(needsPhoto(null)).toBe(false)
})

test('the act is refused with its reason, and no screen offers it', () => {
  const facts = { ...calm, special: 'mediation' as const }
  const desk = personWith(postOf('clerk'))
  expect(decideAct('accept', facts, desk, at)).toEqual({ ok: false, why: 'cases/is-special' })
  expect(decideAll(facts, desk, at)).toEqual({})
})
