/** The port to a model outside that drafts words: any server that speaks the chat completions of OpenAI. Off unless set. */
import type { DraftPort } from './services.ts'
import { StartupRefusal } from './startup-refusal.ts'

export interface DraftSettings {
  /** Up to and without `/chat/completions`. */
  url: string
  key: string
  model: string
  timeoutMs?: number
}

const longestReply = 4_000
const atOnce = 2

/**
 * Throws when there is no usable answer in time. At most two are asked at once, so that a slow model holds up nobody
 * but those who asked it.
 */
export function httpDrafts({ url, key, model, timeoutMs = 10_000 }: DraftSettings): DraftPort {
  let asking = 0
  return {
    async draft(task, text) {
      if (asking >= atOnce) throw new Error('the model outside is busy')
      asking++
      try {
        const reply = await fetch(`${url.replace(/\/$/, '')}/chat/completions`, {
          method: 'POST',
          redirect: 'error',
          headers: {
            'content-type': 'application/json',
            ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
          },
          body: JSON.stringify({
            model,
            temperature: 0.2,
            messages: [
              { role: 'system', content: task },
              { role: 'user', content: text },
            ],
          }),
          signal: AbortSignal.timeout(timeoutMs),
        })
        if (!reply.ok) throw new Error(`the model outside answered ${reply.status}`)
        const said = (await reply.json()) as { choices?: { message?: { content?: unknown } }[] }
        const words = said.choices?.[0]?.message?.content
        if (typeof words !== 'string' || words.trim() === '')
          throw new Error('the model outside said nothing')
        return words.trim().slice(0, longestReply)
      } finally {
        asking--
      }
    },
  }
}

/** `LINLI_DRAFT_URL`, `LINLI_DRAFT_KEY` and `LINLI_DRAFT_MODEL`; undefined without an address. */
export function draftsFromEnvironment(env: NodeJS.ProcessEnv): DraftPort | undefined {
  const url = env.LINLI_DRAFT_URL
  if (!url) return undefined
  if (!/^https?:\/\/[^\s]+$/.test(url) || !env.LINLI_DRAFT_MODEL)
    throw new StartupRefusal('platform/drafts-settings', {
      zh: 'LINLI_DRAFT_URL 要以 http(s):// 开头，并用 LINLI_DRAFT_MODEL 指明模型名。',
      en: 'LINLI_DRAFT_URL must begin with http(s)://, and LINLI_DRAFT_MODEL name the model.',
    })
  return httpDrafts({ url, key: env.LINLI_DRAFT_KEY ?? '', model: env.LINLI_DRAFT_MODEL })
}
