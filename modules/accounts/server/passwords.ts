/** Passwords as argon2id hashes. */
import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id; `Algorithm.Argon2id` is a const enum, which is out of reach here. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost)
}

let stranger: Promise<string> | undefined

/**
 * Whether the password is right. Without a hash the same work is done and the answer is no, so that the time
 * does not tell which user names exist.
 */
export async function isRightPassword(passwordHash: string | null | undefined, password: string) {
  stranger ??= hashPassword('nobody has this password')
  const right = await verify(passwordHash ?? (await stranger), password.normalize('NFC'))
  return right && passwordHash !== null && passwordHash !== undefined
}

const letters = 'abcdefghjkmnpqrstuvwxyz'
const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const digits = '23456789'

/** 14 characters of three classes, without those that are mistaken for one another when read aloud: over 75 bits. */
export function makeOneTimePassword(): string {
  const pick = (from: string) => from.charAt(randomInt(from.length))
  const characters = [pick(letters), pick(capitals), pick(digits)]
  while (characters.length < 14) characters.push(pick(letters + capitals + digits))
  for (let i = characters.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    const kept = characters[i] ?? ''
    characters[i] = characters[j] ?? ''
    characters[j] = kept
  }
  return characters.join('')
}
