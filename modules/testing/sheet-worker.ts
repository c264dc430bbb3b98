/**
 * A worker that puts sheets in until it is killed: `sheet-worker.ts WORKER_URL INSTANT`. Its clock stands at the
 * instant, so that whoever starts it anew decides how much time has passed.
 */
import { startWorker } from '../../platform/jobs-worker.ts'
import { openKeys } from '../../platform/keys.ts'
import { sheetsJobs } from '../sheets/server/index.ts'

const [, , workerUrl = '', instant = ''] = process.argv
const at = new Date(instant)
await startWorker({
  workerUrl,
  clock: { now: () => at },
  services: {
    keys: openKeys({
      encryption: Buffer.alloc(32, 1).toString('base64'),
      blindIndex: Buffer.alloc(32, 2).toString('base64'),
    }),
    sms: { name: 'log', send: async () => {} },
    filesFolder: '',
    demo: false,
  },
  modules: [sheetsJobs],
  onError: (error) => console.error(error),
  pollMs: 20,
})
