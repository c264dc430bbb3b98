/** 答复模板: kept by the street desk in versions; filled for whoever answers. */

import { systemAccountId } from '../../../platform/actor.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { fillTemplate, unknownTemplateFields } from '../rules/fill-template.ts'
import type { ReplyTemplate } from '../template-operations.ts'
import { templateFields } from '../template-words.ts'
import { findCase } from './case-store.ts'
import { byPost, type Names, namesOf } from './names.ts'
import { templateFacts } from './template-fill.ts'
import {
  insertTemplate,
  newestTemplate,
  newestTemplates,
  type TemplateRow,
  templateVersions,
} from './template-store.ts'

const view = (row: TemplateRow, names: Names): ReplyTemplate => ({
  id: row.id,
  version: row.version,
  title: row.title,
  acts: row.acts,
  matterCodes: row.matter_codes,
  words: row.words,
  retired: row.retired,
  writtenBy: byPost(names, row.written_post, row.written_by, systemAccountId, row.written_at),
  writtenAt: row.written_at.toISOString(),
})

export const listReplyTemplates = operation(contract.listReplyTemplates, async ({ tx, actor }) => {
  const names = await namesOf(tx, actor.streetId)
  return { items: (await newestTemplates(tx, actor.streetId)).map((row) => view(row, names)) }
})

export const getReplyTemplate = operation(contract.getReplyTemplate, async ({ tx, actor, params }) => {
  const rows = await templateVersions(tx, actor.streetId, params.id)
  if (rows.length === 0) throw new Refusal('cases/template-unknown')
  const names = await namesOf(tx, actor.streetId)
  return { versions: rows.map((row) => view(row, names)) }
})

function refuseUnknownFields(words: string): void {
  const [field] = unknownTemplateFields(words)
  if (field !== undefined)
    throw new Refusal('cases/template-field-unknown', {
      fill: { field, known: templateFields.map((one) => `{${one}}`).join('、') },
      errors: [{ path: '/body/words', message: `{${field}}` }],
    })
}

export const putReplyTemplate = operation(contract.putReplyTemplate, async (call) => {
  const { tx, actor, at, params, body, ifMatch } = call
  const before = await newestTemplate(tx, actor.streetId, params.id)
  if (ifMatch !== undefined && ifMatch !== (before?.version ?? 0)) throw new Refusal('cases/stale-version')
  const names = await namesOf(tx, actor.streetId)
  const unknown = body.matterCodes.filter((code) => !names.matters.byCode.has(code))
  if (unknown.length > 0)
    throw new Refusal('cases/matter-unknown', {
      errors: unknown.map((code) => ({ path: '/body/matterCodes', message: code })),
    })
  refuseUnknownFields(body.words)
  const row: TemplateRow = {
    street_id: actor.streetId,
    id: params.id,
    version: (before?.version ?? 0) + 1,
    title: body.title.trim(),
    acts: body.acts,
    matter_codes: body.matterCodes,
    words: body.words.trim(),
    retired: body.retired,
    written_by: actor.accountId,
    written_post: narrowestPost(actor, contract.whoKeepsTemplates)?.id ?? null,
    written_at: at,
  }
  await insertTemplate(tx, row)
  call.audit({
    subjectType: 'reply-template',
    subjectId: row.id,
    detail: { version: row.version, retired: row.retired },
  })
  return view(row, names)
})

export const previewReplyTemplate = operation(contract.previewReplyTemplate, async (call) => {
  const { tx, actor, body } = call
  refuseUnknownFields(body.words)
  const row = await findCase(tx, actor.streetId, body.caseId)
  if (!row) throw new Refusal('cases/not-found')
  const names = await namesOf(tx, actor.streetId)
  return fillTemplate(body.words, await templateFacts(call, row, names))
})

export const listFilledTemplates = operation(contract.listFilledTemplates, async (call) => {
  const { tx, actor, params, query } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  const names = await namesOf(tx, actor.streetId)
  const facts = await templateFacts(call, row, names)
  const code = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)?.code
  const fitting = (await newestTemplates(tx, actor.streetId)).filter(
    ({ retired, acts, matter_codes: codes }) =>
      !retired &&
      (query.act === undefined || acts.includes(query.act)) &&
      (codes.length === 0 || (code !== undefined && codes.includes(code))),
  )
  const items = fitting.map(({ id, title, words, matter_codes: codes }) => ({
    id,
    title,
    forMatter: codes.length > 0,
    ...fillTemplate(words, facts),
  }))
  return { items: items.sort((a, b) => Number(b.forMatter) - Number(a.forMatter)) }
})
