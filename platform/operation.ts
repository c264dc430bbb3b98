/**
 * An operation: a contract and what it does. The pipeline around it is the same for all:
 * parse → authenticate → authorise → one transaction (key, work, audit, events, jobs) → reply.
 */
import { createHash } from 'node:crypto'
import type { BodyOf, OperationContract, OutputOf, ParamsOf, QueryOf } from '../lib/contract.ts'
import { newId } from '../lib/ids.ts'
import { type Actor, systemActor } from './actor.ts'
import { tellCommitted } from './committed.ts'
import { connectionBeside, inTransaction, type Pool, type Tx } from './db.ts'
import { narrowestPost } from './narrowest-post.ts'
import { keepReadTraces, type ReadTrace } from './read-trail.ts'
import { Refusal } from './refusal.ts'
import type { Services } from './services.ts'
import { quoteLiteral } from './sql-quote.ts'

/** What an act leaves in the audit trail besides its own name; ids and codes only. */
export interface AuditNote {
  subjectType?: string
  subjectId?: string
  /** The post that acted; left out, it is the narrowest that lets its holder call the operation. */
  postId?: string | null
  outcome?: string
  detail?: Record<string, unknown>
}

/** Who may hear of an event on a live screen. */
export interface Audience {
  area?: string
  organisations?: readonly string[]
  accounts?: readonly string[]
}

export interface EventNote {
  type: string
  subjectId: string
  audience: Audience
}

export interface SentFile {
  /** In any script, with its ending: 诉求-2026-09-14.xlsx. */
  name: string
  mediaType: string
}

export interface JobNote {
  task: string
  payload: Record<string, unknown>
  runAt: Date
}

/** What reaches the handler of one call. */
export interface Call<C extends OperationContract> {
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: BodyOf<C>
  readonly actor: Actor
  /** The instant of the act, the same for everything that it writes. */
  readonly at: Date
  readonly tx: Tx
  readonly services: Services
  readonly requestId: string
  /** The version that the caller believes current (`If-Match`), if it said one. */
  readonly ifMatch: number | undefined
  /** Where the call comes from, for sign-in limits; never stored as it is. */
  readonly remoteAddress: string
  readonly sessionToken: string | undefined
  /** What the browser says it is, coarsely (see lib/device.ts); null where it is not known. */
  readonly device: string | null
  newId(): string
  /** For numbers taken in short transactions of their own, so that acts do not wait for each other on a counter row. */
  takeNumber<T>(take: (pool: Pool) => Promise<T>): Promise<T>
  /** Replaces the entry that every audited operation writes by a fuller one. Called again, adds another. */
  audit(note: AuditNote): void
  /** For a read that needs no trace: one's own record. */
  skipAudit(): void
  event(note: EventNote): void
  job(note: JobNote): void
  /** For operations of `anyone`: from here on the transaction works in this street as this account. */
  enter(actor: Actor): Promise<void>
  /**
   * Statements that the system does in this same transaction, such as telling every merged petitioner: they reach
   * the whole street below `streetPath` and are written as the system, not as the actor.
   */
  asSystem<T>(streetPath: string, work: () => Promise<T>): Promise<T>
  /** `lifeSeconds` keeps the cookie when the browser closes; without it the cookie goes with the browser. */
  setSessionCookie(token: string | null, lifeSeconds?: number): void
  /** The reply is a file: bytes of this type, which a browser keeps under this name. */
  sendAs(file: SentFile): void
  /** Runs after the transaction has ended, whether or not it was kept: for counters that must survive a refusal. */
  afterwards(work: (pool: Pool) => Promise<void>): void
}

export interface Operation<C extends OperationContract = OperationContract> {
  readonly contract: C
  readonly handle: (call: Call<C>) => Promise<OutputOf<C>>
}

/** Joins a contract and its work; the types of input and output follow from the contract. */
export function operation<C extends OperationContract>(
  contract: C,
  handle: (call: Call<C>) => Promise<OutputOf<C>>,
): Operation {
  return { contract, handle } as unknown as Operation
}

export interface Request {
  params: unknown
  query: unknown
  body: unknown
  actor: Actor | undefined
  requestId: string
  idempotencyKey: string | undefined
  ifMatch: number | undefined
  remoteAddress: string
  sessionToken: string | undefined
  device?: string | null
  sendAs?(file: SentFile): void
  setSessionCookie(token: string | null, lifeSeconds?: number): void
}

const nobody: Actor = {
  kind: 'resident',
  accountId: '00000000-0000-0000-0000-000000000000',
  streetId: 0,
  posts: [],
  scope: { areas: [], organisations: [] },
  roles: [],
  mustEnrolTotp: false,
  sessionId: null,
}

/** Operations that a staff member may call before the one-time password is changed and a required second factor is enrolled. */
const openAtFirstSignIn = new Set([
  'accounts.getSession',
  'accounts.signOut',
  'accounts.beginTotp',
  'accounts.confirmTotp',
  'accounts.changePassword',
])

/** Throws unless the contract's `who` lets this actor call at all. Which rows they reach is decided later. */
export function authorise(contract: OperationContract, actor: Actor | undefined): void {
  if (contract.who === 'anyone') return
  if (actor === undefined) throw new Refusal('platform/not-signed-in')
  if (actor.mustChangePassword && !openAtFirstSignIn.has(contract.name))
    throw new Refusal('platform/new-password-first')
  if (actor.mustEnrolTotp && !openAtFirstSignIn.has(contract.name))
    throw new Refusal('platform/second-factor-first')
  if (contract.who === 'signed-in') return
  if (contract.who === 'staff') {
    if (actor.kind !== 'staff') throw new Refusal('platform/not-for-your-role')
    return
  }
  if (!actor.roles.some((role) => contract.who.includes(role)))
    throw new Refusal('platform/not-for-your-role')
}

interface Notes {
  audit: AuditNote[]
  skipAudit: boolean
  events: EventNote[]
  jobs: JobNote[]
  afterwards: ((pool: Pool) => Promise<void>)[]
}

function requestHash(request: Request): string {
  return createHash('sha256')
    .update(JSON.stringify([request.params, request.body]))
    .digest('base64url')
}

function claimStatement(op: Operation, request: Request, actor: Actor, at: Date): string | undefined {
  if (op.contract.method === 'GET' || op.contract.idempotency === 'unstored') return undefined
  const key = request.idempotencyKey
  if (key === undefined) return undefined
  const values = [actor.accountId, key, op.contract.name, requestHash(request), at.toISOString()].map(
    quoteLiteral,
  )
  return `select claim_idempotency_key(${actor.streetId}, ${values.join(', ')}) as claim`
}

export interface Machine {
  pool: Pool
  services: Services
}

/** Runs one operation to its reply. Throws a Refusal, or a fault that the caller turns into 500. */
export async function runOperation(
  machine: Machine,
  op: Operation,
  request: Request,
  at: Date,
): Promise<unknown> {
  authorise(op.contract, request.actor)
  const { contract } = op
  if (contract.method === 'POST' && request.idempotencyKey === undefined)
    throw new Refusal('platform/idempotency-key-missing')
  const actor = request.actor ?? nobody
  const notes: Notes = { audit: [], skipAudit: false, events: [], jobs: [], afterwards: [] }
  const claim = claimStatement(op, request, actor, at)
  try {
    const answer = await inTransaction(
      machine.pool,
      {
        actor: request.actor,
        readOnly: contract.method === 'GET',
        firstStatement: claim,
      },
      async (tx, first) => {
        const kept = first?.claim as { mismatch?: boolean; reply?: unknown } | null | undefined
        if (kept?.mismatch) throw new Refusal('platform/idempotency-key-reused')
        if (kept) return kept.reply
        const state = { actor }
        const call = makeCall(op, request, { state, at, tx, notes, machine })
        const reply = await op.handle(call)
        if (contract.method !== 'GET')
          finish(tx, op, request, state.actor, at, notes, claim === undefined ? undefined : reply)
        return reply
      },
    )
    if (contract.method === 'GET') await finishRead(machine.pool, op, request, actor, at, notes)
    tellCommitted({ events: notes.events.length > 0, jobs: notes.jobs.length > 0 })
    return answer
  } finally {
    for (const work of notes.afterwards) await work(machine.pool)
  }
}

interface Making {
  state: { actor: Actor }
  at: Date
  tx: Tx
  notes: Notes
  machine: Machine
}

function makeCall(op: Operation, request: Request, making: Making): Call<OperationContract> {
  const { state, at, tx, notes, machine } = making
  return {
    services: machine.services,
    takeNumber: (take) => take(connectionBeside(machine.pool)),
    params: request.params as ParamsOf<OperationContract>,
    query: request.query as QueryOf<OperationContract>,
    body: request.body as BodyOf<OperationContract>,
    get actor() {
      return state.actor
    },
    at,
    tx,
    requestId: request.requestId,
    ifMatch: request.ifMatch,
    remoteAddress: request.remoteAddress,
    sessionToken: request.sessionToken,
    device: request.device ?? null,
    newId: () => newId(at.getTime()),
    audit: (note) => notes.audit.push(note),
    skipAudit: () => {
      notes.skipAudit = true
    },
    event: (note) => notes.events.push(note),
    job: (note) => notes.jobs.push(note),
    enter: async (next) => {
      if (op.contract.who !== 'anyone') throw new Error('only an operation of anyone may enter a street')
      await tx.enter(next)
      state.actor = next
    },
    asSystem: async (streetPath, work) => {
      await tx.enter(systemActor(state.actor.streetId, streetPath))
      const result = await work()
      await tx.enter(state.actor)
      return result
    },
    setSessionCookie: request.setSessionCookie,
    sendAs: (file) => request.sendAs?.(file),
    afterwards: (work) => notes.afterwards.push(work),
  }
}

/**
 * The post that permits the call. Where any signed-in person may call, only the operation knows which of their posts
 * made it theirs, and names it.
 */
function postOf({ who }: OperationContract, actor: Actor): string | null {
  if (actor.kind !== 'staff' || who === 'anyone' || who === 'signed-in') return null
  return narrowestPost(actor, who === 'staff' ? undefined : who)?.id ?? null
}

type AuditRow = Omit<ReadTrace, 'street_id' | 'at' | 'actor_id' | 'request_id'>

function auditRows(op: Operation, request: Request, actor: Actor, at: Date, notes: Notes): AuditRow[] {
  if (op.contract.audit === 'none' || notes.skipAudit || actor.streetId <= 0) return []
  const params = request.params as { id?: string }
  return (notes.audit.length > 0 ? notes.audit : [{}]).map((note) => ({
    id: newId(at.getTime()),
    post_id: note.postId === undefined ? postOf(op.contract, actor) : note.postId,
    operation: op.contract.name,
    subject_type: note.subjectType ?? op.contract.name.split('.')[0],
    subject_id: note.subjectId ?? params.id ?? null,
    outcome: note.outcome ?? 'done',
    detail: note.detail ?? {},
  }))
}

/** A GET writes nothing but its trace, which is kept before anything is shown. */
async function finishRead(
  pool: Pool,
  op: Operation,
  request: Request,
  actor: Actor,
  at: Date,
  notes: Notes,
): Promise<void> {
  if (notes.events.length + notes.jobs.length > 0)
    throw new Error(`${op.contract.name} is a GET: it can announce and schedule nothing`)
  const traces = auditRows(op, request, actor, at, notes).map((row) => ({
    ...row,
    street_id: actor.streetId,
    actor_id: actor.accountId,
    at: at.toISOString(),
    request_id: request.requestId,
  }))
  if (traces.length > 0) await keepReadTraces(pool, traces)
}

/** Reply to keep, audit, events and jobs go with the commit. */
function finish(
  tx: Tx,
  op: Operation,
  request: Request,
  actor: Actor,
  at: Date,
  notes: Notes,
  reply: unknown,
): void {
  const audit = auditRows(op, request, actor, at, notes)
  if (reply === undefined && audit.length === 0 && notes.events.length === 0 && notes.jobs.length === 0)
    return
  tx.finishActAtCommit({
    street: actor.streetId,
    actor: actor.accountId,
    at: at.toISOString(),
    requestId: request.requestId,
    ...(reply === undefined ? {} : { key: request.idempotencyKey, reply }),
    audit,
    events: notes.events.map((note) => ({
      id: newId(at.getTime()),
      type: note.type,
      subject_id: note.subjectId,
      audience: note.audience,
    })),
    jobs: notes.jobs.map((note) => ({
      id: newId(at.getTime()),
      task: note.task,
      payload: note.payload,
      run_at: note.runAt.toISOString(),
    })),
  })
}
