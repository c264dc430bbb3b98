/** Which text model a street uses, and its file. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { TextModel } from '../../../lib/text-model/text-model.ts'
import { readTextModel } from '../../../lib/text-model/text-model-file.ts'
import type { Tx } from '../../../platform/db.ts'
import { filePath } from '../../../platform/files-folder.ts'
import { streetCache } from '../../../platform/street-cache.ts'
import { shippedModelPath } from '../seeds/load-text-model.ts'

export interface TextModelRow {
  id: string
  version: number | null
  sha256: string | null
  used_from: Date
  used_by: string
  samples: number
  accuracy: number | null
  macro_f1: number | null
  accuracy_before: number | null
}

/** Every change of the model in use, the newest first. */
export const listModelRows = (tx: Tx, streetId: number): Promise<TextModelRow[]> =>
  tx.many(
    sql<TextModelRow>`select id, version, sha256, used_from, used_by, samples, accuracy, macro_f1, accuracy_before
      from text_models where street_id = ${streetId} order by used_from desc, id desc`,
  )

export async function insertModelRow(tx: Tx, streetId: number, row: TextModelRow): Promise<void> {
  await tx.run(
    sql`insert into text_models (street_id, id, version, sha256, used_from, used_by, samples, accuracy, macro_f1, accuracy_before)
      values (${streetId}, ${row.id}, ${row.version}, ${row.sha256}, ${row.used_from}, ${row.used_by}, ${row.samples},
        ${row.accuracy}, ${row.macro_f1}, ${row.accuracy_before})`,
  )
  newest.forget(streetId)
}

export interface ModelInUse {
  readonly model: TextModel
  /** The street's own models are counted from 1; null for the shipped one. */
  readonly version: number | null
}

const newest = streetCache<TextModelRow | null>(5_000, async (tx, streetId) => {
  const [row] = await listModelRows(tx, streetId)
  return row ?? null
})

/** Read models by what they hold; several streets share the shipped one. */
const loaded = new Map<string, TextModel>()
const mostLoaded = 8

/** @throws when the file is missing or no model */
export function loadTextModel(path: string): TextModel {
  const known = loaded.get(path)
  if (known) return known
  const model = readTextModel(gunzipSync(readFileSync(path)))
  const [oldest] = loaded.keys()
  if (loaded.size >= mostLoaded && oldest !== undefined) loaded.delete(oldest)
  loaded.set(path, model)
  return model
}

/** The street's own model, or the shipped one: a lost file must not stop a desk. */
export async function modelInUse(tx: Tx, streetId: number, filesFolder: string): Promise<ModelInUse> {
  const row = await newest.get(tx, streetId)
  if (row?.sha256) {
    try {
      return { model: loadTextModel(filePath(filesFolder, row.sha256)), version: row.version }
    } catch {
      // Told by `linli models`; suggestions go on with the shipped one.
    }
  }
  return { model: loadTextModel(shippedModelPath), version: null }
}
