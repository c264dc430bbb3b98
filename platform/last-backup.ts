/** When the last backup of this installation ended: noted in its data folder, for doctor and for whoever watches. */
import { readFileSync, renameSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, finding } from './finding.ts'
import { watchLimits } from './watch-limits.ts'

const name = 'last-backup.json'

export interface LastBackup {
  readonly at: Date
  /** Where it was put, and how large it is; not known of backups by the first versions. */
  readonly file?: string
  readonly bytes?: number
}

export function noteBackup(root: string, { at, file, bytes }: LastBackup): void {
  const aside = join(root, `${name}.new`)
  writeFileSync(aside, `${JSON.stringify({ at: at.toISOString(), file, bytes })}\n`, { mode: 0o600 })
  renameSync(aside, join(root, name))
}

/** Undefined when none is known. */
export function lastBackup(root: string): LastBackup | undefined {
  try {
    const { at, file, bytes } = JSON.parse(readFileSync(join(root, name), 'utf8')) as Partial<
      Record<string, unknown>
    >
    const known = new Date(typeof at === 'string' ? at : '')
    if (Number.isNaN(known.getTime())) return undefined
    return {
      at: known,
      ...(typeof file === 'string' ? { file } : {}),
      ...(typeof bytes === 'number' ? { bytes } : {}),
    }
  } catch {
    return undefined
  }
}

export function backupFinding(root: string, at: Date): Finding {
  const last = lastBackup(root)
  const hours = last && (at.getTime() - last.at.getTime()) / 3_600_000
  if (hours !== undefined && hours <= watchLimits.backupLateHours)
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
