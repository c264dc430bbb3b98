/**
 * One case, told act by act with a clock that keeps plausible hours. It knows nothing of who may do what; the tale
 * (tell-case.ts) chooses the people, and the tests hold the result against rights.md.
 */
import type { Role } from '../lib/contract.ts'
import type { SeededRandom } from '../lib/seeded-random.ts'
import type { Act, CaseState } from '../modules/cases/words.ts'
import type { DemoAct, DemoActData, DemoActor, DemoPost } from './types.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const offsetMs = 8 * 3_600_000

/** An instant as text with the offset of the street. */
export function instantText(ms: number): string {
  return `${new Date(ms + offsetMs).toISOString().slice(0, 19)}+08:00`
}

/** Minutes of waiting before an act, and the hours in which such an act happens. */
export interface Wait {
  readonly from: number
  readonly to: number
  readonly hours: 'office' | 'home' | 'any'
}

/** Thrown when a story would run past the day on which the demo stands; the teller begins earlier. */
export class TooLate extends Error {}

/** Days on which offices are closed every year, whatever the calendar adds: New Year, Labour Day, National Day. */
const holidays = /-(01-01|05-0[1-3]|10-0[1-3])$/

function isOfficeDay(ms: number): boolean {
  const local = new Date(ms + offsetMs)
  const weekday = local.getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.test(local.toISOString().slice(0, 10))
}

/** Moves an instant forward into office hours (8:30–12:00, 13:30–18:00) or into a resident’s waking hours. */
export function alignTo(ms: number, hours: Wait['hours'], random: SeededRandom): number {
  if (hours === 'any') return ms
  const midnight = Math.floor((ms + offsetMs) / dayMs) * dayMs - offsetMs
  const minute = (ms - midnight) / minuteMs
  const soon = random.int(75)
  if (hours === 'home') {
    if (minute < 7 * 60) return midnight + (7 * 60 + soon) * minuteMs
    return minute > 22.5 * 60 ? midnight + dayMs + (7 * 60 + 30 + soon) * minuteMs : ms
  }
  if (!isOfficeDay(ms) || minute >= 18 * 60) {
    return alignTo(midnight + dayMs + (8 * 60 + 30 + random.int(90)) * minuteMs, hours, random)
  }
  if (minute < 8.5 * 60) return midnight + (8.5 * 60 + soon) * minuteMs
  return minute >= 12 * 60 && minute < 13.5 * 60 ? midnight + (13.5 * 60 + soon) * minuteMs : ms
}

export class Story {
  readonly history: DemoAct[] = []
  private state: CaseState | null = null

  constructor(
    private readonly random: SeededRandom,
    /** The instant of the first act; later of the last one. */
    public at: number,
    private readonly cutoff: number,
  ) {}

  /** Lets time pass and adds an act. `to` is the new state; left out, the state stays. */
  add(
    act: Act,
    by: DemoActor | DemoPost,
    wait: Wait | null,
    { to, words, data }: { to?: CaseState; words?: string | null; data?: DemoActData } = {},
  ): void {
    if (wait !== null) {
      const passed = (wait.from + this.random.int(Math.max(1, wait.to - wait.from))) * minuteMs
      this.at = alignTo(this.at + passed + this.random.int(60) * 1000, wait.hours, this.random)
    }
    if (this.at >= this.cutoff) throw new TooLate(act)
    const role: Role | null = 'role' in by ? by.role : 'resident' in by ? 'resident' : null
    const toState = to ?? this.state ?? 'pending'
    this.history.push({
      act,
      at: instantText(this.at),
      by: 'role' in by ? { post: by.key } : by,
      role,
      fromState: this.state,
      toState,
      words: words ?? null,
      data: data ?? {},
    })
    this.state = toState
  }
}
