/** Ids of the demo: made of the seed, the day and a readable key, so that a load that was broken off finds its own again. */
import { createHash } from 'node:crypto'
import { newId } from '../lib/ids.ts'

/** `key` is unique in the street; `atMs` is the instant that the id carries. */
export type IdOf = (key: string, atMs: number) => string

export function demoIds(seed: number | string, today: string): IdOf {
  return (key, atMs) => {
    const digest = createHash('sha256').update(`${seed}\0${today}\0${key}`).digest()
    return newId(atMs, (bytes) => bytes.set(digest.subarray(0, bytes.length)))
  }
}
