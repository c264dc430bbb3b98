import { dayOf, startOfDay } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex, findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { cutoffOf } from '../rules/quarter.ts'
import { isYear, yearRunOn } from '../rules/year.ts'
import { pointWorth, quarterTerms } from '../settings.ts'
import { beginRun } from './begin-run.ts'
import { communityOf, postOver } from './community.ts'
import { yearTermsOf } from './prepare-year.ts'
import { quarterList } from './quarter-list.ts'
import { allRuns, runExists } from './run-store.ts'
import { getRunRow, preparers, runSummary, runView } from './run-view.ts'
import { yearList } from './year-list.ts'

/** What was under way when the quarter ended has been booked by then: an act lives for seconds. */
const settledMs = 60_000

/** 冻结: the list as it stood when the quarter ended, and the points on it held back from now on; or what is left of a year. */
export const freezeRun = operation(contract.freezeRun, async (call) => {
  const { tx, actor, at, body } = call
  const asked = await findArea(tx, actor.streetId, body.areaId)
  const area = asked && (await communityOf(tx, actor.streetId, asked.path))
  if (!area || !postOver(actor, area.path, preparers)) throw new Refusal('points/not-your-area')
  const { quarter } = body
  const terms = isYear(quarter) ? await ofYear(call, quarter) : await ofQuarter(call, quarter)
  if (await runExists(tx, actor.streetId, area.id, quarter)) throw new Refusal('points/run-exists')
  const rateFen = await readSetting(tx, actor.streetId, pointWorth, at)
  const { cutoff, keeps, leastPoints } = terms
  const list = isYear(quarter)
    ? await yearList(tx, { area: area.path, year: quarter, counted: cutoff, keeps })
    : await quarterList(tx, actor.streetId, { area: area.path, quarter, cutoff, rateFen, leastPoints })
  const id = await beginRun(call, { area, quarter, rateFen, ...terms, list, by: actor.accountId })
  if (id === undefined) throw new Refusal('points/nothing-to-redeem')
  if (id === 'exists') throw new Refusal('points/run-exists')
  call.audit({ subjectType: 'quarter-run', subjectId: id, detail: { quarter, sha256: list.sha256 } })
  return runView(call, await getRunRow(call, id))
})

type FreezeCall = Pick<Call<typeof contract.freezeRun>, 'tx' | 'actor' | 'at'>

async function ofQuarter({ tx, actor, at }: FreezeCall, quarter: string) {
  const cutoff = cutoffOf(quarter)
  if (at.getTime() < cutoff.getTime() + settledMs) throw new Refusal('points/quarter-not-over')
  const { leastPoints } = await readSetting(tx, actor.streetId, quarterTerms, at)
  return { cutoff, leastPoints, keeps: 0 }
}

async function ofYear({ tx, actor, at }: FreezeCall, year: string) {
  const { expires, keeps, graceDays } = await yearTermsOf(tx, actor.streetId, year)
  if (!expires) throw new Refusal('points/year-carried')
  const today = dayOf(at)
  const cutoff = startOfDay(today)
  if (today < yearRunOn(year, graceDays) || at.getTime() < cutoff.getTime() + settledMs)
    throw new Refusal('points/year-not-over')
  return { cutoff, leastPoints: 1, keeps }
}

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
