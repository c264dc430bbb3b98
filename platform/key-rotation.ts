/** A new encryption key beside the old ones, and the old ones away once nothing is sealed with them any more. */
import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type DataKeys, parseKeys } from './data-folder.ts'
import { newestVersion, sealSeed } from './keys.ts'

/** The keys with a new one that seals from now on; those before it still open. */
export function withNewKey(keys: DataKeys): DataKeys {
  const version = newestVersion(keys)
  return {
    encryption: randomBytes(32).toString('base64'),
    blindIndex: keys.blindIndex,
    cookie: keys.cookie,
    version: version + 1,
    older: { ...keys.older, [version]: keys.encryption },
    seals: sealSeed(keys).toString('base64'),
  }
}

/** Without the earlier keys: what is sealed with them can then be read by nobody. */
export function withoutOlderKeys({ older: _, ...keys }: DataKeys): DataKeys {
  return keys
}

export const olderVersions = (keys: DataKeys): number[] => Object.keys(keys.older ?? {}).map(Number)

/** A look at the folder costs a system call; a key that is a second late still seals with one that opens. */
const lookedAtMs = 1_000

/** For `openKeys`: the keys of the data folder, once they are others than at the last call. */
export function keysOfFolder(root: string, nowMs: () => number = () => performance.now()) {
  const path = join(root, 'keys.json')
  const marked = () => {
    const { mtimeMs, ino } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, ino: 0 }
    return `${ino} ${mtimeMs}`
  }
  let mark = marked()
  let lookedMs = Number.NEGATIVE_INFINITY
  return (): DataKeys | undefined => {
    if (nowMs() - lookedMs < lookedAtMs) return undefined
    lookedMs = nowMs()
    const next = marked()
    if (next === mark) return undefined
    const keys = parseKeys(readFileSync(path, 'utf8'), path)
    mark = next
    return keys
  }
}

/** When the keys of the folder were last put in place. */
export const keysWrittenAt = (root: string): Date => statSync(join(root, 'keys.json')).mtime
