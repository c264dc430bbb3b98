/** `GET /api/stream`: server-sent events `{type, subjectId}` of what the asker may see. Whoever hears reads again. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { defineOperation, Nothing } from '../lib/contract.ts'
import type { Actor } from './actor.ts'
import { mayHear } from './events-audience.ts'
import { eventsHub, type OutboxEvent } from './events-hub.ts'
import { authorise } from './operation.ts'
import { Refusal } from './refusal.ts'
import type { HttpContext, ServerModule } from './server-module.ts'

export interface EventsSettings {
  pollMs: number
  /** How often a stream asks whether its session still holds. */
  recheckMs: number
  heartbeatMs: number
  /** Streams of one account in one process: a person with many tabs, not a program. */
  perAccount: number
  onLag: (seconds: number) => void
}

const defaults: EventsSettings = {
  pollMs: 1_000,
  recheckMs: 30_000,
  heartbeatMs: 25_000,
  perAccount: 8,
  onLag: () => {},
}

/** A reader that takes nothing any more is let go before its unread lines fill the memory. */
const maxUnreadBytes = 256 * 1024

const stream = defineOperation({
  name: 'events.stream',
  method: 'GET',
  path: '/api/stream',
  summary: 'Live news 实时消息 as server-sent events: {type, subjectId} of what the asker may see',
  who: 'signed-in',
  output: Nothing,
})

/** Gives the server `GET /api/stream`. */
export function eventsModule(settings: Partial<EventsSettings> = {}): ServerModule {
  const set = { ...defaults, ...settings }
  return {
    name: 'events',
    operations: [],
    refusals: {},
    words: {},
    rawOperations: [{ contract: stream, gives: ['text/event-stream'] }],
    routes: (app, http) => {
      const hub = eventsHub({
        pool: http.pool,
        clock: http.clock,
        pollMs: set.pollMs,
        onLag: set.onLag,
        onError: (error) => app.log.warn({ err: error }, 'the event outbox could not be read'),
      })
      const open = new Map<string, Set<() => void>>()
      app.get('/api/stream', { config: { operation: stream.name } }, async (request, reply) => {
        const actor = await http.actorOf(request)
        authorise(stream, actor)
        const own = open.get(actor.accountId) ?? new Set()
        if (own.size >= set.perAccount)
          throw new Refusal('platform/too-many-requests', { retryAfterSeconds: 30 })
        open.set(actor.accountId, own)
        const line = new Line(request, reply, http, actor, set)
        const leave = () => line.end()
        own.add(leave)
        line.whenEnded(() => {
          own.delete(leave)
          if (own.size === 0) open.delete(actor.accountId)
        })
        try {
          line.whenEnded(await hub.listen((event) => line.tell(event)))
        } catch (error) {
          line.end()
          throw error
        }
        line.begin()
        return reply
      })
      // Before the server stops taking requests, or it would wait for streams that never end by themselves.
      app.addHook('preClose', async () => {
        hub.stop()
        for (const own of [...open.values()]) for (const leave of [...own]) leave()
      })
    },
  }
}

/** One open stream. */
class Line {
  readonly #request: FastifyRequest
  readonly #reply: FastifyReply
  readonly #http: HttpContext
  readonly #settings: EventsSettings
  #actor: Actor
  #begun = false
  #ended = false
  #timers: ReturnType<typeof setInterval>[] = []
  #atEnd: (() => void)[] = []

  constructor(
    request: FastifyRequest,
    reply: FastifyReply,
    http: HttpContext,
    actor: Actor,
    settings: EventsSettings,
  ) {
    this.#request = request
    this.#reply = reply
    this.#http = http
    this.#actor = actor
    this.#settings = settings
  }

  begin(): void {
    const { raw } = this.#reply
    this.#reply.hijack()
    raw.on('close', () => this.end())
    raw.on('error', () => this.end())
    raw.writeHead(200, {
      ...(this.#reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    })
    raw.write('retry: 3000\n\n')
    this.#begun = true
    this.#timers.push(
      setInterval(() => this.#write(': here\n\n'), this.#settings.heartbeatMs),
      setInterval(() => void this.#recheck(), this.#settings.recheckMs),
    )
    if (raw.destroyed) this.end()
  }

  whenEnded(work: () => void): void {
    if (this.#ended) work()
    else this.#atEnd.push(work)
  }

  tell(event: OutboxEvent): void {
    if (!mayHear(this.#actor, event)) return
    this.#write(`data: ${JSON.stringify({ type: event.type, subjectId: event.subjectId })}\n\n`)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const work of this.#atEnd) work()
    if (this.#begun) this.#reply.raw.end()
  }

  #write(text: string): void {
    if (this.#ended || !this.#begun) return
    const { raw } = this.#reply
    if (raw.writableLength > maxUnreadBytes) {
      raw.destroy()
      this.end()
    } else raw.write(text)
  }

  /** Who was signed out, or lost a post, hears no more of it. */
  async #recheck(): Promise<void> {
    try {
      const actor = await this.#http.actorOf(this.#request, false)
      authorise(stream, actor)
      this.#actor = actor
    } catch (error) {
      // A database that does not answer for a moment is no reason to send everybody away.
      if (error instanceof Refusal) this.end()
    }
  }
}
