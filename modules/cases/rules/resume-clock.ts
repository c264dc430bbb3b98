const minuteMs = 60_000

export interface SuspendedClock {
  suspendedAt: Date | null
  responseDueAt: Date | null
  dueAt: Date | null
}

/** Both deadlines move by the whole minutes for which the clock stood still. */
export function resumed(
  clock: SuspendedClock,
  at: Date,
): { responseDueAt: Date | null; dueAt: Date | null; pausedMinutes: number } {
  const pausedMinutes =
    clock.suspendedAt === null
      ? 0
      : Math.max(0, Math.floor((at.getTime() - clock.suspendedAt.getTime()) / minuteMs))
  const move = (due: Date | null) =>
    due === null ? null : new Date(due.getTime() + pausedMinutes * minuteMs)
  return { responseDueAt: move(clock.responseDueAt), dueAt: move(clock.dueAt), pausedMinutes }
}
