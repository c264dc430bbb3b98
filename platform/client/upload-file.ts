import { newId } from '../../lib/ids.ts'
import type { CallOptions } from './call.ts'
import { sendRequest } from './send-request.ts'
import { shrinkPhoto } from './shrink-photo.ts'

/** A photo on a village network takes its time. */
const uploadTimeoutMs = 120_000

/**
 * Sends one file to `POST /api/files`, photos made smaller first, and returns its id for `fileIds`.
 * @throws ClientRefusal (too large, not an accepted kind), ClientOffline, the signal's reason when aborted
 */
export async function uploadFile(
  file: File,
  options: Pick<CallOptions, 'idempotencyKey' | 'signal'> = {},
): Promise<{ id: string }> {
  const form = new FormData()
  const sent = await shrinkPhoto(file)
  form.append('file', sent, sent.name)
  return (await sendRequest({
    method: 'POST',
    url: '/api/files',
    headers: { 'idempotency-key': options.idempotencyKey ?? newId(Date.now()) },
    body: form,
    repeatable: true,
    timeoutMs: uploadTimeoutMs,
    ...(options.signal ? { signal: options.signal } : {}),
  })) as { id: string }
}
