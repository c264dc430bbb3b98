import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { IndexedPost } from '../../accounts/server/index.ts'
import * as contract from '../contract.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { onDutyList, organisationMayTake, outsideDutyWords } from '../rules/duty-list.ts'
import type { CaseChange } from './case-store.ts'
import type { MatterRow } from './matter-store.ts'
import type { Names } from './names.ts'
import { performAct } from './perform-act.ts'

const gridRoles = ['micro-grid-member', 'grid-worker', 'grid-head']
const communityRoles = ['clerk', 'secretary']

/** 派单: to a lead organisation, or to the post of a grid or community, with helpers. */
export const assignCase = operation(contract.assignCase, (call) =>
  performAct(call, 'assign', ({ row, names, post }) => {
    const { organisationId, postId, helperIds = [], note } = call.body
    const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    if ((organisationId === undefined) === (postId === undefined)) throw new Refusal('cases/holder-needed')
    const holder =
      organisationId !== undefined
        ? toOrganisation(organisationId, names, matter)
        : toPost(postId ?? '', post?.areaPath ?? '', names, matter)
    const helpers = [...new Set(helperIds)].filter((id) => id !== organisationId)
    for (const id of helpers)
      if (!names.people.organisations.get(id)?.active) throw new Refusal('cases/organisation-unknown')
    return {
      to: 'assigned',
      set: {
        ...holder,
        shared_organisations: helpers,
        assigned_at: call.at,
        hops: row.hops + 1,
        assigned_by: [...new Set([...row.assigned_by, call.actor.accountId])],
      },
      words: note,
      detail: {
        organisation: holder.organisation_id ?? null,
        post: holder.holder_post_id ?? null,
        helpers: helpers.length,
      },
    }
  }),
)

type HolderChange = Pick<CaseChange, 'organisation_id' | 'holder_post_id' | 'holder_account_id'>

function toOrganisation(id: string, names: Names, matter: MatterRow | undefined): HolderChange {
  const organisation = names.people.organisations.get(id)
  if (!organisation?.active) throw new Refusal('cases/organisation-unknown')
  if (matter && !organisationMayTake(names.matters.duties, organisation.kind, matter.code))
    throw new Refusal('cases/outside-duty-list', {
      fill: outsideDutyWords(names.matters.duties, organisation.kind, matter.code),
    })
  return { organisation_id: id, holder_post_id: null, holder_account_id: null }
}

/**
 * Rule: rights.md, assign: refused to a community outside its duty list; the same holds for its grids. A desk gives
 * work to posts of its own area; beyond it, it escalates.
 */
function toPost(id: string, deskPath: string, names: Names, matter: MatterRow | undefined): HolderChange {
  const post: IndexedPost | undefined = names.people.posts.get(id)
  const level = gridRoles.includes(post?.role ?? '')
    ? 'grid'
    : communityRoles.includes(post?.role ?? '')
      ? 'community'
      : undefined
  if (!post?.current || !level || !liesUnder(post.areaPath ?? '', deskPath))
    throw new Refusal('cases/post-unknown')
  if (
    matter &&
    !onDutyList(names.matters.duties, level, matter.code) &&
    !onDutyList(names.matters.duties, 'community', matter.code)
  )
    throw new Refusal('cases/outside-duty-list', {
      fill: outsideDutyWords(names.matters.duties, 'community', matter.code),
    })
  return { organisation_id: null, holder_post_id: post.id, holder_account_id: post.accountId }
}
