/** A proof that is told to stop in the middle ends what it started and removes what it made, and only that. */

const ends: (() => unknown)[] = []
let ending = false

/**
 * `end` runs when this process is told to stop, the last one first: what was made later may need what was made before.
 * @returns forgets it, for when it was ended in the ordinary way
 */
export function whenBrokenOff(end: () => unknown): () => void {
  if (ends.length === 0) for (const signal of signals) process.on(signal, endAll)
  ends.push(end)
  return () => {
    const at = ends.indexOf(end)
    if (at >= 0) ends.splice(at, 1)
    if (ends.length === 0 && !ending) for (const signal of signals) process.off(signal, endAll)
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function endAll(): void {
  if (ending) return
  ending = true
  // The proof goes on meanwhile and stumbles over what is gone: that says nothing any more.
  process.on('uncaughtException', () => {})
  void (async () => {
    for (const end of [...ends].reverse())
      try {
        await end()
      } catch (error) {
        console.error(error)
      }
    process.exit(130)
  })()
}
