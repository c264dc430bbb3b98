/** What is done about a violation on the register; everything else is the loop's: take, result, re-check, close. */
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type CaseHistory, caseHistory, findCase, stepSpecialCase } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { evidenceOf, withEvidence } from '../rules/evidence.ts'
import { decideListing, isMeasurable, mayHandOver } from '../rules/violation.ts'
import { violationKinds } from '../violation-settings.ts'
import { type Acting, acting } from './acting.ts'
import { deskPost, giveOut, type Holder, holderOf } from './give-out.ts'
import {
  findViolation,
  handOverRow,
  measureViolationRow,
  putViolationRow,
  type ViolationRow,
} from './violation-store.ts'
import { mayMeasure, violationView } from './violation-view.ts'

/** What stands as the answer unless somebody writes another. */
const doneAnswer = '已整改，经复查属实。'

const rectifyRule = {
  response: { amount: 1, unit: 'natural-days' },
  finish: { amount: 1, unit: 'natural-days' },
  words: {
    zh: '违法行为整改期限，由交办时定；延期须另一人批准',
    en: 'The day for putting a violation right, set when it was given out; put off only with a second person',
  },
  provisional: false,
}

/** @throws Refusal safety/size-wrong */
function refuseWrongSize(areaCm2: number | null | undefined, removedCm2: number | null | undefined): void {
  if (typeof areaCm2 === 'number' && typeof removedCm2 === 'number' && removedCm2 > areaCm2)
    throw new Refusal('safety/size-wrong')
}

/** Whether it is to be given out, or listed as it was put right on the spot. @throws Refusal why not */
function listingOf({ row, entries }: CaseHistory, morePhotos: number): 'given' | 'listed' {
  const photos = evidenceOf(entries.map(withEvidence))
  const decision = decideListing({
    state: row.state,
    isPetition: row.petition !== null,
    isTask: row.task !== null,
    special: row.special,
    isOrderFromAbove: row.channel === 'upstream',
    photosBefore: photos.before.length + morePhotos,
    photosAfter: photos.after.length,
  })
  if (!decision.ok) throw new Refusal(decision.why)
  return decision.as
}

/** One press: the case stands on the register and is given out, or is listed as what was put right on the spot. */
export const putViolation = operation(contract.putViolation, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const { kind, rectifyOn, areaCm2 = null, removedCm2 = null, fileIds = [] } = of.body
  const kinds = await readSetting(tx, actor.streetId, violationKinds, at)
  if (!kinds.some(({ code }) => code === kind)) throw new Refusal('safety/kind-unknown')
  refuseWrongSize(areaCm2, removedCm2)
  const history = await caseHistory(call, of.params.id)
  if (!history) throw new Refusal('safety/not-found')
  deskPost(call, history.row)
  const isGiven = listingOf(history, fileIds.length) === 'given'
  if (isGiven && (rectifyOn === undefined || rectifyOn < dayOf(at))) throw new Refusal('safety/date-wrong')
  const holder = isGiven ? await holderOf(call, of.body) : undefined
  const { postId, area } =
    holder && rectifyOn !== undefined
      ? await give(call, history, { holder, rectifyOn, fileIds })
      : await listDone(call, history, fileIds)
  await putViolationRow(tx, actor.streetId, {
    case_id: history.row.id,
    area,
    kind,
    organisation_id: holder ? holder.organisationId : history.row.organisation_id,
    rectify_on: isGiven ? (rectifyOn ?? null) : null,
    area_cm2: areaCm2,
    removed_cm2: removedCm2,
    handed_to: null,
    document_number: null,
    handed_on: null,
    handed_by: null,
    listed_by: actor.accountId,
    listed_at: at,
  })
  call.audit({ subjectType: 'case', subjectId: history.row.id, postId, detail: { kind, given: isGiven } })
  return viewAfter(call, history.row.id)
})

interface Given {
  readonly holder: Holder
  readonly rectifyOn: string
  readonly fileIds: readonly string[]
}

async function give(call: Acting, history: CaseHistory, { holder, rectifyOn, fileIds }: Given) {
  const { after, postId } = await giveOut(call, history.row.id, {
    special: 'violation',
    holder,
    urgency: 'P3',
    dueOn: rectifyOn,
    rule: rectifyRule,
    answer: doneAnswer,
    fileIds,
    // Whoever moved it on between the reading and the lock is asked again.
    decide: (row) => {
      listingOf({ ...history, row }, fileIds.length)
      return deskPost(call, row)
    },
  })
  return { postId, area: after.area }
}

async function listDone(call: Acting, history: CaseHistory, fileIds: readonly string[]) {
  let postId = ''
  const after = await stepSpecialCase(call, history.row.id, 'violation', (row) => {
    listingOf({ ...history, row }, fileIds.length)
    postId = deskPost(call, row)
    return { step: 'listed', postId, fileIds, set: { draft_answer: row.draft_answer ?? doneAnswer } }
  })
  return { postId, area: after.area }
}

/** @throws Refusal safety/not-found */
async function getRow({ tx, actor }: Acting, id: string): Promise<ViolationRow> {
  const row = await findViolation(tx, actor.streetId, id)
  if (!row) throw new Refusal('safety/not-found')
  return row
}

async function viewAfter(call: Acting, id: string): Promise<contract.ViolationView> {
  const view = await violationView(call, await getRow(call, id))
  if (!view) throw new Refusal('safety/not-found')
  return view
}

export const measureViolation = operation(contract.measureViolation, async (of) => {
  const call = acting(of)
  const { tx, actor } = call
  const { id } = of.params
  await getRow(call, id)
  const row = await findCase(tx, actor.streetId, id)
  if (!row) throw new Refusal('safety/not-found')
  if (!mayMeasure(call, row)) throw new Refusal('safety/not-yours')
  if (!isMeasurable(row.state)) throw new Refusal('safety/wrong-stage')
  refuseWrongSize(of.body.areaCm2, of.body.removedCm2)
  await measureViolationRow(tx, actor.streetId, id, of.body)
  call.audit({ subjectType: 'case', subjectId: id, detail: { ...of.body } })
  return viewAfter(call, id)
})

/**
 * 移交综合执法: what happens to whoever did it is decided there and not here, so nothing of that is kept. It goes to the
 * check like any result, as unsolved: it ends on the long-term list with a day of review, and never as put right.
 */
export const handOverViolation = operation(contract.handOverViolation, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const { id } = of.params
  const { to, documentNumber, on, fileIds } = of.body
  if (on > dayOf(at)) throw new Refusal('safety/date-wrong')
  await getRow(call, id)
  let postId = ''
  await stepSpecialCase(call, id, 'violation', (row) => {
    postId = deskPost(call, { area: row.area, desk: row.desk })
    const waits = row.pending_approval !== null
    if (!mayHandOver({ state: row.state, waits, suspended: row.suspended_until !== null }))
      throw new Refusal('safety/wrong-stage')
    const organisations = row.organisation_id === null ? [] : [row.organisation_id]
    return {
      step: 'handed-over',
      to: 'result-submitted',
      postId,
      words: `${to.trim()} ${documentNumber.trim()}`,
      fileIds,
      set: {
        outcome: 'unsolved',
        handled_by: [...new Set([...row.handled_by, actor.accountId])],
        handled_organisations: [...new Set([...row.handled_organisations, ...organisations])],
        draft_answer: `已移交${to.trim()}依法处理（文号：${documentNumber.trim()}）。`,
      },
    }
  })
  await handOverRow(tx, actor.streetId, id, {
    to: to.trim(),
    documentNumber: documentNumber.trim(),
    on,
    by: actor.accountId,
  })
  call.audit({ subjectType: 'case', subjectId: id, postId, detail: { handedOn: on } })
  return viewAfter(call, id)
})
