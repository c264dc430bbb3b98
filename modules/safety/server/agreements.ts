/** The agreement: written, signed, in force, performed, and confirmed by the court. */
import { dayOf } from '../../../lib/time.ts'
import { keptBytes } from '../../../platform/files-folder.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { isInForce } from '../rules/mediation.ts'
import { confirmBy } from '../rules/mediation-days.ts'
import { acting } from './acting.ts'
import { sealAgreement } from './mediation-seal.ts'
import {
  type AgreementRow,
  findMediation,
  isOwnFile,
  type MediationChange,
  paperOf,
  type SignedRow,
} from './mediation-store.ts'
import { isCourtOpen } from './mediation-view.ts'
import { performStep, type Standing, type StepPlan } from './perform-step.ts'
import { keepsIt } from './prepare-mediation.ts'

/** What follows the moment in which the agreement binds: the days run, the case is closed as settled. */
function inForce(at: Date, agreement: AgreementRow): { change: MediationChange; step: StepPlan['step'] } {
  return {
    change: {
      stage: 'agreed',
      agreement,
      effective_at: at,
      confirm_by: confirmBy(dayOf(at), agreement.aboutStatus),
      next_at: null,
      next_place_encrypted: null,
    },
    step: { step: 'agreed', to: 'closed', set: { outcome: 'solved', closed_at: at } },
  }
}

/** Rule: 人民调解法 art. 28 to 30: written, or oral and noted; an oral one is in force once it is reached. */
export const writeAgreement = operation(contract.writeAgreement, (call) =>
  performStep(call, 'agreement', (standing) => {
    keepsIt(standing)
    const { form, facts, responsibility, content, aboutStatus, duties } = call.body
    const { row, parties } = standing
    if (row.agreement !== null && row.agreement.signed.length > 0) throw new Refusal('safety/wrong-stage')
    const known = new Set(parties.map(({ id }) => id))
    if (!duties.every(({ partyId }) => known.has(partyId))) throw new Refusal('safety/party-unknown')
    if (duties.some(({ dueOn }) => dueOn < dayOf(call.at))) throw new Refusal('safety/date-wrong')
    const whole = duties.map((duty) => ({ ...duty, id: call.newId() }))
    const agreement: AgreementRow = { form, aboutStatus, signed: [], fileId: null }
    const text = {
      facts,
      responsibility,
      content,
      duties: Object.fromEntries(whole.map(({ id, what, way }) => [id, { what, way }])),
    }
    const written: MediationChange = {
      agreement,
      agreement_encrypted: sealAgreement(call.services.keys, row.case_id, text),
      performance: whole.map(({ id, partyId, dueOn }) => ({ id, partyId, dueOn, state: 'open' })),
    }
    if (form === 'written') return { act: 'drafted', change: written, detail: { form }, tells: true }
    const settled = inForce(call.at, agreement)
    return {
      act: 'drafted',
      alsoAct: 'in-force',
      change: { ...written, ...settled.change },
      detail: { form },
      ...(settled.step ? { step: settled.step } : {}),
      tells: true,
    }
  }),
)

/** Rule: art. 29: each signature by whom and when; with the last of them, a mediator's and the stamp it binds. */
export const signAgreement = operation(contract.signAgreement, (call) =>
  performStep(call, 'sign', async (standing) => {
    keepsIt(standing)
    const { row, parties } = standing
    const { fileId } = call.body
    const before = row.agreement
    if (before === null) throw new Refusal('safety/no-draft')
    if (fileId && !(await isOwnFile(call.tx, call.actor.streetId, fileId, call.actor.accountId)))
      throw new Refusal('safety/file-unknown')
    const signed = [...before.signed, signatureOf(standing, call.body, call.at, call.actor.accountId)]
    const agreement = { ...before, signed, fileId: fileId ?? before.fileId }
    const complete = isInForce(
      parties.map(({ id }) => id),
      signed,
    )
    const plan: StepPlan = {
      act: 'signed',
      change: { agreement },
      detail: { who: call.body.who },
      fileId,
      ...(call.body.who === 'party' && call.body.id ? { partyId: call.body.id } : {}),
    }
    if (!complete) return plan
    const settled = inForce(call.at, agreement)
    return {
      ...plan,
      alsoAct: 'in-force',
      change: settled.change,
      ...(settled.step ? { step: settled.step } : {}),
      tells: true,
    }
  }),
)

/** @throws Refusal for a stranger, or one who has signed */
function signatureOf(
  { row, parties }: Standing,
  { who, id, way }: { who: SignedRow['who']; id?: string; way?: NonNullable<SignedRow['way']> },
  at: Date,
  by: string,
): SignedRow {
  if (who === 'party' && !parties.some((party) => party.id === id)) throw new Refusal('safety/party-unknown')
  if (who === 'mediator' && !row.mediator_ids.some((one) => one === id))
    throw new Refusal('safety/mediator-unfit')
  const signer = who === 'stamp' ? null : (id ?? null)
  if (row.agreement?.signed.some((one) => one.who === who && one.id === signer))
    throw new Refusal('safety/signed-already')
  return { who, id: signer, way: who === 'stamp' ? null : (way ?? 'signature'), at: at.toISOString(), by }
}

/** Rule: art. 31: the committee follows up what was agreed; somebody calls and writes down what they heard. */
export const recordPerformance = operation(contract.recordPerformance, (call) =>
  performStep(call, 'performance', (standing) => {
    keepsIt(standing)
    const { dutyId, done, words } = call.body
    const { row } = standing
    const duty = row.performance.find(({ id }) => id === dutyId)
    if (!duty) throw new Refusal('safety/duty-unknown')
    const performance = row.performance.map((one) =>
      one.id === dutyId ? { ...one, state: done ? ('done' as const) : ('not-done' as const) } : one,
    )
    const all = performance.every(({ state }) => state === 'done')
    return {
      act: 'performance',
      partyId: duty.partyId,
      change: { performance, ...(all ? { stage: 'performed' as const, ended_at: call.at } : {}) },
      words,
      detail: { duty: dutyId, done },
      ...(all ? { step: { step: 'performed' } } : {}),
    }
  }),
)

export const recordCourtStep = operation(contract.recordCourtStep, (call) =>
  performStep(call, 'court', (standing) => {
    keepsIt(standing)
    const { row, entries } = standing
    const { step, words } = call.body
    const applied = entries.some(({ act, detail }) => act === 'court' && detail.step === 'applied')
    // What the court said may come later than the day until which it could be asked.
    if (row.confirm_by === null || (step === 'applied' ? !isCourtOpen(row, call.at) : !applied))
      throw new Refusal('safety/court-closed')
    return { act: 'court', words, detail: { step } }
  }),
)

export const getSignedPaper = operation(contract.getSignedPaper, async (of) => {
  const call = acting(of)
  const { tx, actor } = call
  const row = await findMediation(tx, actor.streetId, of.params.id)
  if (!row) throw new Refusal('safety/not-found')
  const fileId = row.agreement?.fileId
  const paper = fileId ? await paperOf(tx, actor.streetId, fileId) : undefined
  if (!paper) throw new Refusal('safety/paper-missing')
  call.audit({ subjectType: 'mediation', subjectId: row.case_id, detail: { paper: true } })
  const ending = paper.media_type === 'application/pdf' ? 'pdf' : 'jpg'
  call.sendAs({ name: `调解协议-${row.number}.${ending}`, mediaType: paper.media_type })
  return keptBytes(call.services.filesFolder, paper.sha256)
})
