/** 上级来源: who sends orders, kept by the system administrator. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { unknownFields } from '../rules/reply-text.ts'
import { catalogueOf } from './matter-store.ts'
import { forgetSources, lockSource, putSource, sourcesOf } from './upstream-source-store.ts'

export const listUpstreamSources = operation(contract.listUpstreamSources, async ({ tx, actor }) => ({
  items: [...(await sourcesOf(tx, actor.streetId)).values()].map((source) => ({
    ...source,
    mapping: { ...source.mapping },
    ratingScale: [...source.ratingScale],
  })),
}))

export const putUpstreamSource = operation(contract.putUpstreamSource, async (call) => {
  const { tx, actor, body, at, ifMatch } = call
  const before = await lockSource(tx, actor.streetId, body.code)
  if (ifMatch !== undefined && ifMatch !== (before?.version ?? 0)) throw new Refusal('cases/stale-version')
  const { byCode } = await catalogueOf(tx, actor.streetId)
  const unknown = Object.values(body.mapping).filter((code) => !byCode.has(code))
  if (unknown.length > 0)
    throw new Refusal('cases/matter-unknown', {
      errors: unknown.map((code) => ({ path: '/body/mapping', message: code })),
    })
  const blanks = unknownFields(body.replyTemplate)
  if (blanks.length > 0)
    throw new Refusal('platform/invalid-input', {
      errors: blanks.map((name) => ({ path: '/body/replyTemplate', message: `{${name}}` })),
    })
  await putSource(tx, actor.streetId, body, { id: call.newId(), accountId: actor.accountId, at })
  forgetSources(actor.streetId)
  call.afterwards(async () => forgetSources(actor.streetId))
  call.audit({
    subjectType: 'upstream-source',
    subjectId: body.code,
    detail: { active: body.active, insideAmount: body.insideAmount, insideUnit: body.insideUnit },
  })
  return { ...body, version: (before?.version ?? 0) + 1 }
})
