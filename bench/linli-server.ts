/** Our server as a process of its own for a bench. */
import { openPool } from '../platform/db.ts'
import type { KeyMaterial } from '../platform/keys.ts'
import { buildLinli } from './linli-app.ts'

const { BENCH_DATABASE = '', BENCH_KEYS = '{}', BENCH_FILES = '' } = process.env
const pool = openPool(BENCH_DATABASE, 12, 'linli-bench')
const app = await buildLinli(pool, JSON.parse(BENCH_KEYS) as KeyMaterial, BENCH_FILES)
console.log(`listening ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
process.on('SIGTERM', () => {
  app.close().then(() => process.exit(0))
})
