import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openPool, type Pool } from '../../../platform/db.ts'
import { freshDatabase, type TestDatabase } from '../../../platform/testing/test-database.ts'
import { importDivisions } from './import-divisions.ts'

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await freshDatabase()
  pool = openPool(database.appUrl, 2, 'divisions-test')
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})
beforeEach(() => asSuperuser('delete from divisions'))

async function asSuperuser(statement: string) {
  const client = new Client({ connectionString: database.superuserUrl })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows
}
const kept = () => asSuperuser('select code, name, kind, parent_code from divisions order by code')

const districts = 'code,name,cityCode,provinceCode\n990101,"样例区",9901,99\n'
const streets = 'code,name,areaCode,provinceCode,cityCode\n990101001,"样例街道",990101,99,9901\n'
const villages = [
  'code,name,streetCode,provinceCode,cityCode,areaCode',
  '990101001001,"天桥社区居委会",990101001,99,9901,990101',
  '990101001002,"桥北社区居委会",990101001,99,9901,990101',
].join('\n')

test('the three shapes of file are known by their header and kept with kind and parent', async () => {
  for (const text of [districts, streets, villages])
    expect(await importDivisions({ pool, text })).toMatchObject({ skipped: 0, failed: [], stopped: false })
  expect(await kept()).toEqual([
    { code: '990101', name: '样例区', kind: 'district', parent_code: '9901' },
    { code: '990101001', name: '样例街道', kind: 'street', parent_code: '990101' },
    { code: '990101001001', name: '天桥社区居委会', kind: 'community', parent_code: '990101001' },
    { code: '990101001002', name: '桥北社区居委会', kind: 'community', parent_code: '990101001' },
  ])
})

test('run again nothing is added; a new name is taken over', async () => {
  expect(await importDivisions({ pool, text: villages })).toMatchObject({ added: 2, changed: 0, skipped: 0 })
  expect(await importDivisions({ pool, text: villages })).toMatchObject({ added: 0, changed: 0, skipped: 2 })
  const renamed = villages.replace('桥北', '桥南')
  expect(await importDivisions({ pool, text: renamed })).toMatchObject({ added: 0, changed: 1, skipped: 1 })
  expect((await kept())[1]).toMatchObject({ name: '桥南社区居委会' })
})

test('a bad row is told with its line and the rest go on', async () => {
  const text = [
    'code,name,streetCode',
    '990101001001,甲社区,990101001',
    '9901010010,乙社区,990101001',
    '990101001003,,990101001',
    '990102001004,丁社区,990101001',
    '990101001001,甲社区,990101001',
    '990101001006,己社区,990101001,多出的',
    '990101001007,"庚',
    '社区",990101001',
    '99010100100x,辛社区,990101001',
  ].join('\r\n')
  const report = await importDivisions({ pool, text })
  expect(report).toMatchObject({ added: 2, skipped: 0 })
  expect(report.failed.map((failure) => failure.line)).toEqual([3, 4, 5, 6, 7, 10])
  expect(report.failed[0]?.reason).toContain('12 digits')
  expect(report.failed[3]?.reason).toContain('twice')
})

test('a file of another shape is refused before anything is written', async () => {
  await expect(importDivisions({ pool, text: 'a,b\n1,2\n' })).rejects.toThrow('header')
  expect(await kept()).toEqual([])
})

test('progress is told for each batch, and a stop keeps what is in for the next run to go on', async () => {
  const rows = Array.from({ length: 1_500 }, (_, i) => `99${1000 + i},区${i},99`)
  const text = `code,name,cityCode\n${rows.join('\n')}\n`
  const seen: number[] = []
  const abort = new AbortController()
  const first = await importDivisions({
    pool,
    text,
    signal: abort.signal,
    onProgress: ({ done, total }) => {
      seen.push(done, total)
      abort.abort()
    },
  })
  expect(first).toMatchObject({ added: 1_000, stopped: true })
  expect(seen).toEqual([1_000, 1_500])
  expect(await importDivisions({ pool, text })).toMatchObject({ added: 500, skipped: 1_000, stopped: false })
})
