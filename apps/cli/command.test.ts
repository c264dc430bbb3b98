import { expect, test } from 'vitest'
import { openPool } from '../../platform/db.ts'
import { freshDatabase } from '../../platform/testing/test-database.ts'
import { type Command, doneLine, readCall } from './command.ts'
import { areasImport, requestsImport } from './import-files.ts'
import { calendarFinding } from './run-doctor.ts'

const call = (command: Command, ...argv: string[]) => readCall(command, argv, new AbortController().signal)

test('an option that a command does not know is refused with its usage in both languages', () => {
  expect(() => call(requestsImport, 'a.jsonl', '--stret', '1')).toThrow(
    /用法：linli import requests .*Usage:/s,
  )
  const read = call(requestsImport, 'a.jsonl', '--street', '990101001', '--json')
  expect(read.words).toEqual(['a.jsonl'])
  expect(read.option('street')).toBe('990101001')
  expect(read.flag('json')).toBe(true)
})

test('wrong input is refused in one sentence before a database is touched', async () => {
  await expect(areasImport.run(call(areasImport, 'a.geojson', '--street', '1'))).rejects.toMatchObject({
    code: 'cli/wrong-input',
    en: expect.stringContaining('never guessed'),
  })
  await expect(
    requestsImport.run(call(requestsImport, 'no-such-file', '--street', '1')),
  ).rejects.toMatchObject({
    code: 'cli/wrong-input',
  })
})

test('what was done is told in Chinese first and in English', () => {
  expect(doneLine({ added: 1, skipped: 2, failed: 3 })).toEqual([
    '新增 1，更新 0，已有 2，未导入 3。',
    'Added 1, changed 0, there already 2, not imported 3.',
  ])
})

test('a missing calendar of the coming year is told 90 days ahead, and fails once the year is there', async () => {
  const database = await freshDatabase()
  const pool = openPool(database.appUrl, 1, 'linli-test')
  try {
    const at = (day: string) => calendarFinding(database.appUrl, new Date(`${day}T12:00:00+08:00`))
    expect((await at('2026-12-01')).state).toBe('ok')
    await pool.query("insert into calendar_years (year, source) values (2026, 'test')")
    expect((await at('2026-10-01')).state).toBe('ok')
    expect((await at('2026-10-03')).state).toBe('warn')
    expect((await at('2027-01-01')).state).toBe('fail')
  } finally {
    await pool.end()
    await database.drop()
  }
})
