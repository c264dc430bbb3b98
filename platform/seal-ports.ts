/**
 * Where checkpoints go when they leave this machine: a folder on another one, or an address that takes them. Off unless
 * set. What is sent is the request that witnesses of transparency logs take. Rule: C2SP tlog-witness, add-checkpoint.
 */
import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { SealPort } from './services.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** The proof that the tree only grew since the last delivery, and the note. */
export const deliveryText = (oldSize: number, proof: readonly Buffer[], note: string): string =>
  `old ${oldSize}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`

/** The note of a delivery; a note alone is taken too. */
export const noteIn = (text: string): string =>
  text.startsWith('old ') ? text.slice(text.indexOf('\n\n') + 2) : text

/** One file for each checkpoint. Meant for storage that keeps what was written, such as a share of the audit administrator. */
export function folderPort(folder: string): SealPort {
  return {
    name: 'folder',
    async send(streetCode, size, text) {
      const path = join(folder, `${streetCode}-${String(size).padStart(12, '0')}.txt`)
      if (existsSync(path)) return
      writeFileSync(`${path}.new`, text, { flush: true })
      renameSync(`${path}.new`, path)
    },
  }
}

const timeoutMs = 10_000

function addressPort(url: string, token: string): SealPort {
  return {
    name: 'address',
    async send(streetCode, size, text) {
      const reply = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'idempotency-key': `${streetCode}-${size}`,
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        },
        body: text,
        signal: AbortSignal.timeout(timeoutMs),
      })
      await reply.body?.cancel()
      if (!reply.ok) throw new Error(`the keeper of checkpoints answered ${reply.status}`)
    },
  }
}

/** `LINLI_SEAL_FOLDER`, or `LINLI_SEAL_URL` with an optional `LINLI_SEAL_TOKEN`; undefined when neither is set. */
export function sealPortFromEnvironment(env: NodeJS.ProcessEnv): SealPort | undefined {
  const { LINLI_SEAL_FOLDER: folder, LINLI_SEAL_URL: url, LINLI_SEAL_TOKEN: token = '' } = env
  if (folder) {
    if (isAbsolute(folder) && statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      return folderPort(folder)
    throw new StartupRefusal('platform/seal-settings', {
      zh: `LINLI_SEAL_FOLDER 应为一个已有文件夹的完整路径，而不是 ${folder}。`,
      en: `LINLI_SEAL_FOLDER must be the full path of a folder that is there; ${folder} is not.`,
    })
  }
  if (!url) return undefined
  if (
    /^https:\/\/[^\s]+$/.test(url) ||
    /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/\S*)?$/.test(url)
  )
    return addressPort(url, token)
  throw new StartupRefusal('platform/seal-settings', {
    zh: 'LINLI_SEAL_URL 要以 https:// 开头（本机可用 http://）。',
    en: 'LINLI_SEAL_URL must begin with https:// (http:// for this machine only).',
  })
}
