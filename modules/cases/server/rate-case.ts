import type { OperationContract } from '../../../lib/contract.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import type { RatingWay } from '../trust-words.ts'
import type { CaseRow, RatingOnCase } from './case-row.ts'
import { keepRating, type RatingSaid } from './keep-rating.ts'
import { type Plan, performAct } from './perform-act.ts'

/** The rating with its trace, kept as the system: whoever rates reads nobody else's. */
function kept<C extends OperationContract>(
  call: Call<C>,
  row: CaseRow,
  streetPath: string,
  rated: {
    said: RatingSaid
    way: RatingWay
    counts: boolean
    session: string | null
    recordedBy: string | null
  },
): Promise<RatingOnCase> {
  const { tx, at, services } = call
  return call.asSystem(streetPath, () => keepRating({ tx, keys: services.keys, at }, row, rated))
}

const detailOf = ({ reached, solved, satisfaction, counts, way }: RatingOnCase): Plan['detail'] => ({
  reached,
  solved,
  satisfaction,
  counts,
  way: way ?? null,
})

/**
 * 评价: reached, solved, satisfied: three facts and no state. "Solved" closes an answered case by the system;
 * "not solved" leaves it open for the supervisor. A staff reporter's own rating is shown and never counts.
 */
export const rateCase = operation(contract.rateCase, (call) =>
  performAct(call, 'rate', async ({ row, names }) => {
    const counts = call.actor.kind === 'resident'
    const rating = await kept(call, row, names.areas.root.path, {
      said: call.body,
      way: 'app',
      counts,
      session: call.actor.sessionId,
      recordedBy: null,
    })
    // Whoever reported their own work as staff does not close it by saying that it is done.
    const closes = counts && rating.solved && row.state === 'answered' && row.pending_approval === null
    return {
      set: {
        rating,
        ...(closes ? { outcome: 'solved' as const, closed_at: call.at } : {}),
      },
      words: call.body.words,
      detail: detailOf(rating),
      ...(closes
        ? {
            followedBy: {
              act: 'close' as const,
              to: 'closed' as const,
              detail: { outcome: 'solved', because: 'confirmed' },
            },
          }
        : {}),
    }
  }),
)

/** 代录评价: at the desk or in a call-back, by nobody who handled it. It closes nothing: that stays the verifier's. */
export const recordRating = operation(contract.recordRating, (call) =>
  performAct(call, 'record-rating', async ({ row, names }) => {
    const { way, ...said } = call.body
    const rating = await kept(call, row, names.areas.root.path, {
      said,
      way,
      counts: true,
      session: null,
      recordedBy: call.actor.accountId,
    })
    return { set: { rating }, words: said.words, detail: detailOf(rating) }
  }),
)
