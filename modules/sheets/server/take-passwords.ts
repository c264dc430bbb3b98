import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { takeSecrets } from './batch-row-store.ts'
import { lockBatch } from './batch-store.ts'
import { sealedAt } from './read-batch.ts'
import { kindOfBatch, mayConfirm } from './sheet-kinds.ts'

/** Told once, to be printed and handed over; the reply is kept nowhere. */
export const takePasswords = operation(contract.takePasswords, async (call) => {
  const { tx, actor, params, services } = call
  const { batch, kind } = kindOfBatch(actor, await lockBatch(tx, actor.streetId, params.id))
  if (!mayConfirm(actor, kind)) throw new Refusal('sheets/another-confirms')
  const taken = await takeSecrets(tx, actor.streetId, batch.id)
  call.audit({ subjectType: 'sheet-batch', subjectId: batch.id, detail: { accounts: taken.length } })
  return {
    items: taken.map(
      ({ row, secret }) =>
        JSON.parse(services.keys.open(sealedAt.secret(batch.id, row), secret)) as {
          name: string
          username: string
          password: string
        },
    ),
  }
})
