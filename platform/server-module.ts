/** What a module gives to the HTTP server, and what its raw routes are given. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OperationContract, RefusalCatalogue } from '../lib/contract.ts'
import type { StreetSetting } from '../lib/setting.ts'
import type { Actor } from './actor.ts'
import type { ChangeLimit } from './change-limit.ts'
import type { Clock } from './clock.ts'
import type { Pool } from './db.ts'
import type { Operation } from './operation.ts'
import type { Services } from './services.ts'

/** An operation served by a route of its own, for it takes or gives no JSON. */
export interface RawOperation {
  contract: OperationContract
  /** What comes in, where it is no JSON. The contract's body then says what a repeated key stands for. */
  takes?: 'multipart/form-data'
  /** What goes out, where it is no JSON. */
  gives?: readonly string[]
}

/** What a module gives to the server. */
export interface ServerModule {
  name: string
  operations: readonly Operation[]
  refusals: RefusalCatalogue
  words: Readonly<Record<string, { zh: string; en: string }>>
  /** What a street changes of this module itself; the settings page shows them all. */
  settings?: readonly StreetSetting[]
  /** Routes that are no JSON operations (uploads, streams); rare. */
  routes?: (app: FastifyInstance, http: HttpContext) => void
  /** What those routes serve under /api: for the OpenAPI document and the access proof. */
  rawOperations?: readonly RawOperation[]
}

export interface HttpSettings {
  /** Session cookies are `__Host-` and Secure when the public address is https. */
  publicUrl: string | undefined
  /** Checks every reply against its contract; on in tests. */
  checkReplies: boolean
  logLevel: string
  /** Trust one proxy's X-Forwarded-For. */
  trustProxy: boolean
}

export interface HttpContext {
  pool: Pool
  services: Services
  clock: Clock
  settings: HttpSettings
  /** `inUse: false` for a look that is no act of a person: it does not keep the session from going idle. */
  authenticate(token: string, at: Date, inUse?: boolean): Promise<Actor | undefined>
  limitChanges: ChangeLimit | undefined
  /** The actor of a raw route; throws a Refusal when nobody is signed in. */
  actorOf(request: FastifyRequest, inUse?: boolean): Promise<Actor>
}
