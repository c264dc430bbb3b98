/** Records on the map: each as the shape of its state; near ones gather in a ring that shows the count by state. */
import { type GeoJSONSource, type Map as MapLibreMap, Marker } from 'maplibre-gl'
import { type Tone, toneShapeSvg, tones } from './tones.ts'

interface PointActs {
  readonly onPoint: (id: string) => void
  readonly clusterLabel: (count: number) => string
}

const isTone = (raw: unknown): raw is Tone => tones.some((tone) => tone === raw)

/** A ring whose arcs are the shares of the states, with the count in the middle. */
function clusterSvg(counts: readonly (readonly [Tone, number])[], total: number): string {
  const size = total < 10 ? 34 : total < 100 ? 40 : 48
  const radius = size / 2 - 4
  const round = 2 * Math.PI * radius
  let from = 0
  const arcs = counts.map(([tone, count]) => {
    const length = (count / total) * round
    const arc = `<circle cx="${size / 2}" cy="${size / 2}" r="${radius}" fill="none" stroke="var(--${tone})" stroke-width="4" stroke-dasharray="${Math.max(length - 1, 0.5)} ${round}" stroke-dashoffset="${-from}" transform="rotate(-90 ${size / 2} ${size / 2})"/>`
    from += length
    return arc
  })
  return `<svg width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" aria-hidden="true"><circle cx="${size / 2}" cy="${size / 2}" r="${size / 2 - 1}" fill="var(--surface)"/>${arcs.join('')}<text x="50%" y="50%" text-anchor="middle" dominant-baseline="central" fill="var(--ink)" font-size="12">${total}</text></svg>`
}

function button(className: string, label: string, svg: string, press: () => void): HTMLElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = className
  element.setAttribute('aria-label', label)
  element.title = label
  element.innerHTML = svg // our own drawing; labels go through attributes
  element.addEventListener('click', (event) => {
    event.stopPropagation()
    press()
  })
  return element
}

export function pointLayer(map: MapLibreMap, acts: PointActs) {
  let drawn = new Map<string, Marker>()

  async function openCluster(id: number, at: [number, number]) {
    const zoom = await map.getSource<GeoJSONSource>('points')?.getClusterExpansionZoom(id)
    if (zoom !== undefined) map.easeTo({ center: at, zoom, duration: 140 })
  }
  function make(
    feature: { readonly properties: Readonly<Record<string, unknown>> },
    at: [number, number],
  ): Marker {
    const facts = feature.properties
    if (facts.cluster) {
      const total = Number(facts.point_count)
      const counts = tones
        .map((tone) => [tone, Number(facts[tone] ?? 0)] as const)
        .filter(([, count]) => count > 0)
      const element = button('map-cluster', acts.clusterLabel(total), clusterSvg(counts, total), () =>
        openCluster(Number(facts.cluster_id), at),
      )
      return new Marker({ element }).setLngLat(at)
    }
    const tone = isTone(facts.tone) ? facts.tone : 'waiting'
    const element = button(
      `map-point ${tone}${facts.marked ? ' marked' : ''}`,
      String(facts.label),
      toneShapeSvg(tone),
      () => acts.onPoint(String(facts.id)),
    )
    element.dataset.point = String(facts.id)
    return new Marker({ element }).setLngLat(at)
  }
  function draw() {
    if (!map.getSource('points') || !map.isSourceLoaded('points')) return
    const next = new Map<string, Marker>()
    for (const feature of map.querySourceFeatures('points')) {
      if (feature.geometry.type !== 'Point') continue
      const [lng, lat] = feature.geometry.coordinates
      if (lng === undefined || lat === undefined) continue
      const facts = feature.properties
      const key = facts.cluster
        ? `c${facts.cluster_id}-${facts.point_count}`
        : `p${facts.id}-${facts.tone}-${facts.marked}`
      if (!next.has(key)) next.set(key, drawn.get(key) ?? make(feature, [lng, lat]).addTo(map))
    }
    for (const [key, marker] of drawn) if (!next.has(key)) marker.remove()
    drawn = next
  }
  map.on('sourcedata', (event) => event.sourceId === 'points' && draw())
  map.on('moveend', draw)
  map.on('idle', draw)

  return {
    destroy() {
      for (const marker of drawn.values()) marker.remove()
    },
  }
}
