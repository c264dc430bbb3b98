import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/actor.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { keepReceipt } from './notice-store.ts'
import { deliverTask } from './tell.ts'

const maxAgeSeconds = 300

/** What a gateway signs about a text. */
export const receiptSignature = (secret: string, id: string, state: string, time: number): string =>
  createHmac('sha256', secret).update(`${id}\n${state}\n${time}`).digest('hex')

/** A text that did not arrive after all goes the way of one that could not be sent: the job makes a call of it. */
export const takeReceipt = operation(contract.takeReceipt, async (call) => {
  const { tx, at, body, services } = call
  const secret = services.sms.receiptSecret
  const age = Math.abs(at.getTime() / 1000 - body.time)
  if (secret === undefined || age > maxAgeSeconds) throw new Refusal('messages/receipt-unsigned')
  const right = receiptSignature(secret, body.id, body.state, body.time)
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(body.signature)))
    throw new Refusal('messages/receipt-unsigned')
  const dash = body.id.indexOf('-')
  const streetId = Number(body.id.slice(0, dash))
  await call.enter({ ...systemActor(streetId, 'none'), scope: { areas: [], organisations: [] } })
  const root = await tx.maybe(
    sql<{ path: string }>`select path::text from areas where street_id = ${streetId} and parent_id is null`,
  )
  if (!root) throw new Refusal('messages/not-found')
  await call.enter(systemActor(streetId, root.path))
  const arrived = body.state === 'delivered'
  const changed = await keepReceipt(tx, streetId, body.id.slice(dash + 1), at, arrived)
  if (changed === 0) throw new Refusal('messages/not-found')
  if (!arrived) call.job({ task: deliverTask, payload: {}, runAt: at })
  return {}
})
