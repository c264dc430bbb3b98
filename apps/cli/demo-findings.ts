/** Whether something of a demo lies where real work is done: its passwords, or a demo street that others can reach. */
import { sql } from 'kysely'
import { accountsWithKnownPassword } from '../../modules/accounts/server/index.ts'
import { inTransaction, openPool } from '../../platform/db.ts'
import { type Finding, finding } from '../../platform/finding.ts'

/** Passwords that stand in guides, scripts and tests of this program, and what the environment says. */
const shownPasswords = ['Linli-Demo-2026', 'Linli-Test-2026']

export interface DemoNeeds {
  appUrl: string
  host: string
  publicUrl: string | undefined
  demoPassword: string | undefined
}

export async function demoFindings(needs: DemoNeeds): Promise<Finding[]> {
  const pool = openPool(needs.appUrl, 1, 'linli-doctor')
  try {
    return await inTransaction(pool, { actor: undefined, readOnly: true }, async (tx) => {
      const demo = await tx.maybe(sql`select 1 from streets where demo limit 1`)
      const passwords = [...shownPasswords, ...(needs.demoPassword ? [needs.demoPassword] : [])]
      return [reachable(needs, demo !== undefined), known(await accountsWithKnownPassword(tx, passwords))]
    })
  } finally {
    await pool.end()
  }
}

function known(usernames: readonly string[]): Finding {
  if (usernames.length === 0)
    return finding('passwords', 'ok', '没有账号在用示范密码。', 'No account uses a password of the demo.')
  return finding(
    'passwords',
    'fail',
    `账号 ${usernames.join('、')} 还在用示范密码，人人都能登录：请马上重置。`,
    `The accounts ${usernames.join(', ')} still use a password of the demo, with which anybody signs in: reset them now.`,
  )
}

function reachable({ host, publicUrl }: DemoNeeds, demo: boolean): Finding {
  const open = !['127.0.0.1', 'localhost', '::1'].includes(host) || publicUrl !== undefined
  if (!demo || !open)
    return finding(
      'demo',
      'ok',
      demo ? '示范街道只在本机可见。' : '没有示范街道。',
      demo ? 'The demo street is open to this machine only.' : 'There is no demo street.',
    )
  return finding(
    'demo',
    'warn',
    '示范街道对其他机器开放：居民验证码是 000000、没有二次验证。请勿放真实信息，正式使用请另建一套。',
    'A demo street is open to other machines: residents’ code is 000000 and there is no second factor. Keep no real data in it; real work needs an installation of its own.',
  )
}
