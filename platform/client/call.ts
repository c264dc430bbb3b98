/** Calls an operation by its contract. Types follow from the contract; nothing is generated. */
import type { BodyOf, OperationContract, OutputOf, ParamsOf, QueryOf } from '../../lib/contract.ts'
import { newId } from '../../lib/ids.ts'
import { sendRequest } from './send-request.ts'

/** A part that may be left out altogether when the contract demands nothing of it. */
type Part<Name extends string, Value> =
  Record<never, never> extends Value ? { readonly [K in Name]?: Value } : { readonly [K in Name]: Value }

export type CallInput<C extends OperationContract> = Part<'params', ParamsOf<C>> &
  Part<'query', QueryOf<C>> &
  Part<'body', BodyOf<C>>

export interface CallOptions {
  /** Made for each call unless given; a form that is sent again after ClientOffline gives the same one. */
  readonly idempotencyKey?: string
  /** The row version that the screen shows. */
  readonly ifMatch?: number
  readonly signal?: AbortSignal
}

type Arguments<C extends OperationContract> =
  Record<never, never> extends CallInput<C>
    ? [input?: CallInput<C>, options?: CallOptions]
    : [input: CallInput<C>, options?: CallOptions]

/**
 * Calls one operation and returns its reply. Reads, and acts whose key is stored, are repeated twice on a broken
 * network under the same Idempotency-Key.
 * @throws ClientRefusal when the server says no, ClientOffline when it cannot be reached, the signal's reason when aborted
 */
export async function call<C extends OperationContract>(
  contract: C,
  ...[input, options]: Arguments<C>
): Promise<OutputOf<C>> {
  const { params, query, body } = (input ?? {}) as { params?: unknown; query?: unknown; body?: unknown }
  const { method } = contract
  const headers: Record<string, string> = {}
  // Works over plain http too, where crypto.randomUUID is missing.
  if (method !== 'GET') headers['idempotency-key'] = options?.idempotencyKey ?? newId(Date.now())
  if (options?.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`
  const hasBody = method !== 'GET' && method !== 'DELETE'
  if (hasBody) headers['content-type'] = 'application/json'
  return (await sendRequest({
    method,
    url: callUrl(contract, params as Record<string, unknown>, query as Record<string, unknown>),
    headers,
    repeatable: method === 'GET' || contract.idempotency === 'stored',
    ...(hasBody ? { body: JSON.stringify(body ?? {}) } : {}),
    ...(options?.signal ? { signal: options.signal } : {}),
  })) as OutputOf<C>
}

/**
 * The relative address of a call, also for links and downloads. Parts of the query that are undefined, null or ''
 * are left out.
 * @throws Error when a part of the path is missing
 */
export function callUrl(
  contract: Pick<OperationContract, 'path' | 'name'>,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === null || value === '')
      throw new Error(`${contract.name} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}
