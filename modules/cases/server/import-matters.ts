/**
 * `POST /api/matters/import`: a changed catalogue comes in as a spreadsheet. Without `confirm` it is only checked;
 * with it, and without errors, a changed matter's version ends today and a new one begins, so that cases keep the
 * words under which they were filed.
 */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { dayOf } from '../../../lib/time.ts'
import { sha256Of } from '../../../platform/files-folder.ts'
import { idempotencyKey } from '../../../platform/http-server.ts'
import { authorise, type Call, operation, runOperation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { HttpContext } from '../../../platform/server-module.ts'
import * as contract from '../contract.ts'
import { type CheckedRows, checkMatterRows, type KnownMatter } from '../rules/check-matter-rows.ts'
import { currentMatters, forgetCatalogue, putMattersInForce } from './matter-store.ts'
import { readSheet } from './read-sheet.ts'

const maxBytes = 5 * 1024 * 1024
const maxRows = 5_000
const maxColumns = 40
const toldAtMost = 200

type Sheet = Awaited<ReturnType<typeof readSheet>>

/** In a scope of its own: no other route here takes multipart. */
export function matterImportRoutes(app: FastifyInstance, http: HttpContext): void {
  app.register(async (scope: FastifyInstance) => {
    await scope.register(multipart, {
      limits: { fileSize: maxBytes, files: 1, fields: 2, fieldSize: 256, parts: 3 },
    })
    scope.post<{ Querystring: { confirm?: boolean } }>(
      contract.importMatters.path,
      {
        schema: { querystring: contract.importMatters.query },
        config: { operation: contract.importMatters.name },
        bodyLimit: maxBytes + 64 * 1024,
      },
      async (request) => receive(request, request.query.confirm === true, http),
    )
  })
}

async function receive(request: FastifyRequest, confirm: boolean, http: HttpContext): Promise<unknown> {
  const at = http.clock.now()
  const actor = await http.actorOf(request)
  authorise(contract.importMatters, actor)
  await http.limitChanges?.(actor, request.ip, at)
  const key = idempotencyKey(request)
  if (key === undefined) throw new Refusal('platform/idempotency-key-missing')
  const bytes = await readPart(request)
  const sheet = await readSheet(bytes, { rows: maxRows, columns: maxColumns })
  return runOperation(
    http,
    importOperation(sheet),
    {
      params: {},
      query: { confirm },
      body: { receivedSha256: sha256Of(bytes), confirm },
      actor,
      requestId: request.id,
      idempotencyKey: key,
      ifMatch: undefined,
      remoteAddress: request.ip,
      sessionToken: undefined,
      setSessionCookie: () => {},
    },
    at,
  )
}

async function readPart(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new Refusal('platform/media-type')
  try {
    const part = await request.file()
    if (part === undefined || part.fieldname !== 'file') throw new Refusal('cases/sheet-missing')
    const bytes = await part.toBuffer()
    if (bytes.length === 0) throw new Refusal('cases/sheet-missing')
    return bytes
  } catch (error) {
    if (error instanceof Refusal) throw error
    if ((error as { statusCode?: number }).statusCode === 413) throw new Refusal('cases/sheet-too-long')
    throw new Refusal('platform/invalid-input')
  }
}

const importOperation = (sheet: Sheet) =>
  operation(contract.importMatters, async (call) => {
    const { tx, actor, body } = call
    const rows = await currentMatters(tx, actor.streetId)
    const known = new Map(rows.map((row): [string, KnownMatter] => [row.code, knownOf(row)]))
    const checked = checkMatterRows(sheet.heading, sheet.rows, known)
    const applied = body.confirm && checked.errors.length === 0 && checked.changes.length > 0
    if (applied) await apply(call, checked)
    call.audit({
      subjectType: 'matters',
      outcome: applied ? 'done' : 'checked',
      detail: {
        rows: sheet.rows.length,
        errors: checked.errors.length,
        changed: checked.changes.slice(0, toldAtMost).map((change) => change.facts.code),
      },
    })
    return reportOf(sheet, checked, applied)
  })

async function apply(call: Call<typeof contract.importMatters>, { changes }: CheckedRows): Promise<void> {
  const { tx, actor, at } = call
  await putMattersInForce(
    tx,
    actor.streetId,
    dayOf(at),
    changes.map(({ facts, replaces }) => ({ ...facts, id: call.newId(), replaces: replaces ?? null })),
  )
  call.afterwards(async () => forgetCatalogue(actor.streetId))
}

type CurrentMatter = Awaited<ReturnType<typeof currentMatters>>[number]

export const knownOf = (row: CurrentMatter): KnownMatter => ({
  id: row.id,
  code: row.code,
  classCode: row.class_code,
  className: row.class_name,
  classNameEn: row.class_name_en,
  name: row.name,
  nameEn: row.name_en,
  residentWords: row.resident_words,
  keywords: row.keywords,
  level: row.level,
  kind: row.kind,
  urgency: row.urgency,
  isPublic: row.is_public,
  sensitive: row.sensitive,
  onSiteCheck: row.on_site_check,
  extraFields: row.extra_fields,
  localExtension: row.local_extension,
})

function reportOf(sheet: Sheet, checked: CheckedRows, applied: boolean): contract.MatterImportReport {
  const added = checked.changes.filter((change) => change.replaces === undefined).length
  return {
    rows: sheet.rows.length,
    added,
    changed: checked.changes.length - added,
    unchanged: checked.unchanged,
    applied,
    changes: checked.changes.slice(0, toldAtMost).map(({ row, facts, columns }) => ({
      row,
      code: facts.code,
      name: facts.name,
      columns: [...columns],
    })),
    errorCount: checked.errors.length,
    errors: checked.errors.slice(0, toldAtMost),
  }
}
