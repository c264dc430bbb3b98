import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { holdServerLock, keysAsText, openDataFolder } from './data-folder.ts'
import { StartupRefusal } from './startup-refusal.ts'
import { freshDatabase } from './testing/test-database.ts'

const base = mkdtempSync(join(tmpdir(), '数据 folder '))
afterAll(() => rmSync(base, { recursive: true, force: true }))

let made = 0
const newPath = () => join(base, String(made++))

function refusalOf(open: () => unknown): string {
  try {
    open()
  } catch (error) {
    if (error instanceof StartupRefusal) return error.code
    throw error
  }
  return 'opened'
}

test('a new folder gets keys that only its owner reads, and the next opening finds the same', () => {
  const path = newPath()
  const first = openDataFolder(path, { version: '1.0.0' })
  const second = openDataFolder(path, { version: '1.0.1' })
  expect([first.isNew, second.isNew]).toEqual([true, false])
  expect(second.keys).toEqual(first.keys)
  expect(new Set(Object.values(first.keys)).size).toBe(3)
  expect(statSync(join(path, 'keys.json')).mode & 0o777).toBe(0o600)
  expect(statSync(path).mode & 0o066).toBe(0)
  expect(JSON.parse(readFileSync(join(path, 'linli.json'), 'utf8'))).toMatchObject({
    format: 1,
    createdBy: '1.0.0',
  })
})

test('keys from the environment are used and never written down', () => {
  const path = newPath()
  const keysText = keysAsText(openDataFolder(newPath(), { version: '1' }).keys)
  expect(keysAsText(openDataFolder(path, { version: '1', keysText }).keys)).toBe(keysText)
  expect(statSync(join(path, 'keys.json'), { throwIfNoEntry: false })).toBeUndefined()
  expect(refusalOf(() => openDataFolder(path, { version: '1' }))).toBe('platform/keys-missing')
})

test('lost, foreign and malformed keys are refused before anything is encrypted under new ones', () => {
  const [path, other] = [newPath(), newPath()]
  openDataFolder(path, { version: '1' })
  const keysText = keysAsText(openDataFolder(other, { version: '1' }).keys)
  expect(refusalOf(() => openDataFolder(path, { version: '1', keysText }))).toBe('platform/wrong-keys')
  for (const text of ['', '{', 'null', '{"encryption":"short"}']) {
    expect(refusalOf(() => openDataFolder(path, { version: '1', keysText: text }))).toBe(
      'platform/malformed-keys',
    )
  }
  rmSync(join(path, 'keys.json'))
  expect(refusalOf(() => openDataFolder(path, { version: '1' }))).toBe('platform/keys-missing')
})

test('foreign, newer and unwritable folders are refused and left alone', () => {
  const foreign = newPath()
  mkdirSync(foreign)
  writeFileSync(join(foreign, 'letters.docx'), 'x')
  expect(refusalOf(() => openDataFolder(foreign, { version: '1' }))).toBe('platform/foreign-data-folder')
  expect(refusalOf(() => openDataFolder(join(foreign, 'letters.docx'), { version: '1' }))).toBe(
    'platform/foreign-data-folder',
  )
  writeFileSync(join(foreign, 'linli.json'), 'not ours')
  expect(refusalOf(() => openDataFolder(foreign, { version: '1' }))).toBe('platform/foreign-data-folder')
  writeFileSync(join(foreign, 'linli.json'), '{"format":99,"createdBy":"9.0.0","keys":"x"}')
  expect(refusalOf(() => openDataFolder(foreign, { version: '1' }))).toBe('platform/newer-data-folder')
  expect(readFileSync(join(foreign, 'letters.docx'), 'utf8')).toBe('x')
  expect(refusalOf(() => openDataFolder('/proc/linli', { version: '1' }))).toBe('platform/unwritable-folder')
})

test('a first start that was killed before its manifest stood is taken up with the keys it had made', () => {
  const path = newPath()
  const { keys } = openDataFolder(path, { version: '1' })
  rmSync(join(path, 'linli.json'))
  expect(openDataFolder(path, { version: '1' }).keys).toEqual(keys)
})

test('a second server is refused while the first holds the lock, and let in when its connection is gone', async () => {
  const database = await freshDatabase()
  const connect = async () => {
    const client = new Client({ connectionString: database.appUrl })
    await client.connect()
    return client
  }
  const [first, second] = [await connect(), await connect()]
  try {
    await holdServerLock(first)
    await expect(holdServerLock(second)).rejects.toMatchObject({ code: 'platform/already-running' })
    await first.end()
    await holdServerLock(second)
  } finally {
    await second.end()
    await database.drop()
  }
})
