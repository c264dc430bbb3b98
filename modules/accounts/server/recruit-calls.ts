/** 招募: a call for micro-grid members of an area, read by everybody of the street. */
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaRefs, findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { applicationViews } from './application-view.ts'
import { keepsTreeOf } from './party-rights.ts'
import { applicationsBy, insertRecruitCall, recruitCalls } from './recruit-store.ts'

export const listRecruitCalls = operation(contract.listRecruitCalls, async (call) => {
  const { tx, actor, at } = call
  const today = dayOf(at)
  const rows = await recruitCalls(tx, actor.streetId)
  const mine = await applicationsBy(tx, actor.streetId, actor.accountId)
  const views = new Map(
    (await applicationViews(call, mine)).map((view, index) => [mine[index]?.callId, view]),
  )
  const areas = await areaRefs(
    tx,
    actor.streetId,
    rows.map(({ areaId }) => areaId),
  )
  return {
    items: rows.flatMap(({ areaId, areaPath, applied, chosen, inPost, ...row }) => {
      const area = areas.get(areaId)
      if (!area) return []
      const open = row.opensOn <= today && today <= row.closesOn
      const own = views.get(row.id) ?? null
      const can = {
        apply: open && own === null,
        choose: keepsTreeOf(actor, areaPath),
        takeUp: actor.roles.includes('security-admin'),
      }
      return [{ ...row, area, open, mine: own, counts: { applied, chosen, inPost }, can }]
    }),
  }
})

export const openRecruitCall = operation(contract.openRecruitCall, async (call) => {
  const { tx, actor, at, body } = call
  const area = await findArea(tx, actor.streetId, body.areaId)
  if (!area || !keepsTreeOf(actor, area.path)) throw new Refusal('accounts/not-your-area')
  if (body.closesOn < body.opensOn)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/closesOn', message: 'must not be before opensOn' }],
    })
  const id = body.id ?? call.newId()
  const { title, words, opensOn, closesOn, termMonths } = body
  const who = { by: actor.accountId, at }
  await insertRecruitCall(tx, actor.streetId, { id, area, title, words, opensOn, closesOn, termMonths }, who)
  call.audit({ subjectType: 'recruit-call', subjectId: id, detail: { area: area.code } })
  return { id }
})
