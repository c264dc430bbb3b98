import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { outcomeNames } from '../messages.ts'
import { replyText } from '../rules/reply-text.ts'
import { findCase } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'
import { namesOf, organisationRef } from './names.ts'
import { sourcesOf } from './upstream-source-store.ts'

const day = (at: Date | null): string | null => (at === null ? null : dayOf(at))

/** 回填文本: those above read Chinese, so it is Chinese whatever the reader's language. */
export const getReplyText = operation(contract.getReplyText, async ({ tx, actor, params }) => {
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row || !mayReadTexts(row, actor)) throw new Refusal('cases/not-found')
  const source = (await sourcesOf(tx, actor.streetId)).get(row.outside_source ?? '')
  if (row.channel !== 'upstream' || !source) throw new Refusal('cases/not-from-above')
  const names = await namesOf(tx, actor.streetId)
  const text = replyText(source.replyTemplate, {
    number: row.number,
    outsideNumber: row.outside_number,
    title: row.title,
    answer: row.answer,
    outcome: row.outcome && outcomeNames[row.outcome].zh,
    organisation:
      organisationRef(names, row.organisation_id)?.name ?? names.areas.byId.get(row.area_id)?.name ?? null,
    acceptedOn: day(row.accepted_at),
    answeredOn: day(row.answered_at),
    contactedOn: day(row.responded_at),
  })
  return { text }
})
