/** Sends a kept file. Whether the asker may have it was decided before. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentDisposition } from './download.ts'
import { filePath, missingOr, thumbPath } from './files-folder.ts'
import { Refusal } from './refusal.ts'

export interface KeptFile {
  sha256: string
  media_type: string
  name: string | null
}

/**
 * Photos show in the page; papers are downloads, for a browser's reader is a program too. Caches ask again every
 * time, since a right may have ended meanwhile; an unchanged file is then a 304 without its bytes.
 */
export async function serveFile(
  request: FastifyRequest,
  reply: FastifyReply,
  folder: string,
  file: KeptFile,
  size: 'full' | 'thumb',
): Promise<FastifyReply> {
  const isPhoto = file.media_type === 'image/jpeg'
  if (size === 'thumb' && !isPhoto) throw new Refusal('platform/not-found')
  const etag = `"${file.sha256.slice(0, 32)}-${size}"`
  reply
    .header('cache-control', 'private, no-cache')
    .header('etag', etag)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  const path = size === 'thumb' ? await thumbPath(folder, file.sha256) : filePath(folder, file.sha256)
  const { size: length } = await stat(path).catch((error) => {
    throw missingOr(error, file.sha256)
  })
  return reply
    .type(file.media_type)
    .header('content-length', length)
    .header('content-disposition', dispositionOf(file, isPhoto))
    .send(createReadStream(path))
}

function dispositionOf(file: KeptFile, isPhoto: boolean): string {
  const kind = isPhoto ? 'inline' : 'attachment'
  if (file.name !== null) return contentDisposition(kind, file.name)
  const short = file.sha256.slice(0, 12)
  return `${kind}; filename="${isPhoto ? `photo-${short}.jpg` : `paper-${short}.pdf`}"`
}
