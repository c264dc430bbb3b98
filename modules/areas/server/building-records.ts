import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { areaIndex, chainOf } from './area-index.ts'
import { refOf } from './area-view.ts'
import { renewAreaVersion, setBuildingHouseholds } from './area-writes.ts'
import {
  compoundIds,
  compoundsInForce,
  countsOf,
  dwellingsOf,
  entrancesOf,
  findBuilding,
  keepCounts,
  linkCompounds,
  movesOf,
  replaceEntrances,
} from './record-store.ts'

export const listCompounds = operation(contract.listCompounds, async ({ tx, actor, at }) => ({
  items: await compoundsInForce(tx, actor.streetId, dayOf(at)),
}))

export const getBuilding = operation(contract.getBuilding, (call) => recordOf(call, call.params.id))

export const saveBuilding = operation(contract.saveBuilding, async (call) => {
  const { tx, actor, at, params, body } = call
  const day = dayOf(at)
  const building = await findBuilding(tx, actor.streetId, params.id, day)
  if (!building) throw new Refusal('areas/building-not-found')
  refuseTwice(body.entrances.map(({ code }) => code))
  const ids = body.compound
    ? await compoundIds(tx, actor.streetId, [body.compound], day, call.newId)
    : new Map<string, string>()
  const compoundId = ids.get(body.compound ?? '') ?? null
  await linkCompounds(tx, actor.streetId, [{ buildingId: params.id, compoundId, name: body.compound }])
  if (body.households !== null && body.households !== building.households) {
    await setBuildingHouseholds(tx, actor.streetId, params.id, body.households)
    await keepCounts(tx, actor.streetId, day, '人工登记', [
      { buildingId: params.id, households: body.households },
    ])
  }
  await replaceEntrances(tx, actor.streetId, params.id, day, body.entrances, call.newId)
  await renewAreaVersion(tx, actor.streetId, at)
  call.audit({
    subjectType: 'building',
    subjectId: params.id,
    detail: { entrances: body.entrances.length, households: body.households },
  })
  return recordOf(call, params.id)
})

function refuseTwice(codes: readonly string[]): void {
  const twice = codes.findIndex((code, at) => codes.indexOf(code) !== at)
  if (twice < 0) return
  throw new Refusal('platform/invalid-input', {
    errors: [{ path: `/body/entrances/${twice}/code`, message: 'is there twice' }],
  })
}

async function recordOf(
  { tx, actor, at }: Pick<Call<OperationContract>, 'tx' | 'actor' | 'at'>,
  id: string,
): Promise<contract.BuildingRecord> {
  const building = await findBuilding(tx, actor.streetId, id, dayOf(at))
  if (!building) throw new Refusal('areas/building-not-found')
  const index = await areaIndex(tx, actor.streetId)
  const path = index.byId.get(building.areaId)?.path ?? ''
  const { areaId: _, doorId, compoundName: __, ...rest } = building
  return {
    ...rest,
    hasDoorCode: doorId !== null,
    chain: chainOf(index, path)
      .filter(({ parentId }) => parentId !== null)
      .map(refOf),
    entrances: await entrancesOf(tx, actor.streetId, id),
    dwellings: await dwellingsOf(tx, actor.streetId, id),
    counts: await countsOf(tx, actor.streetId, id),
    moves: await movesOf(tx, actor.streetId, id),
  }
}
