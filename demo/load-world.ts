/** What the keys of a demo stand for in the database. */
import { startClocks } from '../modules/cases/rules/start-clocks.ts'
import type { WorkingCalendar } from '../modules/cases/rules/working-days.ts'
import type { CaseRow } from '../modules/cases/server/index.ts'
import { systemAccountId } from '../platform/actor.ts'
import type { IdOf } from './load-ids.ts'
import { wanted } from './load-place.ts'
import type { DemoActor, DemoResident } from './types.ts'

export interface LoadedPost {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string | null
}

/** What the keys of a demo stand for in the database. */
export interface LoadWorld {
  readonly streetId: number
  readonly idOf: IdOf
  readonly calendar: WorkingCalendar
  readonly root: { readonly id: string; readonly path: string }
  readonly areas: ReadonlyMap<string, { readonly id: string; readonly path: string }>
  readonly buildings: ReadonlyMap<string, string>
  readonly matters: ReadonlyMap<string, { readonly id: string; readonly level: string }>
  readonly organisations: ReadonlyMap<string, string>
  readonly posts: ReadonlyMap<string, LoadedPost>
  readonly residents: ReadonlyMap<
    string,
    DemoResident & { readonly accountId: string; readonly address: string }
  >
  readonly caseIds: ReadonlyMap<string, string>
}

export interface ActingParty {
  readonly accountId: string
  readonly post: LoadedPost | null
}

export function partyOf(world: LoadWorld, by: DemoActor): ActingParty {
  if ('system' in by) return { accountId: systemAccountId, post: null }
  if ('resident' in by)
    return { accountId: wanted(world.residents.get(by.resident), by.resident).accountId, post: null }
  const post = wanted(world.posts.get(by.post), by.post)
  return { accountId: post.accountId, post }
}

/** The clocks that an acceptance, or a reopening, starts. */
export function clocksFrom(world: LoadWorld, row: CaseRow, at: Date) {
  const { responseDueAt, dueAt, rule } = startClocks(
    at,
    row.kind ?? 'help',
    row.urgency,
    null,
    world.calendar,
  )
  return { clock_start_at: at, response_due_at: responseDueAt, due_at: dueAt, clock_rule: rule }
}
