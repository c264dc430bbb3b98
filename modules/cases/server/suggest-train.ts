/** A street's own text model: trained on its closed cases, measured on some kept back, used from then on or not. */
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import { createSeededRandom } from '../../../lib/seeded-random.ts'
import { evaluateTextModel } from '../../../lib/text-model/evaluate-text-model.ts'
import { writeTextModel } from '../../../lib/text-model/text-model-file.ts'
import { type Sample, trainTextModel } from '../../../lib/text-model/train-text-model.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Pool, type Tx } from '../../../platform/db.ts'
import { keepBytes } from '../../../platform/files-folder.ts'
import { catalogueOf } from './matter-store.ts'
import { insertModelRow, listModelRows, modelInUse, type TextModelRow } from './suggest-model-store.ts'

/** The newest closed cases are enough; what was sorted years ago was sorted by another catalogue. */
const mostCases = 20_000
/** Fewer closed cases teach less than the made-up requests do. */
export const fewestCases = 200
const fewestOfMatter = 3
const keptBackShare = 0.2
const runs = 40_000

export interface StreetTraining {
  pool: Pool
  /** The system in its street. */
  actor: Actor
  filesFolder: string
  at: Date
  /** Use it even where it guesses worse than the one in use. */
  evenIfWorse: boolean
  onProgress(done: number, total: number): void
}

export interface StreetTrained {
  cases: number
  matters: number
  /** Null where there were too few cases to train on. */
  version: number | null
  accuracy: number | null
  accuracyBefore: number | null
  used: boolean
}

/** Reads, trains outside any transaction, and writes one line when the new model is used. */
export async function trainForStreet(training: StreetTraining): Promise<StreetTrained> {
  const { pool, actor, filesFolder, at, onProgress } = training
  const { samples, before, versions } = await inTransaction(pool, { actor, readOnly: true }, async (tx) => ({
    samples: await closedCases(tx, actor.streetId),
    before: await modelInUse(tx, actor.streetId, filesFolder),
    versions: await listModelRows(tx, actor.streetId),
  }))
  const matters = new Set(samples.map(({ label }) => label)).size
  const none = {
    cases: samples.length,
    matters,
    version: null,
    accuracy: null,
    accuracyBefore: null,
    used: false,
  }
  if (samples.length < fewestCases || matters < 2) return none
  const shuffled = createSeededRandom(1).shuffle(samples)
  const keptBack = shuffled.slice(0, Math.round(samples.length * keptBackShare))
  const measured = trainTextModel(shuffled.slice(keptBack.length), { seed: 1, runs, onProgress })
  const now = evaluateTextModel(measured, keptBack)
  const old = evaluateTextModel(before.model, keptBack)
  const used = training.evenIfWorse || now.accuracy >= old.accuracy
  if (!used) return { ...none, accuracy: now.accuracy, accuracyBefore: old.accuracy }
  const bytes = gzipSync(writeTextModel(trainTextModel(samples, { seed: 1, runs, onProgress })))
  const version = 1 + Math.max(0, ...versions.map((row) => row.version ?? 0))
  const row: TextModelRow = {
    id: newId(at.getTime()),
    version,
    sha256: await keepBytes(filesFolder, bytes),
    used_from: at,
    used_by: actor.accountId,
    samples: samples.length,
    accuracy: now.accuracy,
    macro_f1: now.macroF1,
    accuracy_before: old.accuracy,
  }
  await inTransaction(pool, { actor }, (tx) => insertModelRow(tx, actor.streetId, row))
  return { ...none, version, accuracy: now.accuracy, accuracyBefore: old.accuracy, used }
}

/** What a person sorted and somebody settled; a matter that is no longer in force teaches nothing. */
async function closedCases(tx: Tx, streetId: number): Promise<Sample[]> {
  const { byId, byCode } = await catalogueOf(tx, streetId)
  const rows = await tx.many(
    sql<{ matter_id: string; title: string; text: string }>`select matter_id, title, text from cases
      where street_id = ${streetId} and matter_id is not null and not confidential
        and (state in ('answered', 'closed') or parent_case_id is not null)
      order by created_at desc, id desc limit ${mostCases}`,
  )
  const samples = rows.flatMap(({ matter_id, title, text }) => {
    const code = byId.get(matter_id)?.code ?? ''
    // A title cut from the text itself adds nothing to it.
    return byCode.has(code)
      ? [{ label: code, title: text.startsWith(title.slice(0, 8)) ? '' : title, text }]
      : []
  })
  const count = new Map<string, number>()
  for (const { label } of samples) count.set(label, (count.get(label) ?? 0) + 1)
  return samples.filter(({ label }) => (count.get(label) ?? 0) >= fewestOfMatter)
}

export interface ModelUse {
  version: number | null
  usedFrom: Date
  samples: number
  accuracy: number | null
  accuracyBefore: number | null
}

/** Every change of the model in use, the newest first. */
export async function modelUses(pool: Pool, actor: Actor): Promise<ModelUse[]> {
  const rows = await inTransaction(pool, { actor, readOnly: true }, (tx) => listModelRows(tx, actor.streetId))
  return rows.map((row) => ({
    version: row.version,
    usedFrom: row.used_from,
    samples: row.samples,
    accuracy: row.accuracy,
    accuracyBefore: row.accuracy_before,
  }))
}

/** Goes back to an earlier model of the street, or with null to the shipped one. False when there is no such model. */
export async function switchModel(
  pool: Pool,
  actor: Actor,
  version: number | null,
  at: Date,
): Promise<boolean> {
  return inTransaction(pool, { actor }, async (tx) => {
    const rows = await listModelRows(tx, actor.streetId)
    const trained = rows.find((row) => row.version === version && version !== null)
    if (version !== null && !trained) return false
    await insertModelRow(tx, actor.streetId, {
      version: null,
      sha256: null,
      samples: 0,
      accuracy: null,
      macro_f1: null,
      accuracy_before: null,
      ...trained,
      id: newId(at.getTime()),
      used_from: at,
      used_by: actor.accountId,
    })
    return true
  })
}
