/** The made-up demo street from a seed and a day: the same two give the same content on every machine. */
import { createSeededRandom } from '../lib/seeded-random.ts'
import { isDay } from '../lib/time.ts'
import { loadCatalogue, type SeedCatalogue } from '../modules/cases/seeds/load-catalogue.ts'
import { makeAreas } from './make-areas.ts'
import { makeCases } from './make-cases.ts'
import { makeOrganisations, makeResidents, makeStaff } from './make-people.ts'
import { streetCode, streetName, streetNameEn } from './street-names.ts'
import type { DemoStreet } from './types.ts'

export interface DemoWish {
  readonly seed: number | string
  /** YYYY-MM-DD; every act of every case lies before the first instant of this day at UTC+8. */
  readonly today: string
  /** Left out: the seed catalogue of the cases module. */
  readonly catalogue?: SeedCatalogue
}

/** @throws RangeError when `today` is no day */
export function generateStreet({ seed, today, catalogue = loadCatalogue() }: DemoWish): DemoStreet {
  if (!isDay(today)) throw new RangeError(`not a day: ${today}`)
  const random = createSeededRandom(seed).fork('demo-street')
  const { areas, compounds: bare, buildings, metres } = makeAreas(random.fork('areas'))
  const organisations = makeOrganisations(areas, catalogue.matters, catalogue.duties)
  const compounds = bare.map((compound) => ({
    ...compound,
    propertyOrganisation:
      organisations.find((each) => each.areaCodes?.includes(compound.gridCode))?.code ?? '',
  }))
  const { people, posts } = makeStaff(random.fork('staff'), areas, organisations, today)
  const residents = makeResidents(random.fork('residents'), buildings)
  const street = { areas, compounds, buildings, organisations, posts, residents }
  const matters = new Map(catalogue.matters.map((matter) => [matter.key, matter]))
  const world = { ...street, today, matters, duties: catalogue.duties, metres }
  const cases = makeCases(world, random.fork('cases'))
  return {
    seed,
    today,
    synthetic: true,
    name: streetName,
    nameEn: streetNameEn,
    code: streetCode,
    ...street,
    people,
    cases,
  }
}
