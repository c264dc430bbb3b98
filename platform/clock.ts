/** Where the time comes from. Operations and jobs get it passed; only the tests and the demo move it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved. */
export function movableClock(start: Date): Clock & { moveTo(at: Date): void; moveBy(ms: number): void } {
  let current = start.getTime()
  return {
    now: () => new Date(current),
    moveTo(at) {
      current = at.getTime()
    },
    moveBy(ms) {
      current += ms
    },
  }
}
