/** `doctor`: every check in one Chinese and one English sentence; the exit code tells whether any failed. */
import { addDays, dayOf, yearOf } from '../../lib/time.ts'
import { type DoctorNeeds, examine } from '../../platform/doctor.ts'
import { onErrand } from '../../platform/errand.ts'
import { type Finding, finding } from '../../platform/finding.ts'
import { backupFinding } from '../../platform/last-backup.ts'
import { sealPortFromEnvironment } from '../../platform/seal-ports.ts'
import type { Settings } from '../../platform/settings.ts'
import { type OpenDatabase, openUnmigrated } from '../open-database.ts'
import type { Command } from './command.ts'
import { demoFindings } from './demo-findings.ts'
import { ledgerFinding } from './ledger-finding.ts'
import { sealFindings } from './seal-finding.ts'

/** Days before a new year from which its missing calendar is told. */
const calendarAhead = 90

export function calendarFinding(url: string, at: Date): Promise<Finding> {
  return onErrand(url, 'linli-doctor', async (client) => {
    const { rows } = await client.query<{ year: number }>('select year from calendar_years')
    const known = new Set(rows.map(({ year }) => year))
    const today = dayOf(at)
    const missing = [...new Set([yearOf(today), yearOf(addDays(today, calendarAhead))])].filter(
      (y) => !known.has(y),
    )
    const [year] = missing
    if (year === undefined || known.size === 0)
      return finding(
        'calendar',
        'ok',
        known.size === 0 ? '还没有街道，因而还没有日历。' : '今后 90 天的放假安排都已导入。',
        known.size === 0 ? 'No street yet, so no calendar.' : 'The holidays of the next 90 days are known.',
      )
    return finding(
      'calendar',
      year === yearOf(today) ? 'fail' : 'warn',
      `${year} 年的放假安排还没有导入，工作日时限会按周一至周五暂算：公布后请导入。`,
      `The holidays of ${year} are not imported, and working-day deadlines are counted Monday to Friday for now: import them when they are announced.`,
    )
  })
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const

export interface Examined extends DoctorNeeds {
  readonly demoPassword: string | undefined
  /** Where checkpoints of the seals go. */
  readonly sealPort: 'folder' | 'address' | undefined
}

/** Every check that this database allows: without its tables only those of the server and the machine. */
export async function examineAll(needs: Examined): Promise<Finding[]> {
  const { appUrl, at, host, publicUrl, demoPassword, sealPort } = needs
  const findings = await examine(needs)
  if (findings.some(({ check, state }) => check === 'migrations' && state !== 'ok')) return findings
  return [
    ...findings,
    await calendarFinding(appUrl, at),
    await ledgerFinding(appUrl),
    backupFinding(needs.folder.root, at),
    ...(await sealFindings(appUrl, at, sealPort)),
    ...(await demoFindings({ appUrl, host, publicUrl, demoPassword })),
  ]
}

/** What the doctor needs of an installation whose database is open. */
export function examinedOf(settings: Settings, database: OpenDatabase): Examined {
  const { host, publicUrl, plainHttpAllowed, demoPassword, databaseOwnerUrl, databaseWorkerUrl } = settings
  return {
    folder: database.folder,
    appUrl: database.appUrl,
    givenUrls: { DATABASE_OWNER_URL: databaseOwnerUrl, DATABASE_WORKER_URL: databaseWorkerUrl },
    host,
    publicUrl,
    plainHttpAllowed,
    demoPassword,
    sealPort: sealPortFromEnvironment(process.env)?.name,
    at: new Date(),
  }
}

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  zh: '检查这套系统：落盘、区域、角色、数据库密码与连接、行级安全、历史、日志、结构、密钥、权限、https、日历、积分账、封存、备份、磁盘、时钟、示范密码',
  en: 'Examine this installation: fsync, locale, role, database passwords and connections, row security, history, logs, schema, keys, permissions, https, calendar, ledger of points, seals, backups, disk, clock, demo passwords',
  async run(call) {
    const database = await openUnmigrated(call.settings, call.say)
    try {
      const findings = await examineAll(examinedOf(call.settings, database))
      const failed = findings.some(({ state }) => state === 'fail')
      return {
        lines: findings.flatMap(({ state, zh, en }) => [`${marks[state]} ${zh}`, `  ${en}`]),
        result: { ok: !failed, findings },
        failed,
      }
    } finally {
      await database.stop()
    }
  },
}
