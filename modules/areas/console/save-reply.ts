/** Files that the browser keeps: from a link, or as the reply to an act. */
import { newId } from '../../../lib/ids.ts'
import { savedName } from '../../../platform/client/index.ts'

/** Sends an act whose reply is a file and keeps it. @throws Error with the server's words when it refuses */
export async function saveReply(url: string, body: unknown, language: string): Promise<void> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId(Date.now()),
      'accept-language': language,
    },
    body: JSON.stringify(body),
  })
  if (!reply.ok) {
    const problem = (await reply.json().catch(() => ({}))) as { detail?: string }
    throw new Error(problem.detail ?? String(reply.status))
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await reply.blob())
  link.download = savedName(reply.headers) ?? 'codes.pdf'
  link.click()
  URL.revokeObjectURL(link.href)
}
