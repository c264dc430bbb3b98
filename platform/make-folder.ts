/** Making a folder, and the one sentence for when that is impossible. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartupRefusal } from './startup-refusal.ts'

/**
 * Makes a folder and those above it. Throws the system's error when that is impossible; Node's own recursive mkdir
 * never comes back from some of the system's folders (`/proc/x`).
 */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** The refusal for a folder or file that cannot be written. */
export function unwritable(path: string, cause: unknown): StartupRefusal {
  return new StartupRefusal(
    'platform/unwritable-folder',
    {
      zh: `无法写入 ${path}：请检查它的权限和磁盘空间，或用 LINLI_DATA 指定另一个目录。`,
      en: `${path} cannot be written: check its permissions and the space left, or name another folder with LINLI_DATA.`,
    },
    { cause },
  )
}
