import { endOfDay, startOfDay } from '../../../lib/time.ts'
import type { Call } from '../../../platform/operation.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIdsUnder, type IndexedArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { routePromises } from '../gathering-settings.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { summaryOf } from './case-view.ts'
import { plainPlace } from './gathering-place.ts'
import { nextByOf, nextOf, plainLine, stageOf } from './gathering-view.ts'
import { areaRef, namesOf } from './names.ts'
import type { Seen } from './seen-of.ts'
import { seenOf } from './seen-of.ts'
import { countListed, type ListedRow, type ListFilter, listedRows } from './three-lists-store.ts'

/** 三单: a live view of an area's needs, who answers for each, and how far it is. */
export const getThreeLists = operation(contract.getThreeLists, async (call) => {
  const { lists } = await readLists(call, call.query)
  call.audit({
    subjectType: 'area',
    subjectId: lists.area.id,
    detail: { rows: lists.items.length },
  })
  return lists
})

type ListsQuery = Call<typeof contract.getThreeLists>['query']

/** The same rows for the screen, the print and the workbook. @throws Refusal for an area that is not the actor's */
export async function readLists(
  call: Pick<Call<typeof contract.getThreeLists>, 'tx' | 'actor' | 'at'>,
  query: ListsQuery,
): Promise<{ lists: contract.ThreeLists; area: IndexedArea }> {
  const { tx, actor, at } = call
  const { streetId } = actor
  const names = await namesOf(tx, streetId)
  const area = names.areas.byId.get(query.areaId)
  const own = area && actor.posts.some(({ areaPath }) => areaPath !== null && liesUnder(area.path, areaPath))
  if (!area || !own) throw new Refusal('cases/community-unknown')
  const filter: ListFilter = {
    areaIds: await areaIdsUnder(tx, streetId, area.id),
    from: query.from ? startOfDay(query.from) : undefined,
    to: query.to ? endOfDay(query.to) : undefined,
    route: query.route,
    source: query.source,
    state: query.state,
  }
  const rows = await listedRows(tx, streetId, filter, contract.mostListed + 1)
  const counts = await countListed(tx, streetId, filter)
  const seen = await seenOf(call, names)
  return {
    area,
    lists: {
      area: areaRef(area),
      asOf: at.toISOString(),
      promises: await readSetting(tx, streetId, routePromises, at),
      ...counts,
      items: rows.slice(0, contract.mostListed).map((row) => listedNeed(row, seen)),
      capped: rows.length > contract.mostListed,
    },
  }
}

function listedNeed(row: ListedRow, seen: Seen): contract.ListedNeed {
  const summary = summaryOf(row, seen)
  const plain = plainLine(row, row.published, seen.names)
  return {
    caseId: row.id,
    number: row.number,
    title: summary.title,
    plainWords: plain.words,
    plainWordsEn: plain.wordsEn,
    matter: summary.matter,
    place: plainPlace(seen.names.areas, row.area),
    route: row.route,
    fromGathering: row.from_gathering,
    voices: row.voices,
    createdAt: summary.createdAt,
    state: row.state,
    stage: stageOf(row),
    reviewOn: row.review_on,
    desk: row.desk,
    holder: summary.holder,
    dueAt: summary.dueAt,
    clock: summary.clock,
    lastStep:
      row.last_act !== null && row.last_at !== null
        ? { act: row.last_act, at: row.last_at.toISOString() }
        : null,
    next: nextOf(row),
    nextBy: nextByOf(row),
    closedAt: summary.closedAt,
    isPublished: row.published !== null,
  }
}
