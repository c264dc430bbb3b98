/** The HTTP face: fastify with the same pipeline for every operation, problem details, and the guards of a browser. */
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { OperationContract } from '../lib/contract.ts'
import { deviceOf } from '../lib/device.ts'
import type { Actor } from './actor.ts'
import type { ChangeLimit } from './change-limit.ts'
import type { Clock } from './clock.ts'
import type { Pool } from './db.ts'
import { contentDisposition } from './download.ts'
import { openApiDocument } from './openapi.ts'
import { type Operation, runOperation } from './operation.ts'
import { type Problem, problemOf } from './problem.ts'
import { Refusal } from './refusal.ts'
import type { HttpContext, HttpSettings, ServerModule } from './server-module.ts'
import type { Services } from './services.ts'
import { checkText, validatorFor } from './validation.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name of the operation, for figures and logs. */
    operation?: string
  }
}

export interface HttpServerOptions {
  pool: Pool
  services: Services
  clock: Clock
  settings: HttpSettings
  modules: readonly ServerModule[]
  /** `inUse: false` for a look that is no act of a person: it does not keep the session from going idle. */
  authenticate(token: string, at: Date, inUse?: boolean): Promise<Actor | undefined>
  /** Refuses who changes things too often; see change-limit.ts. */
  limitChanges?: ChangeLimit
}

const bodyLimitBytes = 256 * 1024

/** Builds the server; the caller listens and closes. */
export async function buildHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { settings } = options
  const app = fastify({
    logger: loggerOptions(settings.logLevel),
    bodyLimit: bodyLimitBytes,
    // One hop: what stands further left in X-Forwarded-For was written by the caller.
    trustProxy: settings.trustProxy ? (_address: string, hop: number) => hop < 1 : false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // An address that is none, or an id longer than any: nothing lies there.
    frameworkErrors: (_error, request, reply) => {
      sendProblem(reply, problemTo(new Refusal('platform/not-found'), [], request))
    },
    clientErrorHandler: refuseBrokenRequest,
  })
  // Forms of other sites can send plain text; an act is JSON.
  app.removeContentTypeParser('text/plain')
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: settings.publicUrl?.startsWith('https:') ?? false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.setValidatorCompiler(({ schema, httpPart }) => validatorFor(schema, httpPart))
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  closePromptly(app)
  guardAgainstForeignSites(app)
  tellProblems(app, options.modules)
  const context = httpContext(options)
  for (const module of options.modules) {
    for (const op of module.operations) addRoute(app, context, op)
    module.routes?.(app, context)
  }
  const document = openApiDocument(options.modules)
  app.get('/api/openapi.json', async () => document)
  return app
}

/** Structured logs; what could name a person or open a session is taken out before it is written. */
function loggerOptions(level: string) {
  return {
    level,
    redact: ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'],
    serializers: {
      // The path only: a query could hold what a person typed.
      req: (request: FastifyRequest) => ({
        method: request.method,
        path: request.url.split('?')[0],
        id: request.id,
      }),
    },
  }
}

/** A connection whose answer left an instant ago counts as busy when the server closes, and would then be kept for its whole time. */
function closePromptly(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    if (!app.server.listening) return
    const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
    sweep.unref()
    app.server.once('close', () => clearInterval(sweep))
  })
}

/** A change must come from our own pages: browsers say so, and programs send neither header. */
function guardAgainstForeignSites(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    if (request.method === 'GET' || request.method === 'HEAD') return
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new Refusal('platform/foreign-origin')
    const origin = request.headers.origin
    if (origin !== undefined && !sameHost(origin, request.headers.host))
      throw new Refusal('platform/foreign-origin')
  })
}

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

/** Not allowed, from another site, or too often. Rule: OWASP ASVS 5.0, 16.3.2 and 16.3.3. */
const suspicious: ReadonlySet<number> = new Set([403, 429])

function tellProblems(app: FastifyInstance, modules: readonly ServerModule[]): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemTo(error, modules, request)
    if (problem.status >= 500 && problem.code === 'platform/fault') request.log.error({ err: error }, 'fault')
    // Somebody must bring it back, and the words name it.
    else if (problem.code === 'platform/file-missing')
      request.log.error(
        { code: problem.code, operation: request.routeOptions.config?.operation },
        problem.detail,
      )
    // Who tries what is not theirs, or without end, is seen by whoever watches the log.
    else if (suspicious.has(problem.status))
      request.log.warn({ code: problem.code, operation: request.routeOptions.config?.operation }, 'refused')
    return sendProblem(reply, problem)
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, problemTo(new Refusal('platform/not-found'), modules, request)),
  )
}

const problemTo = (error: unknown, modules: readonly ServerModule[], request: FastifyRequest): Problem =>
  problemOf(error, modules, request.headers['accept-language'], request.id)

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { retryAfterSeconds, ...body } = problem
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return reply.code(problem.status).type(problemType).send(JSON.stringify(body))
}

const problemType = 'application/problem+json'

/** What came is no HTTP, or its headers are larger than any browser's: no request, so the answer is written by hand. */
function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const body = JSON.stringify(problemOf(new Refusal('platform/invalid-input'), [], undefined, randomUUID()))
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
  socket.end(`${head}\r\n\r\n${body}`)
}

function cookieName(settings: HttpSettings): string {
  return settings.publicUrl?.startsWith('https:') ? '__Host-linli' : 'linli'
}

function httpContext(options: HttpServerOptions): HttpContext {
  return {
    pool: options.pool,
    services: options.services,
    clock: options.clock,
    settings: options.settings,
    authenticate: options.authenticate,
    limitChanges: options.limitChanges,
    async actorOf(request, inUse) {
      const token = request.cookies[cookieName(options.settings)]
      const actor = token ? await options.authenticate(token, options.clock.now(), inUse) : undefined
      if (!actor) throw new Refusal('platform/not-signed-in')
      return actor
    },
  }
}

function addRoute(app: FastifyInstance, context: HttpContext, op: Operation): void {
  const { contract } = op
  const secure = context.settings.publicUrl?.startsWith('https:') ?? false
  const name = cookieName(context.settings)
  const checkReply = context.settings.checkReplies ? validatorFor(contract.output, 'response') : undefined
  app.route({
    method: contract.method,
    url: contract.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: routeSchema(contract),
    config: { operation: contract.name },
    ...(contract.bodyLimitBytes === undefined ? {} : { bodyLimit: contract.bodyLimitBytes }),
    handler: async (request, reply: FastifyReply) => {
      checkText(request.body, request.query, request.params)
      const at = context.clock.now()
      const token = request.cookies[name]
      const actor = token && contract.who !== 'anyone' ? await context.authenticate(token, at) : undefined
      if (contract.method !== 'GET') await context.limitChanges?.(actor, request.ip, at)
      const result = await runOperation(
        context,
        op,
        {
          params: request.params,
          query: request.query,
          body: request.body ?? {},
          actor,
          requestId: request.id,
          idempotencyKey: idempotencyKey(request),
          ifMatch: ifMatch(request),
          remoteAddress: request.ip,
          sessionToken: token,
          device: deviceOf(request.headers['user-agent']),
          sendAs: ({ name: fileName, mediaType }) => {
            reply.type(mediaType).header('content-disposition', contentDisposition('attachment', fileName))
          },
          setSessionCookie: (next, lifeSeconds) => {
            if (next === null) reply.clearCookie(name, { path: '/', httpOnly: true, sameSite: 'lax', secure })
            else
              reply.setCookie(name, next, {
                path: '/',
                httpOnly: true,
                sameSite: 'lax',
                secure,
                ...(lifeSeconds === undefined ? {} : { maxAge: lifeSeconds }),
              })
          },
        },
        at,
      )
      if (checkReply && !checkReply(JSON.parse(JSON.stringify(result))))
        throw new Error(
          `${contract.name} answered what its contract does not say: ${JSON.stringify(checkReply.errors)}`,
        )
      return reply.code(contract.status).send(result)
    },
  })
}

function routeSchema(contract: OperationContract) {
  const schema: Record<string, unknown> = { params: contract.params, querystring: contract.query }
  if (contract.method !== 'GET' && contract.method !== 'DELETE') schema.body = contract.body
  return schema
}

/** 8 to 100 plain characters; any other is as good as none. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const value = request.headers['idempotency-key']
  return typeof value === 'string' && /^[A-Za-z0-9_-]{8,100}$/.test(value) ? value : undefined
}

function ifMatch(request: FastifyRequest): number | undefined {
  const value = /^"?(\d{1,9})"?$/.exec(request.headers['if-match'] ?? '')?.[1]
  return value === undefined ? undefined : Number(value)
}
