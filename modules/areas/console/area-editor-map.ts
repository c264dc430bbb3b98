/** The map of the editor: all areas as one source that is changed feature by feature, and what is under the hand apart. */
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Feature } from 'geojson'
import { type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { pointLayer } from '../../../ui/map-points.ts'
import { boxOfShape, type Corner, type Shape } from '../rules/border-map.ts'
import { type EditorPin, featureMaker, middleOf, usualSide } from './area-editor-features.ts'
import { labelSet, type MapLabel } from './area-editor-labels.ts'
import { addEditorLayers, drawFrom, drawnFrom, paintEditor, workOn } from './area-editor-layers.ts'
import { addMarks, type EditorMarks, markActs, markFeatures } from './area-editor-marks.ts'
import { mapEdge, type TileSource } from './area-editor-tiles.ts'

setWorkerUrl(workerUrl) // without it MapLibre under Vite stays blank

export interface MapShape {
  readonly id: string
  readonly name: string
  readonly depth: number
  readonly shape: Shape
  /** A figure beside the name, such as open cases. */
  readonly badge?: string
}

export interface EditorMapActs {
  /** A press at a place; `many` while shift is held. */
  onPress(at: Corner, many: boolean): void
  onMove(at: Corner): void
  /** A corner of what is chosen is being pulled; answers the shapes as they would be. */
  onPull(from: Corner, to: Corner): readonly (readonly [string, Shape])[]
  onDrop(from: Corner, to: Corner): void
  onMiddle(at: Corner): void
  onRemove(at: Corner): void
  onFinish(): void
  /** Whether the level that is worked on is too small to be drawn from here. */
  onFar(isFar: boolean): void
  /** A case or another record was pressed. */
  onMark(id: string): void
}

export interface EditorMap {
  /** All of them anew; after the first time only what differs is sent. */
  show(shapes: readonly MapShape[]): void
  /** Depth of the level that is worked on: its names are shown. */
  work(
    depth: number,
    chosen: ReadonlySet<string>,
    corners: readonly Corner[],
    middles: readonly Corner[],
  ): void
  /** The line under the pencil, and where the next corner would snap to. */
  pencil(line: readonly Corner[], snapped: Corner | null): void
  pins(buildings: readonly EditorPin[], samples: readonly EditorPin[]): void
  faults(shapes: readonly Shape[]): void
  /** Degrees of latitude for so many pixels at this zoom. */
  degrees(pixels: number): number
  lay(marks: EditorMarks): void
  /** Shows a place, such as that of a finding, as large as the map is. */
  goTo(shape: Shape): void
  drawing(on: boolean): void
  whole(): void
  zoom(by: 1 | -1): void
  recolour(): void
  destroy(): void
}

/** Below stands the bar with the acts of the pencil: nothing lies under it at first. */
const room = { top: 40, left: 40, right: 40, bottom: 90 }

function sidesOf(shapes: readonly MapShape[], depths: number): Map<number, number> {
  const byDepth = Array.from({ length: depths }, (): Shape[] => [])
  for (const { depth, shape } of shapes) byDepth[depth]?.push(shape)
  return new Map(byDepth.map((own, depth) => [depth, usualSide(own)]))
}

export async function drawEditorMap(
  box: HTMLElement,
  start: {
    readonly bounds: readonly [number, number, number, number]
    readonly tiles: TileSource | null
    /** How many levels the tree has. */
    readonly depths: number
  },
  acts: EditorMapActs,
): Promise<EditorMap> {
  const map = new MapLibreMap({
    container: box,
    style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: {} }] },
    bounds: [...start.bounds],
    fitBoundsOptions: { padding: room },
    attributionControl: false,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    doubleClickZoom: false,
    maxZoom: 21,
    fadeDuration: 0,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  await new Promise<void>((resolve, reject) => {
    map.once('error', (event) => reject(event.error))
    map.once('load', () => resolve())
  })
  const edge = mapEdge(start.tiles)
  const { feature, points, pinFeatures } = featureMaker(edge.onto)
  addEditorLayers(map, start.tiles, start.depths)
  addMarks(map)
  paintEditor(map)
  const source = (name: string) => map.getSource<GeoJSONSource>(name)
  const put = (name: string, features: Feature[]) =>
    source(name)?.setData({ type: 'FeatureCollection', features })

  let shown = new Map<string, MapShape>()
  let sides: ReadonlyMap<number, number> = new Map()
  let depthNow = -1
  let chosenNow: ReadonlySet<string> = new Set()
  let isDrawing = false
  const names = labelSet(map, 'editor-label')
  const compounds = labelSet(map, 'editor-label compound', 15)
  const marks = pointLayer(map, markActs(acts))

  const tellFar = () => acts.onFar(map.getZoom() < drawnFrom(depthNow, sides.get(depthNow) ?? 0))
  map.on('zoomend', tellFar)

  /** Only of the level that is worked on. */
  function* namesNow(): Iterable<MapLabel> {
    for (const { id, name, badge, depth, shape } of shown.values()) {
      const middle = depth === depthNow ? middleOf(shape, edge.onto) : undefined
      if (middle) yield { id, text: name, at: middle, ...(badge ? { badge } : {}) }
    }
  }
  function showChosen(except: ReadonlySet<string> = new Set()) {
    put(
      'chosen',
      [...chosenNow].flatMap((id) => {
        const one = except.has(id) ? undefined : shown.get(id)
        return one ? [feature(one, one.shape)] : []
      }),
    )
  }

  const at = (lngLat: { lng: number; lat: number }): Corner => edge.back([lngLat.lng, lngLat.lat])
  const handleAt = (layer: string, point: { x: number; y: number }): Corner | undefined => {
    const reach = 9
    const [hit] = map.queryRenderedFeatures(
      [
        [point.x - reach, point.y - reach],
        [point.x + reach, point.y + reach],
      ],
      { layers: [layer] },
    )
    return hit && [Number(hit.properties.lng), Number(hit.properties.lat)]
  }

  let pulled: Corner | undefined
  let isPulling = false
  let last: Corner | undefined
  const begin = (event: { point: { x: number; y: number }; preventDefault(): void }) => {
    if (isDrawing) return
    pulled = handleAt('corners', event.point)
    last = undefined
    if (pulled) event.preventDefault()
  }
  const pull = (event: { lngLat: { lng: number; lat: number } }) => {
    if (!pulled) return acts.onMove(at(event.lngLat))
    last = at(event.lngLat)
    const changed = acts.onPull(pulled, last)
    put(
      'active',
      changed.map(([id, shape]) => feature({ id, depth: 9 }, shape)),
    )
    for (const [id] of changed) map.setFeatureState({ source: 'all', id }, { lifted: true })
    if (!isPulling) showChosen(new Set(changed.map(([id]) => id)))
    isPulling = true
  }
  const drop = () => {
    if (!pulled) return
    const [from, to] = [pulled, last]
    pulled = undefined
    isPulling = false
    if (to) acts.onDrop(from, to)
    map.removeFeatureState({ source: 'all' })
    showChosen()
    map.once('idle', () => put('active', []))
  }
  map.on('mousedown', begin)
  map.on('touchstart', begin)
  map.on('mousemove', pull)
  map.on('touchmove', pull)
  map.on('mouseup', drop)
  map.on('touchend', drop)
  map.on('click', (event) => {
    const middle = isDrawing ? undefined : handleAt('middles', event.point)
    if (middle) return acts.onMiddle(middle)
    if (!isDrawing && handleAt('corners', event.point)) return
    acts.onPress(at(event.lngLat), event.originalEvent.shiftKey)
  })
  map.on('dblclick', () => acts.onFinish())
  map.on('contextmenu', (event) => {
    const corner = isDrawing ? undefined : handleAt('corners', event.point)
    if (corner) acts.onRemove(corner)
  })

  return {
    show(shapes) {
      const next = new Map(shapes.map((one) => [one.id, one]))
      const remove = [...shown.keys()].filter((id) => !next.has(id))
      const add = shapes.filter((one) => shown.get(one.id)?.shape !== one.shape)
      const isFirst = shown.size === 0
      if (isFirst)
        put(
          'all',
          add.map((one) => feature(one, one.shape)),
        )
      else if (remove.length + add.length > 0)
        source('all')?.updateData({ remove, add: add.map((one) => ({ ...feature(one, one.shape) })) })
      shown = next
      if (isFirst || remove.length > 0) {
        sides = sidesOf(shapes, start.depths)
        drawFrom(map, sides)
        tellFar()
      }
      names.show(namesNow)
    },
    work(depth, chosen, corners, middles) {
      chosenNow = chosen
      showChosen()
      if (depth !== depthNow) {
        depthNow = depth
        workOn(map, start.depths, depth)
        tellFar()
      }
      put('corners', points(corners))
      put('middles', points(middles))
      names.show(namesNow)
    },
    lay({ points: records, vacant, compounds: named, buildings }) {
      put('points', markFeatures(records, edge.onto))
      put('vacant', pinFeatures(vacant))
      map.setLayoutProperty('buildings', 'visibility', buildings ? 'visible' : 'none')
      compounds.show(() =>
        named.map(({ id, name, lng, lat }) => ({ id, text: name, at: edge.onto([lng, lat]) })),
      )
    },
    goTo(shape) {
      const reach = boxOfShape(shape)
      if (!reach) return
      const [southWest, northEast] = [edge.onto([reach[0], reach[1]]), edge.onto([reach[2], reach[3]])]
      map.fitBounds([[...southWest], [...northEast]], { padding: room, maxZoom: 18, duration: 0 })
    },
    pencil(line, snapped) {
      put('pencil', [
        ...(line.length > 1
          ? [
              {
                type: 'Feature' as const,
                properties: {},
                geometry: {
                  type: 'LineString' as const,
                  coordinates: line.map((one) => [...edge.onto(one)]),
                },
              },
            ]
          : []),
        ...points(line),
      ])
      put('snap', snapped ? points([snapped]) : [])
    },
    pins(buildings, samples) {
      put('buildings', pinFeatures(buildings))
      put('samples', pinFeatures(samples))
    },
    faults(shapes) {
      put(
        'faults',
        shapes.map((shape, index) => feature({ id: String(index), depth: 9 }, shape)),
      )
    },
    degrees: (pixels) => (pixels * 360) / (512 * 2 ** map.getZoom()),
    drawing(on) {
      isDrawing = on
      map.getCanvas().style.cursor = on ? 'crosshair' : ''
    },
    whole() {
      const all = boxOfShape([...shown.values()].flatMap(({ shape }) => shape))
      if (!all) return
      const [southWest, northEast] = [edge.onto([all[0], all[1]]), edge.onto([all[2], all[3]])]
      map.fitBounds([[...southWest], [...northEast]], { padding: room, duration: 140 })
    },
    zoom: (by) => map.zoomTo(map.getZoom() + by, { duration: 120 }),
    recolour() {
      paintEditor(map)
      workOn(map, start.depths, depthNow)
    },
    destroy() {
      names.clear()
      compounds.clear()
      marks.destroy()
      map.remove()
    },
  }
}
