/** What has to be said before anybody mediates: who wants it, who mediates, when and where they meet. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { commonWish } from '../rules/mediation.ts'
import { sealPlace } from './mediation-seal.ts'
import type { MediationChange, PartyRow } from './mediation-store.ts'
import { isFit, mayRun } from './mediation-view.ts'
import { performStep, type Standing, type StepPlan } from './perform-step.ts'

/** @throws Refusal safety/party-unknown; safety/not-yours where a party speaks for another */
function partyHere({ parties, mine, seen, row }: Standing, id: string): PartyRow {
  const party = parties.find((one) => one.id === id)
  if (!party) throw new Refusal('safety/party-unknown')
  if (mine ? mine.id !== id : !mayRun(seen, row, contract.desk)) throw new Refusal('safety/not-yours')
  return party
}

/** Rule: 人民调解法 art. 17: a party may refuse, and may change their mind; the last word counts. */
export const recordConsent = operation(contract.recordConsent, (call) =>
  performStep(call, 'consent', (standing) => {
    const { partyId, answer, words } = call.body
    const party = partyHere(standing, partyId)
    const way = standing.mine ? 'online' : (call.body.way ?? 'in-person')
    return {
      act: 'consent',
      partyId,
      party: { id: party.id, change: { consent: answer, consent_way: way, consent_at: call.at } },
      words,
      detail: { answer, way },
    }
  }),
)

/** The accounts that see it from now on: those of the parties and of who mediates. */
const readersWith = ({ parties, seen }: Standing, mediatorIds: readonly string[]): string[] => [
  ...new Set([
    ...parties.flatMap(({ account_id }) => account_id ?? []),
    ...mediatorIds.flatMap((id) => seen.mediators.get(id)?.account_id ?? []),
  ]),
]

function chosen(standing: Standing, ids: readonly string[], by: 'parties' | 'committee'): StepPlan {
  const change: MediationChange = {
    mediator_ids: [...ids],
    chosen_by: by,
    readers: readersWith(standing, ids),
  }
  return { act: 'mediators', change, detail: { by }, tells: true }
}

/** Rule: 人民调解法 art. 19, 23: the parties choose; it is settled as soon as all wish for the same one. */
export const wishMediator = operation(contract.wishMediator, (call) =>
  performStep(call, 'mediators', (standing) => {
    const { partyId, mediatorId } = call.body
    const { row, parties, seen } = standing
    partyHere(standing, partyId)
    if (!isFit(seen.mediators.get(mediatorId), row, parties)) throw new Refusal('safety/mediator-unfit')
    const wishes = parties.map((party) => (party.id === partyId ? mediatorId : party.wishes))
    const common = commonWish(wishes)
    const wish: StepPlan = {
      act: 'wish',
      partyId,
      party: { id: partyId, change: { wishes: mediatorId } },
      detail: { mediator: mediatorId },
    }
    if (common === undefined || row.mediator_ids.length > 0) return wish
    const { change, tells } = chosen(standing, [common], 'parties')
    return { ...wish, alsoAct: 'mediators', ...(change ? { change } : {}), ...(tells ? { tells } : {}) }
  }),
)

export const setMediators = operation(contract.setMediators, (call) =>
  performStep(call, 'mediators', (standing) => {
    const ids = [...new Set(call.body.mediatorIds)]
    const { seen, row, parties } = standing
    keepsIt(standing)
    if (!ids.every((id) => isFit(seen.mediators.get(id), row, parties)))
      throw new Refusal('safety/mediator-unfit')
    return chosen(standing, ids, call.body.by)
  }),
)

/** Staff who are a party themselves do what a party does, and no more. @throws Refusal safety/not-yours */
export function keepsIt({ seen, row }: Standing): void {
  if (!mayRun(seen, row, contract.desk)) throw new Refusal('safety/not-yours')
}

export const planSession = operation(contract.planSession, (call) =>
  performStep(call, 'plan', (standing) => {
    keepsIt(standing)
    const at = new Date(call.body.at)
    if (at <= call.at) throw new Refusal('safety/date-wrong')
    return {
      act: 'planned',
      change: {
        next_at: at,
        next_place_encrypted: sealPlace(call.services.keys, standing.row.case_id, call.body.place.trim()),
        is_public: call.body.isPublic,
      },
      detail: { at: at.toISOString(), isPublic: call.body.isPublic },
      step: { step: 'planned', to: 'in-progress' },
      tells: true,
    }
  }),
)
