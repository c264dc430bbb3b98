/** What the environment says, read once at the start and told in one sentence when it can not be used. */
import { resolve } from 'node:path'
import { StartupRefusal } from './startup-refusal.ts'

export interface Settings {
  host: string
  port: number
  /** Folder of data, files and keys. */
  dataDir: string
  /** Serves as linli_app; undefined: the embedded database. */
  databaseUrl: string | undefined
  databaseOwnerUrl: string | undefined
  databaseWorkerUrl: string | undefined
  /** LINLI_CITUS=1: the given database is the coordinator of a cluster; tables are laid out by street. */
  citus: boolean
  /** Make the demo street on the first start. */
  demo: boolean
  demoPassword: string | undefined
  /** The day that the demo street calls today, YYYY-MM-DD; undefined: the real one. */
  demoToday: string | undefined
  publicUrl: string | undefined
  /** Somebody wants plain http for other machines, knowingly. */
  plainHttpAllowed: boolean
  keysText: string | undefined
  logLevel: string
  trustProxy: boolean
  /** False where apps/worker.ts runs the jobs apart. */
  runJobs: boolean
  /** /metrics for other machines too; otherwise only this one. */
  metricsPublic: boolean
}

export const version = '0.1.0'

export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const port = Number(env.PORT ?? '8080')
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartupRefusal('platform/bad-port', {
      zh: `PORT 不是一个端口号：${env.PORT}。请用 1 到 65535 之间的整数。`,
      en: `PORT is no port number: ${env.PORT}. Use a whole number from 1 to 65535.`,
    })
  const host = env.HOST ?? '127.0.0.1'
  const publicUrl = env.LINLI_PUBLIC_URL
  const plainHttpAllowed = env.LINLI_ALLOW_PLAIN_HTTP === '1'
  refusePlainHttp(host, publicUrl, plainHttpAllowed)
  return {
    host,
    port,
    dataDir: resolve(env.LINLI_DATA ?? './.linli'),
    databaseUrl: env.DATABASE_URL,
    databaseOwnerUrl: env.DATABASE_OWNER_URL,
    databaseWorkerUrl: env.DATABASE_WORKER_URL,
    citus: env.LINLI_CITUS === '1',
    demo: env.LINLI_DEMO !== '0',
    demoPassword: env.LINLI_DEMO_PASSWORD,
    demoToday: env.LINLI_DEMO_TODAY,
    publicUrl,
    plainHttpAllowed,
    keysText: env.LINLI_KEYS,
    logLevel: env.LINLI_LOG ?? 'warn',
    trustProxy: env.LINLI_TRUST_PROXY === '1',
    runJobs: env.LINLI_JOBS !== 'apart',
    metricsPublic: env.LINLI_METRICS === 'public',
  }
}

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host)

/** Whether other machines would come here without encryption. */
export function servesPlainHttp(host: string, publicUrl: string | undefined): boolean {
  if (publicUrl === undefined || publicUrl === '') return !isLoopback(host)
  if (publicUrl.startsWith('https:')) return false
  return !(isLoopback(host) && URL.canParse(publicUrl) && isLoopback(new URL(publicUrl).hostname))
}

/** Sign-ins over plain http beyond this machine need an explicit word, which `linli doctor` reports. */
function refusePlainHttp(host: string, publicUrl: string | undefined, allowed: boolean): void {
  if (allowed || !servesPlainHttp(host, publicUrl)) return
  throw new StartupRefusal('platform/plain-http', {
    zh: `HOST=${host}${publicUrl ? `、LINLI_PUBLIC_URL=${publicUrl}` : ''} 会让别的机器以明文 http 访问。请设置 LINLI_PUBLIC_URL=https://…（由前置代理提供证书），或明确设置 LINLI_ALLOW_PLAIN_HTTP=1。`,
    en: `HOST=${host}${publicUrl ? `, LINLI_PUBLIC_URL=${publicUrl}` : ''} would serve other machines over plain http. Set LINLI_PUBLIC_URL=https://… (a proxy in front holds the certificate) or, knowingly, LINLI_ALLOW_PLAIN_HTTP=1.`,
  })
}
