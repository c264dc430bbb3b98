/** What the stories of the demo are told in: the street with its people, looked up quickly. */
import type { StaffRole } from '../lib/contract.ts'
import { type DutyRule, findDuty, type Matter } from '../modules/cases/seeds/read-catalogue.ts'
import type { Point } from './partition.ts'
import type {
  DemoArea,
  DemoBuilding,
  DemoCompound,
  DemoOrganisation,
  DemoPost,
  DemoResident,
} from './types.ts'

export interface World {
  readonly today: string
  readonly areas: readonly DemoArea[]
  readonly compounds: readonly DemoCompound[]
  readonly buildings: readonly DemoBuilding[]
  readonly organisations: readonly DemoOrganisation[]
  readonly posts: readonly DemoPost[]
  readonly residents: readonly DemoResident[]
  readonly matters: ReadonlyMap<string, Matter>
  readonly duties: readonly DutyRule[]
  readonly metres: ReadonlyMap<string, readonly Point[]>
}

/** Posts of a role in exactly this area. */
export function postsIn(world: World, role: StaffRole, areaCode: string): DemoPost[] {
  return world.posts.filter((post) => post.role === role && post.areaCode === areaCode)
}

export function leadOf(world: World, organisation: string): DemoPost {
  const lead = world.posts.find(
    (post) => post.role === 'organisation-lead' && post.organisationCode === organisation,
  )
  if (lead === undefined) throw new Error(`no lead of ${organisation}`)
  return lead
}

/** Organisations whose duty list holds the matter and that work at the place, in the order of the catalogue. */
export function organisationsFor(
  world: World,
  matterKey: string,
  gridCode: string | null,
  duty: 'must' | 'may',
): DemoOrganisation[] {
  return world.organisations.filter(
    (organisation) =>
      (duty === 'must'
        ? organisation.mustMatterKeys.includes(matterKey)
        : findDuty(world.duties, organisation.kind, matterKey)?.duty === duty) &&
      (organisation.areaCodes === null || (gridCode !== null && organisation.areaCodes.includes(gridCode))),
  )
}
