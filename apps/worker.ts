/** Jobs alone, beside servers that run with LINLI_JOBS=apart. It takes no server lock and serves no page. */
import { chatFromEnvironment } from '../modules/messages/server/index.ts'
import { systemClock } from '../platform/clock.ts'
import { startWorker } from '../platform/jobs-worker.ts'
import { openKeys } from '../platform/keys.ts'
import { sealPortFromEnvironment } from '../platform/seal-ports.ts'
import { readSettings } from '../platform/settings.ts'
import { smsFromEnvironment } from '../platform/sms.ts'
import { describeRefusal, StartupRefusal } from '../platform/startup-refusal.ts'
import { jobModules } from './modules.ts'
import { openDatabase, renewedKeys } from './open-database.ts'

const say = (line: string): void => console.log(line)

try {
  const settings = readSettings()
  const database = await openDatabase(settings, say)
  const chat = chatFromEnvironment(process.env)
  const seals = sealPortFromEnvironment(process.env)
  const worker = await startWorker({
    workerUrl: database.workerUrl,
    ownerUrl: database.ownerUrl,
    clock: systemClock,
    services: {
      keys: openKeys(database.folder.keys, renewedKeys(settings, database)),
      sms: smsFromEnvironment(process.env, { demo: false, dataFolder: database.folder.root, say }),
      ...(chat ? { chat } : {}),
      ...(seals ? { seals } : {}),
      filesFolder: database.folder.files,
      ...(settings.publicUrl ? { publicUrl: settings.publicUrl } : {}),
      demo: false,
    },
    modules: jobModules,
    onError: (error, task) => console.error(`job ${task}:`, error),
  })
  say('后台任务已开始。 Jobs are running.')
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, async () => {
      await worker.stop()
      await database.stop()
      process.exit(0)
    })
} catch (error) {
  console.error(error instanceof StartupRefusal ? describeRefusal(error) : error)
  process.exit(1)
}
