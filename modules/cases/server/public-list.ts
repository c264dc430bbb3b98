/** The public page of a community's lists: for everybody, without a session, and without anybody in it. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { dayOf } from '../../../lib/time.ts'
import { systemActor } from '../../../platform/actor.ts'
import { takeHits } from '../../../platform/change-limit.ts'
import { txOn } from '../../../platform/db.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex, type IndexedArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { routePromises } from '../gathering-settings.ts'
import { plainPlace } from './gathering-place.ts'
import { stageOf } from './gathering-view.ts'
import { publicRows } from './public-summary-store.ts'

type ListCall = Call<typeof contract.getPublicList>

/** A whole neighbourhood may stand behind one address; a program that reads all day does not. */
const perAddressAndMinute = 120
const keptSeconds = 120

export const getPublicList = operation(contract.getPublicList, async (call) => {
  const { tx, at } = call
  await checkLimit(call)
  const { street, community } = await findCommunity(call)
  // The community's own subtree and nothing else: row security keeps the rest away from this page.
  await call.enter(systemActor(street.id, community.path))
  const { areas } = { areas: await areaIndex(tx, street.id) }
  const rows = await publicRows(tx, street.id)
  return {
    communityName: community.name,
    streetName: street.name,
    asOf: at.toISOString(),
    promises: await readSetting(tx, street.id, routePromises, at),
    // Written out one by one: nothing of a case gets here by being spread.
    items: rows.map((row) => ({
      summary: row.published,
      place: plainPlace(areas, row.area),
      route: row.route,
      stage: stageOf(row),
      saidOn: dayOf(row.created_at),
      settledOn: stageOf(row) === 'settled' && row.closed_at ? dayOf(row.closed_at) : null,
    })),
  }
})

interface Street {
  id: number
  code: string
  name: string
}

/**
 * Codes are unique in a street. Among several the one whose own code the community's begins with is meant; where that
 * does not decide, the address has to name the street.
 */
async function findCommunity(call: ListCall): Promise<{ street: Street; community: IndexedArea }> {
  const { tx, params, query } = call
  const streets = await tx.many(sql<Street>`select street_id as id, code, name from streets order by code`)
  const asked = streets.filter(({ code }) => query.street === undefined || code === query.street)
  const found: { street: Street; community: IndexedArea }[] = []
  for (const street of asked) {
    await call.enter({ ...systemActor(street.id, 'none'), scope: { areas: [], organisations: [] } })
    const { byId, root } = await areaIndex(tx, street.id)
    const community = [...byId.values()].find(
      (area) => area.code === params.code && area.parentId === root.id,
    )
    if (community) found.push({ street, community })
  }
  const own = found.filter(({ street }) => params.code.startsWith(street.code))
  const [only, another] = own.length > 0 ? own : found
  if (!only || another) throw new Refusal('cases/list-unknown')
  return only
}

/** Counted beside the reading, which writes nothing. */
async function checkLimit(call: ListCall): Promise<void> {
  const { at, services, remoteAddress } = call
  const bucket = `public-list:${services.keys.blindIndex('address', remoteAddress)}`
  const hits = await call.takeNumber((pool) => takeHits(txOn(pool), bucket, at, 60))
  if (hits > perAddressAndMinute)
    throw new Refusal('platform/too-many-requests', {
      retryAfterSeconds: 60 - (Math.floor(at.getTime() / 1000) % 60),
    })
}

/** The page may be kept by browsers and caches for a moment; a withdrawn line is gone within that moment. */
export function publicListRoutes(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.routeOptions.config.operation === contract.getPublicList.name && reply.statusCode === 200)
      reply.header('cache-control', `public, max-age=${keptSeconds}`)
    return payload
  })
}
