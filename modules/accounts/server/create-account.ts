import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { findAccount } from './account-store.ts'
import { accountView } from './account-view.ts'
import { tryInsertAccounts } from './insert-accounts.ts'
import { hashPassword, makeOneTimePassword } from './passwords.ts'

/** The account can do nothing until it is given a post, and then nothing before its password is changed. */
export const createAccount = operation(contract.createAccount, async (call) => {
  const { tx, body, actor, at, services } = call
  const id = body.id ?? call.newId()
  const oneTimePassword = makeOneTimePassword()
  const added = await tryInsertAccounts(tx, services.keys, actor.streetId, at, [
    {
      id,
      kind: 'staff',
      username: body.username,
      displayName: body.displayName.trim(),
      passwordHash: await hashPassword(oneTimePassword),
      mustChangePassword: true,
    },
  ])
  if (!added) throw new Refusal('accounts/username-taken')
  call.audit({ subjectType: 'account', subjectId: id })
  const made = await findAccount(tx, id)
  if (made === undefined) throw new Error('the new account is gone')
  return { account: await accountView(tx, services.keys, actor.streetId, made, at), oneTimePassword }
})
