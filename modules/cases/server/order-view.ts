import { systemAccountId } from '../../../platform/actor.ts'
import type { CaseSummary } from '../contract.ts'
import { insideWords } from '../rules/inside-deadline.ts'
import type { CaseRow } from './case-row.ts'
import { byPost } from './names.ts'
import type { Seen } from './seen-of.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** For staff: whose order it is, their deadline beside ours, and what was done with them. */
export function orderView(row: CaseRow, { actor, names }: Seen, texts: boolean): CaseSummary['order'] {
  if (actor.kind === 'resident' || row.channel !== 'upstream' || row.outside_number === null) return null
  const source = names.sources.get(row.outside_source ?? '')
  const { order_return: asked, outside_rating: rating } = row
  return {
    source: row.outside_source ?? '',
    sourceName: source?.name ?? row.outside_source ?? '',
    sourceNameEn: source?.nameEn ?? row.outside_source ?? '',
    number: row.outside_number,
    class: row.outside_class,
    dueAt: iso(row.outside_due_at),
    dueRule:
      source && row.outside_due_at
        ? insideWords(
            { zh: source.name, en: source.nameEn },
            { amount: source.insideAmount, unit: source.insideUnit },
          )
        : null,
    repliedAt: iso(row.order_replied_at),
    returnAsked: asked && {
      reason: texts ? asked.reason : '',
      by: byPost(names, asked.askedByPost, asked.askedBy, systemAccountId),
      askedAt: asked.askedAt,
      outcome: asked.outcome,
      confirmedBy: texts ? asked.confirmedBy : null,
      settledAt: asked.settledAt,
    },
    rating: rating && { ...rating, words: texts ? rating.words : null },
  }
}
