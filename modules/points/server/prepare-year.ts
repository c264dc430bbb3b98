/** At the end of a year, by the street's dated rule: what is left is listed by itself; people show it and approve it. */
import { dayOf, startOfDay } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex } from '../../areas/server/index.ts'
import { yearEnd, yearRunOn } from '../rules/year.ts'
import { pointWorth, yearTerms } from '../settings.ts'
import { beginRun } from './begin-run.ts'
import { communityOf } from './community.ts'
import { ledgerTotals, newestCheck } from './ledger-store.ts'
import { runEverBegun } from './run-store.ts'
import { yearList } from './year-list.ts'

/** The rule that held when the year ended: a change on New Year's Day is for the next one. */
export const yearTermsOf = (tx: Tx, streetId: number, year: string) =>
  readSetting(tx, streetId, yearTerms, new Date(yearEnd(year).getTime() - 1))

/** Each hour. A community whose run was begun, also by hand, also given up, is left to its people. */
export async function prepareYear(call: JobCall): Promise<void> {
  const { tx, actor, at } = call
  const { streetId } = actor
  const today = dayOf(at)
  const year = String(Number(today.slice(0, 4)) - 1)
  const terms = await yearTermsOf(tx, streetId, year)
  if (!terms.expires || today < yearRunOn(year, terms.graceDays)) return
  // While the ledger differs from itself nothing can be held; the next hour asks again.
  if (((await newestCheck(tx, streetId))?.differences.length ?? 0) > 0) return
  const rateFen = await readSetting(tx, streetId, pointWorth, at)
  const areas = await areaIndex(tx, streetId)
  for (const path of await communitiesWithPoints(tx)) {
    const area = await communityOf(tx, streetId, path)
    if (areas.byPath.get(path) === undefined || (await runEverBegun(tx, streetId, area.id, year))) continue
    const counted = startOfDay(today)
    const list = await yearList(tx, { area: area.path, year, counted, keeps: terms.keeps })
    const id = await beginRun(call, {
      area,
      quarter: year,
      cutoff: counted,
      rateFen,
      leastPoints: 1,
      keeps: terms.keeps,
      list,
      by: null,
    })
    if (id !== undefined && id !== 'exists')
      call.audit({ subjectType: 'quarter-run', subjectId: id, detail: { year, sha256: list.sha256 } })
  }
}

async function communitiesWithPoints(tx: Tx): Promise<string[]> {
  const totals = await ledgerTotals(tx)
  const held = totals.filter(
    ({ unit, kind, amount }) =>
      unit === 'points' && (kind === 'person' || kind === 'organisation') && amount > 0,
  )
  return [...new Set(held.map(({ area }) => area))].sort()
}
