/** Open cases as places on a map, without a word of what they say. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, Words } from '../../lib/contract.ts'
import { caseStates } from './words.ts'

export const CasePoint = Type.Object({
  id: Id,
  /** WGS-84, to some ten metres: where something is, not at whose door. */
  lng: Type.Number(),
  lat: Type.Number(),
  state: Words(caseStates),
  overdue: Type.Boolean(),
})
export type CasePoint = Static<typeof CasePoint>

export const listCasePoints = defineOperation({
  name: 'cases.listCasePoints',
  method: 'GET',
  path: '/api/case-points',
  summary:
    'Where the open cases that the reader may see lie, newest first, 5,000 at most; no texts, no contacts',
  who: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'],
  output: Type.Object({ items: Type.Array(CasePoint) }),
})
