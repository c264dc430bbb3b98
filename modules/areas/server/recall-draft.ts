import { type Day, dayOf } from '../../../lib/time.ts'
import { type Operation, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { StaffReader } from './area-report.ts'
import { renewAreaVersion } from './area-writes.ts'
import { changedAfter, draftAreas, lockDraft } from './draft-store.ts'
import { draftView, getDraftRow } from './draft-view.ts'
import { recallRecut } from './rename-store.ts'

/** Whoever is to begin there later stands there on the last of all days, unless their term has an end. */
const endOfDays: Day = '9999-12-31'

async function isStaffed(
  areaIds: readonly string[],
  staffOn: (day: Day) => ReturnType<StaffReader> | undefined,
  days: readonly Day[],
): Promise<boolean> {
  const taken = new Set<string>()
  for (const day of days) {
    const staff = await staffOn(day)
    for (const { areaId } of staff?.posts ?? []) taken.add(areaId)
    for (const areaId of staff?.branchAreaIds ?? []) taken.add(areaId)
  }
  return areaIds.some((id) => taken.has(id))
}

/** Posts are only looked for where somebody tells them. */
export const recallDraft = (readStaff: StaffReader | undefined): Operation =>
  operation(contract.recallDraft, async (call) => {
    const { tx, actor, at, params, body } = call
    const { streetId } = actor
    const draft = await lockDraft(tx, streetId, params.id)
    if (!draft) throw new Refusal('areas/draft-not-found')
    const { inForceOn, approval } = draft
    if (draft.state !== 'in-force' || inForceOn === null || approval === null)
      throw new Refusal('areas/draft-settled')
    if (draft.version !== body.version) throw new Refusal('areas/draft-changed')
    // Rule: what held once stays as it was; only what is still to come can be taken back.
    if (inForceOn <= dayOf(at)) throw new Refusal('areas/draft-holds')
    const drawn = await draftAreas(tx, streetId, draft.id)
    const idsOf = (act: contract.DraftArea['act']) =>
      drawn.flatMap((area) => (area.act === act ? area.areaId : []))
    const added = idsOf('add')
    const later = await changedAfter(tx, streetId, inForceOn)
    if (drawn.some(({ areaId }) => later.has(areaId))) throw new Refusal('areas/recall-built-upon')
    if (await isStaffed(added, (day) => readStaff?.(tx, streetId, day), [inForceOn, endOfDays]))
      throw new Refusal('areas/recall-staffed')
    const recall = { id: call.newId(), draftId: draft.id, inForceOn, approval, reason: body.reason.trim() }
    await recallRecut(
      tx,
      streetId,
      recall,
      { added, ended: idsOf('end'), redrawn: idsOf('redraw') },
      { by: actor.accountId, at },
    )
    await renewAreaVersion(tx, streetId, at)
    call.audit({ subjectType: 'area-draft', subjectId: draft.id, detail: { onDay: inForceOn, approval } })
    return draftView(await getDraftRow(call, draft.id))
  })
