/** Reads areas out of GeoJSON text. Knows no database. */
import { type AreaGeometry, findGeometryFault } from '../../../lib/geometry.ts'
import { type AreaKind, readAreaKind } from '../area-kinds.ts'

export interface AreaFeature {
  /** Number of the feature in the file, from 1. */
  readonly line: number
  readonly code: string
  readonly level: string
  readonly name: string
  /** Null only for the street itself. */
  readonly parentCode: string | null
  readonly boundsText: string | null
  /** Null where the file does not say it. */
  readonly kind: AreaKind | null
  /** Null for an area that is not drawn. */
  readonly geometry: AreaGeometry | null
}

export interface ReadFeatures {
  readonly features: AreaFeature[]
  readonly failed: { line: number; reason: string }[]
}

/**
 * Reads a FeatureCollection whose features have the properties code, level, name, parentCode (or parent_code) and,
 * if any, boundsText and kind; geometry is a Polygon, a MultiPolygon or null.
 * @throws Error when the text is no FeatureCollection
 */
export function readAreaFeatures(text: string): ReadFeatures {
  const list = featureList(text)
  const read: ReadFeatures = { features: [], failed: [] }
  const seen = new Set<string>()
  list.forEach((raw, index) => {
    const line = index + 1
    const feature = readFeature(raw, line)
    if (typeof feature === 'string') read.failed.push({ line, reason: feature })
    else if (seen.has(feature.code))
      read.failed.push({ line, reason: `code ${feature.code} stands twice in this file` })
    else {
      seen.add(feature.code)
      read.features.push(feature)
    }
  })
  return read
}

function featureList(text: string): unknown[] {
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new Error('the file is not JSON')
  }
  const { type, features } = Object(content) as { type?: unknown; features?: unknown }
  if (type !== 'FeatureCollection' || !Array.isArray(features))
    throw new Error('the file is no GeoJSON FeatureCollection')
  return features
}

function readFeature(raw: unknown, line: number): AreaFeature | string {
  const { properties, geometry } = Object(raw) as { properties?: unknown; geometry?: unknown }
  const given = Object(properties) as Record<string, unknown>
  const code = textOf(given.code)
  if (!/^[A-Za-z0-9_]{1,40}$/.test(code)) return 'code is missing, or holds other than letters, digits and _'
  const level = textOf(given.level)
  if (level === '') return `area ${code} has no level`
  const name = textOf(given.name)
  if (name === '' || name.length > 100) return `area ${code} has no name, or one longer than 100 characters`
  const parentCode = textOf(given.parentCode ?? given.parent_code) || null
  if (parentCode === code) return `area ${code} is its own parent`
  const fault = geometry === null || geometry === undefined ? undefined : findGeometryFault(geometry)
  if (fault) return `area ${code}: the geometry cannot be used (${fault})`
  return {
    line,
    code,
    level,
    name,
    parentCode,
    boundsText: textOf(given.boundsText ?? given.bounds_text) || null,
    kind: readAreaKind(textOf(given.kind)),
    geometry: (geometry as AreaGeometry | null | undefined) ?? null,
  }
}

/** Codes come as numbers from some programs. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0') ? value.trim() : ''
}
