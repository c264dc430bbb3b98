/** Reads the seed files that stand beside this one from disk; the parsing is in read-catalogue.ts. */
import { existsSync, readFileSync } from 'node:fs'
import {
  type Component,
  type DutyRule,
  type Matter,
  readDutyList,
  readGb47678,
  readLocalMatters,
} from './read-catalogue.ts'

export interface SeedCatalogue {
  /** National matters first, then the local extension. */
  readonly matters: readonly Matter[]
  readonly components: readonly Component[]
  readonly duties: readonly DutyRule[]
}

/** Beside this file in the tree; under its own folder beside a bundle. */
function text(name: string): string {
  const beside = new URL(name, import.meta.url)
  return readFileSync(
    existsSync(beside) ? beside : new URL(`./modules/cases/seeds/${name}`, import.meta.url),
    'utf8',
  )
}

/** The whole seed catalogue. A build that bundles the server has to ship the three CSV files beside the bundle. */
export function loadCatalogue(): SeedCatalogue {
  const { matters, components } = readGb47678(text('./gb47678-matters.csv'))
  return {
    matters: [...matters, ...readLocalMatters(text('./local-matters.csv'))],
    components,
    duties: readDutyList(text('./duty-list.csv')),
  }
}
