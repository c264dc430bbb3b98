/** sheets 表格: a street's own workbooks come in, and lists go out in its own templates. */
import { type Static, Type } from 'typebox'
import {
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nothing,
  Page,
  type RefusalCatalogue,
  Words,
} from '../../lib/contract.ts'
import { BatchDetail, BatchView, SheetKindView, WordPair } from './batch-views.ts'

export * from './batch-views.ts'

export const refusals = {
  'sheets/not-found': 404,
  'sheets/file-missing': 400,
  'sheets/unreadable': 422,
  'sheets/old-format': 422,
  'sheets/too-large': 422,
  'sheets/empty': 422,
  'sheets/unknown-kind': 422,
  'sheets/source-missing': 422,
  'sheets/columns-missing': 409,
  'sheets/wrong-state': 409,
  'sheets/nothing-to-do': 409,
  'sheets/has-faults': 409,
  'sheets/another-confirms': 403,
  'sheets/too-late': 409,
  'sheets/gone': 409,
  'sheets/template-unfit': 422,
  'sheets/unknown-list': 422,
} as const satisfies RefusalCatalogue

/** Who brings some kind of list in; which kinds each of them may is the kind's own. */
const importers = ['system-admin', 'security-admin', 'secretary', 'duty-head', 'dispatcher', 'clerk'] as const

const xlsx = Type.Unsafe<Uint8Array>(Type.Any())
const Language = Type.Optional(Words(['zh', 'en'] as const))
const fileRefusals = [
  'sheets/file-missing',
  'sheets/unreadable',
  'sheets/old-format',
  'sheets/too-large',
  'sheets/empty',
] as const

export const listSheetKinds = defineOperation({
  name: 'sheets.listSheetKinds',
  method: 'GET',
  path: '/api/sheet-kinds',
  summary: 'The kinds of lists that the actor may bring in, with their columns',
  who: importers,
  output: Type.Object({ items: Type.Array(SheetKindView) }),
})

export const emptySheet = defineOperation({
  name: 'sheets.emptySheet',
  method: 'GET',
  path: '/api/sheet-kinds/{kind}/template',
  summary: 'An empty workbook for a kind of list: headings, how to fill them in, one made-up row',
  who: importers,
  params: Type.Object({ kind: Type.String({ maxLength: 40 }) }, { additionalProperties: false }),
  query: Type.Object({ language: Language }, { additionalProperties: false }),
  output: xlsx,
  refusals: ['sheets/unknown-kind'],
})

/** A raw multipart route: fields `kind` and `source` before the part `file`. */
export const createBatch = defineOperation({
  name: 'sheets.createBatch',
  method: 'POST',
  path: '/api/sheet-batches',
  summary:
    'A workbook (multipart: kind, source, file) becomes a batch with its columns matched as far as known',
  who: importers,
  status: 201,
  query: Type.Object(
    { kind: Type.String({ maxLength: 40 }), source: Type.Optional(Type.String({ maxLength: 40 })) },
    { additionalProperties: false },
  ),
  body: Type.Object({ receivedSha256: Type.String() }),
  output: BatchDetail,
  refusals: [...fileRefusals, 'sheets/unknown-kind', 'sheets/source-missing'],
})

export const listBatches = defineOperation({
  name: 'sheets.listBatches',
  method: 'GET',
  path: '/api/sheet-batches',
  summary: 'Lists that came in, newest first',
  who: importers,
  query: Type.Object(
    { cursor: Type.Optional(Type.String({ maxLength: 512 })) },
    { additionalProperties: false },
  ),
  output: Page(BatchView),
})

export const getBatch = defineOperation({
  name: 'sheets.getBatch',
  method: 'GET',
  path: '/api/sheet-batches/{id}',
  summary: 'One batch: the sheet as it looks, its columns, what is wrong where, how far it is',
  who: importers,
  audit: 'read',
  params: IdParams,
  output: BatchDetail,
  refusals: ['sheets/not-found'],
})

export const setMatching = defineOperation({
  name: 'sheets.setMatching',
  method: 'POST',
  path: '/api/sheet-batches/{id}/match',
  summary: 'Another sheet, another heading line, or other columns',
  who: importers,
  params: IdParams,
  body: Type.Object(
    {
      sheet: Type.Integer({ minimum: 0, maximum: 100 }),
      /** Left out, the heading is looked for. */
      headingRow: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_048_576 })),
      headingLines: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
      /** By column key: the sheet's column from 0, or one text for every row. Left out, columns are matched by name. */
      matching: Type.Optional(
        Type.Record(
          Type.String({ maxLength: 40 }),
          Type.Union([
            Type.Object({ at: Type.Integer({ minimum: 0, maximum: 200 }) }, { additionalProperties: false }),
            Type.Object(
              { fixed: Type.String({ minLength: 1, maxLength: 200 }) },
              { additionalProperties: false },
            ),
          ]),
        ),
      ),
    },
    { additionalProperties: false },
  ),
  output: BatchDetail,
  refusals: ['sheets/not-found', 'sheets/wrong-state', 'sheets/gone', ...fileRefusals],
})

export const checkBatch = defineOperation({
  name: 'sheets.checkBatch',
  method: 'POST',
  path: '/api/sheet-batches/{id}/check',
  summary: 'Reads and checks every row; nothing is put in',
  who: importers,
  params: IdParams,
  body: Nothing,
  output: BatchDetail,
  refusals: [
    'sheets/not-found',
    'sheets/wrong-state',
    'sheets/gone',
    'sheets/columns-missing',
    ...fileRefusals,
  ],
})

export const confirmBatch = defineOperation({
  name: 'sheets.confirmBatch',
  method: 'POST',
  path: '/api/sheet-batches/{id}/confirm',
  summary: 'Puts the good rows in, chunk by chunk; rows with faults are left out if the body says so',
  who: importers,
  params: IdParams,
  body: Type.Object({ leaveOutBad: Type.Boolean() }, { additionalProperties: false }),
  output: BatchDetail,
  refusals: [
    'sheets/not-found',
    'sheets/wrong-state',
    'sheets/nothing-to-do',
    'sheets/has-faults',
    'sheets/another-confirms',
    'sheets/gone',
  ],
})

export const undoBatch = defineOperation({
  name: 'sheets.undoBatch',
  method: 'POST',
  path: '/api/sheet-batches/{id}/undo',
  summary: 'Takes the whole batch out again, as far as nothing of it has been used since',
  who: importers,
  params: IdParams,
  body: Nothing,
  output: BatchDetail,
  refusals: [
    'sheets/not-found',
    'sheets/wrong-state',
    'sheets/too-late',
    'sheets/another-confirms',
    'sheets/gone',
  ],
})

export const discardBatch = defineOperation({
  name: 'sheets.discardBatch',
  method: 'POST',
  path: '/api/sheet-batches/{id}/discard',
  summary: 'Gives up a batch that was not confirmed; its rows and file are deleted at once',
  who: importers,
  params: IdParams,
  body: Nothing,
  output: BatchView,
  refusals: ['sheets/not-found', 'sheets/wrong-state'],
})

export const takePasswords = defineOperation({
  name: 'sheets.takePasswords',
  method: 'POST',
  path: '/api/sheet-batches/{id}/take-passwords',
  summary: 'The one-time passwords of new accounts, told once and then deleted',
  who: ['security-admin'],
  idempotency: 'unstored',
  params: IdParams,
  body: Nothing,
  output: Type.Object({
    items: Type.Array(Type.Object({ name: Type.String(), username: Type.String(), password: Type.String() })),
  }),
  refusals: ['sheets/not-found', 'sheets/another-confirms'],
})

export const batchReport = defineOperation({
  name: 'sheets.batchReport',
  method: 'GET',
  path: '/api/sheet-batches/{id}/report',
  summary:
    'The rows with faults as a workbook, faulty cells marked; corrected, it can be brought in as it is',
  who: importers,
  audit: 'read',
  params: IdParams,
  query: Type.Object({ language: Language }, { additionalProperties: false }),
  output: xlsx,
  refusals: ['sheets/not-found', 'sheets/gone', ...fileRefusals],
})

export const ListKindView = Type.Object({
  list: Type.String(),
  words: WordPair,
  fields: Type.Array(Type.Object({ key: Type.String(), words: WordPair })),
})
export type ListKindView = Static<typeof ListKindView>

export const ListTemplateView = Type.Object({
  id: Id,
  list: Type.String(),
  name: Type.String(),
  createdAt: Instant,
  createdBy: Type.String(),
  /** Fields of the repeated row, and those beside it. */
  rowFields: Type.Array(Type.String()),
  otherFields: Type.Array(Type.String()),
  /** Named in the template and known to nobody; they stay empty. */
  unknownFields: Type.Array(Type.String()),
})
export type ListTemplateView = Static<typeof ListTemplateView>

export const listListKinds = defineOperation({
  name: 'sheets.listListKinds',
  method: 'GET',
  path: '/api/list-kinds',
  summary: 'The lists that the actor may export into a template, with the fields that a template may name',
  who: 'staff',
  output: Type.Object({ items: Type.Array(ListKindView) }),
})

export const listTemplates = defineOperation({
  name: 'sheets.listTemplates',
  method: 'GET',
  path: '/api/list-templates',
  summary: 'The street’s own templates, by list',
  who: 'staff',
  query: Type.Object(
    { list: Type.Optional(Type.String({ maxLength: 40 })) },
    { additionalProperties: false },
  ),
  output: Type.Object({ items: Type.Array(ListTemplateView) }),
})

/** A raw multipart route: the part `file`; list and name stand in the query. */
export const addTemplate = defineOperation({
  name: 'sheets.addTemplate',
  method: 'POST',
  path: '/api/list-templates',
  summary: 'A workbook (multipart: file) with {{fields}} and one row of them becomes a template of a list',
  who: ['system-admin'],
  status: 201,
  query: Type.Object(
    {
      list: Type.String({ maxLength: 40 }),
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    },
    { additionalProperties: false },
  ),
  body: Type.Object({ receivedSha256: Type.String() }),
  output: ListTemplateView,
  refusals: [...fileRefusals, 'sheets/unknown-list', 'sheets/template-unfit'],
})

export const removeTemplate = defineOperation({
  name: 'sheets.removeTemplate',
  method: 'POST',
  path: '/api/list-templates/{id}/remove',
  summary: 'Takes a template out of use',
  who: ['system-admin'],
  params: IdParams,
  body: Nothing,
  output: Nothing,
  refusals: ['sheets/not-found'],
})

export const sampleTemplate = defineOperation({
  name: 'sheets.sampleTemplate',
  method: 'GET',
  path: '/api/list-kinds/{list}/sample',
  summary: 'A workbook with every field of a list, to make a template from',
  who: ['system-admin'],
  params: Type.Object({ list: Type.String({ maxLength: 40 }) }, { additionalProperties: false }),
  query: Type.Object({ language: Language }, { additionalProperties: false }),
  output: xlsx,
  refusals: ['sheets/unknown-list'],
})

export const exportList = defineOperation({
  name: 'sheets.exportList',
  method: 'GET',
  path: '/api/list-templates/{id}/export',
  summary: 'The list as the actor sees it, in the template: its styles kept, its row repeated',
  who: 'staff',
  audit: 'read',
  params: IdParams,
  query: Type.Object(
    {
      filters: Type.Optional(
        Type.String({ maxLength: 2_000, description: 'the filters of the list as JSON' }),
      ),
      language: Language,
    },
    { additionalProperties: false },
  ),
  output: xlsx,
  refusals: ['sheets/not-found', 'sheets/unknown-list'],
})

export const operations = [
  listSheetKinds,
  emptySheet,
  createBatch,
  listBatches,
  getBatch,
  setMatching,
  checkBatch,
  confirmBatch,
  undoBatch,
  discardBatch,
  takePasswords,
  batchReport,
  listListKinds,
  listTemplates,
  addTemplate,
  removeTemplate,
  sampleTemplate,
  exportList,
] as const
