/** 答复模板: words for replies kept by the street desk, filled from a case on the server, edited by whoever sends them. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, type Role, Words } from '../../lib/contract.ts'
import { strict } from './case-act.ts'
import { ByPost, Text } from './case-views.ts'
import { whoReadsTexts } from './suggest-operations.ts'
import { templateActs, templateFields } from './template-words.ts'

const templateFacts = {
  title: Type.String({ minLength: 2, maxLength: 40 }),
  acts: Type.Array(Words(templateActs), { minItems: 1, maxItems: templateActs.length, uniqueItems: true }),
  /** Empty: for all matters. */
  matterCodes: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 60, uniqueItems: true }),
  words: Type.String({ minLength: 2, maxLength: 2000 }),
  retired: Type.Boolean(),
}

export const ReplyTemplate = Type.Object({
  id: Id,
  version: Type.Integer(),
  ...templateFacts,
  writtenBy: ByPost,
  writtenAt: Instant,
})
export type ReplyTemplate = Static<typeof ReplyTemplate>

export const whoKeepsTemplates: readonly Role[] = ['dispatcher', 'duty-head']

export const listReplyTemplates = defineOperation({
  name: 'cases.listReplyTemplates',
  method: 'GET',
  path: '/api/reply-templates',
  summary: 'The templates for replies, each in its newest version',
  who: whoReadsTexts,
  output: Type.Object({ items: Type.Array(ReplyTemplate) }),
})

export const getReplyTemplate = defineOperation({
  name: 'cases.getReplyTemplate',
  method: 'GET',
  path: '/api/reply-templates/{id}',
  summary: 'Every version of a template, the newest first: who wrote what, and when',
  who: whoReadsTexts,
  params: IdParams,
  output: Type.Object({ versions: Type.Array(ReplyTemplate) }),
  refusals: ['cases/template-unknown'],
})

export const putReplyTemplate = defineOperation({
  name: 'cases.putReplyTemplate',
  method: 'PUT',
  path: '/api/reply-templates/{id}',
  summary: 'Writes a template, or its next version; `If-Match` names the version that was read',
  who: whoKeepsTemplates,
  params: IdParams,
  body: Type.Object(templateFacts, strict),
  output: ReplyTemplate,
  refusals: ['cases/stale-version', 'cases/matter-unknown', 'cases/template-field-unknown'],
})

const Filled = {
  text: Type.String(),
  /** Fields that this case can not fill; they stand in the text as 【field】. */
  gaps: Type.Array(Words(templateFields)),
}

/** Nothing is stored. */
export const previewReplyTemplate = defineOperation({
  name: 'cases.previewReplyTemplate',
  method: 'POST',
  path: '/api/reply-templates/preview',
  summary: 'The words of a template as they would read for one case',
  who: whoKeepsTemplates,
  audit: 'none',
  idempotency: 'unstored',
  body: Type.Object({ caseId: Id, words: Text }, strict),
  output: Type.Object(Filled),
  refusals: ['cases/not-found', 'cases/template-field-unknown'],
})

/** Those for all matters come after those for the matter of the case. */
export const listFilledTemplates = defineOperation({
  name: 'cases.listFilledTemplates',
  method: 'GET',
  path: '/api/cases/{id}/reply-templates',
  summary: 'The templates that fit a case and an act, filled from the case as the reader may see it',
  who: whoReadsTexts,
  params: IdParams,
  query: Type.Object({ act: Type.Optional(Words(templateActs)) }, strict),
  output: Type.Object({
    items: Type.Array(Type.Object({ id: Id, title: Type.String(), forMatter: Type.Boolean(), ...Filled })),
  }),
  refusals: ['cases/not-found'],
})
export type FilledTemplate = Static<typeof listFilledTemplates.output>['items'][number]

export const templateOperations = [
  listReplyTemplates,
  getReplyTemplate,
  putReplyTemplate,
  previewReplyTemplate,
  listFilledTemplates,
] as const
