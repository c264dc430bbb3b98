import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { maskText } from '../rules/mask-text.ts'
import { draftsByHelper } from '../suggest-settings.ts'
import { findCase, reporterOf } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'
import { namesOf } from './names.ts'

const tasks: Readonly<Record<(typeof contract.draftPurposes)[number], string>> = {
  summary:
    '你是街道办事处的文字助手。用不超过六十个字概括这件诉求：什么事、什么地方、希望怎样。不要评论，不要编造，不要写出任何人的姓名、电话、门牌。',
  reply:
    '你是街道办事处的文字助手。根据办理情况给居民写一段答复草稿，两百字以内，语气平和，先说办了什么，再说还差什么和下一步。没有写明的事不要编造，不要承诺期限，不要写出任何人的姓名、电话、门牌。',
}

/** 起草: nothing is kept of it, and what leaves is masked. A person edits and sends the words. */
export const draftWords = operation(contract.draftWords, async (call) => {
  const { tx, actor, at, params, body, services } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row || !mayReadTexts(row, actor)) throw new Refusal('cases/not-found')
  if (row.confidential) throw new Refusal('cases/confidential')
  const { drafts, keys } = services
  if (drafts === undefined || !(await readSetting(tx, actor.streetId, draftsByHelper, at)))
    throw new Refusal('cases/drafts-off')
  const reporter = await reporterOf(tx, row.id)
  const opened = (field: 'name' | 'phone' | 'address') => {
    const sealed = reporter?.[`${field}_encrypted`]
    return sealed ? keys.open(`case_reporters.${field}.${row.id}`, sealed) : ''
  }
  const names = await namesOf(tx, actor.streetId)
  const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
  const parts = [
    ...(matter ? [`事项：${matter.name}`] : []),
    `诉求：${row.title}。${row.text}`,
    ...(body.purpose === 'reply' && (row.draft_answer ?? row.answer)
      ? [`办理情况：${row.draft_answer ?? row.answer}`]
      : []),
  ]
  const known = [{ name: opened('name'), phone: opened('phone'), address: opened('address') }]
  const sent = maskText(parts.join('\n'), known)
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    detail: { purpose: body.purpose, characters: sent.length },
  })
  const draft = await drafts.draft(tasks[body.purpose], sent).catch(() => {
    throw new Refusal('cases/drafts-failed')
  })
  return { draft, sent }
})
