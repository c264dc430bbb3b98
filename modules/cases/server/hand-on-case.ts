import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

/** 转交: the lead of an organisation gives the order to one of its people. */
export const handOnCase = operation(contract.handOnCase, (call) =>
  performAct(call, 'hand-on', ({ row, names }) => {
    const post = names.people.posts.get(call.body.postId)
    if (!post?.current || post.organisationId === null || post.organisationId !== row.organisation_id)
      throw new Refusal('cases/post-unknown')
    return {
      set: { holder_post_id: post.id, holder_account_id: post.accountId },
      words: call.body.note,
      detail: { post: post.id },
      internal: true,
    }
  }),
)
