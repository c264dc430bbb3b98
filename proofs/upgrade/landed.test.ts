import { describe, expect, test } from 'vitest'
import { verifyBackup } from '../../platform/backup-restore.ts'
import { readMigrations } from '../../platform/migrate.ts'
import { keptFile, keptVersions, readKeptVersion } from './kept-version.ts'

describe.each(keptVersions)('version %s, which somebody may run', (version) => {
  const kept = readKeptVersion(version)

  test('no migration of it was edited, renamed or taken out since it landed', () => {
    const now = readMigrations().slice(0, kept.migrations.length)
    expect(now.map(({ name, checksum }) => ({ name, sha256: checksum }))).toEqual(kept.migrations)
  })

  test('its backup is whole, made by its own schema, and tells of every table', async () => {
    const { manifest, keysText } = await verifyBackup(keptFile(version, 'tar.gz'))
    expect(manifest.migrations.map(({ name, checksum }) => ({ name, sha256: checksum }))).toEqual(
      kept.migrations,
    )
    expect(keysText).toBeDefined()
    for (const { name } of manifest.tables) expect(kept.columns[name]).not.toHaveLength(0)
  })
})
