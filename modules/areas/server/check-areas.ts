import { dayOf } from '../../../lib/time.ts'
import { type Operation, operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { type CheckedArea, type Finding, findingKey } from '../rules/check.ts'
import { type AreaReport, areaReport, type StaffReader } from './area-report.ts'

/** Posts and branches are only checked where somebody tells them. */
export const checkAreas = (readStaff: StaffReader | undefined): Operation =>
  operation(contract.checkAreas, async ({ tx, actor, at, query }) => {
    const day = query.onDay ?? dayOf(at)
    const report = await areaReport(
      tx,
      { streetId: actor.streetId, day, at, areaId: query.areaId },
      readStaff,
    )
    const buildings = [...report.buildings.values()]
    return {
      onDay: day,
      items: report.findings.map((finding) => findingView(finding, report)),
      looked: {
        areas: report.tree.areas.length,
        drawn: report.tree.areas.filter(({ geometry }) => geometry !== null).length,
        buildings: buildings.length,
        placed: buildings.filter(({ lng }) => lng !== null).length,
        withHouseholds: buildings.filter(({ households }) => households !== null).length,
        posts: report.staff ? report.staff.posts.length : null,
        branches: report.staff?.branchAreaIds?.size ?? null,
      },
    }
  })

const named = ({ id, code, level, name }: CheckedArea) => ({ id, code, level, name })

function findingView(finding: Finding, { tree, buildings }: AreaReport): contract.FindingView {
  const building = buildings.get(finding.buildingId ?? '')
  const [lng, lat] = finding.at ?? []
  return {
    key: findingKey(finding),
    kind: finding.kind,
    areas: finding.areaIds.flatMap((id) => {
      const area = tree.byId.get(id)
      return area ? [named(area)] : []
    }),
    building: building
      ? { id: building.id, code: building.code, name: building.name, address: building.address }
      : null,
    accountId: finding.accountId ?? null,
    role: finding.role ?? null,
    figure: finding.figure ?? null,
    at: lng === undefined || lat === undefined ? null : { lng, lat },
    shape: finding.shape ?? null,
  }
}
