/** News inside one process that an act was committed, so that live screens and jobs need not wait for their next look. */
export interface Committed {
  events: boolean
  jobs: boolean
}

const listeners = new Set<(wrote: Committed) => void>()

/** Called after commit; listeners only look again, so a call too many does no harm. */
export function tellCommitted(wrote: Committed): void {
  if (!wrote.events && !wrote.jobs) return
  for (const listener of listeners) listener(wrote)
}

/** Hears of commits of this process until the returned function is called. */
export function whenCommitted(listener: (wrote: Committed) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
