/** Which leaf area holds a place: an index of boxes first, then the exact test. Knows no HTTP and no database. */
import Flatbush from 'flatbush'
import { type AreaGeometry, boundingBox, containsPoint, onBorder } from '../../../lib/geometry.ts'
import { flattenShapes } from './flat-shapes.ts'

/** A leaf of the area tree with its boundary in WGS-84. */
export interface LocatorLeaf {
  readonly areaId: string
  /** The ltree path from the street down. */
  readonly path: string
  readonly geometry: AreaGeometry
}

export interface Locator {
  /**
   * The one leaf that holds the place (WGS-84 degrees), or undefined outside all of them. The same place gives
   * the same leaf every time, in whatever order the leaves were given:
   * 1. a leaf that contains it; a shared border belongs to one of its leaves by the geometry alone (see
   *    `containsPoint`); where leaves overlap, the first by path, then by id;
   * 2. else a leaf on whose outer border it lies exactly, the first by path, then by id.
   */
  locate(lng: number, lat: number): LocatorLeaf | undefined
}

/** Builds the index; a leaf whose geometry has no positions is never found. */
export function buildLocator(leaves: readonly LocatorLeaf[]): Locator {
  const boxed = leaves.flatMap((leaf) => {
    const box = boundingBox(leaf.geometry)
    return box ? [{ leaf, box }] : []
  })
  // In the order of precedence, so that the first hit by position is the right one.
  boxed.sort((a, b) => byPathThenId(a.leaf, b.leaf))
  if (boxed.length === 0) return { locate: () => undefined }
  const index = new Flatbush(boxed.length)
  for (const { box } of boxed) index.add(...box)
  index.finish()
  const shapes = flattenShapes(boxed.map(({ leaf }) => leaf.geometry))
  return {
    locate: (lng, lat) => {
      if (!Number.isFinite(lng) || !Number.isFinite(lat)) return undefined
      const near = index.search(lng, lat, lng, lat).sort((a, b) => a - b)
      // The same choice as `chooseLeaf`.
      const found =
        near.find((position) => shapes.contains(position, lng, lat)) ??
        near.find((position) => shapes.onBorder(position, lng, lat))
      return found === undefined ? undefined : boxed[found]?.leaf
    },
  }
}

/** The choice among leaves that are already in order of precedence, one by one: what the locator is held against. */
export function chooseLeaf(
  ordered: readonly LocatorLeaf[],
  lng: number,
  lat: number,
): LocatorLeaf | undefined {
  return (
    ordered.find((leaf) => containsPoint(leaf.geometry, lng, lat)) ??
    ordered.find((leaf) => onBorder(leaf.geometry, lng, lat))
  )
}

/** By code unit and not by locale, so that every machine agrees. */
export function byPathThenId(a: LocatorLeaf, b: LocatorLeaf): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  if (a.areaId === b.areaId) return 0
  return a.areaId < b.areaId ? -1 : 1
}
