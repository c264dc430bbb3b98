/** Statements as our server sends them, recorded once and sent again by plain clients: the floor under our HTTP. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'

export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
}

/** A recording cut at what differs from request to request. */
export interface Recording {
  readonly parts: readonly string[]
  /** For the gap after each part but the last: which of the request's own values stands there. */
  readonly gaps: readonly string[]
}

const ownValue = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d{8}-\d{5}\b/g

/** Does the work twice and records the second time; what only the second has is the request's own. */
export async function recordStatements(work: () => Promise<void>): Promise<Recording> {
  await work()
  const first = JSON.stringify(await listen(work))
  const second = JSON.stringify(await listen(work))
  const stable = new Set(first.match(ownValue) ?? [])
  const parts: string[] = []
  const gaps: string[] = []
  let from = 0
  for (const match of second.matchAll(ownValue)) {
    if (stable.has(match[0])) continue
    parts.push(second.slice(from, match.index))
    gaps.push(match[0])
    from = match.index + match[0].length
  }
  parts.push(second.slice(from))
  return { parts, gaps }
}

async function listen(work: () => Promise<void>): Promise<Statement[]> {
  const heard: Statement[] = []
  const send = pg.Client.prototype.query
  pg.Client.prototype.query = function listening(this: pg.Client, ...args: unknown[]) {
    const [query] = args
    if (typeof query === 'string') heard.push({ text: query })
    else if (typeof query === 'object' && query !== null && 'text' in query) {
      const { name, text, values } = query as Statement
      heard.push({ ...(name ? { name } : {}), text, ...(values ? { values: [...values] } : {}) })
    }
    return Reflect.apply(send, this, args)
  } as typeof send
  try {
    await work()
  } finally {
    pg.Client.prototype.query = send
  }
  return heard
}

let running = 0

/** The recorded statements with values of their own; `given` says which recorded id stands for which real one. */
export function freshStatements(recording: Recording, given: ReadonlyMap<string, string>): Statement[] {
  const own = new Map(given)
  let text = recording.parts[0] ?? ''
  for (const [index, gap] of recording.gaps.entries()) {
    let value = own.get(gap)
    if (value === undefined) {
      value = gap.length === 36 ? randomUUID() : `R${process.pid}-${running++}`
      own.set(gap, value)
    }
    text += value + (recording.parts[index + 1] ?? '')
  }
  return JSON.parse(text) as Statement[]
}
