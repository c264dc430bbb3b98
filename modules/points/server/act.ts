/** What one thing that can be asked for is made of. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { Ask, AskAct } from '../contract.ts'

export interface ActContext {
  readonly tx: Tx
  readonly actor: Actor
  readonly at: Date
  readonly services: { readonly keys: Keys }
  newId(): string
}

export type AskOf<A extends AskAct> = Extract<Ask, { act: A }>

export interface Act<A extends AskAct> {
  /** Refuses what cannot be; answers the path of the area that it concerns, undefined for the asker's own. */
  check(context: ActContext, ask: AskOf<A>): Promise<string | undefined>
  /** Runs as the system, for it may touch accounts of other communities. */
  apply(context: ActContext, ask: AskOf<A>, request: { id: string; area: string }): Promise<void>
}

/** Acts by what is asked for. */
export type Acts<A extends AskAct> = { readonly [K in A]: Act<K> }
