/** Hand-over 交接: what a post holds, who would take it over, and what passed from posts that ended. */
import { type Static, Type } from 'typebox'
import { Cursor, defineOperation, Id, Instant, Nullable, Page, type Who, Words } from '../../lib/contract.ts'
import { ByPost } from './case-views.ts'
import { caseStates } from './words.ts'

const CaseRef = Type.Object({
  id: Id,
  number: Type.String(),
  /** Empty where the reader sees no texts. */
  title: Type.String(),
  state: Words(caseStates),
  dueAt: Nullable(Instant),
})

/** A post in words, with the name of its holder: colleagues see each other's names. */
export const Held = Type.Object({ post: ByPost, holder: Type.String() })
export type Held = Static<typeof Held>

export const OpenWorkView = Type.Object({
  from: Held,
  /** Who takes it over when the post ends; null: it goes back to the organisation, or to the desk. */
  to: Nullable(Held),
  /** What the reader may see of it, first due first, at most 200. */
  items: Type.Array(CaseRef),
})
export type OpenWorkView = Static<typeof OpenWorkView>

const whoHandsOver: Who = [
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'supervisor',
  'organisation-lead',
]

export const getOpenWork = defineOperation({
  name: 'cases.getOpenWork',
  method: 'GET',
  path: '/api/open-work',
  summary: 'What a post holds, as far as the reader sees it, and who would take it over',
  who: whoHandsOver,
  query: Type.Object({ postId: Id }, { additionalProperties: false }),
  output: OpenWorkView,
  refusals: ['cases/post-unknown'],
})

export const HandOverView = Type.Object({
  id: Id,
  at: Instant,
  case: CaseRef,
  from: Held,
  to: Nullable(Held),
})
export type HandOverView = Static<typeof HandOverView>

export const listHandOvers = defineOperation({
  name: 'cases.listHandOvers',
  method: 'GET',
  path: '/api/hand-overs',
  summary: 'What passed from posts that ended, newest first, within what the reader sees',
  who: whoHandsOver,
  query: Type.Object(
    { cursor: Type.Optional(Cursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    { additionalProperties: false },
  ),
  output: Page(HandOverView),
})

export const handOverOperations = { getOpenWork, listHandOvers } as const
