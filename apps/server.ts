/** settings → data folder and database → demo on a first start → modules → listen → close cleanly. */
import { Client } from 'pg'
import { authenticator } from '../modules/accounts/server/index.ts'
import { systemClock } from '../platform/clock.ts'
import { holdServerLock } from '../platform/data-folder.ts'
import { openPool } from '../platform/db.ts'
import { buildHttpServer } from '../platform/http-server.ts'
import { openKeys } from '../platform/keys.ts'
import type { Services } from '../platform/services.ts'
import { readSettings, type Settings } from '../platform/settings.ts'
import { describeRefusal, StartupRefusal } from '../platform/startup-refusal.ts'
import { firstStart } from './first-start.ts'
import { modules } from './modules.ts'
import { openDatabase } from './open-database.ts'
import { smsPort } from './sms-port.ts'

const say = (line: string): void => console.log(line)

async function start(settings: Settings): Promise<() => Promise<void>> {
  const database = await openDatabase(settings, say)
  const closers: (() => Promise<unknown>)[] = [() => database.stop()]
  const close = async () => {
    for (const closer of closers.reverse()) await closer()
  }
  try {
    const keeper = new Client({ connectionString: database.appUrl, application_name: 'linli-server-lock' })
    keeper.on('error', () => {})
    await keeper.connect()
    closers.push(() => keeper.end())
    if (database.embedded) await holdServerLock(keeper)
    const pool = openPool(database.appUrl, 12, 'linli-server')
    closers.push(() => pool.end())
    const keys = openKeys(database.folder.keys)
    const welcome = await firstStart({ pool, keys, settings, say })
    const services: Services = {
      keys,
      sms: smsPort(welcome.demo),
      filesFolder: database.folder.files,
      demo: welcome.demo,
    }
    const app = await buildHttpServer({
      pool,
      services,
      clock: systemClock,
      modules,
      authenticate: authenticator(pool, services),
      settings: {
        publicUrl: settings.publicUrl,
        checkReplies: false,
        logLevel: settings.logLevel,
        trustProxy: settings.trustProxy,
      },
    })
    closers.push(() => app.close())
    await listen(app, settings)
    const port = (app.server.address() as { port: number }).port
    welcome.print(`http://${settings.host}:${port}`)
    return close
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(app: Awaited<ReturnType<typeof buildHttpServer>>, settings: Settings): Promise<void> {
  try {
    await app.listen({ host: settings.host, port: settings.port })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new StartupRefusal(
      'platform/port-taken',
      {
        zh: `端口 ${settings.port} 已被别的程序占用。请换一个，例如 PORT=${settings.port + 1} npm start。`,
        en: `Port ${settings.port} is taken by another program. Use another, for example PORT=${settings.port + 1} npm start.`,
      },
      { cause },
    )
  }
}

try {
  const close = await start(readSettings())
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (closing) return
      closing = true
      say('正在停止…… Stopping…')
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
} catch (error) {
  console.error(error instanceof StartupRefusal ? describeRefusal(error) : error)
  process.exit(1)
}
