/** What was typed and not sent stays on this device for its author only. Rule: OWASP ASVS 5.0, 14.3.1. */
export function forgetTyped(): void {
  try {
    sessionStorage.clear()
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
