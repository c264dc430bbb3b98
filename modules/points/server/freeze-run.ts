import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex, findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { cutoffOf } from '../rules/quarter.ts'
import { pointWorth, quarterTerms } from '../settings.ts'
import { communityOf, postOver } from './community.ts'
import { reserveTransfer } from './ledger.ts'
import { balancesOf } from './ledger-store.ts'
import { quarterList } from './quarter-list.ts'
import { allRuns, insertLines, insertRun, runExists } from './run-store.ts'
import { getRunRow, preparers, runSummary, runView } from './run-view.ts'
import { communityAccount } from './system-accounts.ts'

/** What was under way when the quarter ended has been booked by then: an act lives for seconds. */
const settledMs = 60_000

/** 冻结: the list as it stood when the quarter ended, and the points on it held back from now on. */
export const freezeRun = operation(contract.freezeRun, async (call) => {
  const { tx, actor, at, body } = call
  const asked = await findArea(tx, actor.streetId, body.areaId)
  const area = asked && (await communityOf(tx, actor.streetId, asked.path))
  if (!area || !postOver(actor, area.path, preparers)) throw new Refusal('points/not-your-area')
  const cutoff = cutoffOf(body.quarter)
  if (at.getTime() < cutoff.getTime() + settledMs) throw new Refusal('points/quarter-not-over')
  if (await runExists(tx, actor.streetId, area.id, body.quarter)) throw new Refusal('points/run-exists')
  const { leastPoints } = await readSetting(tx, actor.streetId, quarterTerms, at)
  const rateFen = await readSetting(tx, actor.streetId, pointWorth, at)
  const list = await quarterList(tx, actor.streetId, {
    area: area.path,
    quarter: body.quarter,
    cutoff,
    rateFen,
    leastPoints,
  })
  const balances = await balancesOf(
    tx,
    list.lines.map(({ accountId }) => accountId),
  )
  // What somebody gave away since then cannot be held any more; the list still says what they had.
  const lines = list.lines
    .map(({ accountId, points, parts }) => ({
      account_id: accountId,
      points: Math.min(points, balances.get(accountId)?.available ?? 0),
      parts,
      hold_id: call.newId(),
    }))
    .filter(({ points }) => points > 0)
  if (lines.length === 0) throw new Refusal('points/nothing-to-redeem')
  const id = call.newId()
  const run = {
    id,
    areaId: area.id,
    area: area.path,
    quarter: body.quarter,
    cutoff,
    rateFen,
    leastPoints,
    list: list.text,
    sha256: list.sha256,
    points: lines.reduce((sum, { points }) => sum + points, 0),
    by: actor.accountId,
    at,
  }
  if (!(await insertRun(tx, actor.streetId, run))) throw new Refusal('points/run-exists')
  const redeemed = await communityAccount(tx, 'redeemed', 'points', area, at)
  for (const line of lines)
    await reserveTransfer(tx, {
      id: line.hold_id,
      cause: 'redeem',
      lines: [
        { accountId: line.account_id, amount: -line.points },
        { accountId: redeemed, amount: line.points },
      ],
      subject: { type: 'quarter-run', id },
      by: actor.accountId,
      at,
    })
  await insertLines(tx, actor.streetId, run, lines)
  call.audit({
    subjectType: 'quarter-run',
    subjectId: id,
    detail: { quarter: body.quarter, accounts: lines.length, sha256: list.sha256 },
  })
  return runView(call, await getRunRow(call, id))
})

export const listRuns = operation(contract.listRuns, async ({ tx, actor }) => {
  const areas = await areaIndex(tx, actor.streetId)
  return {
    items: (await allRuns(tx, actor.streetId)).flatMap((row) => {
      const area = areas.byId.get(row.area_id)
      return area ? [runSummary(row, area)] : []
    }),
  }
})

export const getRun = operation(contract.getRun, async (call) => {
  const row = await getRunRow(call, call.params.id)
  call.audit({ subjectType: 'quarter-run', subjectId: row.id })
  return runView(call, row)
})
