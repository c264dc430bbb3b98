/** A dispute over duty as staff see it on its case. */
import { type Static, Type } from 'typebox'
import { Instant, Nullable } from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { ByPost } from './by-post.ts'

export const DisputeView = Type.Object({
  /** Who objects. */
  organisation: Nullable(OrganisationRef),
  /** Whose duty it is in their view; null where they do not say. */
  names: Nullable(OrganisationRef),
  reason: Type.String(),
  at: Instant,
  decideBy: Instant,
  adjudicator: ByPost,
  mine: Type.Boolean(),
  /** Who handles it meanwhile; null: the objector goes on. */
  fallback: Nullable(OrganisationRef),
})
export type DisputeView = Static<typeof DisputeView>
