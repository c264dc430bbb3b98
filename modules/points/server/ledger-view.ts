/** Accounts and sums as the staff sees them. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { areaIndex } from '../../areas/server/index.ts'
import type { AccountView, LedgerStanding } from '../contract.ts'
import { checkLedger } from '../ledger-operations.ts'
import { accountKinds } from '../ledger-words.ts'
import { holderNames } from './holder-names.ts'
import { type AccountRow, balancesOf, ledgerTotals, newestCheck, type TotalRow } from './ledger-store.ts'

export async function accountViews(
  tx: Tx,
  streetId: number,
  rows: readonly AccountRow[],
): Promise<AccountView[]> {
  const balances = await balancesOf(
    tx,
    rows.map(({ id }) => id),
  )
  const areas = await areaIndex(tx, streetId)
  const names = await holderNames(tx, streetId, rows)
  return rows.map((row) => {
    const area = areas.byPath.get(row.area)
    const balance = balances.get(row.id) ?? { posted: 0, held: 0, available: 0 }
    return {
      id: row.id,
      kind: row.kind,
      unit: row.unit,
      holder: names.get(row.id) ?? null,
      number: row.number,
      area: area ? { id: area.id, code: area.code, name: area.name, level: area.level } : null,
      ...balance,
    }
  })
}

/** By community, unit and kind, so that the same ledger always reads the same. */
const inOrder = (a: TotalRow, b: TotalRow): number => {
  const place = (row: TotalRow) =>
    `${row.area} ${row.unit} ${String(accountKinds.indexOf(row.kind)).padStart(2, '0')}`
  return place(a) < place(b) ? -1 : 1
}

export async function standingOf(tx: Tx, actor: Actor): Promise<LedgerStanding> {
  const areas = await areaIndex(tx, actor.streetId)
  const totals = (await ledgerTotals(tx)).sort(inOrder)
  const check = await newestCheck(tx, actor.streetId)
  return {
    totals: totals.map(({ area, ...total }) => {
      const found = areas.byPath.get(area)
      return {
        ...total,
        area: found ? { id: found.id, code: found.code, name: found.name, level: found.level } : null,
      }
    }),
    check: check
      ? { at: check.at.toISOString(), transfers: check.transfers, differences: [...check.differences] }
      : null,
    can: {
      check: Array.isArray(checkLedger.who) && actor.roles.some((role) => checkLedger.who.includes(role)),
    },
  }
}
