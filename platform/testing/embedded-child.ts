/**
 * A process that starts the embedded server and then waits to be killed: `embedded-child.ts DATA_DIR`. It prints
 * progress lines and then one line of JSON with `socketDir`, `pid`, `adopted` and `dataDir`, or `refusal`. A line
 * on its standard input makes it stop the server and end.
 */
import { startEmbeddedPostgres } from '../embedded-postgres.ts'
import { StartupRefusal } from '../startup-refusal.ts'

const say = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`)

try {
  const server = await startEmbeddedPostgres({
    dataDir: process.argv[2] ?? '',
    log: (line) => process.stdout.write(`${line}\n`),
    fsync: false,
  })
  say({ socketDir: server.socketDir, pid: server.pid(), adopted: server.adopted, dataDir: server.dataDir })
  process.stdin.once('data', async () => {
    say({ stop: await server.stop() })
    process.exit(0)
  })
} catch (error) {
  say({ refusal: error instanceof StartupRefusal ? error.code : String(error) })
  process.exit(1)
}
