import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { postIndex } from '../../accounts/server/index.ts'
import * as contract from '../contract.ts'
import { allRules } from './earning-store.ts'

/** 积分规则: open to everybody, for they say what one's time earns. */
export const listRules = operation(contract.listRules, async ({ tx, actor, at }) => {
  const today = dayOf(at)
  const { organisations } = await postIndex(tx, actor.streetId)
  const rows = await allRules(tx, actor.streetId)
  return {
    items: rows.map((row) => ({
      id: row.id,
      code: row.code,
      name: row.name,
      earns: row.earns,
      basis: row.basis,
      points: row.points,
      capActivity: row.cap_activity,
      capDay: row.cap_day,
      reserve: row.reserve_id ? (organisations.get(row.reserve_id)?.name ?? null) : null,
      from: row.from_on,
      to: row.to_on,
      inForce: row.from_on <= today && (row.to_on === null || row.to_on >= today),
    })),
  }
})
