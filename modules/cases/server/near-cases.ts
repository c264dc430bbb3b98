import { type RawBuilder, sql } from 'kysely'
import { dayOf } from '../../../lib/time.ts'
import { systemActor } from '../../../platform/actor.ts'
import { operation } from '../../../platform/operation.ts'
import { areaIdsUnder, locatePlace } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { alikeCases, alikeWithinDays } from '../rules/alike-cases.ts'
import type { CaseRow } from './case-row.ts'
import { communityOf, plainPlace } from './gathering-place.ts'
import { stageOf } from './gathering-view.ts'
import { namesOf } from './names.ts'
import { guessMatters } from './suggest-matters.ts'
import { versionsOf } from './suggest-similar.ts'

const openStates = ['accepted', 'assigned', 'in-progress', 'result-submitted', 'answered']
const lookedAt = 100
/** The matter that the resident chose, or the likeliest two of their words. */
const likeliest = 2

interface Published extends CaseRow {
  published: string
  people: number
}

/**
 * 别人说过吗: read as the system inside the community of the place, for a resident sees nobody else's case. What leaves
 * is written out field by field: the published summary and nothing of the case itself.
 */
export const listNearCases = operation(contract.listNearCases, async (call) => {
  const { tx, actor, at, body } = call
  const names = await namesOf(tx, actor.streetId)
  const { leaf, building } = await locatePlace(tx, actor.streetId, at, {
    place: body.place,
    address: body.addressText,
    buildingCode: body.buildingCode,
  })
  const community = leaf ? communityOf(names.areas, leaf.path) : undefined
  if (!leaf || !community) return { items: [] }
  const chosen = body.matterCode === undefined ? undefined : names.matters.byCode.get(body.matterCode)
  const { guesses } = await guessMatters(call, { title: '', text: body.text ?? '' }, names, likeliest)
  const matters = [...(chosen ? [chosen] : guesses.map(({ matter }) => matter))].filter(
    (matter) => matter.is_public && !matter.sensitive,
  )
  if (matters.length === 0) return { items: [] }
  const areaIds = await areaIdsUnder(tx, actor.streetId, community.id)
  const conditions: RawBuilder<unknown>[] = [
    sql`c.street_id = ${actor.streetId}`,
    sql`c.area_id = any(${[...areaIds]}::uuid[])`,
    sql`c.matter_id = any(${matters.flatMap((matter) => versionsOf(matter, names))}::uuid[])`,
    sql`c.state = any(${openStates}::text[])`,
    sql`c.created_at >= ${new Date(at.getTime() - alikeWithinDays * 86_400_000)}`,
    sql`not c.confidential and c.petition is null`,
    sql`s.published is not null`,
  ]
  await tx.enter(systemActor(actor.streetId, community.path))
  const rows = await tx.many(
    sql<Published>`select c.*, s.published, 1 + (select count(*)::int from cases m
        where m.street_id = c.street_id and m.parent_case_id = c.id and m.state = 'merged') as people
      from cases c join public_summaries s on s.street_id = c.street_id and s.case_id = c.id
      where ${sql.join(conditions, sql` and `)} order by c.created_at desc, c.id desc limit ${lookedAt}`,
  )
  await tx.enter(actor)
  const place = { area: leaf.path, lng: null, lat: null, buildingId: building?.id ?? null }
  const near = alikeCases(
    place,
    rows.map((row) => ({
      row,
      id: row.id,
      area: row.area,
      lng: null,
      lat: null,
      buildingId: row.building_id,
      createdAt: row.created_at,
    })),
    at,
  )
  return {
    items: near.map(({ row }) => ({
      id: row.id,
      summary: row.published,
      place: plainPlace(names.areas, row.area),
      stage: stageOf(row),
      saidOn: dayOf(row.created_at),
      people: row.people,
    })),
  }
})
