/** settings → data folder and database → demo on a first start → modules → listen → close cleanly. */
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { authenticator } from '../modules/accounts/server/index.ts'
import { chatFromEnvironment } from '../modules/messages/server/index.ts'
import { changeLimit } from '../platform/change-limit.ts'
import { systemClock } from '../platform/clock.ts'
import { holdServerLock } from '../platform/data-folder.ts'
import { openPool } from '../platform/db.ts'
import { draftsFromEnvironment } from '../platform/drafts.ts'
import { eventsModule } from '../platform/events.ts'
import { filesModule } from '../platform/files.ts'
import { healthModule } from '../platform/health.ts'
import { buildHttpServer } from '../platform/http-server.ts'
import { watchInstallation } from '../platform/installation.ts'
import { startWorker, type Worker, type WorkerOptions } from '../platform/jobs-worker.ts'
import { openKeys } from '../platform/keys.ts'
import { createMetrics } from '../platform/metrics.ts'
import { willPass } from '../platform/problem.ts'
import { sealPortFromEnvironment } from '../platform/seal-ports.ts'
import type { Services } from '../platform/services.ts'
import { readSettings, type Settings, version } from '../platform/settings.ts'
import { smsFromEnvironment } from '../platform/sms.ts'
import { describeRefusal, StartupRefusal } from '../platform/startup-refusal.ts'
import { staticSite } from '../platform/static-site.ts'
import { calendarFinding, examineAll, examinedOf } from './cli/run-doctor.ts'
import { firstStart } from './first-start.ts'
import { jobModules, modules } from './modules.ts'
import { type OpenDatabase, openDatabase, renewedKeys } from './open-database.ts'

const say = (line: string): void => console.log(line)

/** What was opened, closed in the opposite order; also when a start is broken off half-way. */
const opened: (() => Promise<unknown>)[] = []
let closing: Promise<void> | undefined

function close(): Promise<void> {
  closing ??= (async () => {
    for (const closer of opened.reverse()) await closer()
  })()
  return closing
}

async function start(settings: Settings): Promise<void> {
  await refuseTakenPort(settings)
  const database = await openDatabase(settings, say)
  opened.push(() => database.stop())
  const keeper = new Client({ connectionString: database.appUrl, application_name: 'linli-server-lock' })
  keeper.on('error', () => {})
  await keeper.connect()
  opened.push(() => keeper.end())
  if (database.embedded) await holdServerLock(keeper)
  const pool = openPool(database.appUrl, 12, 'linli-server')
  opened.push(() => pool.end())
  const keys = openKeys(database.folder.keys, renewedKeys(settings, database))
  const welcome = await firstStart({ pool, keys, settings, say })
  const chat = chatFromEnvironment(process.env)
  const drafts = draftsFromEnvironment(process.env)
  const seals = sealPortFromEnvironment(process.env)
  const services: Services = {
    keys,
    sms: smsFromEnvironment(process.env, { demo: welcome.demo, dataFolder: database.folder.root, say }),
    ...(chat ? { chat } : {}),
    ...(drafts ? { drafts } : {}),
    ...(seals ? { seals } : {}),
    filesFolder: database.folder.files,
    publicUrl: settings.publicUrl ?? `http://${settings.host}:${settings.port}`,
    demo: welcome.demo,
  }
  const watchPool = openPool(database.workerUrl, 1, 'linli-watch')
  opened.push(() => watchPool.end())
  const metrics = createMetrics(settings.metricsPublic, {
    pool: watchPool,
    root: database.folder.root,
    clock: systemClock,
  })
  if (metrics.figures)
    services.installation = watchInstallation({
      version,
      startedAt: systemClock.now(),
      root: database.folder.root,
      clock: systemClock,
      figures: metrics.figures,
      recent: metrics.recent,
      missingFiles: metrics.missingFiles,
      examine: () => examineAll(examinedOf(settings, database)),
    })
  const app = await buildHttpServer({
    pool,
    services,
    clock: systemClock,
    modules: [
      metrics.module,
      healthModule,
      filesModule,
      eventsModule({ onLag: metrics.observeEventLag }),
      ...modules,
      staticSite(webFolder()),
    ],
    limitChanges: changeLimit(pool, keys),
    authenticate: authenticator(pool, services),
    settings: {
      publicUrl: settings.publicUrl,
      checkReplies: false,
      logLevel: settings.logLevel,
      trustProxy: settings.trustProxy,
    },
  })
  opened.push(() => app.close())
  if (closing) return
  await app.listen({ host: settings.host, port: settings.port })
  const { port } = app.server.address() as AddressInfo
  welcome.print(`http://${settings.host}:${port}`)
  void warnOfCalendar(database.appUrl)
  if (settings.runJobs) await work(database, services, metrics.countJobFault)
}

/**
 * A year without its days off is told loudly at the start and refuses nothing: deadlines are then counted Monday to Friday and again once
 * the list is imported, which needs a running server; closing the street's doors on the first of January would help nobody.
 */
async function warnOfCalendar(appUrl: string): Promise<void> {
  // Without an answer of the database there is nothing to tell; the page of the installation asks again.
  const found = await calendarFinding(appUrl, systemClock.now()).catch(() => undefined)
  if (found === undefined) return
  const { state, zh, en } = found
  if (state === 'fail') say(`\n⚠ ${zh}\n  ${en}\n`)
}

/** Jobs run in this process unless apps/worker.ts runs them apart (LINLI_JOBS=apart). */
async function work(
  database: OpenDatabase,
  services: Services,
  count: (task: string) => void,
): Promise<void> {
  const starting = startPatiently({
    workerUrl: database.workerUrl,
    ownerUrl: database.ownerUrl,
    clock: systemClock,
    services,
    modules: jobModules,
    onError: (error, task) => {
      count(task)
      console.error(`job ${task}:`, error)
    },
  })
  // Its first jobs run while it starts: told to stop meanwhile, the database goes only after they ended.
  opened.push(async () => (await starting.catch(() => undefined))?.stop())
  await starting
}

const mostRefused = 5

/** People are served by then: a database that goes away while the jobs start is waited for, not died of. */
async function startPatiently(options: WorkerOptions): Promise<Worker | undefined> {
  // A probe that met a broken wire looks like one that may not run: that is only believed when it says so again and again.
  let refused = 0
  while (!closing)
    try {
      return await startWorker(options)
    } catch (error) {
      refused = error instanceof StartupRefusal ? refused + 1 : 0
      if (refused > mostRefused || (refused === 0 && !willPass(error))) throw error
      options.onError(error, 'platform.start')
      await delay(1_000)
    }
  return undefined
}

/** Beside the bundle in a built system, under dist in development. */
function webFolder(): string {
  const built = fileURLToPath(new URL('./web', import.meta.url))
  return existsSync(built) ? built : fileURLToPath(new URL('../dist/web', import.meta.url))
}

/** Before anything is made: a first start takes a while, and nobody wants to hear of the port at its end. */
async function refuseTakenPort({ host, port }: Settings): Promise<void> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen({ host, port }, resolve)
    })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new StartupRefusal(
      'platform/port-taken',
      {
        zh: `端口 ${port} 已被别的程序占用。请换一个，例如 PORT=${port + 1} npm start。`,
        en: `Port ${port} is taken by another program. Use another, for example PORT=${port + 1} npm start.`,
      },
      { cause },
    )
  } finally {
    probe.close()
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (!closing) say('正在停止…… Stopping…')
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })

try {
  await start(readSettings())
} catch (error) {
  // Told to stop in the middle of a start: whatever was cut off by that is no fault, and the signal's own exit follows.
  if (!closing) {
    console.error(error instanceof StartupRefusal ? describeRefusal(error) : error)
    await close()
    process.exit(1)
  }
}
