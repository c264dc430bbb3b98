/**
 * Reads the event outbox for all streams of this process: each second while somebody listens, and right after a
 * commit here. Instants of acts are taken before their commit, so a row may turn up late and older than what was
 * already told: the hub looks back a minute and remembers what it has told.
 */
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import { whenCommitted } from './committed.ts'
import { type Pool, txOn } from './db.ts'
import type { Audience } from './operation.ts'

export interface OutboxEvent {
  streetId: number
  id: string
  at: Date
  type: string
  subjectId: string
  audience: Audience
}

export interface EventsHub {
  /** Hears of every event from now on; the promise resolves once "now" is settled. Returns the end of it. */
  listen(listener: (event: OutboxEvent) => void): Promise<() => void>
  stop(): void
}

interface HubOptions {
  pool: Pool
  clock: Clock
  pollMs: number
  /** Told the age of each event in seconds when it is passed on. */
  onLag: (seconds: number) => void
  onError: (error: unknown) => void
}

const lookBackMs = 60_000

export function eventsHub(options: HubOptions): EventsHub {
  const tx = txOn(options.pool)
  const listeners = new Set<(event: OutboxEvent) => void>()
  const told = new Map<string, number>()
  let timer: ReturnType<typeof setInterval> | undefined
  let forgetCommits = () => {}
  let lastReadMs = 0
  let reading: Promise<void> | undefined
  let again = false

  const read = async (): Promise<OutboxEvent[]> => {
    const nowMs = options.clock.now().getTime()
    const since = new Date(Math.min(lastReadMs || nowMs, nowMs) - lookBackMs)
    const rows = await tx.many(
      sql<OutboxEvent>`select street_id as "streetId", id, at, type, subject_id as "subjectId", audience
        from event_outbox where at >= ${since} order by at, id`,
    )
    lastReadMs = nowMs
    const fresh = rows.filter((row) => !told.has(row.id))
    for (const row of fresh) told.set(row.id, row.at.getTime())
    for (const [id, atMs] of told) if (atMs < since.getTime()) told.delete(id)
    return fresh
  }

  const look = (): void => {
    if (reading) {
      again = true
      return
    }
    reading = read()
      .then((fresh) => {
        const nowMs = options.clock.now().getTime()
        for (const event of fresh) {
          options.onLag(Math.max(0, nowMs - event.at.getTime()) / 1000)
          for (const listener of [...listeners]) listener(event)
        }
      })
      .catch(options.onError)
      .finally(() => {
        reading = undefined
        if (again) {
          again = false
          look()
        }
      })
  }

  const begin = async (): Promise<void> => {
    lastReadMs = 0
    // What is there already is told to nobody: a screen reads its lists first and listens from then on.
    reading = read().then(() => {})
    try {
      await reading
    } finally {
      reading = undefined
    }
    timer = setInterval(look, options.pollMs)
    timer.unref()
    forgetCommits = whenCommitted((wrote) => {
      if (wrote.events) look()
    })
  }

  const end = (): void => {
    clearInterval(timer)
    timer = undefined
    forgetCommits()
    told.clear()
  }

  let begun: Promise<void> | undefined
  return {
    async listen(listener) {
      begun ??= begin()
      try {
        await begun
      } catch (error) {
        begun = undefined
        throw error
      }
      listeners.add(listener)
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return
        begun = undefined
        end()
      }
    },
    stop() {
      listeners.clear()
      begun = undefined
      end()
    },
  }
}
