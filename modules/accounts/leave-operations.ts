/** Who is away and who stands in 请假与代班. */
import { Type } from 'typebox'
import { Day, defineOperation, Id, IdParams, Nothing, Nullable } from '../../lib/contract.ts'
import { LeaveView, PostView } from './account-views.ts'

export const setLeave = defineOperation({
  name: 'accounts.setLeave',
  method: 'POST',
  path: '/api/posts/{id}/leave',
  summary:
    'Says that the holder of a post is away from one day to another; without a named stand-in the rule chooses',
  who: 'staff',
  status: 201,
  params: IdParams,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      fromDay: Day,
      toDay: Day,
      /** The post whose holder stands in. */
      standInPostId: Type.Optional(Id),
    },
    { additionalProperties: false },
  ),
  output: LeaveView,
  refusals: [
    'accounts/not-found',
    'accounts/not-your-leave',
    'accounts/leave-in-the-past',
    'accounts/leave-overlaps',
    'accounts/stand-in-unfit',
    'accounts/nobody-stands-in',
  ],
})

export const endLeave = defineOperation({
  name: 'accounts.endLeave',
  method: 'POST',
  path: '/api/leaves/{id}/end',
  summary: 'Ends a leave, or calls off one to come; the stand-in loses the post with the next request',
  who: 'staff',
  params: IdParams,
  body: Nothing,
  output: LeaveView,
  refusals: ['accounts/not-found', 'accounts/not-your-leave'],
})

export const listStandIns = defineOperation({
  name: 'accounts.listStandIns',
  method: 'GET',
  path: '/api/posts/{id}/stand-ins',
  summary: 'Whom the reader may name to stand in for a post, those first whom the rule would take',
  who: 'staff',
  params: IdParams,
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        post: PostView,
        holder: Type.Object({ accountId: Id, displayName: Type.String() }),
        /** Place in the rule’s order from 1; null for somebody whom only a person would think of. */
        byRule: Nullable(Type.Integer()),
      }),
    ),
  }),
  refusals: ['accounts/not-found', 'accounts/not-your-leave'],
})
