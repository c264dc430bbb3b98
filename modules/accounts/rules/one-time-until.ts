/** How long a one-time password waits for its first use. Rule: OWASP ASVS 5.0, 6.4.1: first passwords are short-lived. */
const days = 14

/** Lists of new staff are printed and handed out over the days that follow, holidays between them. */
export const oneTimeUntil = (at: Date): Date => new Date(at.getTime() + days * 86_400_000)

/** `until` is null where the password is the person's own. */
export const hasEnded = (until: Date | null, at: Date): boolean => until !== null && until < at
