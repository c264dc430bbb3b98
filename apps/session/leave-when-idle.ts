/**
 * A page that nobody uses ends its session by itself, at the same time as the server would, and without asking the server: what it
 * renews on its own must not count as use, and nothing of the session may stay on the screen. Rule: OWASP ASVS 5.0, 14.3.1.
 */

/** What a person does at a page; seen wherever it happens on it. */
const uses = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const lookEveryMs = 15_000
/** Kept for the other tabs: whoever works in one of them is not away. */
const keptAs = 'linli.usedAt'

export interface IdleWatch {
  idleMinutes: number
  /** Somebody is signed in; otherwise nothing is watched. */
  isOpen(): boolean
  leave(): void
}

/** Watches until the returned function is called. */
export function leaveWhenIdle({ idleMinutes, isOpen, leave }: IdleWatch): () => void {
  let usedAt = Date.now()
  let wasOpen = false
  const use = () => {
    const now = Date.now()
    // A key pressed after the end of the time comes too late: it ends the session and is no use of it.
    if (isOpen() && now - lastUse() >= idleMinutes * 60_000) return look()
    if (now - usedAt > 5_000) tellOthers(now)
    usedAt = now
  }
  const lastUse = () => Math.max(usedAt, usedElsewhere())
  const look = () => {
    const open = isOpen()
    // The time begins with the sign-in, whatever another person left behind.
    if (open && !wasOpen) usedAt = Date.now()
    wasOpen = open
    if (open && Date.now() - lastUse() >= idleMinutes * 60_000) leave()
  }
  for (const name of uses) addEventListener(name, use, { capture: true, passive: true })
  // A machine that slept rings no timer; it is looked at as soon as its page is seen again.
  addEventListener('visibilitychange', look, { capture: true })
  const timer = setInterval(look, lookEveryMs)
  return () => {
    clearInterval(timer)
    removeEventListener('visibilitychange', look, { capture: true })
    for (const name of uses) removeEventListener(name, use, { capture: true })
  }
}

function usedElsewhere(): number {
  try {
    return Number(localStorage.getItem(keptAs)) || 0
  } catch {
    return 0
  }
}

function tellOthers(now: number): void {
  try {
    localStorage.setItem(keptAs, String(now))
  } catch {
    // A browser that keeps nothing watches each of its tabs alone.
  }
}
