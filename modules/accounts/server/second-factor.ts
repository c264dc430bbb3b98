/** Time-based one-time passwords (RFC 6238): six digits, thirty seconds, one step of tolerance either way. */
import { Secret, TOTP } from 'otpauth'

const periodSeconds = 30

function generator(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'Linli',
    label,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: periodSeconds,
  })
}

/** A new secret in base32 with the address that an authenticator reads. */
export function makeTotpSecret(label: string): { secret: string; otpauthUrl: string } {
  const secret = new Secret({ size: 20 }).base32
  return { secret, otpauthUrl: generator(secret, label).toString() }
}

/** The time step that the code belongs to; undefined when it is wrong at this instant. */
export function stepOfTotp(secret: string, code: string, at: Date): number | undefined {
  const delta = generator(secret, '').validate({ token: code, timestamp: at.getTime(), window: 1 })
  return delta === null ? undefined : Math.floor(at.getTime() / 1000 / periodSeconds) + delta
}
