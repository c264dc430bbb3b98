import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { casePoints } from './case-point-store.ts'

const atMost = 5_000

/** Row security keeps the list to what the reader may see. */
export const listCasePoints = operation(contract.listCasePoints, async ({ tx, actor, at }) => ({
  items: (await casePoints(tx, actor.streetId, at, atMost)).map(({ lng, lat, ...row }) => ({
    ...row,
    lng: Math.round(lng * 1e4) / 1e4,
    lat: Math.round(lat * 1e4) / 1e4,
  })),
}))
