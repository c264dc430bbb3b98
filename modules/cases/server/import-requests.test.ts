import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { getCase, listCases } from '../contract.ts'
import { importRequests, type RequestsImport } from './import-requests.ts'
import { readRequests } from './import-requests-read.ts'

let streets: TestCases
beforeAll(async () => {
  streets = await startTestCases()
})
afterAll(() => streets.close())

const jsonLines = [
  {
    id: '1',
    user: 'u-1',
    title: '路灯不亮',
    time: '2024-03-01T09:00:00+08:00',
    text: '桥头的路灯坏了两盏。',
  },
  {
    id: '2',
    user: 'u-2',
    title: '',
    time: '2024-03-01T10:00:00+08:00',
    text: `${'长'.repeat(9_999)}。`,
    reply: '已经修好。',
    replyTime: '2024-03-12T10:00:00+08:00',
  },
]
  .map((row) => JSON.stringify(row))
  .join('\n')

const run = (text: string, source: string, more: Partial<RequestsImport> = {}) =>
  importRequests({
    pool: streets.pool,
    keys: streets.services.keys,
    actor: systemActorOf(streets.street),
    text,
    source,
    at: streets.clock.now(),
    ...more,
  })

const rowsOf = (source: string) =>
  streets.look<{ id: string; state: string; number: string; created_at: Date; answered_at: Date | null }>(
    'select * from cases where outside_source = $1 order by outside_number',
    [source],
  )

test('a request with a reply stands as answered at its own time, one without waits at the street desk', async () => {
  expect(await run(jsonLines, 'board')).toMatchObject({ added: 2, skipped: 0, failed: [], stopped: false })
  const [first, second] = await rowsOf('board')
  expect(first).toMatchObject({
    state: 'pending',
    desk: 'street',
    area_id: streets.street.areaId(streets.street.code),
  })
  expect(first?.number).toBe('20240301-00001')
  expect(first?.created_at.toISOString()).toBe('2024-03-01T01:00:00.000Z')
  expect(second).toMatchObject({ state: 'answered', rating: null, closed_at: null })
  expect(second?.answered_at?.toISOString()).toBe('2024-03-12T02:00:00.000Z')
  const dispatcher = await streets.as('dispatcher')
  const view = await dispatcher.call(getCase, { params: { id: second?.id ?? '' } })
  expect(view.status).toBe(200)
  expect(view.body.entries.map(({ act, at }) => `${act} ${at}`)).toEqual([
    'file 2024-03-01T02:00:00.000Z',
    'answer 2024-03-12T02:00:00.000Z',
  ])
  const list = await dispatcher.call(listCases, { query: { q: '桥头的路灯' } })
  expect(list.body.items.map((item) => item.id)).toEqual([first?.id])
})

test('run again it adds nothing, and neither events nor jobs nor notices come of the past', async () => {
  expect(await run(jsonLines, 'board')).toMatchObject({ added: 0, skipped: 2 })
  for (const table of ['event_outbox', 'job_outbox', 'case_notices'])
    expect(await streets.look(`select * from ${table}`)).toEqual([])
})

test('a bad row is told with its line, and the rest go on', async () => {
  const text = [
    '{"id":"a","time":"2024-03-01 09:00","text":"好的一行"}',
    'not json',
    '{"id":"","time":"2024-03-01 09:00","text":"x"}',
    '{"id":"b","time":"31.3.2024","text":"x"}',
    '{"id":"c","time":"2024-03-01 09:00","text":"x","reply":"早了","replyTime":"2024-02-01 09:00"}',
    '{"id":"a","time":"2024-03-01 09:00","text":"again"}',
    '{"id":"d","time":"2099-03-01 09:00","text":"later"}',
    `{"id":"e","time":"2024-03-01 09:00","text":"${'长'.repeat(10_001)}"}`,
    '',
    '{"id":"f","time":"2024/3/1 9:00","text":"也好"}',
  ].join('\n')
  const report = await run(text, 'mixed')
  expect(report.added).toBe(2)
  expect(report.failed.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8])
  expect(report.failed.map(({ reason }) => reason).join()).toContain('stands twice')
})

test('a CSV is read through a mapping of our fields to its columns, and refused without the needed ones', async () => {
  const csv =
    '编号,标题,提交时间,内容,答复,答复时间\n7,"树,枝",2024-05-06 08:00,"有一根\n断枝",已修剪,2024-05-08\n'
  const mapping = {
    id: '编号',
    title: '标题',
    time: '提交时间',
    text: '内容',
    reply: '答复',
    replyTime: '答复时间',
  }
  expect(readRequests(csv, mapping)).toMatchObject([
    { line: 2, read: { id: '7', title: '树,枝', text: '有一根\n断枝' } },
  ])
  expect(await run(csv, 'excel', { mapping })).toMatchObject({ added: 1, failed: [] })
  await expect(run(csv, 'excel')).rejects.toThrow('no column for id')
  await expect(run('', 'excel')).rejects.toThrow('empty')
})

test('stopped between two batches, the next run goes on', async () => {
  const many = Array.from(
    { length: 450 },
    (_, i) => `{"id":"${i}","time":"2024-01-02 09:00","text":"第${i}件"}`,
  ).join('\n')
  const stop = new AbortController()
  const first = await run(many, 'many', { signal: stop.signal, onProgress: () => stop.abort() })
  expect(first).toMatchObject({ added: 200, stopped: true })
  expect(await run(many, 'many')).toMatchObject({ added: 250, skipped: 200, stopped: false })
  const rows = await rowsOf('many')
  expect(new Set(rows.map((row) => row.number)).size).toBe(450)
})
