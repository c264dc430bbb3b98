/**
 * The shape of an operation's contract: the one description that the server, the typed client, the
 * OpenAPI document and the access proof all read. Contracts hold no behaviour.
 */
import { type Static, type TSchema, Type } from 'typebox'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Every role of rights.md. `resident` is the role of a person without a post. */
export const roles = [
  'resident',
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
  'viewer',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const
export type Role = (typeof roles)[number]
export type StaffRole = Exclude<Role, 'resident'>

/**
 * Who may call an operation at all. Which rows they reach is the policy's and row security's business.
 * `anyone` needs no session; `signed-in` is any resident or staff member; a list names roles.
 */
export type Who = 'anyone' | 'signed-in' | 'staff' | readonly Role[]

/**
 * What the audit trail keeps: `change` for every act that writes, `read` for reads of sensitive rows,
 * searches and exports, `none` for what holds nothing personal.
 */
export type AuditKind = 'change' | 'read' | 'none'

/**
 * How a repeated Idempotency-Key is served: `stored` replays the first reply; `unstored` accepts the key but
 * runs again, for POSTs that keep nothing (searches) or whose reply is a secret (sign-in).
 */
export type Idempotency = 'stored' | 'unstored'

export interface OperationContract<
  Params extends TSchema = TSchema,
  Query extends TSchema = TSchema,
  Body extends TSchema = TSchema,
  Output extends TSchema = TSchema,
> {
  /** `module.verbNoun`, unique: 'cases.fileCase'. */
  readonly name: string
  readonly method: Method
  /** OpenAPI style: '/api/cases/{id}/accept'. */
  readonly path: string
  readonly summary: string
  readonly who: Who
  readonly audit: AuditKind
  readonly idempotency: Idempotency
  readonly status: 200 | 201 | 204
  /** For bodies that hold many rows; else the server's own limit holds. */
  readonly bodyLimitBytes?: number
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly output: Output
  /** The refusal codes that this operation may answer, beside those that every operation may. */
  readonly refusals: readonly string[]
}

const none = Type.Object({}, { additionalProperties: false })
type None = typeof none

type Draft<P extends TSchema, Q extends TSchema, B extends TSchema, O extends TSchema> = {
  name: string
  method: Method
  path: string
  summary: string
  who: Who
  audit?: AuditKind
  idempotency?: Idempotency
  status?: 200 | 201 | 204
  bodyLimitBytes?: number
  params?: P
  query?: Q
  body?: B
  output: O
  refusals?: readonly string[]
}

/** Completes a contract with the defaults: a GET is not audited, all else is a `change` with a stored reply. */
export function defineOperation<
  O extends TSchema,
  P extends TSchema = None,
  Q extends TSchema = None,
  B extends TSchema = None,
>(draft: Draft<P, Q, B, O>): OperationContract<P, Q, B, O> {
  return {
    audit: draft.method === 'GET' ? 'none' : 'change',
    idempotency: 'stored',
    status: 200,
    refusals: [],
    ...draft,
    params: (draft.params ?? none) as P,
    query: (draft.query ?? none) as Q,
    body: (draft.body ?? none) as B,
  }
}

export type ParamsOf<C extends OperationContract> = Static<C['params']>
export type QueryOf<C extends OperationContract> = Static<C['query']>
export type BodyOf<C extends OperationContract> = Static<C['body']>
export type OutputOf<C extends OperationContract> = Static<C['output']>

/** A refusal code and the HTTP status it is told with. Codes are `module/what-is-wrong`. */
export type RefusalCatalogue = Readonly<
  Record<string, 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 429 | 503>
>

/** Words for each refusal code, complete by type: a code without words does not compile. */
export type RefusalWords<C extends RefusalCatalogue> = {
  readonly [K in keyof C]: { readonly zh: string; readonly en: string }
}

/** Schemas that many contracts share. */
export const Id = Type.String({ format: 'uuid', description: 'UUIDv7' })
export const Instant = Type.String({ format: 'date-time', description: 'an instant, ISO 8601 with offset' })
export const Day = Type.String({
  format: 'date',
  description: 'a day, YYYY-MM-DD, of the street’s time zone',
})
export const Cursor = Type.String({ maxLength: 512 })
export const IdParams = Type.Object({ id: Id }, { additionalProperties: false })
export const Nothing = Type.Object({}, { additionalProperties: false })

/** Or null; TypeBox has no short name for it. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A list of string literals as a schema: `Words(caseStates)`. */
export const Words = <T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...words] }))

export const xlsxMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The reply is a file of this type. */
export const Bytes = (mediaType: string) => Type.Unsafe<Uint8Array>(Type.Any({ contentMediaType: mediaType }))

/** One keyset page. `nextCursor` is null on the last one. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) })
