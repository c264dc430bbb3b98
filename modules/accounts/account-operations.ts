/** Staff accounts, for the security administrator. */
import { Type } from 'typebox'
import { Cursor, defineOperation, Id, IdParams, Nothing, Page } from '../../lib/contract.ts'
import { AccountView } from './account-views.ts'

export const listAccounts = defineOperation({
  name: 'accounts.listAccounts',
  method: 'GET',
  path: '/api/accounts',
  summary: 'Staff accounts of the street with their posts',
  who: ['security-admin'],
  audit: 'read',
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 60 })),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  output: Page(AccountView),
})

export const createAccount = defineOperation({
  name: 'accounts.createAccount',
  method: 'POST',
  path: '/api/accounts',
  summary: 'Makes a staff account with a one-time password, shown once',
  who: ['security-admin'],
  status: 201,
  idempotency: 'unstored',
  body: Type.Object(
    {
      id: Type.Optional(Id),
      username: Type.String({ minLength: 2, maxLength: 80, pattern: '^[\\p{L}\\p{N}._-]+$' }),
      displayName: Type.String({ minLength: 1, maxLength: 40 }),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ account: AccountView, oneTimePassword: Type.String() }),
  refusals: ['accounts/username-taken'],
})

export const setAccountDisabled = defineOperation({
  name: 'accounts.setAccountDisabled',
  method: 'POST',
  path: '/api/accounts/{id}/disabled',
  summary: 'Disables or enables an account; a disabled one loses access with its next request',
  who: ['security-admin'],
  params: IdParams,
  body: Type.Object({ disabled: Type.Boolean() }, { additionalProperties: false }),
  output: AccountView,
  refusals: ['accounts/not-found', 'accounts/own-account'],
})

export const resetPassword = defineOperation({
  name: 'accounts.resetPassword',
  method: 'POST',
  path: '/api/accounts/{id}/password-reset',
  summary: 'Gives an account a new one-time password, shown once; all its sessions end',
  who: ['security-admin'],
  idempotency: 'unstored',
  params: IdParams,
  body: Nothing,
  output: Type.Object({ account: AccountView, oneTimePassword: Type.String() }),
  refusals: ['accounts/not-found', 'accounts/own-account'],
})

export const resetSecondFactor = defineOperation({
  name: 'accounts.resetSecondFactor',
  method: 'POST',
  path: '/api/accounts/{id}/second-factor-reset',
  summary: 'Forgets the second factor of an account, which must be enrolled again; all its sessions end',
  who: ['security-admin'],
  params: IdParams,
  body: Nothing,
  output: AccountView,
  refusals: ['accounts/not-found', 'accounts/own-account'],
})
