/** `POST /api/sheet-batches`: a workbook comes in. It is read outside the transaction, for reading may take seconds. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sha256Of } from '../../../platform/files-folder.ts'
import { idempotencyKey } from '../../../platform/http-server.ts'
import { authorise, operation, runOperation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { HttpContext } from '../../../platform/server-module.ts'
import { foldText } from '../../../platform/sheets/cell-text.ts'
import type { RawSheet } from '../../../platform/sheets/raw-sheet.ts'
import { sheetLimits } from '../../../platform/sheets/sheet-limits.ts'
import * as contract from '../contract.ts'
import { noCounts } from './batch-row.ts'
import { findBatch, insertBatch } from './batch-store.ts'
import { batchDetail } from './batch-view.ts'
import { decideReading, previewOf, readBytes, sealedAt } from './read-batch.ts'
import { kindFor } from './sheet-kinds.ts'

/** In a scope of its own: no other route takes multipart here. */
export function batchRoutes(app: FastifyInstance, http: HttpContext): void {
  app.register(async (scope: FastifyInstance) => {
    await scope.register(multipart, {
      limits: { fileSize: sheetLimits.fileBytes, files: 1, fields: 0, parts: 1 },
    })
    scope.post<{ Querystring: { kind: string; source?: string } }>(
      contract.createBatch.path,
      {
        schema: { querystring: contract.createBatch.query },
        config: { operation: contract.createBatch.name },
        bodyLimit: sheetLimits.fileBytes + 64 * 1024,
      },
      async (request, reply) => reply.code(201).send(await receive(request, http)),
    )
  })
}

async function receive(
  request: FastifyRequest<{ Querystring: { kind: string; source?: string } }>,
  http: HttpContext,
): Promise<unknown> {
  const at = http.clock.now()
  const actor = await http.actorOf(request)
  authorise(contract.createBatch, actor)
  await http.limitChanges?.(actor, request.ip, at)
  const key = idempotencyKey(request)
  if (key === undefined) throw new Refusal('platform/idempotency-key-missing')
  kindFor(actor, request.query.kind)
  const { bytes, name } = await readPart(request)
  const sheets = await readBytes(bytes)
  return runOperation(
    http,
    createBatch(sheets, bytes, name),
    {
      params: {},
      query: request.query,
      body: { receivedSha256: sha256Of(bytes) },
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

/** The one part of an upload and its name. @throws Refusal sheets/file-missing, sheets/too-large */
export async function readPart(request: FastifyRequest): Promise<{ bytes: Buffer; name: string }> {
  if (!request.isMultipart()) throw new Refusal('platform/media-type')
  try {
    const part = await request.file()
    if (part === undefined || part.fieldname !== 'file') throw new Refusal('sheets/file-missing')
    const bytes = await part.toBuffer()
    if (bytes.length === 0) throw new Refusal('sheets/file-missing')
    const name =
      foldText(part.filename ?? '')
        .split(/[/\\]/)
        .at(-1) ?? ''
    return { bytes, name: [...name].slice(0, 120).join('') || 'sheet' }
  } catch (error) {
    if (error instanceof Refusal) throw error
    if ((error as { statusCode?: number }).statusCode === 413) throw new Refusal('sheets/too-large')
    throw new Refusal('platform/invalid-input')
  }
}

const createBatch = (sheets: readonly RawSheet[], bytes: Buffer, fileName: string) =>
  operation(contract.createBatch, async (call) => {
    const { tx, actor, at, query, services } = call
    const kind = kindFor(actor, query.kind)
    const source = kind.sources?.find(({ value }) => value === query.source)?.value ?? null
    if (kind.sources !== undefined && source === null) throw new Refusal('sheets/source-missing')
    const reading = await decideReading(tx, actor.streetId, kind, source, sheets, {})
    const id = call.newId()
    const preview = previewOf(sheets, reading)
    await insertBatch(tx, actor.streetId, {
      id,
      kind: kind.kind,
      source,
      fileName,
      reading,
      counts: noCounts,
      by: actor.accountId,
      at,
      contentEncrypted: services.keys.seal(sealedAt.content(id), bytes.toString('base64')),
      previewEncrypted: services.keys.seal(sealedAt.preview(id), JSON.stringify(preview)),
    })
    call.audit({
      subjectType: 'sheet-batch',
      subjectId: id,
      detail: { kind: kind.kind, bytes: bytes.length },
    })
    const made = await findBatch(tx, actor.streetId, id)
    if (made === undefined) throw new Error('the new batch is gone')
    return batchDetail({ tx, keys: services.keys, actor, at }, made, kind)
  })
