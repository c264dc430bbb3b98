import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backupFinding, lastBackup, noteBackup } from './last-backup.ts'

test('a backup is known by its end; none, an old one and a broken note are told and refuse nothing', () => {
  const root = mkdtempSync(join(tmpdir(), 'linli-last-backup-'))
  const at = new Date('2026-09-14T02:40:00Z')
  const hoursLater = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
  expect([lastBackup(root), backupFinding(root, at).state]).toEqual([undefined, 'warn'])
  noteBackup(root, { at, file: '/backups/one.tar.gz', bytes: 7 })
  expect([lastBackup(root), backupFinding(root, hoursLater(24)).state]).toEqual([
    { at, file: '/backups/one.tar.gz', bytes: 7 },
    'ok',
  ])
  expect(backupFinding(root, hoursLater(40))).toMatchObject({
    state: 'warn',
    zh: expect.stringContaining('40 小时'),
    en: expect.stringContaining('40 hours'),
  })
  writeFileSync(join(root, 'last-backup.json'), '{"at": "yesterd')
  expect(lastBackup(root)).toBeUndefined()
  rmSync(root, { recursive: true, force: true })
})
