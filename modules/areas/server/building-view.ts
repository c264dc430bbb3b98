import type { Static } from 'typebox'
import type { BuildingView } from '../contract.ts'
import type { IndexedArea } from './area-store.ts'
import { refOf } from './area-view.ts'
import type { BuildingRow } from './building-store.ts'

export function buildingView(row: BuildingRow, area: IndexedArea): Static<typeof BuildingView> {
  const { id, code, name, address, compound, lng, lat } = row
  return { id, code, name, address, compound, area: refOf(area), lng, lat }
}
