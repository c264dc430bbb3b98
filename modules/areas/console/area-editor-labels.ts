/** Words on the editor's map: names of areas with a figure, names of compounds. HTML, and so no more than can be read. */
import { type Map as MapLibreMap, Marker } from 'maplibre-gl'

export interface MapLabel {
  readonly id: string
  readonly text: string
  /** A figure beside the name, such as open cases. */
  readonly badge?: string
  /** As the map is drawn. */
  readonly at: readonly [number, number]
}

/** More than this at once would be a heap of letters, and each of them is moved with every frame. */
const mostLabels = 90
/** Square pixels that a name needs around it: a phone shows names from nearer on. */
const roomOfLabel = 7_000

function elementOf({ text, badge }: MapLabel, className: string): HTMLElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  if (badge) {
    const figure = document.createElement('b')
    figure.textContent = badge
    element.append(' ', figure)
  }
  element.setAttribute('aria-hidden', 'true')
  return element
}

/** Pixels of a letter of a name, Chinese or not, and of a line of it. */
const [wideLetter, narrowLetter, lineHeight] = [12, 7, 18]

/** How wide a label stands on the map. */
function widthOf({ text, badge }: MapLabel): number {
  const letters = [...(badge ? `${text} ${badge}` : text)]
  return letters.reduce((sum, letter) => sum + (letter > '\u2e80' ? wideLetter : narrowLetter), 6)
}

/** Those that stand free of the ones before them: a name that covers half of another says neither. */
function apartFrom(map: MapLibreMap): (label: MapLabel) => boolean {
  const placed: { x: number; y: number; width: number }[] = []
  return (label) => {
    const { x, y } = map.project([...label.at])
    const width = widthOf(label)
    const covers = placed.some(
      (other) => Math.abs(other.x - x) < (other.width + width) / 2 && Math.abs(other.y - y) < lineHeight,
    )
    if (!covers) placed.push({ x, y, width })
    return !covers
  }
}

/** Shows those of `all` that are in view and free of each other, or none where they would be too many. `down` moves them, in pixels. */
export function labelSet(map: MapLibreMap, className: string, down = 0) {
  const shown = new Map<string, { marker: Marker; of: MapLabel }>()
  let all: () => Iterable<MapLabel> = () => []
  const clear = () => {
    for (const { marker } of shown.values()) marker.remove()
    shown.clear()
  }
  function draw() {
    const view = map.getBounds()
    const { clientWidth, clientHeight } = map.getContainer()
    const most = Math.min(mostLabels, (clientWidth * clientHeight) / roomOfLabel)
    const wanted = new Map<string, MapLabel>()
    for (const one of all()) {
      if (view.contains([...one.at])) wanted.set(one.id, one)
      if (wanted.size > most) return clear()
    }
    const isFree = apartFrom(map)
    for (const [id, one] of wanted) if (!isFree(one)) wanted.delete(id)
    for (const [id, { marker, of }] of shown) {
      const now = wanted.get(id)
      if (now && now.text === of.text && now.badge === of.badge && String(now.at) === String(of.at)) continue
      marker.remove()
      shown.delete(id)
    }
    for (const [id, one] of wanted)
      if (!shown.has(id))
        shown.set(id, {
          of: one,
          marker: new Marker({ element: elementOf(one, className), offset: [0, down] })
            .setLngLat([...one.at])
            .addTo(map),
        })
  }
  map.on('moveend', draw)
  return {
    show(labels: () => Iterable<MapLabel>) {
      all = labels
      draw()
    },
    clear,
  }
}
