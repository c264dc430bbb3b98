/** Where a person is signed in, and ending it there. */
import { Type } from 'typebox'
import { defineOperation, IdParams, Nothing } from '../../lib/contract.ts'
import { OwnSession } from './account-views.ts'

export const listOwnSessions = defineOperation({
  name: 'accounts.listOwnSessions',
  method: 'GET',
  path: '/api/sessions',
  summary: 'Where one’s own account is signed in: with what kind of browser and since when',
  who: 'signed-in',
  output: Type.Object({ items: Type.Array(OwnSession) }),
})

export const endOwnSession = defineOperation({
  name: 'accounts.endOwnSession',
  method: 'DELETE',
  path: '/api/sessions/{id}',
  summary: 'Ends one session of one’s own account',
  who: 'signed-in',
  params: IdParams,
  output: Nothing,
  refusals: ['accounts/not-found'],
})

export const endOtherSessions = defineOperation({
  name: 'accounts.endOtherSessions',
  method: 'POST',
  path: '/api/sessions/end-others',
  summary: 'Ends all sessions of one’s own account but this one',
  who: 'signed-in',
  body: Nothing,
  output: Type.Object({ ended: Type.Integer() }),
})
