/** Draws the map of areas and points with MapLibre, with no tiles and no fonts from outside. Loaded when needed. */
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Feature, FeatureCollection, Position } from 'geojson'
import { type GeoJSONSource, Map as MapLibreMap, Marker, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { labelLayer } from './map-labels.ts'
import { pointLayer } from './map-points.ts'
import { boundsOf, findArea, type MapArea, type MapPoint } from './map-shapes.ts'
import { tones } from './tones.ts'

setWorkerUrl(workerUrl) // without it MapLibre under Vite stays blank

export interface Pin {
  readonly lng: number
  readonly lat: number
}
export interface MapContent {
  readonly areas: readonly MapArea[]
  readonly points: readonly MapPoint[]
  readonly selectedAreaId: string | null
  readonly pin: Pin | null
}
export interface MapActs {
  readonly onArea: (id: string) => void
  readonly onPoint: (id: string) => void
  /** Present when a place may be picked by pressing the map. */
  readonly onPin?: (pin: Pin) => void
  readonly clusterLabel: (count: number) => string
}
export interface DrawnMap {
  update(content: MapContent): void
  /** Reads the colours again, after light and dark changed. */
  recolour(): void
  zoom(by: 1 | -1): void
  whole(): void
  /** Where a place stands on the drawn map, in pixels from its upper left corner. */
  project(pin: Pin): { x: number; y: number }
  destroy(): void
}

const collect = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

const areaFeatures = (areas: readonly MapArea[]): FeatureCollection =>
  collect(
    areas.map((area) => ({
      type: 'Feature',
      properties: { id: area.id, depth: area.depth },
      geometry: { type: 'MultiPolygon', coordinates: area.polygons as unknown as Position[][][] },
    })),
  )

const pointFeatures = (points: readonly MapPoint[]): FeatureCollection =>
  collect(
    points.map((point) => ({
      type: 'Feature',
      properties: { id: point.id, tone: point.tone, label: point.label, marked: point.marked === true },
      geometry: { type: 'Point', coordinates: [point.lng, point.lat] },
    })),
  )

const colour = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--map-${name}`).trim()
const token = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

function addLayers(map: MapLibreMap, content: MapContent) {
  map.addSource('areas', { type: 'geojson', data: areaFeatures(content.areas), attribution: '' })
  map.addSource('points', {
    type: 'geojson',
    data: pointFeatures(content.points),
    cluster: true,
    clusterRadius: 46,
    clusterMaxZoom: 17,
    clusterProperties: Object.fromEntries(
      tones.map((tone) => [tone, ['+', ['case', ['==', ['get', 'tone'], tone], 1, 0]]]),
    ),
  })
  const deepest = Math.max(0, ...content.areas.map((area) => area.depth))
  map.addLayer({ id: 'fill', type: 'fill', source: 'areas', filter: ['==', ['get', 'depth'], 0], paint: {} })
  // Below one step of the tree per 1.2 zooms a boundary would only be noise.
  for (let depth = deepest; depth >= 0; depth--) {
    map.addLayer({
      id: `line-${depth}`,
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'depth'], depth],
      layout: { 'line-join': 'round' },
      paint: { 'line-width': depth === 0 ? 2 : depth === 1 ? 1.4 : depth === 2 ? 0.9 : 0.6 },
    })
  }
  const none: ['==', ['get', string], string] = ['==', ['get', 'id'], '']
  map.addLayer({ id: 'hover', type: 'fill', source: 'areas', filter: none, paint: {} })
  map.addLayer({
    id: 'lift',
    type: 'line',
    source: 'areas',
    filter: none,
    paint: { 'line-width': 12, 'line-blur': 10, 'line-translate': [0, 4] },
  })
  map.addLayer({ id: 'chosen', type: 'fill', source: 'areas', filter: none, paint: {} })
  map.addLayer({
    id: 'chosen-line',
    type: 'line',
    source: 'areas',
    filter: none,
    layout: { 'line-join': 'round' },
    paint: { 'line-width': 2.4 },
  })
  map.addLayer({
    id: 'points',
    type: 'circle',
    source: 'points',
    paint: { 'circle-radius': 1, 'circle-opacity': 0 },
  })
  return deepest
}

function paint(map: MapLibreMap, deepest: number) {
  map.setPaintProperty('ground', 'background-color', colour('ground'))
  map.setPaintProperty('fill', 'fill-color', colour('area'))
  map.setPaintProperty('hover', 'fill-color', token('accent'))
  map.setPaintProperty('hover', 'fill-opacity', 0.07)
  map.setPaintProperty('lift', 'line-color', 'rgba(20,24,28,0.35)')
  map.setPaintProperty('chosen', 'fill-color', token('accent-tint'))
  map.setPaintProperty('chosen', 'fill-opacity', 0.9)
  map.setPaintProperty('chosen-line', 'line-color', token('accent-solid'))
  for (let depth = 0; depth <= deepest; depth++) {
    map.setPaintProperty(`line-${depth}`, 'line-color', colour(depth <= 1 ? 'line-strong' : 'line'))
  }
}

/** Draws into `box`. The promise fails when the machine has no WebGL; the caller then shows the list. */
export function drawMap(box: HTMLElement, first: MapContent, acts: MapActs): Promise<DrawnMap> {
  let content = first
  const bounds = boundsOf(content.areas, content.points)
  const map = new MapLibreMap({
    container: box,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colour('ground') } }],
    },
    bounds: bounds ? [bounds[0], bounds[1], bounds[2], bounds[3]] : [106.5, 29.5, 106.6, 29.6],
    fitBoundsOptions: { padding: 28 },
    attributionControl: false,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 20,
    fadeDuration: 0,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.scrollZoom.disable() // a page that scrolls must not be caught by the map until it is pressed
  map.once('mousedown', () => map.scrollZoom.enable())

  const pinMarker = new Marker({ draggable: Boolean(acts.onPin), color: token('accent-solid') })
  pinMarker.on('dragend', () => acts.onPin?.(pinMarker.getLngLat()))

  const labels = labelLayer(map)
  const points = pointLayer(map, acts)

  return new Promise((resolve, reject) => {
    map.on('error', (event) => reject(event.error))
    map.on('load', () => {
      let deepest = addLayers(map, content)
      paint(map, deepest)
      const areaAt = (point: { x: number; y: number }) => {
        const depth = labels.depth()
        return findArea(content.areas, map.unproject([point.x, point.y]), depth)
      }
      map.on('click', (event) => {
        if (acts.onPin) return acts.onPin({ lng: event.lngLat.lng, lat: event.lngLat.lat })
        const area = areaAt(event.point)
        if (area) acts.onArea(area.id)
      })
      map.on('mousemove', (event) => {
        const area = acts.onPin ? undefined : areaAt(event.point)
        map.getCanvas().style.cursor = acts.onPin ? 'crosshair' : area ? 'pointer' : ''
        map.setFilter('hover', ['==', ['get', 'id'], area?.id ?? ''])
      })
      const apply = () => {
        const chosen = ['==', ['get', 'id'], content.selectedAreaId ?? ''] as ['==', ['get', string], string]
        for (const layer of ['lift', 'chosen', 'chosen-line']) map.setFilter(layer, chosen)
        if (content.pin) pinMarker.setLngLat([content.pin.lng, content.pin.lat]).addTo(map)
        else pinMarker.remove()
        labels.update(content.areas, content.selectedAreaId)
      }
      apply()
      resolve({
        update(next) {
          const areasChanged = next.areas !== content.areas
          const pointsChanged = next.points !== content.points
          content = next
          if (areasChanged) {
            map.getSource<GeoJSONSource>('areas')?.setData(areaFeatures(next.areas))
            deepest = Math.max(deepest, 0)
          }
          if (pointsChanged) map.getSource<GeoJSONSource>('points')?.setData(pointFeatures(next.points))
          apply()
        },
        recolour: () => paint(map, deepest),
        zoom: (by) => map.zoomTo(map.getZoom() + by, { duration: 120 }),
        whole() {
          const all = boundsOf(content.areas, content.points)
          if (all) map.fitBounds([all[0], all[1], all[2], all[3]], { padding: 28, duration: 140 })
        },
        project: ({ lng, lat }) => map.project([lng, lat]),
        destroy() {
          labels.destroy()
          points.destroy()
          map.remove()
        },
      })
    })
  })
}
