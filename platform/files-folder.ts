/** Files on disk under the sha256 of their bytes: the same bytes once, and no name that somebody chose. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeThumb } from './files-photo.ts'
import { Refusal } from './refusal.ts'

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** `ab/cd/abcd…` below the folder. @throws when it is no sha256 in hex */
export function filePath(folder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a sha256')
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

/** Keeps bytes and returns their sha256. When it returns they survive a loss of power. */
export async function keepBytes(folder: string, bytes: Buffer): Promise<string> {
  const sha256 = sha256Of(bytes)
  await writeOnce(filePath(folder, sha256), bytes)
  return sha256
}

/** The bytes kept under a sha256. @throws Refusal when they are not on the disk: lost, or not brought back with the database */
export async function keptBytes(folder: string, sha256: string): Promise<Buffer> {
  try {
    return await readFile(filePath(folder, sha256))
  } catch (error) {
    throw missingOr(error, sha256)
  }
}

/** Words that name the file, for one that is not there; any other error as it is. */
export function missingOr(error: unknown, sha256: string): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return error
  return new Refusal('platform/file-missing', { fill: { file: sha256.slice(0, 12) } })
}

/** The path of a photo's small picture, made with the first request for it. */
export async function thumbPath(folder: string, sha256: string): Promise<string> {
  const path = `${filePath(join(folder, 'thumbs'), sha256)}.jpg`
  if (existsSync(path)) return path
  const whole = filePath(folder, sha256)
  // The program that draws says of a file that is away only that it cannot read it.
  await access(whole).catch((error) => {
    throw missingOr(error, sha256)
  })
  await writeOnce(path, await makeThumb(whole))
  return path
}

/** Written beside its place under a name of its own and then renamed: nobody ever reads half a file. */
async function writeOnce(path: string, bytes: Buffer): Promise<void> {
  if (existsSync(path)) return
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/** The new name itself must be on disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
