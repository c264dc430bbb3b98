/** What else can be laid over the drawing: open cases in clusters, posts that nobody holds, names of compounds. */
import type { Feature } from 'geojson'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { say } from '../../../ui/language.ts'
import { words as shared } from '../../../ui/messages.ts'
import { type Tone, tones } from '../../../ui/tones.ts'
import type { Corner } from '../rules/border-map.ts'
import type { EditorPin } from './area-editor-features.ts'

/** A record at a place: its state as a shape, and words for whoever hears the map. */
export interface EditorMark extends EditorPin {
  readonly tone: Tone
}

export interface EditorMarks {
  readonly points: readonly EditorMark[]
  readonly vacant: readonly EditorPin[]
  readonly compounds: readonly EditorPin[]
  readonly buildings: boolean
}

export const noMarks: EditorMarks = { points: [], vacant: [], compounds: [], buildings: true }

export function addMarks(map: MapLibreMap): void {
  map.addSource('points', {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [] },
    cluster: true,
    clusterRadius: 46,
    clusterMaxZoom: 17,
    clusterProperties: Object.fromEntries(
      tones.map((tone) => [tone, ['+', ['case', ['==', ['get', 'tone'], tone], 1, 0]]]),
    ),
  })
  // Markers are HTML above the map; a source without a layer would never be loaded.
  map.addLayer({ id: 'points', type: 'circle', source: 'points', paint: { 'circle-radius': 0 } })
}

export const markFeatures = (marks: readonly EditorMark[], onto: (corner: Corner) => Corner): Feature[] =>
  marks.map(({ id, name, tone, lng, lat }) => ({
    type: 'Feature',
    properties: { id, tone, label: name },
    geometry: { type: 'Point', coordinates: [...onto([lng, lat])] },
  }))

export const markActs = (acts: { onMark(id: string): void }) => ({
  onPoint: (id: string) => acts.onMark(id),
  clusterLabel: (n: number) => say(shared.clusterOf, { n }),
})
