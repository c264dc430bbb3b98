/**
 * Audit entries of reads. A read is answered only when its trace is kept, but it needs no transaction of its own for
 * that: reads that come in while one batch is being written are written together by the next.
 */
import type { Pool } from './db.ts'
import { quoteLiteral } from './sql-quote.ts'

/** One line of the audit trail; ids and codes only. */
export interface ReadTrace {
  street_id: number
  id: string
  at: string
  actor_id: string
  post_id: string | null
  operation: string
  subject_type: string | undefined
  subject_id: string | null
  outcome: string
  detail: Record<string, unknown>
  request_id: string
}

interface Waiting {
  traces: readonly ReadTrace[]
  kept(): void
  failed(error: unknown): void
}

interface Trail {
  waiting: Waiting[]
  writing: boolean
}

const trails = new WeakMap<Pool, Trail>()
const readsAtOnce = 200

/** Resolves once the traces are committed; rejects when they could not be, and then nothing may be shown. */
export function keepReadTraces(pool: Pool, traces: readonly ReadTrace[]): Promise<void> {
  let trail = trails.get(pool)
  if (!trail) {
    trail = { waiting: [], writing: false }
    trails.set(pool, trail)
  }
  const { waiting } = trail
  const done = new Promise<void>((kept, failed) => waiting.push({ traces, kept, failed }))
  if (!trail.writing) void write(pool, trail)
  return done
}

async function write(pool: Pool, trail: Trail): Promise<void> {
  trail.writing = true
  while (trail.waiting.length > 0) {
    const batch = trail.waiting.splice(0, readsAtOnce)
    try {
      await pool.query(statementsFor(batch.flatMap(({ traces }) => traces)))
      for (const { kept } of batch) kept()
    } catch (error) {
      for (const { failed } of batch) failed(error)
    }
  }
  trail.writing = false
}

/** One message is one transaction; each street's entries are written in that street's context. */
function statementsFor(traces: readonly ReadTrace[]): string {
  const streets = [...new Set(traces.map((trace) => trace.street_id))]
  return streets
    .map((street) => ({ street, entries: traces.filter((trace) => trace.street_id === street) }))
    .flatMap(({ street, entries }) => [
      `set local app.street = ${quoteLiteral(String(street))}`,
      `insert into audit_entries (street_id, id, at, actor_id, post_id, operation, subject_type, subject_id, outcome, detail, request_id)
        select a.street_id, a.id, a.at, a.actor_id, a.post_id, a.operation, a.subject_type, a.subject_id, a.outcome, a.detail, a.request_id
        from jsonb_populate_recordset(null::audit_entries, ${quoteLiteral(JSON.stringify(entries))}::jsonb) a`,
    ])
    .join('; ')
}
