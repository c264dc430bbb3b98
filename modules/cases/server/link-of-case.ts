import { sql } from 'kysely'
import type { LinkFinder } from '../../messages/server/index.ts'
import { printedSlipCode } from '../rules/slip-code.ts'
import type { CaseRow } from './case-row.ts'
import { slipCodeOf } from './slip-code-of.ts'

/**
 * The address in a text: the page that asks for number and code, with both filled in. They stand behind `#`, so they reach no
 * log of a server or a proxy. None where the system does not know its own address. For the worker alone.
 */
export const linkOfCase: LinkFinder = async ({ tx, keys, streetId, at, publicUrl }, caseId) => {
  if (publicUrl === undefined) return undefined
  const row = await tx.maybe(
    sql<CaseRow>`select * from cases where street_id = ${streetId} and id = ${caseId} and guarded_by is null`,
  )
  if (row === undefined) return undefined
  const { code } = await slipCodeOf({ tx, keys, at }, row)
  return `${publicUrl}/m/query#${row.number}.${printedSlipCode(code)}`
}
