/** Listeners of a bench of streams and the acts that they hear of, in a process of their own. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

export interface StreamJob {
  readonly baseUrl: string
  readonly streamPath: string
  readonly streams: number
  readonly perSecond: number
  /** Of those who listen, in turns. */
  readonly tokens: readonly string[]
  /** One after another at the pace; each stream is to hear of its id. */
  readonly acts: readonly {
    readonly id: string
    readonly path: string
    readonly body: string
    readonly token: string
  }[]
}

export interface StreamsMeasured {
  /** Streams × acts that were done. */
  readonly expected: number
  readonly delivered: number
  readonly twice: number
  readonly refused: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
/** How long after the last act a line may still come. */
const patienceMs = 10_000

async function measure(job: StreamJob): Promise<StreamsMeasured> {
  const begun = new Map<string, number>()
  const heard = Array.from({ length: job.streams }, () => new Set<string>())
  const times: number[] = []
  let twice = 0
  const hear = (stream: number, id: string) => {
    const from = begun.get(id)
    if (from === undefined) return
    if (heard[stream]?.has(id)) twice += 1
    else {
      heard[stream]?.add(id)
      times.push(performance.now() - from)
    }
  }
  // Some at a time, as screens come in after a restart.
  for (let stream = 0; stream < job.streams; stream += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, job.streams - stream) }, (_, index) =>
        listen(job, stream + index, (id) => hear(stream + index, id)),
      ),
    )
  let refused = 0
  const sent: Promise<void>[] = []
  const start = performance.now()
  for (const [index, act] of job.acts.entries()) {
    await delay(Math.max(0, start + (index * 1000) / job.perSecond - performance.now()))
    begun.set(act.id, performance.now())
    sent.push(
      post(job.baseUrl, act).then((done) => {
        if (!done) refused += 1
      }),
    )
  }
  await Promise.all(sent)
  const expected = job.streams * (job.acts.length - refused)
  const end = performance.now() + patienceMs
  while (times.length < expected && performance.now() < end) await delay(20)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0
  return { expected, delivered: times.length, twice, refused, p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** Resolves once the stream is open. */
function listen(job: StreamJob, stream: number, hear: (id: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const cookie = `linli=${job.tokens[stream % job.tokens.length] ?? ''}`
    const asked = request(`${job.baseUrl}${job.streamPath}`, { agent, headers: { cookie } }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`stream ${stream} was refused: ${reply.statusCode}`))
      readLines(reply, hear)
      resolve()
    })
    asked.on('error', reject)
    asked.end()
  })
}

function readLines(reply: IncomingMessage, hear: (id: string) => void): void {
  let text = ''
  reply.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks)
      if (block.startsWith('data: ')) hear((JSON.parse(block.slice(6)) as { subjectId: string }).subjectId)
  })
}

function post(baseUrl: string, act: StreamJob['acts'][number]): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request(
      `${baseUrl}${act.path}`,
      {
        agent,
        method: 'POST',
        headers: {
          cookie: `linli=${act.token}`,
          'idempotency-key': randomUUID(),
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(act.body),
        },
      },
      (reply) => {
        reply.resume()
        reply.on('end', () => resolve((reply.statusCode ?? 500) < 300))
      },
    )
    sent.on('error', () => resolve(false))
    sent.end(act.body)
  })
}

if (process.env.BENCH_JOB) {
  console.log(
    JSON.stringify(await measure(JSON.parse(readFileSync(process.env.BENCH_JOB, 'utf8')) as StreamJob)),
  )
  process.exit(0)
}
