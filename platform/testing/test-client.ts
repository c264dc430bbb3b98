/** A browser's worth of HTTP for tests: keeps cookies, sends an Idempotency-Key, reads JSON. */
import { randomUUID } from 'node:crypto'
import type { BodyOf, OperationContract, OutputOf, ParamsOf, QueryOf } from '../../lib/contract.ts'
import type { Problem } from '../problem.ts'

export interface Reply<T> {
  status: number
  /** The parsed body; on a refusal the problem, which is then in `problem` too. */
  body: T
  problem: Problem | undefined
  /** The refusal's code; undefined when it was no refusal. */
  code: string | undefined
  headers: Headers
}

export interface Sent {
  headers?: Record<string, string>
  /** Instead of a fresh one. */
  idempotencyKey?: string
  ifMatch?: number
}

type Input<C extends OperationContract> = Sent & {
  params?: ParamsOf<C>
  query?: QueryOf<C>
  body?: BodyOf<C>
}

export interface TestClient {
  /** Cookies by name; set one to be somebody, clear all to be nobody. */
  readonly cookies: Map<string, string>
  /** Calls an operation by its contract. */
  call<C extends OperationContract>(contract: C, input?: Input<C>): Promise<Reply<OutputOf<C>>>
  /** Any request; `body` is sent as JSON. */
  request<T = unknown>(method: string, path: string, body?: unknown, sent?: Sent): Promise<Reply<T>>
  /** Signs in over HTTP as a person would. */
  signInAs(username: string, password: string, totp?: string): Promise<Reply<unknown>>
}

export function client(baseUrl: string): TestClient {
  const cookies = new Map<string, string>()
  const request = async <T>(
    method: string,
    path: string,
    body?: unknown,
    sent: Sent = {},
  ): Promise<Reply<T>> => {
    const headers = new Headers(sent.headers)
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    if (method === 'POST') headers.set('idempotency-key', sent.idempotencyKey ?? randomUUID())
    if (sent.idempotencyKey === '') headers.delete('idempotency-key')
    if (sent.ifMatch !== undefined) headers.set('if-match', `"${sent.ifMatch}"`)
    if (body !== undefined) headers.set('content-type', 'application/json')
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    keepCookies(cookies, response.headers)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    // A file is told by its head: tests that read one fetch it themselves.
    const parsed: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text.slice(0, 100)
    const problem = response.ok ? undefined : (parsed as Problem)
    return {
      status: response.status,
      body: parsed as T,
      problem,
      code: problem?.code,
      headers: response.headers,
    }
  }
  return {
    cookies,
    request,
    call: (contract, input = {}) =>
      request(contract.method, pathOf(contract, input.params, input.query), bodyOf(contract, input), input),
    signInAs: (username, password, totp) =>
      request('POST', '/api/session', { username, password, ...(totp === undefined ? {} : { totp }) }),
  }
}

function bodyOf(contract: OperationContract, input: { body?: unknown }): unknown {
  if (contract.method === 'GET' || contract.method === 'DELETE') return undefined
  return input.body ?? {}
}

function pathOf(contract: OperationContract, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name])),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? path : `${path}?${search}`
}

function keepCookies(cookies: Map<string, string>, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
}
