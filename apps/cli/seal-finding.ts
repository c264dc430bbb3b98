/** Whether what was written is sealed, and whether its checkpoints leave this machine. */
import { sql } from 'kysely'
import { systemActor } from '../../platform/actor.ts'
import { inTransaction, openPool } from '../../platform/db.ts'
import { type Finding, finding } from '../../platform/finding.ts'

/** Sealed each hour; twice is patience. */
const sealedWithinHours = 2
const deliveredWithinHours = 24

interface State {
  name: string
  /** The newest audit entry that should be sealed by now. */
  newest: Date | null
  sealed: Date | null
  delivered: Date | null
}

export async function sealFindings(
  appUrl: string,
  at: Date,
  port: 'folder' | 'address' | undefined,
): Promise<Finding[]> {
  const pool = openPool(appUrl, 1, 'linli-doctor')
  try {
    const states = await inTransaction(pool, { actor: undefined, readOnly: true }, async (tx) => {
      const streets = await tx.many(
        sql<{ id: number; name: string }>`select street_id as id, name from streets order by street_id`,
      )
      const due = new Date(at.getTime() - sealedWithinHours * 3_600_000)
      const found: State[] = []
      for (const { id, name } of streets) {
        await tx.enter(systemActor(id, 'none'))
        const state = await tx.one(
          sql<Omit<State, 'name'>>`select
            (select max(at) from audit_entries where street_id = ${id} and at < ${due}) as newest,
            (select max(at) from seal_checkpoints where street_id = ${id}) as sealed,
            (select max(sent_at) from seal_deliveries where street_id = ${id}) as delivered`,
        )
        found.push({ name, ...state })
      }
      return found
    })
    return [sealing(states), leaving(states, at, port)]
  } finally {
    await pool.end()
  }
}

function sealing(states: readonly State[]): Finding {
  const late = states.filter(({ newest, sealed }) => newest && (!sealed || sealed < newest))
  if (late.length === 0)
    return finding(
      'seals',
      'ok',
      '审计、办理记录和积分明细按时封存。',
      'Audit, case entries and ledger are sealed in time.',
    )
  const names = late.map(({ name }) => name)
  return finding(
    'seals',
    'fail',
    `${names.join('、')}有超过 ${sealedWithinHours} 小时的记录还没有封存：请看后台任务是否在运行，再运行 linli verify。`,
    `Entries of ${names.join(', ')} older than ${sealedWithinHours} hours are not sealed: see whether the background jobs run, then run linli verify.`,
  )
}

function leaving(states: readonly State[], at: Date, port: string | undefined): Finding {
  if (port === undefined)
    return finding(
      'checkpoints',
      'warn',
      '封存的检查点没有离开本机：同时掌握数据库和密钥的人重新封存历史，只有在外保存的检查点才看得出。请设置 LINLI_SEAL_FOLDER 或 LINLI_SEAL_URL。',
      'The checkpoints of the seals stay on this machine: whoever holds both database and keys can seal a changed history anew, and only a checkpoint outside shows that. Set LINLI_SEAL_FOLDER or LINLI_SEAL_URL.',
    )
  const since = at.getTime() - deliveredWithinHours * 3_600_000
  const stuck = states.filter(
    ({ sealed, delivered }) => sealed && sealed.getTime() < since && (!delivered || delivered < sealed),
  )
  if (stuck.length === 0)
    return finding(
      'checkpoints',
      'ok',
      '封存的检查点按时送到外面保存。',
      'The checkpoints of the seals leave this machine in time.',
    )
  const names = stuck.map(({ name }) => name)
  return finding(
    'checkpoints',
    'fail',
    `${names.join('、')}的检查点超过 ${deliveredWithinHours} 小时没有送出：请检查接收的文件夹或地址。`,
    `Checkpoints of ${names.join(', ')} have not left this machine for ${deliveredWithinHours} hours: see to the folder or address that takes them.`,
  )
}
