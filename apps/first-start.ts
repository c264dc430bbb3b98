/** The first start of an empty database: the demo street, or an empty system; and the words that greet each start. */
import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { demoIsUnfinished, loadDemo } from '../demo/load-demo.ts'
import { dayOf } from '../lib/time.ts'
import { inTransaction, type Pool } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import type { Settings } from '../platform/settings.ts'
import type { Say } from './open-database.ts'

export interface Welcome {
  demo: boolean
  print(address: string): void
}

interface FirstStart {
  pool: Pool
  keys: Keys
  settings: Settings
  say: Say
}

interface StreetLine {
  code: string
  name: string
  demo: boolean
}

/** Letters and digits that no one confuses when reading them from a screen. */
function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return `Linli-${group()}-${group()}7`
}

const listStreets = (pool: Pool) =>
  inTransaction(pool, { actor: undefined }, (tx) =>
    tx.many(sql<StreetLine>`select code, name, demo from streets order by street_id`),
  )

export async function firstStart({ pool, keys, settings, say }: FirstStart): Promise<Welcome> {
  let password: string | undefined
  if (settings.demo && ((await listStreets(pool)).length === 0 || (await demoIsUnfinished(pool)))) {
    password = settings.demoPassword ?? makePassword()
    await loadDemo({ pool, keys, today: settings.demoToday ?? dayOf(new Date()), password, say })
  }
  const streets = await listStreets(pool)
  const demo = streets.some((street) => street.demo)
  return { demo, print: (address) => greet({ address, streets, demo, password, say }) }
}

interface Greeting {
  address: string
  streets: readonly StreetLine[]
  demo: boolean
  password: string | undefined
  say: Say
}

function greet({ address, streets, demo, password, say }: Greeting): void {
  say('')
  say(`Linli 邻里  ${address}/`)
  say(`  工作台 console          ${address}/console/`)
  say(`  居民与网格员 residents   ${address}/m/`)
  say(`  接口 API                ${address}/api/docs`)
  if (streets.length === 0) {
    say('')
    say('还没有街道。 No street yet:  npm run linli -- street create <code> <name>')
  }
  if (!demo) return
  say('')
  say('这是示范街道，所有人和事都是编造的；动态口令已关闭，请勿录入真实信息。')
  say(
    'This is the demo street: all people and cases are made up, the second factor is off. Enter nothing real.',
  )
  say('  工作人员 staff: clerk secretary dispatcher duty-head verifier supervisor handler organisation-lead')
  say(
    '                 grid-worker grid-head micro-grid-member viewer system-admin security-admin audit-admin',
  )
  say(
    password
      ? `  密码 password: ${password}  （只显示这一次 shown this once）`
      : '  密码 password: 首次启动时显示过 shown at the first start',
  )
  say('  居民 residents: 13800000001 … 13800000009  验证码 code 000000')
}
