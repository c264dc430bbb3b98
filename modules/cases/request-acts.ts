/** Acts that ask for what a second person settles, and the settling. */
import { Type } from 'typebox'
import { Instant, Words } from '../../lib/contract.ts'
import { act, desk, holders, OptionalText, strict } from './case-act.ts'
import { Text } from './case-views.ts'
import { suspendReasons } from './words.ts'

const Ask = Type.Object({ reason: Text, until: Instant }, strict)
export const extendCase = act('extend', 'extendCase', 'Asks for a later deadline', holders, Ask, [
  'cases/date-in-past',
  'cases/extension-too-long',
])
export const deferCase = act('defer', 'deferCase', 'Asks to put the case off to a day', holders, Ask, [
  'cases/date-in-past',
  'cases/extension-too-long',
])
export const suspendCase = act(
  'suspend',
  'suspendCase',
  'Asks to stop the clock for a listed reason',
  holders,
  Type.Object({ kind: Words(suspendReasons), reason: Text, until: Instant }, strict),
  ['cases/date-in-past'],
)
export const resumeCase = act(
  'resume',
  'resumeCase',
  'Starts a suspended clock again before its day',
  [...holders, 'supervisor', 'duty-head'],
  Type.Object({ words: OptionalText }, strict),
)

export const approveRequest = act(
  'approve',
  'approveRequest',
  'A second person approves what was asked',
  [...desk, 'supervisor', 'verifier', 'organisation-lead'],
  Type.Object({ words: OptionalText }, strict),
  ['cases/nothing-to-approve', 'cases/asker-may-not-approve', 'cases/handler-may-not-close'],
)
export const refuseRequest = act(
  'refuse',
  'refuseRequest',
  'A second person refuses what was asked',
  [...desk, 'supervisor', 'verifier', 'organisation-lead'],
  Type.Object({ words: Text }, strict),
  ['cases/nothing-to-approve', 'cases/asker-may-not-approve'],
)
