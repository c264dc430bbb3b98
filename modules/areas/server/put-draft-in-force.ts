import { addDays, dayOf, startOfDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { insertBoundaries, renewAreaVersion } from './area-writes.ts'
import {
  endAreas,
  insertDraftedAreas,
  insertLineage,
  insertMoves,
  settleDraft,
  settleMoves,
} from './draft-store.ts'
import { draftView, getDraftRow, holdOpenDraft } from './draft-view.ts'
import { planDraft } from './plan-draft.ts'
import { insertRenames, settleRenames } from './rename-store.ts'

/**
 * Rows with their days are written at once, for a day ahead too, so that the tree of that day can be looked at and
 * staffed before it comes. Only the buildings' own rows and the words of areas that stay wait for it.
 */
export const putDraftInForce = operation(contract.putDraftInForce, async (call) => {
  const { tx, actor, at, params, body } = call
  const { streetId } = actor
  const draft = await holdOpenDraft(call, params.id, body.version)
  const { onDay, approval } = body
  // Rule: what was in force stays as it was; a re-cut cannot reach into the past.
  if (onDay < dayOf(at)) throw new Refusal('areas/day-past')
  const plan = await planDraft(tx, streetId, draft.id, onDay)
  if (plan.faults.length > 0) throw new Refusal('areas/draft-unfit')
  const { added, redrawn, renamed, ended } = plan.after
  await endAreas(
    tx,
    streetId,
    ended.map(({ id }) => id),
    addDays(onDay, -1),
  )
  await insertDraftedAreas(tx, streetId, added, onDay)
  const drawn = [...added, ...redrawn.map(({ after }) => after)].flatMap(({ id, geometry }) =>
    geometry ? [{ areaId: id, geometry, datum: 'wgs84' as const, synthetic: false, validFrom: onDay }] : [],
  )
  if (drawn.length > 0) await insertBoundaries(tx, streetId, at, drawn)
  await insertRenames(
    tx,
    streetId,
    draft.id,
    onDay,
    renamed.map(({ before, after }) => ({ areaId: before.id, from: before, to: after })),
  )
  const moves = plan.moves.map(({ building, from, to }) => ({ buildingId: building.id, from, to }))
  await insertMoves(tx, streetId, draft.id, onDay, moves)
  await insertLineage(tx, streetId, draft.id, onDay, plan.descent)
  await settleDraft(
    tx,
    streetId,
    draft.id,
    { state: 'in-force', onDay, approval },
    { by: actor.accountId, at },
  )
  if (onDay === dayOf(at)) {
    await settleMoves(tx, streetId, onDay)
    await settleRenames(tx, streetId, onDay)
  } else call.job({ task: 'areas.settleMoves', payload: { onDay }, runAt: startOfDay(onDay) })
  await renewAreaVersion(tx, streetId, at)
  call.audit({
    subjectType: 'area-draft',
    subjectId: draft.id,
    detail: {
      onDay,
      approval,
      add: added.length,
      redraw: redrawn.length,
      rename: renamed.length,
      end: ended.length,
    },
  })
  return draftView(await getDraftRow(call, draft.id))
})
