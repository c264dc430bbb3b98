/** When a delivery that failed is tried again: pauses grow, and after the last try a person takes over. */

/** Minutes to wait after the first, second, … failure. */
export const pausesMinutes = [1, 5, 15, 60] as const

/** The instant of the next try after `tries` failed ones; undefined when there is none any more. */
export function nextTry(at: Date, tries: number): Date | undefined {
  const pause = pausesMinutes[tries - 1]
  return pause === undefined ? undefined : new Date(at.getTime() + pause * 60_000)
}

/** How often a person tries to reach somebody by phone before the task is closed as not reached. */
export const callTries = 3
