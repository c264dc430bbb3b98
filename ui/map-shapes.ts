/** Shapes that the map draws, and the small geometry it needs for labels and for the view of everything. */
import type { Tone } from './tones.ts'

export type Ring = readonly (readonly [number, number])[]

/** An area of the tree. `depth` is 0 for the whole and grows downwards; `polygons` are rings in lng, lat. */
export interface MapArea {
  readonly id: string
  readonly name: string
  readonly depth: number
  readonly parentId?: string | null
  /** GeoJSON MultiPolygon coordinates: polygons, each an outer ring and its holes. */
  readonly polygons: readonly (readonly Ring[])[]
}

/** A record with a place; `label` is what a reader aloud and the list say. */
export interface MapPoint {
  readonly id: string
  readonly lng: number
  readonly lat: number
  readonly tone: Tone
  readonly label: string
  /** Chosen by the person: drawn with a ring, and never hidden in a cluster of what is not. */
  readonly marked?: boolean
}

export type Bounds = readonly [west: number, south: number, east: number, north: number]

/** The box around rings and points; null when there is nothing. */
export function boundsOf(areas: readonly MapArea[], points: readonly MapPoint[]): Bounds | null {
  let west = Number.POSITIVE_INFINITY
  let south = Number.POSITIVE_INFINITY
  let east = Number.NEGATIVE_INFINITY
  let north = Number.NEGATIVE_INFINITY
  const take = (lng: number, lat: number) => {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  for (const area of areas)
    for (const polygon of area.polygons) for (const [lng, lat] of polygon[0] ?? []) take(lng, lat)
  for (const point of points) take(point.lng, point.lat)
  return west <= east ? [west, south, east, north] : null
}

/** Where a label stands: the centre of gravity of the largest outer ring. */
export function labelPoint(area: MapArea): readonly [number, number] | null {
  let best: readonly [number, number] | null = null
  let bestSize = 0
  for (const polygon of area.polygons) {
    const ring = polygon[0] ?? []
    let twice = 0
    let x = 0
    let y = 0
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i]
      const b = ring[(i + 1) % ring.length]
      if (!a || !b) continue
      const cross = a[0] * b[1] - b[0] * a[1]
      twice += cross
      x += (a[0] + b[0]) * cross
      y += (a[1] + b[1]) * cross
    }
    if (Math.abs(twice) <= bestSize) continue
    bestSize = Math.abs(twice)
    best = [x / (3 * twice), y / (3 * twice)]
  }
  return best
}

function inRing(ring: Ring, lng: number, lat: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]
    const b = ring[j]
    if (!a || !b) continue
    if (a[1] > lat !== b[1] > lat && lng < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0])
      inside = !inside
  }
  return inside
}

/** The area of the asked depth (or the deepest above it) under a point; for pressing, not for deciding a case's place. */
export function findArea(
  areas: readonly MapArea[],
  at: { readonly lng: number; readonly lat: number },
  depth: number,
): MapArea | undefined {
  let found: MapArea | undefined
  for (const area of areas) {
    if (area.depth > depth || (found && found.depth >= area.depth)) continue
    const hit = area.polygons.some(
      ([outer, ...holes]) =>
        outer && inRing(outer, at.lng, at.lat) && !holes.some((hole) => inRing(hole, at.lng, at.lat)),
    )
    if (hit) found = area
  }
  return found
}
