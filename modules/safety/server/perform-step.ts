/**
 * One step of a mediation, the same for all: lock → is it theirs? → may it be taken now? → the step's own plan → row,
 * record, case, audit and event in the same transaction → the mediation as the actor now sees it.
 */
import type { OperationContract, OutputOf } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type CaseStep, stepSpecialCase } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { type MediationFacts, type MediationStep, stepRefusal } from '../rules/mediation.ts'
import { type Acting, acting, inStreet, postOver } from './acting.ts'
import { sealWords } from './mediation-seal.ts'
import {
  changeMediation,
  changeParties,
  type EntryRow,
  entriesOf,
  insertEntry,
  lockMediation,
  type MediationChange,
  type MediationRow,
  type PartyChange,
  type PartyRow,
  partiesOf,
} from './mediation-store.ts'
import { factsOf, mayRun, partyOf, type Seen, seenOf, viewOf } from './mediation-view.ts'
import { tellParties } from './tell-parties.ts'

export interface Standing {
  readonly call: Acting
  readonly row: MediationRow
  readonly parties: readonly PartyRow[]
  readonly entries: readonly EntryRow[]
  readonly facts: MediationFacts
  readonly seen: Seen
  /** The party as whom a resident acts; undefined for desk and mediators. */
  readonly mine: PartyRow | undefined
}

export interface StepPlan {
  readonly act: EntryRow['act']
  readonly change?: MediationChange
  readonly party?: { readonly id?: string; readonly change: PartyChange }
  readonly partyId?: string
  readonly words?: string | undefined
  readonly detail?: EntryRow['detail']
  readonly fileId?: string | undefined
  /** A second line of the record, such as the agreement that is in force with its last signature. */
  readonly alsoAct?: EntryRow['act']
  /** What it does to the case; codes alone. */
  readonly step?: Omit<CaseStep, 'postId'>
  /** Tells the parties that there is something new to read. */
  readonly tells?: boolean
}

type PlanOf = (standing: Standing) => Promise<StepPlan> | StepPlan

/** @throws Refusal that the rules or the plan give; then nothing is written */
export async function performStep<C extends OperationContract>(
  of: Call<C>,
  step: MediationStep | 'move-up',
  plan: PlanOf,
): Promise<OutputOf<typeof contract.getMediation>> {
  const call = acting(of)
  const { tx, actor } = call
  const { id } = call.params as { id: string }
  const row = await lockMediation(tx, actor.streetId, id)
  if (!row) throw new Refusal('safety/not-found')
  const parties = await partiesOf(tx, actor.streetId, [id])
  const entries = await entriesOf(tx, actor.streetId, id)
  const seen = await seenOf(call)
  const mine = mayRun(seen, row, contract.desk) ? undefined : partyOf(actor, parties)
  const facts = factsOf(row, parties, entries)
  const why = step === 'move-up' ? undefined : stepRefusal(step, facts)
  if (why) throw new Refusal(why)
  const done = await plan({ call, row, parties, entries, facts, seen, mine })
  await keep(call, row, done)
  call.audit({
    subjectType: 'mediation',
    subjectId: id,
    postId: postOf(call, row),
    detail: { act: done.act, tier: row.tier },
  })
  call.event({ type: `mediation.${done.act}`, subjectId: id, audience: { accounts: [...row.readers] } })
  const after = { ...row, ...done.change, version: row.version + 1 }
  if (done.tells) tellParties(call, after, parties)
  const view = () => viewOf(call, after, contract.desk)
  return done.change?.readers === undefined ? view() : inStreet(call, view)
}

const postOf = ({ actor }: Acting, row: MediationRow): string | null =>
  actor.kind === 'staff'
    ? ((postOver(actor, row.area, contract.desk) ?? postOver(actor, row.area, contract.mediatorRoles))?.id ??
      null)
    : null

async function keep(call: Acting, row: MediationRow, done: StepPlan): Promise<void> {
  const { tx, at, actor } = call
  const line = (act: EntryRow['act'], whole: boolean): EntryRow => {
    const id = call.newId()
    return {
      id,
      case_id: row.case_id,
      at,
      act,
      tier: row.tier,
      actor_id: actor.accountId,
      post_id: postOf(call, row),
      party_id: whole ? (done.partyId ?? null) : null,
      words_encrypted: whole ? sealWords(call.services.keys, id, done.words) : null,
      detail: whole ? (done.detail ?? {}) : {},
      file_id: whole ? (done.fileId ?? null) : null,
    }
  }
  await insertEntry(tx, actor.streetId, row, line(done.act, true))
  if (done.alsoAct) await insertEntry(tx, actor.streetId, row, line(done.alsoAct, false))
  if (done.party)
    await changeParties(
      tx,
      actor.streetId,
      { caseId: row.case_id, ...(done.party.id === undefined ? {} : { id: done.party.id }) },
      done.party.change,
    )
  if (done.step)
    await stepSpecialCase(call, row.case_id, 'mediation', { ...done.step, postId: postOf(call, row) })
  const { change = {} } = done
  const write = () => changeMediation(tx, actor.streetId, row.case_id, change)
  // Whom it is seen by may change with it, and the one who did this may be among those who see it no more.
  await (change.readers === undefined ? write() : inStreet(call, write))
}
