/** What the server shows of a mediation, to its desk, its mediators and its parties. */
import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { ByPost } from '../cases/contract.ts'
import {
  agreementForms,
  consentAnswers,
  consentWays,
  courtSteps,
  dutyStates,
  endings,
  entryActs,
  legalWays,
  levels,
  signers,
  signWays,
  stages,
  tiers,
} from './mediation-words.ts'
import type { SafetyRefusal } from './refusals.ts'

export const strict = { additionalProperties: false } as const
export const Text = Type.String({ minLength: 1, maxLength: 4000 })
export const Short = Type.String({ minLength: 1, maxLength: 200 })

export const Can = Type.Union([
  Type.Object({ ok: Type.Literal(true) }),
  Type.Object({ ok: Type.Literal(false), why: Type.Unsafe<SafetyRefusal>(Type.String()) }),
])

export const MediatorView = Type.Object({
  id: Id,
  name: Type.String(),
  tier: Words(tiers),
  area: Nullable(AreaRef),
  about: Nullable(Type.String()),
  /** Signs in here and sees what they mediate. */
  signsIn: Type.Boolean(),
  active: Type.Boolean(),
})
export type MediatorView = Static<typeof MediatorView>

export const PartyView = Type.Object({
  id: Id,
  name: Type.String(),
  /** Masked for the desk, absent for the other parties. */
  phone: Nullable(Type.String()),
  address: Nullable(Type.String()),
  /** Follows the mediation on their own phone. */
  signsIn: Type.Boolean(),
  consent: Nullable(Words(consentAnswers)),
  consentWay: Nullable(Words(consentWays)),
  consentAt: Nullable(Instant),
  /** The mediator whom they would like. */
  wishes: Nullable(Type.String()),
  mine: Type.Boolean(),
})
export type PartyView = Static<typeof PartyView>

export const DutyView = Type.Object({
  id: Id,
  partyId: Id,
  partyName: Type.String(),
  what: Type.String(),
  way: Type.String(),
  dueOn: Day,
  state: Words(dutyStates),
  said: Nullable(Type.String()),
})
export type DutyView = Static<typeof DutyView>

export const AgreementView = Type.Object({
  form: Words(agreementForms),
  facts: Type.String(),
  responsibility: Type.String(),
  content: Type.String(),
  /** About personal status, adoption or marriage: the court does not confirm those. */
  aboutStatus: Type.Boolean(),
  signed: Type.Array(
    Type.Object({
      who: Words(signers),
      id: Nullable(Id),
      name: Type.String(),
      way: Nullable(Words(signWays)),
      at: Instant,
    }),
  ),
  effectiveAt: Nullable(Instant),
  hasPaper: Type.Boolean(),
  duties: Type.Array(DutyView),
  /** Until when both may ask the court; null where they may not. */
  confirmBy: Nullable(Day),
  court: Nullable(Words(courtSteps)),
})
export type AgreementView = Static<typeof AgreementView>

export const MediationEntry = Type.Object({
  id: Id,
  at: Instant,
  act: Words(entryActs),
  tier: Words(tiers),
  by: ByPost,
  party: Nullable(Type.String()),
  words: Nullable(Type.String()),
  /** Codes and days: what each act says besides is named in its own view. */
  detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Boolean(), Type.Null()])),
})
export type MediationEntry = Static<typeof MediationEntry>

export const MediationLine = Type.Object({
  id: Id,
  number: Type.String(),
  kind: Type.String(),
  level: Words(levels),
  tier: Words(tiers),
  stage: Words(stages),
  endedFor: Nullable(Words(endings)),
  area: Nullable(AreaRef),
  /** Masked names of the parties. */
  parties: Type.Array(Type.String()),
  mediators: Type.Array(Type.String()),
  registeredAt: Instant,
  nextAt: Nullable(Instant),
  dueOn: Day,
  late: Type.Boolean(),
})
export type MediationLine = Static<typeof MediationLine>

export const mediationSteps = [
  'consent',
  'mediators',
  'plan',
  'session',
  'moveUp',
  'putOff',
  'agreement',
  'sign',
  'performance',
  'court',
  'police',
  'end',
  'unmask',
] as const

export const MediationView = Type.Object({
  ...MediationLine.properties,
  /** What the dispute is about. */
  facts: Type.String(),
  isPublic: Type.Boolean(),
  chosenBy: Nullable(Words(['parties', 'committee'] as const)),
  parties: Type.Array(PartyView),
  mediators: Type.Array(MediatorView),
  /** Of this tier and place, to choose from. */
  choices: Type.Array(MediatorView),
  nextPlace: Nullable(Type.String()),
  agreement: Nullable(AgreementView),
  /** What to do where mediation does not help; told once it has ended. */
  legalWay: Nullable(Words(legalWays)),
  entries: Type.Array(MediationEntry),
  /** The reader is a party; else desk or mediator. */
  asParty: Type.Boolean(),
  can: Type.Object(
    Object.fromEntries(mediationSteps.map((step) => [step, Type.Optional(Can)])) as Record<
      (typeof mediationSteps)[number],
      ReturnType<typeof Type.Optional<typeof Can>>
    >,
  ),
  version: Type.Integer(),
})
export type MediationView = Static<typeof MediationView>
