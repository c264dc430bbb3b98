/** The clients of a bench, in a process of their own so that they do not share an event loop with a server. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import pg from 'pg'
import { newId } from '../lib/ids.ts'
import { freshStatements, type Recording } from './statements.ts'

export interface Job {
  readonly seconds: number
  readonly clients: number
  /** Cases to work on, each used once; empty when none is needed. */
  readonly ids: readonly string[]
  readonly http?: {
    readonly baseUrl: string
    readonly method: string
    /** `{id}` is taken from ids. */
    readonly path: string
    /** `{new}` is a new id. */
    readonly body?: string
    readonly tokens: readonly string[]
  }
  readonly sql?: {
    readonly url: string
    readonly recording: Recording
    readonly recordedId: string | undefined
  }
}

export interface Measured {
  readonly count: number
  readonly errors: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

type Shot = (id: string, client: number) => Promise<boolean>

/** What went wrong first, told once on standard error. */
let firstError: string | undefined

function httpShot(http: NonNullable<Job['http']>, clients: number): Shot {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const url = new URL(http.baseUrl)
  return (id, client) =>
    new Promise((resolve) => {
      const body = http.body?.replace('{new}', newId(Date.now()))
      const sent = request(
        {
          agent,
          host: url.hostname,
          port: url.port,
          method: http.method,
          path: http.path.replace('{id}', id),
          headers: {
            cookie: `linli=${http.tokens[client % http.tokens.length] ?? ''}`,
            ...(http.method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
            ...(body
              ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
              : {}),
          },
        },
        (response) => {
          response.on('end', () => resolve((response.statusCode ?? 500) < 300))
          if ((response.statusCode ?? 500) >= 300)
            response.on('data', (chunk: Buffer) => (firstError ??= chunk.toString()))
          else response.resume()
        },
      )
      sent.on('error', (error) => {
        firstError ??= String(error)
        resolve(false)
      })
      sent.end(body)
    })
}

async function sqlShot(sql: NonNullable<Job['sql']>, clients: number): Promise<Shot> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: sql.url })
      await client.connect()
      return client
    }),
  )
  return async (id, client) => {
    const connection = connections[client]
    if (!connection) return false
    try {
      const given = new Map(sql.recordedId ? [[sql.recordedId, id]] : [])
      for (const { name, text, values } of freshStatements(sql.recording, given))
        await connection.query(values ? { ...(name ? { name } : {}), text, values: [...values] } : text)
      return true
    } catch (error) {
      firstError ??= String(error)
      await connection.query('rollback')
      return false
    }
  }
}

async function measure(job: Job): Promise<Measured> {
  const shot = job.http
    ? httpShot(job.http, job.clients)
    : job.sql
      ? await sqlShot(job.sql, job.clients)
      : undefined
  if (!shot) throw new Error('a job needs http or sql')
  const times: number[] = []
  let errors = 0
  let next = 0
  const began = performance.now()
  const end = began + job.seconds * 1000
  const work = async (client: number) => {
    while (performance.now() < end) {
      const id = job.ids[next++ % Math.max(1, job.ids.length)] ?? ''
      const from = performance.now()
      if (await shot(id, client)) times.push(performance.now() - from)
      else errors += 1
    }
  }
  await Promise.all(Array.from({ length: job.clients }, (_, client) => work(client)))
  const seconds = (performance.now() - began) / 1000
  if (firstError) console.error(`  first error: ${firstError}`)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0
  return { count: times.length, errors, perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}

if (process.env.BENCH_JOB) {
  const job = JSON.parse(readFileSync(process.env.BENCH_JOB, 'utf8')) as Job
  console.log(JSON.stringify(await measure(job)))
  process.exit(0)
}
