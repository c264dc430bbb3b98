import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { areaIdsUnder, locatePlace } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { alikeCases, alikeWithinDays } from '../rules/alike-cases.ts'
import { gatheringPost } from '../rules/gathering-post.ts'
import type { CaseRow } from './case-row.ts'
import { summaryOf } from './case-view.ts'
import { communityOf } from './gathering-place.ts'
import { areaRef, namesOf } from './names.ts'
import { seenOf } from './seen-of.ts'
import { guessMatters } from './suggest-matters.ts'
import { versionsOf } from './suggest-similar.ts'

const openStates = ['pending', 'accepted', 'assigned', 'in-progress', 'result-submitted', 'answered']
const candidatesAtMost = 100

/** 想一想是不是同一件事: the matter by its words, and open public cases of it nearby, within what the actor may see. */
export const suggestForNeed = operation(contract.suggestForNeed, async (call) => {
  const { tx, actor, at, body } = call
  const names = await namesOf(tx, actor.streetId)
  const area = names.areas.byId.get(body.areaId)
  if (!area || !gatheringPost(actor.posts, area.path)) return { matters: [], alike: [] }
  const { guesses: matters } = await guessMatters(call, { title: '', text: body.text }, names, 3)
  const matter = body.matterCode ? names.matters.byCode.get(body.matterCode) : matters[0]?.matter
  const seen = await seenOf(call, names)
  const place = await locatePlace(tx, actor.streetId, at, {
    address: body.addressText,
    buildingCode: body.buildingCode,
  })
  const path = (place.leaf ?? area).path
  const around = communityOf(names.areas, path) ?? area
  const rows =
    matter?.is_public === true
      ? await openCasesOf(tx, actor.streetId, {
          matterIds: versionsOf(matter, names),
          areaIds: await areaIdsUnder(tx, actor.streetId, around.id),
          since: new Date(at.getTime() - alikeWithinDays * 86_400_000),
        })
      : []
  const where = { area: path, lng: null, lat: null, buildingId: place.building?.id ?? null }
  const candidates = rows.map((row) => ({
    row,
    id: row.id,
    area: row.area,
    lng: row.lng,
    lat: row.lat,
    buildingId: row.building_id,
    createdAt: row.created_at,
  }))
  return {
    matters: matters.map(({ matter: one, words }) => ({
      matter: { code: one.code, name: one.name, nameEn: one.name_en, residentWords: one.resident_words },
      kind: one.kind,
      why: words.join('、'),
    })),
    alike: alikeCases(where, candidates, at).map(({ row }) => {
      const lies = names.areas.byId.get(row.area_id)
      return {
        id: row.id,
        number: row.number,
        title: summaryOf(row, seen).title,
        state: row.state,
        area: lies ? areaRef(lies) : null,
        createdAt: row.created_at.toISOString(),
      }
    }),
  }
})

function openCasesOf(
  tx: Tx,
  streetId: number,
  { matterIds, areaIds, since }: { matterIds: string[]; areaIds: readonly string[]; since: Date },
): Promise<CaseRow[]> {
  const all: RawBuilder<unknown>[] = [
    sql`street_id = ${streetId}`,
    sql`area_id = any(${[...areaIds]}::uuid[])`,
    sql`state = any(${openStates}::text[])`,
    sql`matter_id = any(${matterIds}::uuid[])`,
    sql`created_at >= ${since}`,
    sql`not confidential`,
  ]
  return tx.many(
    sql<CaseRow>`select * from cases where ${sql.join(all, sql` and `)}
      order by created_at desc, id desc limit ${candidatesAtMost}`,
  )
}
