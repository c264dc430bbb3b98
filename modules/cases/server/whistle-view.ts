/** Whistles as their readers see them, with what each may do. */
import { systemAccountId } from '../../../platform/actor.ts'
import type { WhistleView } from '../contract.ts'
import { answersFor, decideWhistle, isCaller, type WhistleFacts } from '../rules/whistle.ts'
import type { CaseRow } from './case-row.ts'
import { areaRef, byPost, organisationRef } from './names.ts'
import type { Seen } from './seen-of.ts'
import type { WholeWhistle } from './whistle-store.ts'

/** What the rules need to know. */
export function whistleFacts({ row, calls, tasks }: WholeWhistle): WhistleFacts {
  return {
    released: row.released_at !== null,
    raisedBy: row.raised_by,
    raisedPost: row.raised_post,
    calls: calls.map((one) => ({
      organisationId: one.organisation_id,
      isLead: one.is_lead,
      arrived: one.arrived_at !== null,
      rated: one.rating !== null,
    })),
    tasks: tasks.map((one) => ({ id: one.id, organisationId: one.organisation_id, state: one.state })),
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function whistleView(
  whole: WholeWhistle,
  caseRow: CaseRow | undefined,
  { actor, names }: Pick<Seen, 'actor' | 'names'>,
): WhistleView {
  const { row, calls, tasks, climbs } = whole
  const facts = whistleFacts(whole)
  const may = (what: Parameters<typeof decideWhistle>[2]) => decideWhistle(facts, actor, what).ok
  const area = names.areas.byId.get(row.area_id)
  const [first] = row.called_organisations
  return {
    id: row.id,
    caseId: row.case_id,
    number: caseRow?.number ?? '',
    title: caseRow?.title ?? '',
    placeText: caseRow?.place_text ?? null,
    area: area ? areaRef(area) : null,
    kind: row.kind,
    words: row.words,
    by: byPost(names, row.raised_post, row.raised_by, systemAccountId, row.raised_at),
    mine: isCaller(facts, actor),
    raisedAt: row.raised_at.toISOString(),
    releasedAt: iso(row.released_at),
    releasedWords: row.released_words,
    calls: calls.map((one) => ({
      organisation: organisationRef(names, one.organisation_id),
      isLead: one.is_lead,
      calledAt: one.called_at.toISOString(),
      dueAt: one.due_at.toISOString(),
      arrivedAt: iso(one.arrived_at),
      arrivedBy:
        one.arrived_by === null
          ? null
          : byPost(names, one.arrived_post, one.arrived_by, systemAccountId, one.arrived_at ?? undefined),
      arrivedWords: one.arrived_words,
      climbed:
        one.arrived_at === null
          ? (climbs.filter((climb) => climb.organisation_id === one.organisation_id).at(-1)?.step ?? null)
          : null,
      rating: one.rating,
      ratedWords: one.rated_words,
      mine: answersFor(actor, one.organisation_id),
    })),
    tasks: tasks.map((one) => ({
      id: one.id,
      organisation: organisationRef(names, one.organisation_id),
      words: one.words,
      dueAt: iso(one.due_at),
      state: one.state,
      doneAt: iso(one.done_at),
      doneWords: one.done_words,
      judgedWords: one.judged_words,
      vetoes: one.vetoes,
      can: { finish: may({ act: 'finish', taskId: one.id }), judge: may({ act: 'judge', taskId: one.id }) },
    })),
    can: {
      arrive: may({ act: 'arrive' }),
      giveTask: may({ act: 'give-task', organisationId: first ?? '' }),
      rate: isCaller(facts, actor) && !facts.released,
      release: decideWhistle(facts, actor, { act: 'release' }),
    },
  }
}
