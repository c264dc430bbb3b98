/** The door of the areas module: what the server mounts and what other modules may call. */
import type { Tx } from '../../../platform/db.ts'
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { mapTiles } from '../map-setting.ts'
import { words } from '../messages.ts'
import { settings } from '../settings.ts'
import { adoptProposal } from './adopt-proposal.ts'
import { areaIndex, indexedArea } from './area-index.ts'
import { areaList } from './area-list-sheet.ts'
import type { StaffReader } from './area-report.ts'
import { areaSheet } from './area-sheet.ts'
import type { IndexedArea } from './area-store.ts'
import { type AreaRefView, refOf } from './area-view.ts'
import { listBarriers, saveBarriers } from './barriers.ts'
import { getBuilding, listCompounds, saveBuilding } from './building-records.ts'
import { buildingSheet } from './building-sheet.ts'
import { buildingCodes } from './building-store.ts'
import { cancelProposal } from './cancel-proposal.ts'
import { checkAreas } from './check-areas.ts'
import { compareDraft } from './compare-draft.ts'
import { createDraft } from './create-draft.ts'
import { divisionSheet } from './division-sheet.ts'
import { openDoor, printDoorCodes } from './doors.ts'
import { endGrouping } from './end-grouping.ts'
import { exportAreaChecks } from './export-area-checks.ts'
import { exportAreas } from './export-areas.ts'
import { exportAreaFigures, figureList } from './figure-list.ts'
import { figureSheet } from './figure-sheet.ts'
import { getArea } from './get-area.ts'
import { getAreaHistory } from './get-area-history.ts'
import { getBoundaries } from './get-boundaries.ts'
import { getDraft } from './get-draft.ts'
import { giveUpDraft } from './give-up-draft.ts'
import { listAreaFigures } from './list-area-figures.ts'
import { listAreaLevels } from './list-area-levels.ts'
import { listAreas } from './list-areas.ts'
import { listBuildingPins } from './list-building-pins.ts'
import { listBuildings } from './list-buildings.ts'
import { listDivisions } from './list-divisions.ts'
import { listDrafts } from './list-drafts.ts'
import { listGroupings } from './list-groupings.ts'
import { locate } from './locate.ts'
import { putDraftInForce } from './put-draft-in-force.ts'
import { readAreaFile } from './read-area-file.ts'
import { getProposal, listProposals } from './read-proposals.ts'
import { recallDraft } from './recall-draft.ts'
import { saveDraft } from './save-draft.ts'
import { saveGrouping } from './save-grouping.ts'
import { startProposal } from './start-proposal.ts'

export type { StaffFacts } from '../rules/check-posts.ts'
export { usualFigures } from '../rules/figure-rows.ts'
export { type AreaIndex, areaIndex, chainOf } from './area-index.ts'
export { type FigureRow, type IndexedArea, newestFigures } from './area-store.ts'
export type { AreaRefView } from './area-view.ts'
export {
  insertAreas,
  insertBoundaries,
  insertFigures,
  type NewArea,
  type NewBoundary,
  type NewFigure,
} from './area-writes.ts'
export { type AreasOnDay, areasOnDay, type PlaceInArea } from './areas-on-day.ts'
export { areaIdsUnder } from './areas-under.ts'
export { buildingRefs, insertBuildings, type NewBuilding } from './building-store.ts'
export { communityColumn } from './community-column.ts'
export { createStreet, findStreet, type NewStreet, type StreetRow } from './create-street.ts'
export { openedDoor } from './doors.ts'
export { areaFinder, type FoundArea } from './find-area-sheet.ts'
export { type AreaGeojsonImport, importAreaGeojson } from './import-area-geojson.ts'
export { type DivisionsImport, importDivisions } from './import-divisions.ts'
export type { ImportReport, Progress } from './import-report.ts'
export { areasJobs } from './jobs.ts'
export { areaChain, type Located, locateAddresses, locatePlace, type WhereAsked } from './locate-place.ts'

/** Lists of this module that come in as tables. */
export const areaSheets = [divisionSheet, areaSheet, buildingSheet, figureSheet] as const

/** Lists of this module that go out into templates. */
export const areaLists = [areaList, figureList] as const

/** `readStaff` tells the checks who stands where; without it they are silent about posts. */
export const areasModuleWith = (readStaff: StaffReader | undefined): ServerModule => ({
  name: 'areas',
  settings: [...settings, mapTiles],
  operations: [
    listAreas,
    getArea,
    listAreaLevels,
    getBoundaries,
    locate,
    listBuildings,
    listDivisions,
    listDrafts,
    createDraft,
    getDraft,
    saveDraft,
    compareDraft,
    putDraftInForce,
    recallDraft(readStaff),
    giveUpDraft,
    listBuildingPins,
    getAreaHistory,
    listAreaFigures,
    exportAreaFigures,
    listGroupings,
    saveGrouping,
    endGrouping,
    exportAreas,
    readAreaFile,
    checkAreas(readStaff),
    exportAreaChecks(readStaff),
    listBarriers,
    saveBarriers,
    listProposals,
    startProposal,
    getProposal,
    cancelProposal,
    adoptProposal,
    listCompounds,
    getBuilding,
    saveBuilding,
    printDoorCodes,
    openDoor,
  ],
  refusals,
  words,
})

export const areasModule: ServerModule = areasModuleWith(undefined)

/** An area of the street by its id, ended ones too. */
export function findArea(tx: Tx, streetId: number, id: string): Promise<IndexedArea | undefined> {
  return indexedArea(tx, streetId, id)
}

/** What views show of areas, by id; unknown ids are left out. At most five seconds old. */
export async function areaRefs(
  tx: Tx,
  streetId: number,
  ids: Iterable<string>,
): Promise<Map<string, AreaRefView>> {
  const { byId } = await areaIndex(tx, streetId)
  const refs = new Map<string, AreaRefView>()
  for (const id of ids) {
    const area = byId.get(id)
    if (area) refs.set(id, refOf(area))
  }
  return refs
}

/** Ids of a street's buildings by code. */
export async function buildingIds(tx: Tx, streetId: number): Promise<Map<string, string>> {
  return new Map((await buildingCodes(tx, streetId)).map(({ id, code }) => [code, id]))
}

/** The area of the street itself, where cases without a place stand. */
export async function streetRoot(tx: Tx, streetId: number): Promise<IndexedArea> {
  return (await areaIndex(tx, streetId)).root
}
