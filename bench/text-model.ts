/**
 * How good the text model is on labelled messages, and how fast:
 * `npx tsx bench/text-model.ts TOKENISED.jsonl.gz REQUESTS.jsonl.gz [FOLDS]`. The first file is split into folds, each
 * guessed by a model that has not seen it; the second is guessed by the models of all folds, whole and by title alone.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { evaluateTextModel } from '../lib/text-model/evaluate-text-model.ts'
import { readSamples } from '../lib/text-model/read-samples.ts'
import { classify } from '../lib/text-model/text-model.ts'
import { writeTextModel } from '../lib/text-model/text-model-file.ts'
import { type Sample, trainTextModel } from '../lib/text-model/train-text-model.ts'

const [, , first, second, folds = '5'] = process.argv
if (!first || !second) throw new Error('name the two files of labelled messages')
const samplesOf = (file: string) => readSamples(gunzipSync(readFileSync(file)).toString('utf8')).samples
const known = createSeededRandom(42).shuffle(samplesOf(first))
const others = samplesOf(second)

/** As long as a title: segmented messages begin with theirs. */
const briefly = (one: Sample): Sample =>
  one.title === '' ? { ...one, text: one.text.replaceAll(' ', '').slice(0, 20) } : { ...one, text: '' }

function told(name: string, values: readonly number[]): string {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length
  const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length)
  return `${name}: ${mean.toFixed(4)} ± ${spread.toFixed(4)} (${values.map((one) => one.toFixed(4)).join(', ')})`
}

const found = new Map<string, number[]>()
const note = (name: string, value: number) => found.set(name, [...(found.get(name) ?? []), value])
const count = Number(folds)
for (let fold = 0; fold < count; fold++) {
  const began = performance.now()
  const model = trainTextModel(
    known.filter((_, at) => at % count !== fold),
    { seed: 1 },
  )
  note('seconds to train', (performance.now() - began) / 1_000)
  note('KiB', writeTextModel(model).length / 1_024)
  const keptBack = known.filter((_, at) => at % count === fold)
  for (const [name, samples] of [
    ['kept back', keptBack],
    ['other file', others],
  ] as const)
    for (const [part, cut] of [
      ['whole', (one: Sample) => one],
      ['title', briefly],
    ] as const) {
      const { accuracy, macroF1 } = evaluateTextModel(model, samples.map(cut))
      note(`${name}, ${part}: accuracy`, accuracy)
      note(`${name}, ${part}: macro F1`, macroF1)
    }
  const start = performance.now()
  for (const one of others) classify(model, one, 1)
  note('ms a text', (performance.now() - start) / others.length)
  console.log(`fold ${fold + 1} of ${count}`)
}
for (const [name, values] of found) console.log(told(name, values))
