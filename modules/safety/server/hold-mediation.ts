/** Mediating: what was tried, up a tier, more time, and its end where it does not help. */
import { dayOf, endOfDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { decideMove } from '../rules/mediation.ts'
import { performStep } from './perform-step.ts'
import { keepsIt } from './prepare-mediation.ts'

/** How far back a session may lie that is written down now. */
const daysBackMs = 60 * 86_400_000

/** 调解记录: when, where, who came, what was said in short, what came of it. */
export const recordSession = operation(contract.recordSession, (call) =>
  performStep(call, 'session', (standing) => {
    keepsIt(standing)
    const { place, came, words, result } = call.body
    const heldAt = new Date(call.body.heldAt)
    if (heldAt > call.at || call.at.getTime() - heldAt.getTime() > daysBackMs)
      throw new Refusal('safety/date-wrong')
    const known = new Set(standing.parties.map(({ id }) => id))
    if (!came.every((id) => known.has(id))) throw new Refusal('safety/party-unknown')
    return {
      act: 'session',
      change: { next_at: null, next_place_encrypted: null },
      words: `${place}\n${words}`,
      detail: { heldAt: heldAt.toISOString(), came: came.join(' '), result },
      step: { step: 'session', to: 'in-progress' },
    }
  }),
)

/** Whom a tier above will listen to is asked anew: consent, wish and mediators are those of one tier. */
export const moveUp = operation(contract.moveUp, (call) =>
  performStep(call, 'move-up', (standing) => {
    keepsIt(standing)
    const { reason, partyId, words } = call.body
    const applicant = standing.parties.some(({ id }) => id === partyId)
    const decision = decideMove(standing.facts, reason, applicant)
    if (!decision.ok) throw new Refusal(decision.why)
    const ofParty = applicant && partyId !== undefined ? { partyId } : {}
    return {
      act: 'moved-up',
      ...ofParty,
      change: {
        tier: decision.to,
        mediator_ids: [],
        chosen_by: null,
        next_at: null,
        next_place_encrypted: null,
        readers: standing.parties.flatMap(({ account_id }) => account_id ?? []),
      },
      party: { change: { consent: null, consent_way: null, consent_at: null, wishes: null } },
      words,
      detail: { reason, to: decision.to },
      step: { step: 'moved-up', set: { desk: decision.to === 'street' ? 'street' : 'community' } },
      tells: true,
    }
  }),
)

export const putOffMediation = operation(contract.putOffMediation, (call) =>
  performStep(call, 'put-off', (standing) => {
    keepsIt(standing)
    const { dueOn, words } = call.body
    if (dueOn <= standing.row.due_on || dueOn <= dayOf(call.at)) throw new Refusal('safety/date-wrong')
    return {
      act: 'put-off',
      change: { due_on: dueOn },
      words,
      detail: { until: dueOn },
      step: { step: 'put-off', set: { due_at: endOfDay(dueOn) } },
      tells: true,
    }
  }),
)

/** Rule: 人民调解法 art. 25: what may become a crime goes to the police; mediating it goes on or not, as the parties like. */
export const noteToPolice = operation(contract.noteToPolice, (call) =>
  performStep(call, 'police', (standing) => {
    keepsIt(standing)
    const { takenBy, words } = call.body
    return { act: 'police', words: takenBy ? `${words}\n${takenBy}` : words }
  }),
)

/** Rule: 人民调解法 art. 26: it ends, and the parties are told which legal ways are open to them. */
export const endMediation = operation(contract.endMediation, (call) =>
  performStep(call, 'end', (standing) => {
    keepsIt(standing)
    const { reason, words } = call.body
    const { row, facts } = standing
    if ((reason === 'not-performed') !== (row.stage === 'agreed')) throw new Refusal('safety/wrong-stage')
    if (reason === 'refused' && !facts.consents.includes('no')) throw new Refusal('safety/nobody-refuses')
    if (reason === 'no-agreement' && !standing.entries.some(({ act }) => act === 'session'))
      throw new Refusal('safety/no-attempt')
    return {
      act: 'ended',
      change: {
        stage: 'ended',
        ended_for: reason,
        ended_at: call.at,
        next_at: null,
        next_place_encrypted: null,
      },
      words,
      detail: { reason },
      step:
        row.stage === 'agreed'
          ? { step: 'not-performed', set: { outcome: 'partly' } }
          : { step: 'ended', to: 'closed', set: { closed_at: call.at } },
      tells: true,
    }
  }),
)
