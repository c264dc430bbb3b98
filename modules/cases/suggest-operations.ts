/** Suggestions for one case with their reasons, and drafts of words. A person decides. */
import { type Static, Type } from 'typebox'
import {
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  roles,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { MatterRef } from './case-views.ts'
import { otherDoors } from './emergency-words.ts'
import { caseKinds, caseStates, outcomes, urgencies } from './words.ts'

/** Staff who read texts: a suggestion says what a text holds. */
export const whoReadsTexts: Who = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]

export const SuggestedMatter = Type.Object({
  matter: MatterRef,
  kind: Words(caseKinds),
  urgency: Words(urgencies),
  /** 0 to 1: how often the text model is right when it is this sure; null where only words of the catalogue matched. */
  share: Nullable(Type.Number()),
  /** Words of the text that speak for it. */
  why: Type.String(),
})
export type SuggestedMatter = Static<typeof SuggestedMatter>

/** A past case of the same matter with alike words, within what the actor may see. */
export const SimilarCase = Type.Object({
  id: Id,
  number: Type.String(),
  title: Type.String(),
  state: Words(caseStates),
  outcome: Nullable(Words(outcomes)),
  organisation: Nullable(OrganisationRef),
  createdAt: Instant,
  /** 0 to 1. */
  alike: Type.Number(),
})
export type SimilarCase = Static<typeof SimilarCase>

/** Suggestions while a case is being sorted: matter by its words, area by its place, organisation by matter and area. */
export const suggestForCase = defineOperation({
  name: 'cases.suggestForCase',
  method: 'GET',
  path: '/api/cases/{id}/suggestions',
  summary: 'Which matter, urgency, area and organisation this case probably belongs to, and why',
  who: whoReadsTexts,
  params: IdParams,
  output: Type.Object({
    matters: Type.Array(SuggestedMatter),
    urgency: Type.Object({
      value: Words(urgencies),
      /** Words of the text that sound like danger; empty where the matter alone decides. */
      words: Type.Array(Type.String()),
    }),
    area: Nullable(AreaRef),
    organisations: Type.Array(
      Type.Object({
        organisation: OrganisationRef,
        /** The line of the duty list. */
        why: Type.String(),
        /** How many of `similar` it handled. */
        handled: Type.Integer(),
        /** What an adjudicator decided about this matter here. */
        precedent: Nullable(Type.Object({ caseId: Id, reason: Type.String() })),
      }),
    ),
    posts: Type.Array(Type.Object({ postId: Id, role: Words(roles), place: Type.String() })),
    similar: Type.Array(SimilarCase),
    /** Doors beside our own that the text speaks of. */
    doors: Type.Array(Words(otherDoors)),
    /** A model outside may be asked for drafts of words. */
    drafts: Type.Boolean(),
    /** The text model that guessed: the street's own by its number, or the shipped one. */
    model: Type.Object({ version: Nullable(Type.Integer()), samples: Type.Integer() }),
  }),
  refusals: ['cases/not-found'],
})

export const draftPurposes = ['summary', 'reply'] as const

/** Nothing is stored: the words go into a form, where a person edits and sends them. */
export const draftWords = defineOperation({
  name: 'cases.draftWords',
  method: 'POST',
  path: '/api/cases/{id}/draft-words',
  summary:
    'Asks the model outside, where the street allows it, for a draft; personal data is masked before it leaves',
  who: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'handler', 'organisation-lead'],
  idempotency: 'unstored',
  params: IdParams,
  body: Type.Object({ purpose: Words(draftPurposes) }, { additionalProperties: false }),
  output: Type.Object({
    draft: Type.String(),
    /** What left this machine, so that whoever asked can see that nobody was named. */
    sent: Type.String(),
  }),
  refusals: ['cases/not-found', 'cases/confidential', 'cases/drafts-off', 'cases/drafts-failed'],
})

export const suggestOperations = [suggestForCase, draftWords] as const
