import { addDays, dayOf, startOfDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex, chainOf } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { festivalDays } from '../rules/festival-day.ts'
import { nextOrganiser } from '../rules/next-organiser.ts'
import { festivals } from '../settings.ts'
import { runs } from './acting.ts'
import { festivalActivities, organiserTurns } from './festival-store.ts'

/** How far back a turn counts. */
const turnDays = 3 * 366

/** 节日活动日历: a year, community by festival. */
export const getFestivalCalendar = operation(contract.getFestivalCalendar, async (call) => {
  const { tx, actor, at, query } = call
  const { streetId } = actor
  const today = dayOf(at)
  const year = Number(query.year ?? today.slice(0, 4))
  const named = await readSetting(tx, streetId, festivals, at)
  const days = festivalDays(year, named)
  const areas = await areaIndex(tx, streetId)
  const { organisations } = await postIndex(tx, streetId)
  const organisationRef = (id: string) => ({ id, name: organisations.get(id)?.name ?? '' })
  const communityIdOf = (path: string): string | null => chainOf(areas, path)[1]?.id ?? null
  const rows = await festivalActivities(
    tx,
    streetId,
    startOfDay(`${year}-01-01`),
    startOfDay(`${year + 1}-01-01`),
  )
  const turns = await organiserTurns(tx, streetId, startOfDay(addDays(today, -turnDays)))
  const communities = [...areas.byPath.values()].filter(({ parentId }) => parentId === areas.root.id)
  return {
    year,
    festivals: named
      .flatMap(({ code, zh, en }, index) => {
        const on = days[index]
        return on === undefined ? [] : [{ code, zh, en, on }]
      })
      .sort((a, b) => a.on.localeCompare(b.on)),
    communities: communities.map(({ id, name, path }) => {
      const here = turns.filter(({ area }) => communityIdOf(area) === id)
      const next = nextOrganiser(
        here.map(({ organiser_id, on_day }) => ({ organisationId: organiser_id, on: on_day })),
      )
      return { id, name, next: next === undefined ? null : organisationRef(next), mayPlan: runs(actor, path) }
    }),
    activities: rows
      .filter(({ state, area }) => state !== 'draft' || runs(actor, area))
      .map((row) => ({
        id: row.id,
        festival: row.festival,
        communityId: communityIdOf(row.area),
        title: row.title,
        startsAt: row.starts_at.toISOString(),
        state: row.state,
        organiser: row.organiser_id === null ? null : organisationRef(row.organiser_id).name,
        places: row.places,
        taken: row.taken,
      })),
  }
})
