/** Points become vouchers: the held points are posted, each sponsor's reserve is bound, and every voucher gets its code. */
import { randomBytes } from 'node:crypto'
import { addDays, dayOf } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Services } from '../../../platform/services.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex } from '../../areas/server/index.ts'
import { splitValue } from '../rules/allocate-points.ts'
import { makeVoucherCode } from '../rules/voucher-code.ts'
import { quarterTerms } from '../settings.ts'
import { allPartners } from './earning-store.ts'
import { postReserved, postTransfer } from './ledger.ts'
import type { LineRow, RunRow } from './run-store.ts'
import { reservesNow } from './run-view.ts'
import { moneyAccount } from './system-accounts.ts'
import { insertVouchers, type NewVoucher } from './voucher-store.ts'

interface IssueCall {
  readonly tx: Tx
  readonly actor: Actor
  readonly at: Date
  readonly services: Pick<Services, 'keys'>
  newId(): string
}

/** A code, sealed for its holder and found by its blind index. */
export function newCode(keys: Keys, streetId: number, voucherId: string) {
  const code = makeVoucherCode(randomBytes(9))
  return {
    code_index: codeIndex(keys, streetId, code),
    code_encrypted: keys.seal(`vouchers.code.${voucherId}`, code),
  }
}

export const codeIndex = (keys: Keys, streetId: number, code: string): string =>
  keys.blindIndex('voucher-code', `${streetId}:${code}`)

/** Runs as the system of the street. @throws Refusal points/reserve-short when a reserve does not hold it */
export async function issueVouchers(
  call: IssueCall,
  run: RunRow,
  lines: readonly LineRow[],
): Promise<number> {
  const { tx, actor, at, services } = call
  const streetId = actor.streetId
  const { voucherFen, voucherDays } = await readSetting(tx, streetId, quarterTerms, at)
  const payer = await payers(call, run, lines)
  const code = (await areaIndex(tx, streetId)).byId.get(run.area_id)?.code ?? ''
  const expires_on = addDays(dayOf(at), voucherDays)
  const vouchers: NewVoucher[] = []
  const bound = new Map<string, number>()
  for (const line of lines) {
    await postReserved(tx, { id: line.hold_id, by: actor.accountId, at })
    for (const { reserveId, fen } of payer(line)) {
      bound.set(reserveId, (bound.get(reserveId) ?? 0) + fen)
      for (const value of splitValue(fen, voucherFen)) {
        const id = call.newId()
        vouchers.push({
          id,
          run_id: run.id,
          account_id: line.account_id,
          area: run.area,
          reserve_id: reserveId,
          value_fen: value,
          serial: `${run.quarter}-${code}-${String(vouchers.length + 1).padStart(5, '0')}`,
          ...newCode(services.keys, streetId, id),
          expires_on,
          replaces: null,
        })
      }
    }
  }
  for (const [reserveId, fen] of [...bound].sort())
    await postTransfer(tx, {
      id: call.newId(),
      cause: 'voucher-issued',
      lines: [
        { accountId: await moneyAccount(tx, streetId, 'reserve', reserveId, at), amount: -fen },
        { accountId: await moneyAccount(tx, streetId, 'vouchers', reserveId, at), amount: fen },
      ],
      subject: { type: 'quarter-run', id: run.id },
      by: actor.accountId,
      at,
    })
  await insertVouchers(tx, streetId, vouchers, at)
  return vouchers.length
}

/**
 * Who pays for a line: the sponsors that its points name, and for points that name none whichever sponsor has the most
 * left, so that nobody goes empty while somebody gave.
 */
async function payers({ tx, actor }: IssueCall, run: RunRow, lines: readonly LineRow[]) {
  const sponsors = (await allPartners(tx, actor.streetId)).filter(({ part }) => part === 'sponsor')
  const left = await reservesNow(
    tx,
    actor.streetId,
    sponsors.map(({ organisation_id }) => organisation_id),
  )
  const take = (id: string, fen: number) => left.set(id, (left.get(id) ?? 0) - fen)
  const named = (line: LineRow) => {
    let points = line.points
    return line.parts.map(({ reserveId, points: most }) => {
      const used = Math.min(points, most)
      points -= used
      return { reserveId, fen: used * run.rate_fen }
    })
  }
  for (const line of lines)
    for (const { reserveId, fen } of named(line)) if (reserveId !== null) take(reserveId, fen)
  return (line: LineRow): { reserveId: string; fen: number }[] =>
    named(line).flatMap(({ reserveId, fen }) => {
      if (fen === 0) return []
      if (reserveId !== null) return [{ reserveId, fen }]
      const parts: { reserveId: string; fen: number }[] = []
      let open = fen
      for (const [id, has] of [...left].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
        const used = Math.min(open, Math.max(0, has))
        if (used === 0) continue
        take(id, used)
        open -= used
        parts.push({ reserveId: id, fen: used })
      }
      if (open > 0) throw new Refusal('points/reserve-short')
      return parts
    })
}
