/**
 * Live events of `GET /api/stream`. One connection a page, however many parts listen: browsers allow six to a host.
 * While it is down, and on browsers or proxies that know no streams, listeners are told to look again every 20 s.
 */

/** Something that the actor may see has changed; the part that shows it reads it again. */
export interface LiveEvent {
  /** Such as `cases.changed`; `refresh` says that events may have been missed. */
  readonly type: string
  /** Null for `refresh`. */
  readonly subjectId: string | null
}

const pollEveryMs = 20_000
const refresh: LiveEvent = { type: 'refresh', subjectId: null }

const listeners = new Set<(event: LiveEvent) => void>()
let source: EventSource | undefined
let poll: ReturnType<typeof setInterval> | undefined

/** Hears of events until the returned function is called. Never throws; without a stream it polls. */
export function subscribe(onEvent: (event: LiveEvent) => void): () => void {
  // A listener of its own, so that the same function given twice can be ended twice.
  const listener = (event: LiveEvent) => onEvent(event)
  listeners.add(listener)
  if (listeners.size === 1) open()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) close()
  }
}

function tell(event: LiveEvent): void {
  for (const listener of [...listeners]) listener(event)
}

function open(): void {
  if (typeof EventSource === 'undefined') {
    startPolling()
    return
  }
  source?.close()
  source = new EventSource('/api/stream')
  source.onopen = () => {
    if (poll === undefined) return
    stopPolling()
    // What happened between the connections is told by nobody.
    tell(refresh)
  }
  source.onmessage = (message: MessageEvent<unknown>) => {
    const event = readEvent(message.data)
    if (event) tell(event)
  }
  source.onerror = startPolling
}

/** Each turn also tries the stream again when the browser has given it up, as it does after an error status. */
function startPolling(): void {
  poll ??= setInterval(() => {
    if (typeof document !== 'undefined' && document.hidden) return
    tell(refresh)
    if (source?.readyState === 2) open()
  }, pollEveryMs)
}

function stopPolling(): void {
  clearInterval(poll)
  poll = undefined
}

function close(): void {
  stopPolling()
  source?.close()
  source = undefined
}

function readEvent(data: unknown): LiveEvent | undefined {
  try {
    const { type, subjectId } = JSON.parse(String(data)) as Record<string, unknown>
    if (typeof type !== 'string') return undefined
    return { type, subjectId: typeof subjectId === 'string' ? subjectId : null }
  } catch {
    return undefined
  }
}
