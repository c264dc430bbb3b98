/**
 * `POST /api/files`: a photo or paper comes in, before it belongs to anything. Until an act links it, nobody can read
 * it; from then on it is read through the rights of what it belongs to.
 */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { defineOperation, Id, Instant, Nullable, type RefusalWords } from '../lib/contract.ts'
import type { Actor } from './actor.ts'
import { takeHits } from './change-limit.ts'
import { type Tx, txOn } from './db.ts'
import { holdBytes } from './files-clean-up.ts'
import { keepBytes, sha256Of } from './files-folder.ts'
import { type FileKind, kindOf } from './files-kind.ts'
import { encodePhoto } from './files-photo.ts'
import { idempotencyKey } from './http-server.ts'
import { authorise, operation, runOperation } from './operation.ts'
import { Refusal } from './refusal.ts'
import type { HttpContext, ServerModule } from './server-module.ts'

const megabyte = 1024 * 1024
const maxReceivedBytes = 12 * megabyte
const maxPaperBytes = 10 * megabyte
/** Uploads of one account in ten minutes: a day of photos sent at once when the signal is back. */
const uploadsPerWindow = 120
const windowSeconds = 600

const refusals = {
  'files/no-file': 400,
  'files/empty': 400,
  'files/kind-not-allowed': 415,
  'files/heic-not-readable': 415,
  'files/paper-needs-staff': 415,
  'files/unreadable-photo': 422,
  'files/too-many-pixels': 422,
} as const

const words: RefusalWords<typeof refusals> = {
  'files/no-file': {
    zh: '没有收到文件，请重新选择后再发送。',
    en: 'No file came with it. Choose one and send again.',
  },
  'files/empty': { zh: '这个文件是空的，请换一个。', en: 'This file is empty. Please choose another.' },
  'files/kind-not-allowed': {
    zh: '只能上传照片（JPEG、PNG、WebP）或 PDF，请换一个文件。',
    en: 'Only photos (JPEG, PNG, WebP) and PDF can be sent. Please choose another file.',
  },
  'files/heic-not-readable': {
    zh: '这是 HEIC 格式的照片，暂时不能读取。请在手机上另存为 JPEG，或截一张图再上传。',
    en: 'This photo is in HEIC format, which cannot be read here. Save it as JPEG, or send a screenshot of it.',
  },
  'files/paper-needs-staff': {
    zh: 'PDF 只能由工作人员上传。请改为拍照上传。',
    en: 'Only staff can send PDF. Please send a photo of it instead.',
  },
  'files/unreadable-photo': {
    zh: '这张照片已损坏，读不出来。请重新拍一张，或换一张。',
    en: 'This photo is damaged and cannot be read. Please take it again or choose another.',
  },
  'files/too-many-pixels': {
    zh: '这张照片太大（超过 5000 万像素）。请缩小后再上传。',
    en: 'This photo has more than 50 million pixels. Please make it smaller and send again.',
  },
}

const uploadFile = defineOperation({
  name: 'files.uploadFile',
  method: 'POST',
  path: '/api/files',
  summary: 'Takes in one photo or PDF 上传一张照片或一份 PDF; unlinked, it is removed after a day',
  who: 'signed-in',
  status: 201,
  // Not what is sent (that is multipart) but what the same Idempotency-Key must stand for again.
  body: Type.Object({ receivedSha256: Type.String() }),
  output: Type.Object({
    id: Id,
    mediaType: Type.String(),
    name: Nullable(Type.String()),
    sizeBytes: Type.Integer(),
    takenAt: Nullable(Instant),
  }),
  refusals: Object.keys(refusals),
})

interface NewFile {
  sha256: string
  receivedSha256: string
  mediaType: 'image/jpeg' | 'application/pdf'
  name: string | null
  sizeBytes: number
  takenAt: Date | null
}

/** Gives the server `POST /api/files`. */
export const filesModule: ServerModule = {
  name: 'files',
  operations: [],
  refusals,
  words,
  rawOperations: [{ contract: uploadFile, takes: 'multipart/form-data' }],
  routes: (app, http) => {
    // In a scope of its own: no other route takes multipart.
    app.register(async (scope: FastifyInstance) => {
      await scope.register(multipart, {
        limits: { fileSize: maxReceivedBytes, files: 1, fields: 4, fieldSize: 1024, parts: 5 },
      })
      scope.post(
        '/api/files',
        { bodyLimit: maxReceivedBytes + megabyte, config: { operation: uploadFile.name } },
        async (request, reply) => reply.code(201).send(await receive(request, http)),
      )
    })
  },
}

async function receive(request: FastifyRequest, http: HttpContext): Promise<unknown> {
  const at = http.clock.now()
  const actor = await http.actorOf(request)
  authorise(uploadFile, actor)
  const key = idempotencyKey(request)
  if (key === undefined) throw new Refusal('platform/idempotency-key-missing')
  const hits = await takeHits(txOn(http.pool), `upload:${actor.accountId}`, at, windowSeconds)
  if (hits > uploadsPerWindow)
    throw new Refusal('platform/too-many-requests', { retryAfterSeconds: windowSeconds })
  const { bytes, name } = await readPart(request)
  const kind = decideKind(bytes, actor)
  const receivedSha256 = sha256Of(bytes)
  const kept = kind === 'pdf' ? { bytes, takenAt: null } : await encodePhoto(bytes, kind, at)
  const file: NewFile = {
    sha256: sha256Of(kept.bytes),
    receivedSha256,
    mediaType: kind === 'pdf' ? 'application/pdf' : 'image/jpeg',
    // A photo's name says nothing and may name a person; a paper's is what staff know it by.
    name: kind === 'pdf' ? name : null,
    sizeBytes: kept.bytes.length,
    takenAt: kept.takenAt,
  }
  return runOperation(
    http,
    keepOperation(file, http.services.filesFolder, kept.bytes),
    {
      params: {},
      query: {},
      body: { receivedSha256 },
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

async function readPart(request: FastifyRequest): Promise<{ bytes: Buffer; name: string | null }> {
  if (!request.isMultipart()) throw new Refusal('platform/media-type')
  try {
    const part = await request.file()
    if (part === undefined || part.fieldname !== 'file') throw new Refusal('files/no-file')
    const bytes = await part.toBuffer()
    if (bytes.length === 0) throw new Refusal('files/empty')
    return { bytes, name: plainName(part.filename) }
  } catch (error) {
    if (error instanceof Refusal || (error as { statusCode?: number }).statusCode === 413) throw error
    // Cut off on the way, or no multipart although it says so.
    throw new Refusal('platform/invalid-input')
  }
}

/** The last part of a path without what a file system or a header would stumble over; at most 100 characters. */
function plainName(name: string | undefined): string | null {
  const last = (name ?? '').toWellFormed().split(/[\\/]/).at(-1) ?? ''
  const plain = [...last.replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim()].slice(0, 100).join('')
  return /^[.\s]*$/.test(plain) || plain === 'blob' ? null : plain
}

function decideKind(bytes: Buffer, actor: Actor): FileKind {
  const kind = kindOf(bytes)
  if (kind === null) throw new Refusal('files/kind-not-allowed')
  if (kind === 'heic') throw new Refusal('files/heic-not-readable')
  if (kind === 'pdf') {
    if (actor.kind !== 'staff') throw new Refusal('files/paper-needs-staff')
    if (bytes.length > maxPaperBytes) throw new Refusal('platform/too-large')
  }
  return kind
}

function keepOperation(file: NewFile, folder: string, bytes: Buffer) {
  return operation(uploadFile, async (call) => {
    const id = call.newId()
    // What was written before may have been cleared away meanwhile; from here on it stays.
    await holdBytes(call.tx, file.sha256, 'upload')
    await keepBytes(folder, bytes)
    await insertFile(call.tx, call.actor, { ...file, id, at: call.at })
    call.audit({ subjectType: 'file', subjectId: id, detail: { mediaType: file.mediaType } })
    return viewOf(id, file)
  })
}

const viewOf = (id: string, file: NewFile): Static<typeof uploadFile.output> => ({
  id,
  mediaType: file.mediaType,
  name: file.name,
  sizeBytes: file.sizeBytes,
  takenAt: file.takenAt?.toISOString() ?? null,
})

async function insertFile(tx: Tx, actor: Actor, file: NewFile & { id: string; at: Date }): Promise<void> {
  await tx.run(sql`insert into files
    (street_id, id, sha256, received_sha256, media_type, name, size_bytes, taken_at, uploaded_by, uploaded_at)
    values (${actor.streetId}, ${file.id}, ${file.sha256}, ${file.receivedSha256}, ${file.mediaType}, ${file.name},
      ${file.sizeBytes}, ${file.takenAt}, ${actor.accountId}, ${file.at})`)
}
