/** How requests went in the last minutes, in this process: how many, how many were slow, how many failed. No one is named. */
import { watchLimits } from './watch-limits.ts'

export interface RequestShares {
  readonly perMinute: number
  readonly requests: number
  /** 0 to 1. */
  readonly slowShare: number
  readonly faultShare: number
}

interface Minute {
  readonly number: number
  all: number
  slow: number
  faults: number
}

const minutes = 5

export interface RecentRequests {
  note(seconds: number, status: number): void
  shares(): RequestShares
}

/** `nowMs`: a clock that only goes forward. */
export function recentRequests(nowMs: () => number = () => performance.now()): RecentRequests {
  let kept: Minute[] = []
  const beganMs = nowMs()
  const current = () => Math.floor(nowMs() / 60_000)
  const keep = (now: number) => {
    kept = kept.filter(({ number }) => number > now - minutes)
  }
  return {
    note(seconds, status) {
      const now = current()
      let last = kept.at(-1)
      if (last?.number !== now) {
        keep(now)
        last = { number: now, all: 0, slow: 0, faults: 0 }
        kept.push(last)
      }
      last.all++
      if (seconds > watchLimits.slowSeconds) last.slow++
      if (status >= 500) last.faults++
    },
    shares() {
      keep(current())
      const sum = (of: (minute: Minute) => number) => kept.reduce((total, minute) => total + of(minute), 0)
      const requests = sum(({ all }) => all)
      const share = (part: number) => (requests === 0 ? 0 : part / requests)
      // A process that has just begun has not had five minutes yet.
      const over = Math.min(minutes, Math.max(1, (nowMs() - beganMs) / 60_000))
      return {
        perMinute: Math.round((requests / over) * 10) / 10,
        requests,
        slowShare: share(sum(({ slow }) => slow)),
        faultShare: share(sum(({ faults }) => faults)),
      }
    },
  }
}
