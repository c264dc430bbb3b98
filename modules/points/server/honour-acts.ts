/** Honours are asked for by one and approved by another; so is taking one back. */
import { randomBytes } from 'node:crypto'
import { certificateNumber } from '../../../lib/certificate-code.ts'
import { dayOf } from '../../../lib/time.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea } from '../../areas/server/index.ts'
import { yearEnd } from '../rules/year.ts'
import type { ActContext, Acts, AskOf } from './act.ts'
import { communityOf } from './community.ts'
import {
  type EarnedRow,
  findHonour,
  honoursOf,
  insertHonour,
  pointsEarned,
  revokeHonour,
} from './honour-store.ts'
import { accountsByIds } from './ledger-store.ts'

export const earnedIn = (tx: ActContext['tx'], area: string, year: number): Promise<EarnedRow[]> =>
  pointsEarned(tx, area, `${year}-01-01`, `${year}-12-31`)

/** Of each account what it earned in the year. @throws Refusal points/honoured-already */
async function chosen({ tx, actor }: ActContext, ask: AskOf<'honours'>, area: string): Promise<EarnedRow[]> {
  const earned = new Map((await earnedIn(tx, area, ask.year)).map((row) => [row.account_id, row]))
  const honoured = new Set(
    (await honoursOf(tx, actor.streetId, area, ask.year))
      .filter(({ revoked_at }) => revoked_at === null)
      .map(({ account_id }) => account_id),
  )
  return ask.accountIds.map((id) => {
    const row = earned.get(id)
    if (!row || honoured.has(id)) throw new Refusal('points/honoured-already')
    return row
  })
}

export const honourActs: Acts<'honours' | 'end-honour'> = {
  honours: {
    async check(context, ask) {
      const { tx, actor, at } = context
      const area = await findArea(tx, actor.streetId, ask.areaId)
      if (!area) throw new Refusal('points/not-your-area')
      if (at < yearEnd(ask.year)) throw new Refusal('points/year-not-over')
      const { path } = await communityOf(tx, actor.streetId, area.path)
      await chosen(context, ask, path)
      return path
    },
    async apply(context, ask, request) {
      const { tx, actor, at, newId } = context
      const rows = await chosen(context, ask, request.area)
      const accounts = new Map(
        (await accountsByIds(tx, actor.streetId, ask.accountIds)).map((row) => [row.id, row]),
      )
      for (const { account_id, kind, points } of rows) {
        const added = await insertHonour(
          tx,
          actor.streetId,
          request.id,
          {
            id: newId(),
            area: request.area,
            year: ask.year,
            account_id,
            kind,
            organisation_id: accounts.get(account_id)?.organisation_id ?? null,
            points,
            number: certificateNumber(dayOf(at), randomBytes(6), 'RY'),
          },
          at,
        )
        if (!added) throw new Refusal('points/honoured-already')
      }
    },
  },
  'end-honour': {
    async check({ tx, actor }, ask) {
      const row = await findHonour(tx, actor.streetId, ask.honourId)
      if (!row || row.revoked_at !== null) throw new Refusal('points/honour-not-found')
      return row.area
    },
    async apply({ tx, actor, at }, ask) {
      if (!(await revokeHonour(tx, actor.streetId, ask.honourId, { at, reason: ask.words })))
        throw new Refusal('points/honour-not-found')
    },
  },
}
