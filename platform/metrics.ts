/**
 * `/metrics` for Prometheus: how long operations take, by name, how the pool stands, how late events are told, and what
 * waits behind (metrics-operations.ts). Figures of the machine only: no account and no person is a label.
 */
import type { FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { quiet } from './health.ts'
import { type OperationFigures, type OperationsWatch, watchOperations } from './metrics-operations.ts'
import { type RecentRequests, recentRequests } from './recent-requests.ts'
import { Refusal } from './refusal.ts'
import type { ServerModule } from './server-module.ts'

export interface Metrics {
  /** Give it to the server as a module. */
  module: ServerModule
  /** For eventsModule: the age of an event when it is told. */
  observeEventLag(seconds: number): void
  /** For the worker: a job that failed, by task. */
  countJobFault(task: string): void
  registry: Registry
  /** How the last minutes went. */
  recent: RecentRequests
  /** What waits behind; left out without `watch`. */
  figures?: () => Promise<OperationFigures>
  /** Files of the database that were not on the disk when they were asked for, since the start. */
  missingFiles(): Promise<number>
}

/** `isPublic`: answer others than this machine too (LINLI_METRICS=public). `watch`: also what an operator looks at. */
export function createMetrics(isPublic: boolean, watch?: OperationsWatch): Metrics {
  const registry = new Registry()
  const figures = watch && watchOperations(registry, watch)
  const recent = recentRequests()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'linli_request_seconds',
    help: 'Time from the first byte of a request to the end of its reply',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const lag = new Histogram({
    name: 'linli_event_lag_seconds',
    help: 'Age of an event when it is told to live screens',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30],
    registers: [registry],
  })
  const faults = new Counter({
    name: 'linli_job_faults_total',
    help: 'Jobs that failed; each is tried again',
    labelNames: ['task'],
    registers: [registry],
  })
  const missing = new Counter({
    name: 'linli_missing_files_total',
    help: 'Photos and papers of the database that were asked for and are not on the disk',
    registers: [registry],
  })
  return {
    registry,
    recent,
    ...(figures ? { figures } : {}),
    missingFiles: async () => (await missing.get()).values[0]?.value ?? 0,
    observeEventLag: (seconds) => lag.observe(seconds),
    countJobFault: (task) => faults.inc({ task }),
    module: {
      name: 'metrics',
      operations: [],
      refusals: {},
      words: {},
      routes: (app, http) => {
        new Gauge({
          name: 'linli_pool_connections',
          help: 'Connections to the database, and requests that wait for one',
          labelNames: ['state'],
          registers: [registry],
          collect() {
            this.set({ state: 'busy' }, http.pool.totalCount - http.pool.idleCount)
            this.set({ state: 'idle' }, http.pool.idleCount)
            this.set({ state: 'waiting' }, http.pool.waitingCount)
          },
        })
        app.addHook('onResponse', async (request, reply) => {
          durations.observe(
            { operation: operationOf(request), status: `${Math.floor(reply.statusCode / 100)}xx` },
            reply.elapsedTime / 1000,
          )
          const { operation } = request.routeOptions.config ?? {}
          // A stream is open for as long as its screen, and a page of the site costs the database nothing.
          if (operation && operation !== 'events.stream')
            recent.note(reply.elapsedTime / 1000, reply.statusCode)
          // 410 is said of files that are not on the disk, and of nothing else.
          if (reply.statusCode === 410) missing.inc()
        })
        app.get('/metrics', { logLevel: quiet(app) }, async (request, reply) => {
          if (!isPublic && !fromThisMachine(request)) throw new Refusal('platform/not-found')
          return reply.type(registry.contentType).send(await registry.metrics())
        })
      },
    },
  }
}

/** Paths are not labels as they are typed: anyone could fill the memory with new ones. */
function operationOf(request: FastifyRequest): string {
  const { config, url } = request.routeOptions
  return config?.operation ?? url ?? 'none'
}

/** Asked from this machine itself, and not handed on by a proxy on it. */
function fromThisMachine(request: FastifyRequest): boolean {
  const { headers, socket } = request
  if (headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip']) return false
  return /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
}
