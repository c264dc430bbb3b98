/** Blind call-backs: another person asks again without knowing what was said; what they hear counts, the first word stays. */
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { CaseRow, RatingOnCase } from './case-row.ts'
import { changeCase, getCases, lockCase } from './case-store.ts'
import { areaRef, namesOf } from './names.ts'
import { audienceOf } from './perform-act.ts'

interface FlagRow {
  case_id: string
  flagged_at: Date
  rating: RatingOnCase
  barred: string[]
}

const isBlind = (actor: Actor, row: CaseRow, { barred }: FlagRow): boolean =>
  !barred.includes(actor.accountId) &&
  !actor.posts.some(
    ({ organisationId }) => organisationId !== null && row.handled_organisations.includes(organisationId),
  )

export const listCallBacks = operation(contract.listCallBacks, async ({ tx, actor }) => {
  const { streetId } = actor
  const flags = await tx.many(
    sql<FlagRow>`select distinct on (case_id) case_id, flagged_at, rating, barred from rating_flags
      where street_id = ${streetId} and called_at is null order by case_id, flagged_at limit 500`,
  )
  const rows = await getCases(
    tx,
    streetId,
    flags.map((one) => one.case_id),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const names = await namesOf(tx, streetId)
  return {
    items: flags
      .flatMap((flag) => {
        const row = byId.get(flag.case_id)
        if (!row || !isBlind(actor, row, flag)) return []
        const area = names.areas.byId.get(row.area_id)
        return [
          {
            caseId: row.id,
            number: row.number,
            title: row.title,
            area: area ? areaRef(area) : null,
            answer: row.answer,
            flaggedAt: flag.flagged_at.toISOString(),
          },
        ]
      })
      .sort((a, b) => (a.flaggedAt < b.flaggedAt ? -1 : 1)),
  }
})

export const settleCallBack = operation(contract.settleCallBack, async (call) => {
  const { tx, actor, at, params, body } = call
  const { streetId } = actor
  const row = await lockCase(tx, streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  const [flag] = await tx.many(
    sql<FlagRow>`select case_id, flagged_at, rating, barred from rating_flags
      where street_id = ${streetId} and case_id = ${row.id} and called_at is null order by flagged_at limit 1`,
  )
  if (!flag || row.rating === null) throw new Refusal('cases/not-flagged')
  if (!isBlind(actor, row, flag)) throw new Refusal('cases/not-blind')
  const heard = heardOf(body)
  const post = narrowestPost(actor, contract.settleCallBack.who as never)?.id ?? null
  await tx.run(sql`update rating_flags set called_at = ${at}, called_by = ${actor.accountId}, called_post = ${post},
      reached = ${heard?.reached ?? null}, solved = ${heard?.solved ?? null}, satisfaction = ${heard?.satisfaction ?? null},
      words = ${body.words ?? null}
    where street_id = ${streetId} and case_id = ${row.id} and called_at is null`)
  const { review: _done, ...first } = row.rating
  const rating: RatingOnCase = heard
    ? { ...heard, words: body.words ?? null, at: at.toISOString(), counts: true, way: 'call-back' }
    : first
  const { row: after } = await changeCase(tx, row, { rating }, [
    {
      id: call.newId(),
      at,
      act: 'blind-call-back',
      actor_id: actor.accountId,
      post_id: post,
      from_state: row.state,
      to_state: null,
      words: body.words ?? null,
      detail: heard ? { answered: true, ...heard } : { answered: false },
      file_ids: [],
      internal: true,
    },
  ])
  call.audit({ subjectType: 'case', subjectId: row.id, postId: post, detail: { act: 'blind-call-back' } })
  call.event({ type: 'case.blind-call-back', subjectId: row.id, audience: audienceOf(after, row) })
  const { satisfaction } = flag.rating
  return { caseId: row.id, first: satisfaction, same: heard ? heard.satisfaction === satisfaction : null }
})

function heardOf(body: {
  answered: boolean
  reached?: boolean
  solved?: boolean
  satisfaction?: RatingOnCase['satisfaction']
}): Pick<RatingOnCase, 'reached' | 'solved' | 'satisfaction'> | undefined {
  if (!body.answered) return undefined
  const { reached, solved, satisfaction } = body
  if (reached === undefined || solved === undefined || satisfaction === undefined)
    throw new Refusal('cases/nothing-said')
  return { reached, solved, satisfaction }
}
