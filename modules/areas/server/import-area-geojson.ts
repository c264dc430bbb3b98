/** Areas and their boundaries from GeoJSON, into the tree of one street. */
import { isDeepStrictEqual } from 'node:util'
import type { Datum } from '../../../lib/datum.ts'
import { newId } from '../../../lib/ids.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Pool, type Tx } from '../../../platform/db.ts'
import type { AreaKind } from '../area-kinds.ts'
import { areaLevels, areasInForce, areasWithBoundaries, type IndexedArea } from './area-store.ts'
import { geometryInWgs84, insertAreas, insertBoundaries, renameArea } from './area-writes.ts'
import { usedCodes } from './draft-store.ts'
import type { ImportReport, Progress } from './import-report.ts'
import { type AreaFeature, readAreaFeatures } from './read-area-features.ts'

export interface AreaGeojsonImport {
  readonly pool: Pool
  /** In whose name; usually the system in the street. */
  readonly actor: Actor
  readonly text: string
  /** What the file's coordinates are measured in; never guessed. */
  readonly datum: Datum
  /** The shapes are made up; the map says so. */
  readonly synthetic: boolean
  readonly at: Date
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

const batchSize = 200

/**
 * Adds the areas of a file below those that are there, and brings names, described bounds and boundaries up to
 * date; a boundary that has changed is in force from the day of `at`, and the one before is kept with its dates.
 * Run again, it changes nothing. Areas are not moved to another parent or level: that is a re-cut, with its cases.
 * @throws Error when the text is no FeatureCollection
 */
export async function importAreaGeojson(options: AreaGeojsonImport): Promise<ImportReport> {
  const { features, failed } = readAreaFeatures(options.text)
  const report: ImportReport = { added: 0, changed: 0, skipped: 0, failed: [...failed], stopped: false }
  const ordered = parentsFirst(features)
  for (let start = 0; start < ordered.length; start += batchSize) {
    if (options.signal?.aborted) {
      report.stopped = true
      break
    }
    const batch = ordered.slice(start, start + batchSize)
    const part = await inTransaction(options.pool, { actor: options.actor }, (tx) =>
      keepBatch(tx, options, batch),
    )
    report.added += part.added
    report.changed += part.changed
    report.skipped += part.skipped
    report.failed.push(...part.failed)
    options.onProgress?.({ done: start + batch.length, total: ordered.length })
  }
  report.failed.sort((a, b) => a.line - b.line)
  return report
}

/** So that a parent is there, or in the same batch, when its children come. A circle keeps its order and fails. */
function parentsFirst(features: readonly AreaFeature[]): AreaFeature[] {
  const byCode = new Map(features.map((feature) => [feature.code, feature]))
  const ordered = new Set<AreaFeature>()
  const visit = (feature: AreaFeature, above: ReadonlySet<AreaFeature>) => {
    if (ordered.has(feature) || above.has(feature)) return
    const parent = feature.parentCode === null ? undefined : byCode.get(feature.parentCode)
    if (parent) visit(parent, new Set([...above, feature]))
    ordered.add(feature)
  }
  for (const feature of features) visit(feature, new Set())
  return [...ordered]
}

type Part = Pick<ImportReport, 'added' | 'changed' | 'skipped' | 'failed'>

async function keepBatch(tx: Tx, options: AreaGeojsonImport, batch: readonly AreaFeature[]): Promise<Part> {
  const { at, datum, synthetic } = options
  const { streetId } = options.actor
  const known = await knownAreas(tx, streetId, at)
  const part: Part = { added: 0, changed: 0, skipped: 0, failed: [] }
  const fresh: AreaFeature[] = []
  const drawn: AreaFeature[] = []
  for (const feature of batch) {
    const fault = known.faultOf(feature)
    if (fault) {
      part.failed.push({ line: feature.line, reason: fault })
      continue
    }
    const there = known.get(feature.code)
    const geometry = feature.geometry && geometryInWgs84(feature.geometry, datum)
    const redrawn = geometry !== null && !isDeepStrictEqual(geometry, there?.geometry)
    if (redrawn) drawn.push(feature)
    if (!there) {
      known.add(feature)
      fresh.push(feature)
      part.added++
      continue
    }
    const boundsText = feature.boundsText ?? there.boundsText
    const kind = feature.kind ?? there.kind
    const renamed = there.name !== feature.name || there.boundsText !== boundsText || there.kind !== kind
    if (renamed) await renameArea(tx, streetId, at, { id: there.id, name: feature.name, boundsText, kind })
    if (renamed || redrawn) part.changed++
    else part.skipped++
  }
  const made =
    fresh.length > 0 ? await insertAreas(tx, streetId, at, newAreas(fresh)) : new Map<string, IndexedArea>()
  const boundaries = drawn.flatMap(({ code, geometry }) => {
    const areaId = made.get(code)?.id ?? known.get(code)?.id
    return areaId && geometry ? [{ areaId, geometry, datum, synthetic }] : []
  })
  if (boundaries.length > 0) await insertBoundaries(tx, streetId, at, boundaries)
  if (part.added + part.changed > 0) await auditBatch(tx, options, part)
  return part
}

function newAreas(features: readonly AreaFeature[]) {
  return features.map(({ code, level, name, parentCode, boundsText, kind, line }) => ({
    code,
    level,
    name,
    parentCode: parentCode ?? '',
    boundsText,
    ...(kind ? { kind } : {}),
    position: line,
  }))
}

interface KnownArea {
  id: string
  level: string
  name: string
  kind: AreaKind
  parentCode: string | null
  boundsText: string | null
  geometry: unknown
}

/** What is there, and what a feature may not be beside it. */
async function knownAreas(tx: Tx, streetId: number, at: Date) {
  const day = dayOf(at)
  const positions = new Map((await areaLevels(tx, streetId)).map((level) => [level.level, level.position]))
  const rows = await areasInForce(tx, streetId, day)
  const geometries = new Map(
    (await areasWithBoundaries(tx, streetId, day)).map((row) => [row.id, row.geometry]),
  )
  const codes = new Map(rows.map((row) => [row.id, row.code]))
  const areas = new Map<string, KnownArea>(
    rows.map((row) => [
      row.code,
      {
        ...row,
        parentCode: row.parentId === null ? null : (codes.get(row.parentId) ?? null),
        geometry: geometries.get(row.id) ?? undefined,
      },
    ]),
  )
  const everUsed = await usedCodes(tx, streetId)
  const levelOf = new Map([...areas].map(([code, area]) => [code, area.level]))
  return {
    get: (code: string) => areas.get(code),
    add: (feature: AreaFeature) => levelOf.set(feature.code, feature.level),
    faultOf(feature: AreaFeature): string | undefined {
      const { code, level, parentCode } = feature
      const there = areas.get(code)
      const position = positions.get(level)
      if (position === undefined) return `area ${code}: the street has no level ${JSON.stringify(level)}`
      if (there) {
        const moved = there.level !== level || (parentCode !== null && there.parentCode !== parentCode)
        return moved ? `area ${code} is there already under another parent or at another level` : undefined
      }
      if (everUsed.has(code))
        return `code ${code} belonged to an area that has ended; codes are not used again`
      if (parentCode === null) return `area ${code} has no parentCode`
      const parentLevel = levelOf.get(parentCode)
      if (parentLevel === undefined) return `area ${code}: its parent ${parentCode} is unknown`
      // Rule: rules.md 2, every grid lies within one community and is never hung onto a lower or equal level.
      if ((positions.get(parentLevel) ?? 0) >= position)
        return `area ${code}: level ${level} cannot lie below ${parentLevel}`
      return undefined
    },
  }
}

async function auditBatch(tx: Tx, options: AreaGeojsonImport, part: Part): Promise<void> {
  const { actor, at } = options
  await tx.finishAct({
    street: actor.streetId,
    actor: actor.accountId,
    at: at.toISOString(),
    requestId: 'import',
    audit: [
      {
        id: newId(at.getTime()),
        post_id: null,
        operation: 'areas.importAreaGeojson',
        subject_type: 'areas',
        subject_id: null,
        outcome: 'done',
        detail: {
          added: part.added,
          changed: part.changed,
          failed: part.failed.length,
          datum: options.datum,
        },
      },
    ],
  })
}
