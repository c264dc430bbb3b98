/** Area names on the map as HTML, so that no glyphs are fetched: one level of the tree at a time, as it fits. */
import { type Map as MapLibreMap, Marker } from 'maplibre-gl'
import { boundsOf, labelPoint, type MapArea } from './map-shapes.ts'

interface Label {
  readonly area: MapArea
  readonly marker: Marker
  readonly west: number
  readonly east: number
  shown: boolean
}

/** About how wide a name is in 12 px type. */
const widthOf = (name: string) => [...name].reduce((sum, char) => sum + (char > '\u2e7f' ? 13 : 7), 8)

function makeLabel(area: MapArea): Label | null {
  const at = labelPoint(area)
  const bounds = boundsOf([area], [])
  if (!at || !bounds) return null
  const element = document.createElement('span')
  element.className = `map-label depth-${Math.min(area.depth, 3)}`
  element.textContent = area.name
  element.setAttribute('aria-hidden', 'true') // the list beside the map says the names to readers
  const marker = new Marker({ element }).setLngLat([at[0], at[1]])
  return { area, marker, west: bounds[0], east: bounds[2], shown: false }
}

export function labelLayer(map: MapLibreMap) {
  let labels: Label[] = []
  let drawnFor: readonly MapArea[] | null = null
  let selected: string | null = null
  let depthNow = 0

  /** The deepest level of which three names in five have room at this zoom. */
  function fittingDepth(): number {
    const pixelsPerDegree = (512 * 2 ** map.getZoom()) / 360
    let fitting = 0
    for (let depth = 0; ; depth++) {
      const level = labels.filter((label) => label.area.depth === depth)
      if (level.length === 0) return fitting
      const room = level.filter(
        (label) => (label.east - label.west) * pixelsPerDegree > 1.7 * widthOf(label.area.name),
      )
      if (room.length < level.length * 0.6) return fitting
      fitting = depth
    }
  }
  function show() {
    depthNow = fittingDepth()
    for (const label of labels) {
      const wanted =
        label.area.id === selected || (label.area.depth === depthNow && label.area.parentId !== selected)
      if (wanted !== label.shown) {
        if (wanted) label.marker.addTo(map)
        else label.marker.remove()
        label.shown = wanted
      }
      label.marker.getElement().classList.toggle('chosen', label.area.id === selected)
    }
  }
  map.on('zoomend', show)

  return {
    /** The level that is named now; presses go to it. */
    depth: () => depthNow,
    update(areas: readonly MapArea[], selectedId: string | null) {
      selected = selectedId
      if (areas !== drawnFor) {
        for (const label of labels) label.marker.remove()
        labels = areas.map(makeLabel).filter((label) => label !== null)
        drawnFor = areas
      }
      show()
    },
    destroy() {
      for (const label of labels) label.marker.remove()
    },
  }
}
