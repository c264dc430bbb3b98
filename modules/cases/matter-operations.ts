/** The matters catalogue 事项目录 and the duty lists 职责清单: reading them, and the catalogue as a spreadsheet out and in. */
import { type Static, Type } from 'typebox'
import { Bytes, defineOperation, Nullable, Page, Words, xlsxMediaType } from '../../lib/contract.ts'
import { MatterView, matterLevels } from './case-views.ts'

export const listMatters = defineOperation({
  name: 'cases.listMatters',
  method: 'GET',
  path: '/api/matters',
  summary: 'The matters catalogue in force today; residents get only what has plain words',
  who: 'signed-in',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 60 })) }, { additionalProperties: false }),
  output: Page(MatterView),
})

export const duties = ['must', 'may', 'refuse'] as const

/** One line of a duty list: whether a kind of organisation must, may or need not take what begins with the prefix. */
export const DutyRuleView = Type.Object({
  level: Words(matterLevels),
  /** A kind of organisation, or `community` and `grid`. */
  organisationKind: Type.String(),
  matterPrefix: Type.String(),
  duty: Words(duties),
  /** With `refuse`: the kind of organisation that should take it. */
  turnTo: Nullable(Type.String()),
  basis: Type.Object({ zh: Type.String(), en: Type.String() }),
})
export type DutyRuleView = Static<typeof DutyRuleView>

export const listDutyRules = defineOperation({
  name: 'cases.listDutyRules',
  method: 'GET',
  path: '/api/duty-rules',
  summary: 'The duty lists; with a matter, only the line that decides for each kind of organisation',
  who: 'staff',
  query: Type.Object(
    {
      matterCode: Type.Optional(Type.String({ maxLength: 20 })),
      organisationKind: Type.Optional(Type.String({ maxLength: 40 })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ items: Type.Array(DutyRuleView) }),
})

export const exportMatters = defineOperation({
  name: 'cases.exportMatters',
  method: 'GET',
  path: '/api/matters/export',
  summary: 'The catalogue in force today as an xlsx file that can be changed and read in again',
  who: 'staff',
  query: Type.Object(
    { language: Type.Optional(Words(['zh', 'en'] as const)) },
    { additionalProperties: false },
  ),
  output: Bytes(xlsxMediaType),
})

/** The columns of the spreadsheet; `clock` and `standard` are told and not read. */
export const matterColumns = [
  'code',
  'standard',
  'classCode',
  'className',
  'name',
  'nameEn',
  'residentWords',
  'keywords',
  'level',
  'kind',
  'urgency',
  'isPublic',
  'sensitive',
  'onSiteCheck',
  'classNameEn',
  'extraFields',
  'clock',
] as const
export type MatterColumn = (typeof matterColumns)[number]

export const rowFaults = [
  'column-missing',
  'empty',
  'too-long',
  'not-a-choice',
  'code-form',
  'code-twice',
  'standard-is-fixed',
  'standard-has-no-resident-words',
  'standard-not-known',
  'no-field-list',
] as const
export type RowFault = (typeof rowFaults)[number]

export const MatterImportReport = Type.Object({
  /** Rows read, the heading aside. */
  rows: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  /** True when the rows were written; with errors nothing is. */
  applied: Type.Boolean(),
  /** What would change or did, at most 200. */
  changes: Type.Array(
    Type.Object({
      row: Type.Integer(),
      code: Type.String(),
      name: Type.String(),
      /** Empty for a matter that is new. */
      columns: Type.Array(Words(matterColumns)),
    }),
  ),
  errorCount: Type.Integer(),
  /** At most 200, in the order of the sheet. */
  errors: Type.Array(
    Type.Object({
      row: Type.Integer(),
      column: Words(matterColumns),
      value: Type.String(),
      reason: Words(rowFaults),
    }),
  ),
})
export type MatterImportReport = Static<typeof MatterImportReport>

/**
 * Multipart with one part `file`, and so no operation of the usual pipeline's route. The body here is what the same
 * Idempotency-Key must stand for again.
 */
export const importMatters = defineOperation({
  name: 'cases.importMatters',
  method: 'POST',
  path: '/api/matters/import',
  summary: 'Checks a changed catalogue row by row; with confirm=true puts it in force from today',
  who: ['system-admin'],
  query: Type.Object({ confirm: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  body: Type.Object({ receivedSha256: Type.String(), confirm: Type.Boolean() }),
  output: MatterImportReport,
  refusals: ['cases/sheet-missing', 'cases/sheet-unreadable', 'cases/sheet-too-long'],
})
