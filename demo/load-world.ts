/** What the keys of a demo stand for in the database. */
import { dayOf } from '../lib/time.ts'
import { startClocks } from '../modules/cases/rules/start-clocks.ts'
import type { WorkingCalendar } from '../modules/cases/rules/working-days.ts'
import { type CaseRow, caseNumber } from '../modules/cases/server/index.ts'
import { systemAccountId } from '../platform/actor.ts'
import type { IdOf } from './load-ids.ts'
import { wanted } from './load-place.ts'
import type { DemoActor, DemoCase, DemoResident } from './types.ts'

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
  readonly cases: ReadonlyMap<string, DemoCase>
  readonly caseIds: ReadonlyMap<string, string>
  /** Case numbers by key, as they count within a day in the order of filing. */
  readonly numbers: ReadonlyMap<string, string>
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

export function demoNumbers(cases: readonly DemoCase[]): Map<string, string> {
  const counts = new Map<string, number>()
  return new Map(
    cases.map((each) => {
      const day = dayOf(new Date(each.createdAt))
      const running = (counts.get(day) ?? 0) + 1
      counts.set(day, running)
      return [each.key, caseNumber(day, running)]
    }),
  )
}
