import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Role } from '../../../lib/contract.ts'
import { caseActs, unmaskReporter } from '../contract.ts'
import { type Act, acts, type CaseState, caseStates } from '../words.ts'
import { rolesOfParty } from './decide-act.ts'
import { withTransitions } from './render-transitions.ts'
import type { Party } from './transition.ts'
import { transitionOf, transitions } from './transitions.ts'

const readmeFile = new URL('../README.md', import.meta.url)

test('the README shows the table as it is (UPDATE_README=1 writes it anew)', () => {
  const readme = readFileSync(readmeFile, 'utf8')
  const wanted = withTransitions(readme)
  if (process.env.UPDATE_README === '1') writeFileSync(readmeFile, wanted)
  else expect(readme).toBe(wanted)
})

test('every act has exactly one row, in the order of the words', () => {
  expect(transitions.map((row) => row.act)).toEqual([...acts])
})

test('rows name only states there are, and no state twice', () => {
  for (const { act, from, to } of transitions) {
    const named = [...from, ...(typeof to === 'string' ? [to] : to)].filter((state) => state !== 'stays')
    expect(caseStates, act).toEqual(expect.arrayContaining(named))
    expect(new Set(from).size, act).toBe(from.length)
  }
})

test('only filing begins a case, and nothing leads back to before it', () => {
  expect(transitions.filter((row) => row.from.length === 0).map((row) => row.act)).toEqual(['file'])
})

test('declined leads nowhere; closed only reopens; merged only splits', () => {
  const moving = (state: CaseState) =>
    transitions.filter((row) => row.from.includes(state) && row.to !== 'stays').map((row) => row.act)
  expect(moving('declined')).toEqual([])
  expect(moving('closed')).toEqual(['reopen'])
  expect(moving('merged')).toEqual(['split'])
})

test('check and close are barred to whoever handled; everything asked for has approvers and waits alone', () => {
  expect(transitions.filter((row) => row.barred).map((row) => [row.act, row.barred])).toEqual([
    ['check', 'handled'],
    ['close', 'handled-or-assigned'],
    ['adjudicate', 'assigned'],
    ['record-rating', 'handled'],
  ])
  const asked = transitions.filter((row) => row.approvedBy)
  // A result waits for the lead only where the organisation asks for 审签 (submit-result.ts).
  expect(asked.map((row) => row.act)).toEqual([
    'return',
    'submit-result',
    'close',
    'extend',
    'defer',
    'suspend',
    'extend-petition',
    'find-unreasonable',
  ])
  for (const row of asked) expect(row.whilePending, row.act).toBeUndefined()
})

test('whoever the table lets act is let in by the act’s contract: no button leads to a refusal by role', () => {
  const roleless: readonly Party[] = ['reporter', 'holder', 'organisation']
  for (const act of acts.filter((one) => one !== 'file')) {
    const contract = act === 'unmask' ? unmaskReporter : caseActs[act as Exclude<Act, 'file' | 'unmask'>]
    const { who } = contract
    const { who: parties, approvedBy = [] } = transitionOf(act)
    if (who === 'signed-in') continue
    expect(parties, act).not.toContain('reporter')
    const approvers =
      act === 'approve' || act === 'refuse' ? transitions.flatMap((row) => row.approvedBy ?? []) : []
    for (const party of [...parties, ...approvers].filter((one) => !roleless.includes(one)))
      for (const role of rolesOfParty(party))
        expect(who as readonly Role[], `${act} as ${party}`).toContain(role)
    expect(approvedBy.every((party) => !roleless.includes(party))).toBe(true)
  }
})

test('whoever may be given an order is let in by every act of a holder', () => {
  const holders: Role[] = [
    'micro-grid-member',
    'grid-worker',
    'grid-head',
    'clerk',
    'secretary',
    'handler',
    'organisation-lead',
  ]
  for (const { act, who } of transitions) {
    if (!who.includes('holder') || act === 'unmask' || act === 'add' || act === 'reopen') continue
    expect(caseActs[act as 'take'].who, act).toEqual(expect.arrayContaining(holders))
  }
})
