/** Group robots of work chats: WeCom 企业微信 and DingTalk 钉钉. Addresses and secrets come from the environment alone. */
import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ChatPort } from '../../../platform/services.ts'
import { StartupRefusal } from '../../../platform/startup-refusal.ts'
import { type AllowedHosts, allowedHosts, guardedLookup, refusedWebhook } from './webhook-guard.ts'

const kinds = ['wecom', 'dingtalk'] as const

export interface ChatRobot {
  /** Division code of the street whose group it is. */
  street: string
  kind: (typeof kinds)[number]
  url: string
  /** DingTalk's 加签 secret. */
  secret?: string
}

const maxReplyBytes = 64 * 1024

/** The address to post to: DingTalk wants time and signature in it when the robot has a secret. */
export function robotUrl(robot: ChatRobot, nowMs: number): URL {
  const url = new URL(robot.url)
  if (robot.kind === 'dingtalk' && robot.secret) {
    const sign = createHmac('sha256', robot.secret).update(`${nowMs}\n${robot.secret}`).digest('base64')
    url.searchParams.set('timestamp', String(nowMs))
    url.searchParams.set('sign', sign)
  }
  return url
}

/** Both robots take the same shape for plain text. */
export const robotBody = (text: string): string =>
  JSON.stringify({ msgtype: 'text', text: { content: text } })

/** A port that posts to the robots of the streets. Errors name neither address nor secret. */
export function chatRobots(
  robots: readonly ChatRobot[],
  options: { allowed: AllowedHosts; timeoutMs?: number },
): ChatPort {
  const { allowed, timeoutMs = 5_000 } = options
  const byStreet = new Map(robots.map((robot) => [robot.street, robot]))
  return {
    serves: (street) => byStreet.has(street),
    async send(street, text, id) {
      const robot = byStreet.get(street)
      if (!robot) throw new Error('no group robot is connected for this street')
      const refused = refusedWebhook(robot.url, allowed)
      if (refused) throw new Error(`the address of the group robot ${refused}`)
      const reply = await post(robotUrl(robot, Date.now()), robotBody(text), { id, allowed, timeoutMs })
      if (reply.status !== 200) throw new Error(`the group robot answered ${reply.status}`)
      // A robot that does not want a message says so in a 200.
      const { errcode } = JSON.parse(reply.text) as { errcode?: unknown }
      if (errcode !== 0) throw new Error(`the group robot refused with ${String(errcode)}`)
    },
  }
}

/** One request, straight to the address: this client follows no redirect. */
function post(
  url: URL,
  body: string,
  { id, allowed, timeoutMs }: { id: string; allowed: AllowedHosts; timeoutMs: number },
): Promise<{ status: number; text: string }> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error('the group robot can not be reached'))
    const sent = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': id,
        },
        lookup: guardedLookup(url, allowed),
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
          if (text.length > maxReplyBytes) response.destroy()
        })
        response.on('error', failed)
        response.on('close', failed)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    sent.on('error', failed)
    sent.end(body)
  })
}

/**
 * The robots that `LINLI_WEBHOOKS` lists, as JSON: `[{"street":"500101001","kind":"wecom","url":"https://…"}]`, with
 * `LINLI_WEBHOOK_ALLOW` for hosts that stand inside. Undefined when there is none.
 * @throws StartupRefusal when the list can not be read or an address is not allowed
 */
export function chatFromEnvironment(env: Readonly<Record<string, string | undefined>>): ChatPort | undefined {
  if (!env.LINLI_WEBHOOKS) return undefined
  const allowed = allowedHosts(env.LINLI_WEBHOOK_ALLOW)
  const robots = readRobots(env.LINLI_WEBHOOKS)
  const wrong = robots?.map(({ url }) => refusedWebhook(url, allowed)).find(Boolean)
  if (robots === undefined || wrong !== undefined)
    throw new StartupRefusal('messages/webhook-settings', {
      zh: 'LINLI_WEBHOOKS 不能用：要是一个列表，每项有 street（街道区划代码）、kind（wecom 或 dingtalk）和 url；网址要用 https 并在公网，内网地址须在 LINLI_WEBHOOK_ALLOW 中写明主机。',
      en: `LINLI_WEBHOOKS can not be used${wrong ? `: an address ${wrong}` : ''}. It must be a list whose entries have street (division code), kind (wecom or dingtalk) and url; the url must be https and public, or its host named in LINLI_WEBHOOK_ALLOW.`,
    })
  return robots.length === 0 ? undefined : chatRobots(robots, { allowed })
}

function readRobots(text: string): ChatRobot[] | undefined {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every(isRobot) ? list : undefined
  } catch {
    return undefined
  }
}

function isRobot(value: unknown): value is ChatRobot {
  const { street, kind, url, secret } = (value ?? {}) as Record<string, unknown>
  return (
    typeof street === 'string' &&
    typeof url === 'string' &&
    (kinds as readonly unknown[]).includes(kind) &&
    (secret === undefined || typeof secret === 'string')
  )
}
