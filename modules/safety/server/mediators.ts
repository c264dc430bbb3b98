/** 调解员名册: who may mediate, where and at which tier. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import * as contract from '../contract.ts'
import { type Acting, acting, deskArea, isWithin } from './acting.ts'
import { putMediatorRow } from './mediation-store.ts'
import { mediatorView, seenOf } from './mediation-view.ts'

export const listMediators = operation(contract.listMediators, async (of) => {
  const call = acting(of)
  const seen = await seenOf(call)
  return { items: [...seen.mediators.values()].map((row) => mediatorView(row, seen)) }
})

export const putMediator = operation(contract.putMediator, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const { areaId, tier, name, about, postId, active } = of.body
  const { area } = await deskArea(call, areaId)
  const isStreet = !area.path.includes('.')
  // The list of the street lies at the street, that of a community below it: a courtyard is whatever lies in one.
  if (isStreet !== (tier === 'street')) throw new Refusal('safety/mediator-unfit')
  const row = {
    id: of.params.id,
    area_id: area.id,
    area: area.path,
    tier,
    name: name.trim(),
    about: about?.trim() || null,
    account_id:
      postId === undefined
        ? ((await seenOf(call)).mediators.get(of.params.id)?.account_id ?? null)
        : postId === null
          ? null
          : await accountAt(call, postId, area.path),
    active,
  }
  if (!(await putMediatorRow(tx, actor.streetId, { ...row, by: actor.accountId, at })))
    throw new Refusal('safety/mediator-unfit')
  call.audit({ subjectType: 'mediator', subjectId: row.id, detail: { tier, active } })
  return mediatorView(row, await seenOf(call))
})

/** Whose post it is; one that reaches the place, for what is mediated there has to lie in their sight. */
async function accountAt({ tx, actor }: Acting, postId: string, path: string): Promise<string> {
  const post = (await postIndex(tx, actor.streetId)).posts.get(postId)
  const roles: readonly string[] = contract.mediatorRoles
  if (
    !post?.current ||
    post.areaPath === null ||
    !isWithin(path, post.areaPath) ||
    !roles.includes(post.role)
  )
    throw new Refusal('safety/mediator-unfit')
  return post.accountId
}
