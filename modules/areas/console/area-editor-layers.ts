/** The layers of the editor's map and their colours. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { TileSource } from './area-editor-tiles.ts'

const none = { type: 'FeatureCollection' as const, features: [] }
const lifted = ['boolean', ['feature-state', 'lifted'], false] as const

/**
 * Areas less than this many pixels across are a grey heap in which nobody can take a corner: their level is drawn from
 * nearer on. Borders are what a frame costs, so a whole district of micro-grids costs little more than its grids.
 */
const leastSidePixels = 20
const widths = [2.2, 1.5, 0.9, 0.5]
const workedWidth = 1.6
const lineOf = (depth: number) => `line-${depth}`

/** From which zoom on areas of this size, in degrees across, are drawn. */
export const zoomForSide = (degrees: number): number =>
  degrees > 0 ? Math.max(0, Math.log2((360 * leastSidePixels) / (512 * degrees))) : 0

export function addEditorLayers(map: MapLibreMap, tiles: TileSource | null, depths: number): void {
  if (tiles) {
    map.addSource('tiles', {
      type: 'raster',
      tiles: [new URL(tiles.path, location.origin).href.replaceAll('%7B', '{').replaceAll('%7D', '}')],
      tileSize: 256,
      maxzoom: tiles.maxZoom,
    })
    map.addLayer({ id: 'tiles', type: 'raster', source: 'tiles', paint: { 'raster-opacity': 0.75 } })
  }
  // Lines reach a pixel over the edge of a tile: a wide margin would have every tile draw its neighbours' areas too.
  map.addSource('all', { type: 'geojson', data: none, promoteId: 'id', tolerance: 0.4, buffer: 8 })
  for (const name of [
    'chosen',
    'active',
    'corners',
    'middles',
    'pencil',
    'snap',
    'samples',
    'faults',
    'vacant',
  ])
    map.addSource(name, { type: 'geojson', data: none, tolerance: 0 })
  map.addSource('buildings', { type: 'geojson', data: none, buffer: 8 })
  map.addLayer({
    id: 'fill',
    type: 'fill',
    source: 'all',
    filter: ['==', ['get', 'depth'], 0],
    paint: { 'fill-opacity': tiles ? 0.15 : 1 },
  })
  // What is chosen is a source of its own: a fill over thousands of areas that shows a handful costs them all.
  map.addLayer({ id: 'chosen-fill', type: 'fill', source: 'chosen', paint: { 'fill-opacity': 0.75 } })
  for (let depth = depths - 1; depth >= 0; depth--)
    map.addLayer({
      id: lineOf(depth),
      type: 'line',
      source: 'all',
      filter: ['==', ['get', 'depth'], depth],
      layout: { 'line-join': 'round' },
      paint: {
        'line-width': widths[depth] ?? 0.5,
        'line-opacity': ['case', lifted, 0, 1] as never,
      },
    })
  map.addLayer({ id: 'chosen-line', type: 'line', source: 'chosen', paint: { 'line-width': 2.6 } })
  map.addLayer({ id: 'faults', type: 'fill', source: 'faults', paint: { 'fill-opacity': 0.45 } })
  map.addLayer({ id: 'fault-lines', type: 'line', source: 'faults', paint: { 'line-width': 2 } })
  map.addLayer({
    id: 'buildings',
    type: 'circle',
    source: 'buildings',
    minzoom: 12,
    paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 1.2, 17, 4], 'circle-opacity': 0.75 },
  })
  map.addLayer({
    id: 'vacant',
    type: 'circle',
    source: 'vacant',
    paint: { 'circle-radius': 5, 'circle-stroke-width': 1.5 },
  })
  map.addLayer({ id: 'active', type: 'line', source: 'active', paint: { 'line-width': 2.2 } })
  map.addLayer({
    id: 'samples',
    type: 'circle',
    source: 'samples',
    paint: { 'circle-radius': 6, 'circle-stroke-width': 2 },
  })
  map.addLayer({
    id: 'pencil',
    type: 'line',
    source: 'pencil',
    paint: { 'line-width': 2, 'line-dasharray': [2, 1.5] },
  })
  map.addLayer({
    id: 'pencil-corners',
    type: 'circle',
    source: 'pencil',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 4, 'circle-stroke-width': 1.5 },
  })
  map.addLayer({
    id: 'middles',
    type: 'circle',
    source: 'middles',
    minzoom: 14,
    paint: { 'circle-radius': 3.5, 'circle-stroke-width': 1 },
  })
  map.addLayer({
    id: 'corners',
    type: 'circle',
    source: 'corners',
    paint: { 'circle-radius': 5, 'circle-stroke-width': 2 },
  })
  map.addLayer({
    id: 'snap',
    type: 'circle',
    source: 'snap',
    paint: { 'circle-radius': 8, 'circle-opacity': 0, 'circle-stroke-width': 2 },
  })
}

/** The level that is worked on is drawn stronger; its colour and width are no data, so nothing is laid out anew. */
export function workOn(map: MapLibreMap, depths: number, worked: number): void {
  for (let depth = 0; depth < depths; depth++) {
    const own = depth === worked
    const width = widths[depth] ?? 0.5
    map.setPaintProperty(lineOf(depth), 'line-width', own ? Math.max(width, workedWidth) : width)
    map.setPaintProperty(lineOf(depth), 'line-color', token(own ? 'map-line-strong' : 'map-line'))
  }
}

/** Levels whose areas would be a heap of lines from afar are drawn from nearer on; the outermost ones always. */
export function drawFrom(map: MapLibreMap, sides: ReadonlyMap<number, number>): void {
  for (const [depth, side] of sides) map.setLayerZoomRange(lineOf(depth), drawnFrom(depth, side), 24)
}
export const drawnFrom = (depth: number, side: number): number => (depth < 2 ? 0 : zoomForSide(side))

const token = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

/** Reads the colours of light or dark again. */
export function paintEditor(map: MapLibreMap): void {
  const accent = token('accent-solid')
  const surface = token('surface')
  const colours: readonly (readonly [layer: string, property: string, colour: string])[] = [
    ['ground', 'background-color', token('map-ground')],
    ['fill', 'fill-color', token('map-area')],
    ['chosen-fill', 'fill-color', token('accent-tint')],
    ['chosen-line', 'line-color', accent],
    ['active', 'line-color', accent],
    ['faults', 'fill-color', token('danger')],
    ['fault-lines', 'line-color', token('danger')],
    ['buildings', 'circle-color', token('ink-2')],
    ['vacant', 'circle-color', token('danger')],
    ['vacant', 'circle-stroke-color', surface],
    ['samples', 'circle-color', token('danger')],
    ['samples', 'circle-stroke-color', surface],
    ['pencil', 'line-color', accent],
    ['pencil-corners', 'circle-color', surface],
    ['pencil-corners', 'circle-stroke-color', accent],
    ['middles', 'circle-color', surface],
    ['middles', 'circle-stroke-color', accent],
    ['corners', 'circle-color', surface],
    ['corners', 'circle-stroke-color', accent],
    ['snap', 'circle-stroke-color', accent],
  ]
  for (const [layer, property, colour] of colours)
    map.setPaintProperty(layer, property as never, colour as never)
}
