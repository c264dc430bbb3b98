import { expect, test } from 'vitest'
import { databaseWayFinding } from './database-way.ts'

test.each([
  ['postgres://linli_app:x@127.0.0.1:5432/linli', 'ok'],
  ['postgres://linli_app:x@localhost/linli', 'ok'],
  ['postgres://linli_app@/linli?host=/run/postgresql', 'ok'],
  ['postgres://linli_app:x@10.0.0.5/linli', 'warn'],
  ['postgres://linli_app:x@db.example/linli?sslmode=require', 'warn'],
  ['postgres://linli_app:x@db.example/linli?sslmode=no-verify&sslrootcert=/etc/ca.pem', 'warn'],
  ['postgres://linli_app:x@db.example/linli?sslrootcert=/etc/ca.pem&sslmode=verify-full', 'ok'],
] as const)('%s: %s', (url, state) => {
  expect(databaseWayFinding({ DATABASE_URL: url, DATABASE_OWNER_URL: undefined }).state).toBe(state)
})

test('the words name the setting and what to add, never the address', () => {
  const { zh, en } = databaseWayFinding({ DATABASE_WORKER_URL: 'postgres://w:secret-word@10.0.0.5/linli' })
  for (const words of [zh, en]) {
    expect(words).toContain('DATABASE_WORKER_URL')
    expect(words).toContain('sslmode=verify-full')
    expect(words).not.toContain('secret-word')
  }
})
