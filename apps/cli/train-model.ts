/** `train` and `evaluate`: the text model that suggests matters, made and measured on this machine. */
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type Evaluation, evaluateTextModel } from '../../lib/text-model/evaluate-text-model.ts'
import { readSamples } from '../../lib/text-model/read-samples.ts'
import type { TextModel } from '../../lib/text-model/text-model.ts'
import { classify } from '../../lib/text-model/text-model.ts'
import { readTextModel, writeTextModel } from '../../lib/text-model/text-model-file.ts'
import { fewestSamples, type Sample, trainTextModel } from '../../lib/text-model/train-text-model.ts'
import { shippedModelPath } from '../../modules/cases/server/index.ts'
import { type Call, type Command, refuseUsage, wrongInput } from './command.ts'

function readBytes(file: string): Buffer {
  try {
    const bytes = readFileSync(file)
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
  } catch {
    throw wrongInput(`读不了文件 ${file}。`, `The file ${file} cannot be read.`)
  }
}

function samplesOf(call: Call, files: readonly string[]): Sample[] {
  return files.flatMap((file) => {
    try {
      const { samples, leftOut } = readSamples(readBytes(file).toString('utf8'))
      if (leftOut.length > 0)
        call.say(
          `${file}：${leftOut.length} 行没有类别或文字，略过（第 ${leftOut.slice(0, 5).join('、')} 行…） lines left out`,
        )
      return samples
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      throw wrongInput(
        `${file} 应为每行一个 JSON（label、title、text 或 tokens），或带表头的 CSV。`,
        `${file} must be lines of JSON (label, title, text or tokens) or CSV with a head.`,
      )
    }
  })
}

/** @throws StartupRefusal when the file holds no model */
export function loadModel(file: string): TextModel {
  try {
    return readTextModel(readBytes(file))
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw wrongInput(`${file} 不是可用的文本模型。`, `${file} is no text model that can be read.`)
  }
}

function wholeNumber(call: Call, name: string): number | undefined {
  const text = call.option(name)
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text)
  throw wrongInput(`--${name} 应为正整数。`, `--${name} must be a whole number above 0.`)
}

export const trainCommand: Command = {
  name: 'train',
  usage: 'FILE… --out MODEL [--seed N] [--runs N]',
  zh: '用已归类的诉求训练文本模型（JSONL 或 CSV，可 gzip 压缩）',
  en: 'Train the text model from labelled requests (JSONL or CSV, gzipped or not)',
  options: { out: 'string', seed: 'string', runs: 'string' },
  async run(call) {
    const out = call.option('out')
    if (call.words.length === 0 || !out) throw refuseUsage(trainCommand)
    const [seed, runs] = [wholeNumber(call, 'seed'), wholeNumber(call, 'runs')]
    const samples = samplesOf(call, call.words)
    const labels = new Set(samples.map(({ label }) => label))
    if (samples.length < fewestSamples || labels.size < 2)
      throw wrongInput(
        `至少要 ${fewestSamples} 条、两个类别，这里有 ${samples.length} 条、${labels.size} 个类别。`,
        `At least ${fewestSamples} messages of two classes are needed; here are ${samples.length} of ${labels.size}.`,
      )
    const began = performance.now()
    const model = trainTextModel(samples, {
      ...(seed === undefined ? {} : { seed }),
      ...(runs === undefined ? {} : { runs }),
      onProgress: (done, total) => call.say(`  ${done} / ${total}`),
    })
    const bytes = gzipSync(writeTextModel(model))
    try {
      writeFileSync(out, bytes)
    } catch {
      throw wrongInput(`写不了文件 ${out}。`, `The file ${out} cannot be written.`)
    }
    const seconds = Math.round((performance.now() - began) / 100) / 10
    return {
      lines: [
        `用 ${samples.length} 条诉求、${labels.size} 个类别训练，${seconds} 秒，模型 ${kib(bytes)} KiB：${out}`,
        `Trained on ${samples.length} messages of ${labels.size} classes in ${seconds} s; the model has ${kib(bytes)} KiB: ${out}`,
      ],
      result: { ok: true, samples: samples.length, labels: model.labels, seconds, bytes: bytes.length, out },
    }
  },
}

const kib = (bytes: Uint8Array) => Math.round(bytes.length / 1024)

export const evaluateCommand: Command = {
  name: 'evaluate',
  usage: 'FILE… [--model MODEL] [--title-only]',
  zh: '评测文本模型：准确率、宏平均 F1、混淆表、每条毫秒数；不指明模型时用随程序提供的模型',
  en: 'Measure a text model: accuracy, macro F1, confusion table, ms per text; the shipped model unless one is named',
  options: { model: 'string', 'title-only': 'boolean' },
  async run(call) {
    if (call.words.length === 0) throw refuseUsage(evaluateCommand)
    const file = call.option('model') ?? shippedModelPath
    const model = loadModel(file)
    const titleOnly = call.flag('title-only')
    const all = samplesOf(call, call.words)
    const samples = titleOnly
      ? all.filter(({ title }) => title !== '').map((one) => ({ ...one, text: '' }))
      : all
    if (samples.length === 0)
      throw wrongInput(
        titleOnly ? '这些文件里没有标题。' : '这些文件里没有已归类的诉求。',
        titleOnly ? 'There are no titles in these files.' : 'There are no labelled messages in these files.',
      )
    const unknown = samples.filter(({ label }) => !model.labels.includes(label)).length
    const msPerText = timed(model, samples)
    const evaluation = evaluateTextModel(model, samples)
    return {
      lines: linesOf(evaluation, { msPerText, unknown, file }),
      result: { ok: true, model: file, titleOnly, msPerText, unknownLabels: unknown, ...evaluation },
    }
  },
}

/** Mean milliseconds of one text, after a few to warm up. */
function timed(model: TextModel, samples: readonly Sample[]): number {
  for (const one of samples.slice(0, 50)) classify(model, one, 1)
  const began = performance.now()
  for (const one of samples) classify(model, one, 1)
  return Math.round(((performance.now() - began) / samples.length) * 1_000) / 1_000
}

const percent = (share: number | null) => (share === null ? '—' : `${(share * 100).toFixed(1)}%`)

function linesOf(
  { samples, right, accuracy, macroF1, classes, confusion, sure }: Evaluation,
  { msPerText, unknown, file }: { msPerText: number; unknown: number; file: string },
): string[] {
  return [
    `模型 model: ${file}`,
    `准确率 accuracy: ${accuracy.toFixed(4)} (${right} / ${samples})`,
    `宏平均 macro F1: ${macroF1.toFixed(4)}`,
    `每条 per text: ${msPerText} ms`,
    ...(unknown > 0 ? [`模型不认识的类别 of classes that the model does not know: ${unknown}`] : []),
    '',
    '类别 class\t条数 actual\t判为 guessed\t判对 right\t精确率 precision\t召回率 recall\tF1',
    ...classes.map((one) =>
      [
        one.label,
        one.actual,
        one.guessed,
        one.right,
        percent(one.precision),
        percent(one.recall),
        percent(one.f1),
      ].join('\t'),
    ),
    '',
    '混淆表 confusion: 行为实际 rows are what it is, 列为判断 columns what it was taken for',
    ['', ...classes.map(({ label }) => label)].join('\t'),
    ...confusion.map((row, at) => [classes[at]?.label ?? '', ...row].join('\t')),
    '',
    '把握 share at least\t条数 messages\t判对 right',
    ...sure.map(
      (one) =>
        `${one.share}\t${one.samples}\t${one.right} (${percent(one.samples === 0 ? null : one.right / one.samples)})`,
    ),
  ]
}
