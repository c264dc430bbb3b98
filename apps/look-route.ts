/** A page to be looked at before it is called done. */
import type { Role } from '../lib/contract.ts'

export interface LookRoute {
  /**
   * From the root of the site: '/console/cases'. `{/api/cases?limit=1}` in it stands for the id of the first item that
   * this list answers.
   */
  readonly path: string
  /** Whom to sign in as; null for nobody. Demo user names are the roles. */
  readonly role: Role | null
  /** Another demo user of that role, where what there is to see belongs to them. */
  readonly user?: string
  /** Names the picture; unique. */
  readonly name: string
}
