/** Shapes of the server as the map takes them, and lines out of a GeoJSON file. */
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { MapArea } from '../../../ui/map-shapes.ts'
import type { ProposalGroup } from '../contract.ts'

/** A polygon is drawn as a multipolygon of one. */
export const mapPolygons = (geometry: AreaGeometry): MapArea['polygons'] =>
  (geometry.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry.coordinates) as unknown as MapArea['polygons']

/** Each group with its households as its name: what one compares. */
export const groupShapes = (groups: readonly ProposalGroup[]): MapArea[] =>
  groups.flatMap((group) =>
    group.geometry
      ? [
          {
            id: `${group.parent.id}/${group.number}`,
            name: String(group.households),
            depth: 1,
            polygons: mapPolygons(group.geometry),
          },
        ]
      : [],
  )

export interface ReadLine {
  readonly name: string
  readonly line: number[][]
}

/** The lines of a GeoJSON feature collection; of other features nothing is taken. */
export function linesOf(text: string): ReadLine[] {
  const { features } = JSON.parse(text) as { features?: unknown }
  if (!Array.isArray(features)) return []
  return features.flatMap((feature: unknown, index): ReadLine[] => {
    const { geometry, properties } = feature as {
      geometry?: { type?: string; coordinates?: unknown }
      properties?: Record<string, unknown> | null
    }
    const name = String(properties?.name ?? properties?.NAME ?? index + 1).slice(0, 60)
    const lines =
      geometry?.type === 'LineString'
        ? [geometry.coordinates]
        : geometry?.type === 'MultiLineString'
          ? (geometry.coordinates as unknown[])
          : []
    return lines.flatMap((line) => {
      const positions = (line as unknown[][]).map(([lng, lat]) => [Number(lng), Number(lat)])
      const sound = positions.every((position) => position.every(Number.isFinite))
      return sound && positions.length > 1 ? [{ name, line: positions }] : []
    })
  })
}
