import type { OperationContract } from '../../../lib/contract.ts'
import { systemActor } from '../../../platform/actor.ts'
import { takeHits } from '../../../platform/change-limit.ts'
import { txOn } from '../../../platform/db.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { deskPhone } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { asksForRating } from '../rules/asks-for-rating.ts'
import { queryLimits, readSlipCode } from '../rules/slip-code.ts'
import { timeRefusal } from '../rules/time-refusal.ts'
import { findCase } from './case-store.ts'
import { factsOf } from './case-view.ts'
import { slipIndex } from './slip-code-of.ts'
import { caseOfSlip, rootPath, streetName } from './slip-store.ts'
import { actSettings } from './street-clocks.ts'

const hour = 3600

/** Enters the street of a slip, as the system. A wrong number and a wrong code get one answer, and every try is counted first. */
export async function enterBySlip<C extends OperationContract>(
  call: Call<C>,
  asked: { number: string; code: string },
): Promise<{ street_id: number; case_id: string }> {
  const { tx, services } = call
  const number = asked.number.normalize('NFKC').replace(/\s/g, '')
  await checkLimits(call, number)
  const code = readSlipCode(asked.code)
  const slip = code === undefined ? undefined : await caseOfSlip(tx, slipIndex(services.keys, number, code))
  if (!slip) throw new Refusal('cases/slip-unknown')
  await call.enter({
    ...systemActor(slip.street_id, 'none'),
    scope: { areas: [], organisations: [] },
  })
  await call.enter(systemActor(slip.street_id, await rootPath(tx, slip.street_id)))
  return slip
}

/** Where a case stands. */
export const querySlip = operation(contract.querySlip, async (call) => {
  const { tx, body, at } = call
  const slip = await enterBySlip(call, body)
  const row = await findCase(tx, slip.street_id, slip.case_id)
  if (!row) throw new Refusal('cases/slip-unknown')
  return {
    number: row.number,
    streetName: await streetName(tx, slip.street_id),
    state: row.state,
    filedAt: row.created_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    answeredAt: row.answered_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    mayRate:
      asksForRating(row) &&
      timeRefusal('rate', factsOf(row), at, await actSettings(tx, slip.street_id, at)) === undefined,
    deskPhone: await readSetting(tx, slip.street_id, deskPhone, at),
  }
})

/** Counted in a transaction of its own: a refusal must not take its count back. */
async function checkLimits<C extends OperationContract>(call: Call<C>, number: string): Promise<void> {
  const { at, services, remoteAddress } = call
  const { keys } = services
  const [perAddress, perNumber] = await call.takeNumber(async (pool) => {
    const tx = txOn(pool)
    return [
      await takeHits(tx, `slip-address:${keys.blindIndex('address', remoteAddress)}`, at, hour),
      await takeHits(tx, `slip-number:${keys.blindIndex('slip-number', number)}`, at, hour),
    ]
  })
  if ((perAddress ?? 0) > queryLimits.perAddressAndHour || (perNumber ?? 0) > queryLimits.perNumberAndHour)
    throw new Refusal('cases/slip-too-often', {
      retryAfterSeconds: hour - (Math.floor(at.getTime() / 1000) % hour),
    })
}
