/** One-time codes by text message. */

export const codeValidMinutes = 5
export const triesPerCode = 5
/** A phone gets one a minute and five an hour; one address asks for twenty an hour, whoever's phones. */
export const codeLimits = { pauseSeconds: 60, perPhoneAndHour: 5, perAddressAndHour: 20 } as const

export interface SentCode {
  expiresAt: Date
  tries: number
  usedAt: Date | null
}

/** Whether a code may still be tried. */
export function isOpen(code: SentCode, at: Date): boolean {
  return code.usedAt === null && code.tries < triesPerCode && at < code.expiresAt
}

/** Seconds until the next code may be sent; 0 when one may be now. */
export function secondsUntilNextCode(lastSentAt: Date | undefined, at: Date): number {
  if (lastSentAt === undefined) return 0
  const passed = Math.floor((at.getTime() - lastSentAt.getTime()) / 1000)
  return Math.max(0, codeLimits.pauseSeconds - passed)
}

/** The text of the message. */
export function codeText(code: string): string {
  return `验证码 ${code},${codeValidMinutes} 分钟内有效。工作人员不会向您索要验证码,请勿告诉他人。`
}
