/** The layers of the editor's map and their colours. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { TileSource } from './area-editor-tiles.ts'

const none = { type: 'FeatureCollection' as const, features: [] }
const lifted = ['boolean', ['feature-state', 'lifted'], false] as const
const chosen = ['boolean', ['feature-state', 'chosen'], false] as const
const unlessLifted = (opacity: number) => ['case', lifted, 0, opacity] as never

export function addEditorLayers(map: MapLibreMap, tiles: TileSource | null): void {
  if (tiles) {
    map.addSource('tiles', {
      type: 'raster',
      tiles: [new URL(tiles.path, location.origin).href.replaceAll('%7B', '{').replaceAll('%7D', '}')],
      tileSize: 256,
      maxzoom: tiles.maxZoom,
    })
    map.addLayer({ id: 'tiles', type: 'raster', source: 'tiles', paint: { 'raster-opacity': 0.75 } })
  }
  map.addSource('all', { type: 'geojson', data: none, promoteId: 'id', tolerance: 0.2 })
  for (const name of ['active', 'corners', 'middles', 'pencil', 'snap', 'buildings', 'samples', 'faults'])
    map.addSource(name, { type: 'geojson', data: none, tolerance: 0 })
  map.addLayer({
    id: 'fill',
    type: 'fill',
    source: 'all',
    filter: ['==', ['get', 'depth'], 0],
    paint: { 'fill-opacity': tiles ? 0.15 : 1 },
  })
  map.addLayer({
    id: 'chosen-fill',
    type: 'fill',
    source: 'all',
    paint: { 'fill-opacity': ['case', lifted, 0, ['case', chosen, 0.75, 0]] as never },
  })
  map.addLayer({
    id: 'lines',
    type: 'line',
    source: 'all',
    layout: { 'line-join': 'round' },
    paint: {
      'line-width': ['interpolate', ['linear'], ['get', 'depth'], 0, 2.2, 1, 1.5, 2, 0.9, 3, 0.5],
      'line-opacity': unlessLifted(1),
    },
  })
  map.addLayer({
    id: 'worked',
    type: 'line',
    source: 'all',
    layout: { 'line-join': 'round' },
    paint: { 'line-width': 0, 'line-opacity': unlessLifted(1) },
  })
  map.addLayer({
    id: 'chosen-line',
    type: 'line',
    source: 'all',
    layout: { 'line-join': 'round' },
    paint: { 'line-width': 2.6, 'line-opacity': ['case', lifted, 0, ['case', chosen, 1, 0]] as never },
  })
  map.addLayer({ id: 'faults', type: 'fill', source: 'faults', paint: { 'fill-opacity': 0.45 } })
  map.addLayer({ id: 'fault-lines', type: 'line', source: 'faults', paint: { 'line-width': 2 } })
  map.addLayer({
    id: 'buildings',
    type: 'circle',
    source: 'buildings',
    minzoom: 12,
    paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 1.2, 17, 4], 'circle-opacity': 0.75 },
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
    ['lines', 'line-color', token('map-line')],
    ['worked', 'line-color', token('map-line-strong')],
    ['chosen-line', 'line-color', accent],
    ['active', 'line-color', accent],
    ['faults', 'fill-color', token('danger')],
    ['fault-lines', 'line-color', token('danger')],
    ['buildings', 'circle-color', token('ink-2')],
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
