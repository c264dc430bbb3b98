/** The steps of a mediation as forms: which fields each asks for, and the call that it makes. */
import { dayOf } from '../../../lib/time.ts'
import { call } from '../../../platform/client/index.ts'
import {
  type ConsentAnswer,
  type ConsentWay,
  type CourtStep,
  type Ending,
  endMediation,
  type MediationView,
  type MoveReason,
  moveUp,
  noteToPolice,
  planSession,
  putOffMediation,
  recordConsent,
  recordCourtStep,
  recordPerformance,
  recordSession,
  type SessionResult,
  type SignWay,
  setMediators,
  signAgreement,
  unmaskParty,
} from '../contract.ts'
import { instantOf, localOf } from './safety-data.ts'

export type FormStep =
  | 'consent'
  | 'mediators'
  | 'plan'
  | 'session'
  | 'sign'
  | 'performance'
  | 'court'
  | 'moveUp'
  | 'putOff'
  | 'police'
  | 'end'
  | 'unmask'

/** One draft for all; each step reads its own fields. */
export const draftOf = (view: MediationView) => ({
  partyId: (view.parties.find(({ consent }) => consent === null) ?? view.parties[0])?.id ?? '',
  answer: 'yes' as ConsentAnswer,
  consentWay: 'in-person' as ConsentWay,
  words: '',
  mediatorIds: view.choices.length === 1 ? view.choices.map(({ id }) => id) : ([] as string[]),
  by: 'committee' as 'parties' | 'committee',
  at: localOf(new Date()),
  place: '',
  isPublic: view.isPublic,
  came: view.parties.map(({ id }) => id),
  result: 'goes-on' as SessionResult,
  reason: 'attempt-failed' as MoveReason,
  dueOn: dayOf(new Date()),
  /** `party <id>`, `mediator <id>` or `stamp`. */
  signer: '',
  signWay: 'signature' as SignWay,
  fileId: '',
  dutyId: view.agreement?.duties.find(({ state }) => state === 'open')?.id ?? '',
  done: true,
  step: 'applied' as CourtStep,
  takenBy: '',
  ending: (view.stage === 'agreed' ? 'not-performed' : 'no-agreement') as Ending,
  field: 'phone' as 'name' | 'phone' | 'address',
})
export type Draft = ReturnType<typeof draftOf>

/** Does the step; a string is shown to the person who did it. */
export async function takeStep(
  step: FormStep,
  view: MediationView,
  draft: Draft,
): Promise<string | undefined> {
  const params = { id: view.id }
  const words = draft.words.trim()
  const optionalWords = words ? { words } : {}
  switch (step) {
    case 'consent':
      await call(recordConsent, {
        params,
        body: { partyId: draft.partyId, answer: draft.answer, way: draft.consentWay, ...optionalWords },
      })
      return
    case 'mediators':
      await call(setMediators, { params, body: { mediatorIds: draft.mediatorIds, by: draft.by } })
      return
    case 'plan':
      await call(planSession, {
        params,
        body: { at: instantOf(draft.at), place: draft.place.trim(), isPublic: draft.isPublic },
      })
      return
    case 'session':
      await call(recordSession, {
        params,
        body: {
          heldAt: instantOf(draft.at),
          place: draft.place.trim(),
          came: draft.came,
          words,
          result: draft.result,
        },
      })
      return
    case 'moveUp':
      await call(moveUp, {
        params,
        body: {
          reason: draft.reason,
          words,
          ...(draft.reason === 'party-applied' ? { partyId: draft.partyId } : {}),
        },
      })
      return
    case 'putOff':
      await call(putOffMediation, { params, body: { dueOn: draft.dueOn, words } })
      return
    case 'sign':
      await call(signAgreement, { params, body: signature(draft) })
      return
    case 'performance':
      await call(recordPerformance, { params, body: { dutyId: draft.dutyId, done: draft.done, words } })
      return
    case 'court':
      await call(recordCourtStep, { params, body: { step: draft.step, ...optionalWords } })
      return
    case 'police':
      await call(noteToPolice, {
        params,
        body: { words, ...(draft.takenBy.trim() ? { takenBy: draft.takenBy.trim() } : {}) },
      })
      return
    case 'end':
      await call(endMediation, { params, body: { reason: draft.ending, words } })
      return
    case 'unmask': {
      const body = { partyId: draft.partyId, field: draft.field, reason: words }
      return (await call(unmaskParty, { params, body })).value
    }
  }
}

function signature({ signer, signWay, fileId }: Draft) {
  const [who = 'stamp', id] = signer.split(' ')
  const file = fileId ? { fileId } : {}
  return who === 'stamp' || id === undefined
    ? { who: 'stamp' as const, ...file }
    : { who: who === 'party' ? ('party' as const) : ('mediator' as const), id, way: signWay, ...file }
}
