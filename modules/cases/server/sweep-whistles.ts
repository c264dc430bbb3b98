/** Each minute: called organisations that did not report in time. Each step of a call is taken once. */
import { sql } from 'kysely'
import type { JobCall } from '../../../platform/jobs.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type IndexedPost, postIndex } from '../../accounts/server/index.ts'
import { type NoticeAsk, tell } from '../../messages/server/index.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { climbedSteps } from '../rules/whistle.ts'
import { whistleClimbMinutes } from '../whistle-settings.ts'
import { type WhistleStep, whistleSteps } from '../whistle-words.ts'
import type { Urgency } from '../words.ts'

interface WaitingCall {
  whistle_id: string
  organisation_id: string
  case_id: string
  number: string
  urgency: Urgency
  area: string
  raised_by: string
  due_at: Date
}

export async function sweepWhistles(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const minutes = await readSetting(tx, actor.streetId, whistleClimbMinutes, at)
  const waiting = await tx.many(
    sql<WaitingCall>`select k.whistle_id, k.organisation_id, w.case_id, c.number, c.urgency, k.area::text, k.raised_by, k.due_at
      from whistle_calls k join whistles w on w.street_id = k.street_id and w.id = k.whistle_id
        join cases c on c.street_id = w.street_id and c.id = w.case_id
      where k.street_id = ${actor.streetId} and k.arrived_at is null and k.due_at < ${at} and w.released_at is null
        and (select count(*) from whistle_climbs s where s.street_id = k.street_id and s.whistle_id = k.whistle_id
          and s.organisation_id = k.organisation_id) < ${whistleSteps.length}`,
  )
  const wanted = waiting.flatMap((one) =>
    climbedSteps(one.due_at, at, minutes).map((step) => ({ ...one, step })),
  )
  if (wanted.length === 0) return
  const rows = wanted.map(({ whistle_id, organisation_id, step }) => ({ whistle_id, organisation_id, step }))
  const taken = await tx.many(
    sql<{ whistle_id: string; organisation_id: string; step: WhistleStep }>`insert into whistle_climbs
      (street_id, whistle_id, organisation_id, step, at)
      select ${actor.streetId}::int, n.whistle_id, n.organisation_id, n.step, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) n(whistle_id uuid, organisation_id uuid, step text)
      on conflict do nothing returning whistle_id, organisation_id, step`,
  )
  const keys = new Set(taken.map((one) => `${one.whistle_id} ${one.organisation_id} ${one.step}`))
  const { posts } = await postIndex(tx, actor.streetId)
  const current = [...posts.values()].filter((post) => post.current)
  const asks = wanted
    .filter((one) => keys.has(`${one.whistle_id} ${one.organisation_id} ${one.step}`))
    .map((one): NoticeAsk => {
      call.event({
        type: 'case.whistle-unanswered',
        subjectId: one.case_id,
        audience: { area: one.area, organisations: [one.organisation_id], accounts: [one.raised_by] },
      })
      return {
        event: 'case.whistle-unanswered',
        reader: 'desk',
        to: [...toldAt(one, current)].map((account) => ({ account })),
        about: { type: 'case', id: one.case_id, area: one.area },
        facts: { number: one.number, due: one.due_at.toISOString() },
        urgency: one.urgency,
        dedupe: `${one.whistle_id}-${one.organisation_id}-${one.step}`,
      }
    })
  tell(call, asks)
}

/** First whoever answers for the organisation, and the caller; then up the street. */
function toldAt(one: WaitingCall & { step: WhistleStep }, posts: readonly IndexedPost[]): Set<string> {
  if (one.step === 'unanswered')
    return new Set([
      one.raised_by,
      ...posts
        .filter((post) => post.organisationId === one.organisation_id)
        .map(({ accountId }) => accountId),
    ])
  const role = one.step === 'supervisor' ? 'supervisor' : 'duty-head'
  return new Set(
    posts
      .filter((post) => post.role === role && post.areaPath !== null && liesUnder(one.area, post.areaPath))
      .map(({ accountId }) => accountId),
  )
}
