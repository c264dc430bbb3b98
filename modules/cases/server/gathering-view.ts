/** Rows of gatherings to views: counts by stage, and what became of each need. */
import { dayOf } from '../../../lib/time.ts'
import { type Actor, systemAccountId } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { GatheringNeed, GatheringView, PlainLine } from '../contract.ts'
import { type PublicStage, publicStages } from '../gathering-words.ts'
import { decideAct } from '../rules/decide-act.ts'
import { gatheringPost } from '../rules/gathering-post.ts'
import { nextStep, publicStage } from '../rules/next-step.ts'
import type { CaseRow } from './case-row.ts'
import { getCases } from './case-store.ts'
import { factsOf, summaryOf } from './case-view.ts'
import { plainPlace } from './gathering-place.ts'
import { type GatheringRow, type NeedOfGathering, needsOf } from './gathering-store.ts'
import { areaRef, byPost, type Names } from './names.ts'
import type { Seen } from './seen-of.ts'

/** The needs of some gatherings with the cases that the actor may see, those that they joined included. */
export interface NeedsSeen {
  needs: readonly NeedOfGathering[]
  cases: ReadonlyMap<string, CaseRow>
}

/** Three statements at most, however many gatherings. */
export async function readNeeds(tx: Tx, streetId: number, ids: readonly string[]): Promise<NeedsSeen> {
  const needs = await needsOf(tx, streetId, ids)
  const wanted = needs.flatMap((need) => [
    need.case_id,
    ...(need.asked_parent_id ? [need.asked_parent_id] : []),
  ])
  const cases = new Map<string, CaseRow>()
  for (const row of await getCases(tx, streetId, wanted)) cases.set(row.id, row)
  const parents = [...cases.values()].flatMap(({ parent_case_id: id }) => (id && !cases.has(id) ? [id] : []))
  if (parents.length > 0) for (const row of await getCases(tx, streetId, parents)) cases.set(row.id, row)
  return { needs, cases }
}

/** The case that carries the work: the one it joined, where the actor may see it. */
const carrier = (row: CaseRow, { cases }: NeedsSeen): CaseRow =>
  (row.state === 'merged' && row.parent_case_id !== null && cases.get(row.parent_case_id)) || row

const stepFacts = (row: CaseRow) => ({
  state: row.state,
  reviewOn: row.review_on,
  asksApproval: row.pending_approval !== null,
  rated: row.rating !== null,
})

export const stageOf = (row: CaseRow): PublicStage => publicStage(stepFacts(row))
export const nextOf = (row: CaseRow) => nextStep(stepFacts(row))

const worked = new Set(['accepted', 'assigned', 'in-progress', 'result-submitted'])

/** When the next step is due: the deadline while work goes on, the day of review after an unsolved closing. */
export function nextByOf(row: CaseRow): string | null {
  if (worked.has(row.state)) return row.due_at?.toISOString() ?? null
  return row.state === 'closed' && row.review_on !== null
    ? new Date(`${row.review_on}T00:00:00+08:00`).toISOString()
    : null
}

function rowsOf(id: string, seen: NeedsSeen): { need: NeedOfGathering; row: CaseRow }[] {
  return seen.needs.flatMap((need) => {
    const row = need.gathering_id === id ? seen.cases.get(need.case_id) : undefined
    return row ? [{ need, row }] : []
  })
}

export function stagesOf(rows: readonly CaseRow[]): GatheringView['stages'] {
  const counts = new Map<PublicStage, number>()
  for (const row of rows) counts.set(stageOf(row), (counts.get(stageOf(row)) ?? 0) + 1)
  return publicStages.flatMap((stage) => {
    const count = counts.get(stage) ?? 0
    return count > 0 ? [{ stage, count }] : []
  })
}

export const carriersOf = (id: string, seen: NeedsSeen): CaseRow[] =>
  rowsOf(id, seen).map(({ row }) => carrier(row, seen))

export function gatheringView(row: GatheringRow, seen: NeedsSeen, names: Names, actor: Actor): GatheringView {
  const area = names.areas.byId.get(row.area_id)
  return {
    id: row.id,
    kind: row.kind,
    area: area ? areaRef(area) : null,
    heldAt: row.held_at.toISOString(),
    placeText: row.place_text,
    heldBy: row.held_by
      .filter((id) => names.people.posts.has(id))
      .map((id) => byPost(names, id, null, systemAccountId, row.held_at)),
    heldByIds: row.held_by,
    attendees: row.attendees,
    note: row.note,
    by: byPost(names, row.created_post, row.created_by, systemAccountId, row.created_at),
    createdAt: row.created_at.toISOString(),
    version: row.version,
    needs: seen.needs.filter((need) => need.gathering_id === row.id).length,
    stages: stagesOf(carriersOf(row.id, seen)),
    mayAdd: gatheringPost(actor.posts, row.area) !== undefined,
  }
}

/** What became of each need that the actor may see. */
export function needViews(id: string, needs: NeedsSeen, seen: Seen): GatheringNeed[] {
  return rowsOf(id, needs).map(({ need, row }) => {
    const own = summaryOf(row, seen)
    const work = carrier(row, needs)
    const asked = need.asked_parent_id === null ? undefined : needs.cases.get(need.asked_parent_id)
    const waits = asked !== undefined && row.parent_case_id === null && row.state !== 'closed'
    const nameOf = (one: CaseRow) => ({ id: one.id, number: one.number, title: summaryOf(one, seen).title })
    return {
      caseId: row.id,
      number: own.number,
      title: own.title,
      matter: own.matter,
      route: own.route,
      state: row.state,
      stage: stageOf(work),
      next: nextOf(work),
      nextBy: nextByOf(work),
      joined: work === row ? null : nameOf(work),
      maybeSame: waits ? nameOf(asked) : null,
      mayMerge: waits && decideAct('merge', factsOf(row), seen.actor, seen.at, seen.settings).ok,
    }
  })
}

/** A case in words that name nobody. */
export function plainLine(row: CaseRow, published: string | null, names: Names): PlainLine {
  const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
  return {
    words: published ?? matter?.name ?? '还没有定事项的一件事',
    wordsEn: published ?? matter?.name_en ?? 'A matter that has no name yet',
    place: plainPlace(names.areas, row.area),
    route: row.route,
    stage: stageOf(row),
    next: nextOf(row),
    nextBy: nextByOf(row),
    saidOn: dayOf(row.created_at),
    settledOn: stageOf(row) === 'settled' && row.closed_at ? dayOf(row.closed_at) : null,
  }
}
