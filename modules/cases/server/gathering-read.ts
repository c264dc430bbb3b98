import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { endOfDay, startOfDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaIdsUnder } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { findGathering, gatheringRows } from './gathering-store.ts'
import { carriersOf, gatheringView, needViews, plainLine, readNeeds, stagesOf } from './gathering-view.ts'
import { namesOf } from './names.ts'
import { publishedOf } from './public-summary-store.ts'
import { seenOf } from './seen-of.ts'

/** Gatherings of the actor's areas, the newest first, each with its counts. */
export const listGatherings = operation(contract.listGatherings, async ({ tx, actor, query }) => {
  const names = await namesOf(tx, actor.streetId)
  const limit = query.limit ?? 20
  const rows = await gatheringRows(
    tx,
    actor.streetId,
    {
      areaIds: query.areaId ? await areaIdsUnder(tx, actor.streetId, query.areaId) : undefined,
      postId: query.postId,
      kind: query.kind,
      from: query.from ? startOfDay(query.from) : undefined,
      to: query.to ? endOfDay(query.to) : undefined,
      after: query.cursor ? cursorOf(query.cursor) : undefined,
    },
    limit + 1,
  )
  const page = rows.slice(0, limit)
  const needs = await readNeeds(
    tx,
    actor.streetId,
    page.map(({ id }) => id),
  )
  const last = page.at(-1)
  return {
    items: page.map((row) => gatheringView(row, needs, names, actor)),
    nextCursor: rows.length > limit && last ? encodeCursor([last.held_at.toISOString(), last.id]) : null,
  }
})

function cursorOf(text: string): { at: Date; id: string } {
  const decoded = decodeCursor(text, ['string', 'string'])
  const at = new Date(decoded?.[0] ?? '')
  if (!decoded || Number.isNaN(at.getTime()))
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/cursor', message: 'not a cursor of this list' }],
    })
  return { at, id: decoded[1] }
}

export const getGathering = operation(contract.getGathering, async (call) => {
  const { tx, actor, params } = call
  const row = await findGathering(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/gathering-unknown')
  const names = await namesOf(tx, actor.streetId)
  const needs = await readNeeds(tx, actor.streetId, [row.id])
  const items = needViews(row.id, needs, await seenOf(call, names))
  call.audit({ subjectType: 'gathering', subjectId: row.id, detail: { needs: items.length } })
  return {
    gathering: gatheringView(row, needs, names, actor),
    items,
    outOfSight: needs.needs.length - items.length,
  }
})

/** 上次说的事办得怎样: goes on the wall at the next gathering, so it says nothing that names a person. */
export const getReplySheet = operation(contract.getReplySheet, async ({ tx, actor, at, params }) => {
  const row = await findGathering(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/gathering-unknown')
  const names = await namesOf(tx, actor.streetId)
  const carriers = carriersOf(row.id, await readNeeds(tx, actor.streetId, [row.id]))
  const distinct = [...new Map(carriers.map((one) => [one.id, one])).values()].filter(
    (one) => !one.confidential && one.state !== 'declined',
  )
  const published = await publishedOf(
    tx,
    actor.streetId,
    distinct.map(({ id }) => id),
  )
  return {
    kind: row.kind,
    areaName: names.areas.byId.get(row.area_id)?.name ?? '',
    heldAt: row.held_at.toISOString(),
    placeText: row.place_text,
    attendees: row.attendees,
    asOf: at.toISOString(),
    stages: stagesOf(distinct),
    lines: distinct.map((one) => plainLine(one, published.get(one.id) ?? null, names)),
  }
})
