/**
 * Ports for text messages: `demo` drops them, `log` writes them to a file of this machine's owner, `http` calls a
 * gateway. None of them lets a phone or a text reach a log, an error message or the database.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SmsPort } from './services.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** For demos: every code is 000000, so nothing needs to arrive. */
export const demoSms: SmsPort = { name: 'demo', send: async () => {} }

/**
 * For an installation without a gateway: texts stand in `sms.log` of the data folder, which only its owner can
 * read. `say` gets one line without phone or text.
 */
export function logSms(folder: string, say: (line: string) => void = () => {}): SmsPort {
  const file = join(folder, 'sms.log')
  return {
    name: 'log',
    async send(phone, text) {
      appendFileSync(file, `${JSON.stringify({ phone, text })}\n`, { mode: 0o600 })
      say(`A text message was written to ${file}.`)
    },
  }
}

export interface HttpSmsSettings {
  url: string
  /**
   * Body of the request; `{{phone}}`, `{{text}}`, `{{time}}`, `{{nonce}}` and `{{id}}` are put in, escaped for the
   * content type. The id is the same when a text is sent again; it also goes out as the header `Idempotency-Key`.
   */
  template: string
  /** `application/json` unless given; `application/x-www-form-urlencoded` is the other one gateways ask for. */
  contentType?: string
  /** Signs each request; see `httpSms`. */
  secret: string
  /** The registered signature 短信签名, put before each text as 【…】. */
  signature?: string
  timeoutMs?: number
}

/**
 * Posts each text to a gateway. The headers `X-Linli-Time` (seconds since 1970), `X-Linli-Nonce` and
 * `X-Linli-Signature` (hex HMAC-SHA256 over time, nonce and body, joined by line feeds) prove where it comes from and
 * let the gateway refuse a repetition. Throws when the gateway can not be reached or answers other than 2xx.
 */
export function httpSms(settings: HttpSmsSettings): SmsPort {
  const { url, template, secret, signature, timeoutMs = 5_000 } = settings
  const contentType = settings.contentType ?? 'application/json'
  return {
    name: 'http',
    receiptSecret: secret,
    async send(phone, text, id) {
      const time = String(Math.floor(Date.now() / 1000))
      const nonce = randomUUID()
      const signed = signature === undefined ? text : `【${signature}】${text}`
      const body = fill(template, { phone, text: signed, time, nonce, id: id ?? nonce }, contentType)
      const mark = createHmac('sha256', secret).update(`${time}\n${nonce}\n${body}`).digest('hex')
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': contentType,
          'x-linli-time': time,
          'x-linli-nonce': nonce,
          'x-linli-signature': mark,
          'idempotency-key': id ?? nonce,
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        throw new Error(`the SMS gateway can not be reached (${(error as Error).name})`)
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`the SMS gateway answered ${response.status}`)
    },
  }
}

function fill(template: string, values: Record<string, string>, contentType: string): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    // A JSON string without its quotes: those stand in the template.
    return contentType.includes('json') ? JSON.stringify(value).slice(1, -1) : encodeURIComponent(value)
  })
}

/**
 * The port that the environment asks for: a demo's own; else `LINLI_SMS_URL` with `LINLI_SMS_TEMPLATE`,
 * `LINLI_SMS_SECRET` and perhaps `LINLI_SMS_CONTENT_TYPE` and `LINLI_SMS_SIGNATURE`; else the file in the data folder.
 * Throws a StartupRefusal when the gateway is named but not described.
 */
export function smsFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  options: { demo: boolean; dataFolder: string; say?: (line: string) => void },
): SmsPort {
  if (options.demo) return demoSms
  const url = env.LINLI_SMS_URL
  if (!url) return logSms(options.dataFolder, options.say)
  const template = env.LINLI_SMS_TEMPLATE
  const secret = env.LINLI_SMS_SECRET
  if (!URL.canParse(url) || !template?.includes('{{phone}}') || !template.includes('{{text}}') || !secret)
    throw new StartupRefusal('platform/sms-settings', {
      zh: '短信网关的设置不全:LINLI_SMS_URL 要是网址,LINLI_SMS_TEMPLATE 要含 {{phone}} 和 {{text}},并要有 LINLI_SMS_SECRET。',
      en: 'The SMS gateway is not fully described: LINLI_SMS_URL must be an address, LINLI_SMS_TEMPLATE must hold {{phone}} and {{text}}, and LINLI_SMS_SECRET must be set.',
    })
  return httpSms({
    url,
    template,
    secret,
    ...(env.LINLI_SMS_CONTENT_TYPE ? { contentType: env.LINLI_SMS_CONTENT_TYPE } : {}),
    ...(env.LINLI_SMS_SIGNATURE ? { signature: env.LINLI_SMS_SIGNATURE } : {}),
  })
}
