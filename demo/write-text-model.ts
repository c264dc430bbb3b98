/** Writes the text model that the program ships with: `npx tsx demo/write-text-model.ts`. The same seed, the same bytes. */
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { writeTextModel } from '../lib/text-model/text-model-file.ts'
import { trainTextModel } from '../lib/text-model/train-text-model.ts'
import { makeRequests } from './make-requests.ts'

/** Small enough for a repository; more of them gain nothing on the made-up requests. */
const runs = 6_000

const model = trainTextModel(makeRequests(1), { seed: 1, runs })
const bytes = gzipSync(writeTextModel(model), { level: 9 })
writeFileSync(new URL('../modules/cases/seeds/text-model.gz', import.meta.url), bytes)
console.log(
  `${model.labels.length} matters, ${model.samples} requests, ${Math.round(bytes.length / 1024)} KiB`,
)
