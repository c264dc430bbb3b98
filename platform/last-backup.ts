/** When the last backup of this installation ended: noted in its data folder, for doctor and for whoever watches. */
import { readFileSync, renameSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, finding } from './finding.ts'

const name = 'last-backup.json'
/** A night may be missed by half a day, not by a whole one. */
const lateAfterHours = 36

export function noteBackup(root: string, at: Date): void {
  const aside = join(root, `${name}.new`)
  writeFileSync(aside, `${JSON.stringify({ at: at.toISOString() })}\n`, { mode: 0o600 })
  renameSync(aside, join(root, name))
}

/** Undefined when none is known. */
export function lastBackup(root: string): Date | undefined {
  try {
    const { at } = JSON.parse(readFileSync(join(root, name), 'utf8')) as { at?: string }
    const known = new Date(at ?? '')
    return Number.isNaN(known.getTime()) ? undefined : known
  } catch {
    return undefined
  }
}

export function backupFinding(root: string, at: Date): Finding {
  const last = lastBackup(root)
  const hours = last && (at.getTime() - last.getTime()) / 3_600_000
  if (hours !== undefined && hours <= lateAfterHours)
    return finding('backup', 'ok', '最近有备份。', 'There is a recent backup.')
  return finding(
    'backup',
    'warn',
    hours === undefined
      ? '还没有做过备份：请设定每晚 linli backup，并把文件拷到另一台机器。'
      : `上次备份是 ${Math.round(hours)} 小时以前：请看定时备份是否在运行。`,
    hours === undefined
      ? 'There is no backup yet: let linli backup run every night, and copy the file to another machine.'
      : `The last backup is ${Math.round(hours)} hours old: see whether the nightly one runs.`,
  )
}

/** Bytes free, and in all, where the data lies. */
export function diskOf(root: string): { free: number; size: number } {
  const { bavail, blocks, bsize } = statfsSync(root)
  return { free: bavail * bsize, size: blocks * bsize }
}
