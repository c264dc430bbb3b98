/**
 * Whether a step of a mediation may be taken now. Rule: 人民调解法 art. 17 (nobody is made to), 19 and 23 (parties choose
 * who mediates), 26 (failed: ended, with the legal ways told), 29 to 31 (the agreement); systems.md 000-10 (up a tier
 * only with a record of an attempt, or because a party applies or refuses).
 */
import type { ConsentAnswer, MoveReason, Stage, Tier } from '../mediation-words.ts'
import type { SafetyRefusal } from '../refusals.ts'

export interface MediationFacts {
  readonly stage: Stage
  readonly tier: Tier
  /** What each party said about mediating at this tier; null: not asked yet. */
  readonly consents: readonly (ConsentAnswer | null)[]
  readonly mediators: number
  /** Sessions at this tier that ended without agreement or go on. */
  readonly attempts: number
  /** An agreement is written and waits for signatures. */
  readonly drafted: boolean
}

export type MediationStep =
  | 'consent'
  | 'mediators'
  | 'plan'
  | 'session'
  | 'put-off'
  | 'agreement'
  | 'sign'
  | 'performance'
  | 'court'
  | 'police'
  | 'end'

const whileOpen: ReadonlySet<MediationStep> = new Set([
  'consent',
  'mediators',
  'plan',
  'session',
  'put-off',
  'agreement',
  'sign',
])
/** What needs that everybody wants it, and somebody who mediates. */
const together: ReadonlySet<MediationStep> = new Set(['plan', 'session', 'agreement', 'sign'])

export function stepRefusal(step: MediationStep, facts: MediationFacts): SafetyRefusal | undefined {
  const { stage, consents } = facts
  if (whileOpen.has(step) && stage !== 'open') return 'safety/wrong-stage'
  if (step === 'performance' && stage !== 'agreed') return 'safety/wrong-stage'
  if (step === 'court' && stage !== 'agreed' && stage !== 'performed') return 'safety/wrong-stage'
  if (step === 'end' && stage !== 'open' && stage !== 'agreed') return 'safety/wrong-stage'
  if (together.has(step)) {
    if (consents.includes('no')) return 'safety/party-refuses'
    if (consents.includes(null)) return 'safety/consent-missing'
    if (facts.mediators === 0) return 'safety/mediator-missing'
  }
  return step === 'sign' && !facts.drafted ? 'safety/no-draft' : undefined
}

const above: Readonly<Record<Tier, Tier | undefined>> = {
  courtyard: 'community',
  community: 'street',
  street: undefined,
}

export type MoveDecision =
  | { readonly ok: true; readonly to: Tier }
  | { readonly ok: false; readonly why: SafetyRefusal }

/** Up by one tier, for one of three reasons, each of which stands on the record. */
export function decideMove(facts: MediationFacts, reason: MoveReason, applicant: boolean): MoveDecision {
  const to = above[facts.tier]
  if (facts.stage !== 'open') return { ok: false, why: 'safety/wrong-stage' }
  if (to === undefined) return { ok: false, why: 'safety/top-tier' }
  if (reason === 'attempt-failed' && facts.attempts === 0) return { ok: false, why: 'safety/no-attempt' }
  if (reason === 'party-refused' && !facts.consents.includes('no'))
    return { ok: false, why: 'safety/nobody-refuses' }
  if (reason === 'party-applied' && !applicant) return { ok: false, why: 'safety/party-unknown' }
  return { ok: true, to }
}

/** The one mediator whom all parties wish for; undefined while they differ or have not said. */
export function commonWish(wishes: readonly (string | null)[]): string | undefined {
  const [first] = wishes
  return first && wishes.every((one) => one === first) ? first : undefined
}

export interface SignedBy {
  readonly who: 'party' | 'mediator' | 'stamp'
  readonly id: string | null
}

/**
 * Rule: art. 29: in force when every party has signed, sealed or put a fingerprint, a mediator has signed and the
 * committee's stamp is on it.
 */
export const isInForce = (parties: readonly string[], signed: readonly SignedBy[]): boolean =>
  parties.every((id) => signed.some((one) => one.who === 'party' && one.id === id)) &&
  signed.some(({ who }) => who === 'mediator') &&
  signed.some(({ who }) => who === 'stamp')
