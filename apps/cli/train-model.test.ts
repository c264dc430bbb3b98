import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeRequests } from '../../demo/make-requests.ts'
import { readCall } from './command.ts'
import { evaluateCommand, trainCommand } from './train-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-model-'))
afterAll(() => rmSync(folder, { recursive: true }))
const run = (command: typeof trainCommand, ...argv: string[]) =>
  command.run(readCall(command, argv, new AbortController().signal))

const wanted = new Set(['LX01001', 'LX05002', 'LX08001'])
const lines = (seed: number) =>
  makeRequests(seed, 12)
    .filter(({ label }) => wanted.has(label))
    .map((one) => JSON.stringify(one))
    .join('\n')
const [file, unseen, out] = ['train.jsonl', 'unseen.jsonl', 'model'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
writeFileSync(file, lines(1))
writeFileSync(unseen, lines(2))

test('a model is trained from a file, written, and measured on messages that it has not seen', async () => {
  const trained = await run(trainCommand, file, '--out', out)
  expect(trained.result).toMatchObject({ ok: true, samples: 36, labels: [...wanted] })
  expect(trained.result.bytes).toBe(statSync(out).size)
  const { result, lines: told } = await run(evaluateCommand, unseen, '--model', out)
  expect(result).toMatchObject({ samples: 36, titleOnly: false, unknownLabels: 0 })
  expect(result.accuracy).toBeGreaterThan(0.85)
  expect(result.confusion).toHaveLength(3)
  expect(result.msPerText).toBeGreaterThan(0)
  expect(told.join('\n')).toMatch(/准确率 accuracy: [01]\.\d{4} .*混淆表 confusion/s)
  const titles = await run(evaluateCommand, unseen, '--model', out, '--title-only')
  expect(titles.result.samples).toBeLessThan(36)
})

test('the shipped model knows every matter that residents name, and most made-up requests it has not seen', async () => {
  const all = join(folder, 'all.jsonl')
  writeFileSync(
    all,
    makeRequests(99, 3)
      .map((one) => JSON.stringify(one))
      .join('\n'),
  )
  const { result } = await run(evaluateCommand, all)
  expect(result.unknownLabels).toBe(0)
  expect(result.accuracy).toBeGreaterThan(0.85)
})

test('wrong input is refused in one sentence', async () => {
  const refused = { code: 'cli/wrong-input' }
  await expect(run(trainCommand, file)).rejects.toMatchObject(refused)
  await expect(run(trainCommand, join(folder, 'none'), '--out', out)).rejects.toMatchObject(refused)
  await expect(run(trainCommand, file, '--out', out, '--seed', 'x')).rejects.toMatchObject(refused)
  await expect(run(evaluateCommand, file, '--model', file)).rejects.toMatchObject(refused)
  const few = join(folder, 'few.jsonl')
  writeFileSync(few, '{"label":"a","text":"b"}')
  await expect(run(trainCommand, few, '--out', out)).rejects.toMatchObject(refused)
})
