/** Made-up rows for the gallery; no real person, place or case. */
import type { MapArea, MapPoint, Ring } from '../../../ui/map-shapes.ts'
import { type Tone, tones } from '../../../ui/tones.ts'

export interface SampleCase {
  readonly id: string
  readonly number: string
  readonly text: string
  readonly tone: Tone
  readonly place: string
  readonly holder: string
  readonly minutesLeft: number
  readonly at: string
}

const texts = [
  '三号楼二单元电梯今天早上又停了，老人下不来',
  '小区东门外面的排水沟返味，一到下午就很重',
  '楼道里有人给电动车飞线充电',
  '想问一下老年食堂的补贴怎么申请',
  '七栋楼顶有东西掉下来，差点砸到人',
  '夜里烧烤摊很吵，十二点以后还在放音乐',
  '消防通道长期被一辆旧面包车占着，车上落满了灰，联系不上车主，物业说他们没有权力拖走，请街道出面协调一下',
  '谢谢天桥社区的网格员，昨天帮我妈把药取回来了',
]
const places = [
  '天桥社区 · 第3网格 · 微网格07',
  '银杏社区 · 第1网格 · 微网格02',
  '河湾社区 · 第2网格 · 微网格11',
]
const holders = ['城管执法队', '康居物业', '天桥社区', '市政养护所', '—']
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

export const sampleCases: readonly SampleCase[] = Array.from({ length: 24 }, (_, i) => ({
  id: `sample-${i}`,
  number: `26-0925-${String(118 - i).padStart(4, '0')}`,
  text: pick(texts, i),
  tone: pick(tones, i * 3 + 1),
  place: pick(places, i),
  holder: pick(holders, i * 2),
  minutesLeft: 2400 - i * 190,
  at: new Date(Date.now() - i * 5_400_000 - 600_000).toISOString(),
}))

const cell = (i: number, j: number, n: number): [number, number] => {
  const wave = (a: number, b: number) => Math.sin(a * 2.7 + b * 1.9) * 0.24
  return [106.55 + ((i + wave(i, j)) / n) * 0.03, 29.55 + ((j + wave(j + 3, i)) / n) * 0.022]
}
/** The block of small cells from (i0, j0) to (i1, j1) as one outline, so that all levels share their borders. */
function outline(i0: number, j0: number, i1: number, j1: number, n: number): Ring {
  const ring: [number, number][] = []
  for (let i = i0; i < i1; i++) ring.push(cell(i, j0, n))
  for (let j = j0; j < j1; j++) ring.push(cell(i1, j, n))
  for (let i = i1; i > i0; i--) ring.push(cell(i, j1, n))
  for (let j = j1; j >= j0; j--) ring.push(cell(i0, j, n))
  return ring
}

const area = (id: string, name: string, depth: number, parentId: string | null, ring: Ring): MapArea => ({
  id,
  name,
  depth,
  parentId,
  polygons: [[ring]],
})

function makeAreas(): MapArea[] {
  const n = 12
  const all: MapArea[] = [area('street', '示范街道', 0, null, outline(0, 0, n, n, n))]
  for (const [c, name] of ['天桥社区', '银杏社区', '河湾社区'].entries()) {
    all.push(area(`c${c}`, name, 1, 'street', outline(c * 4, 0, c * 4 + 4, n, n)))
    for (let g = 0; g < 4; g++) {
      const grid = `c${c}-g${g}`
      all.push(area(grid, `第${g + 1}网格`, 2, `c${c}`, outline(c * 4, g * 3, c * 4 + 4, g * 3 + 3, n)))
      for (let m = 0; m < 6; m++) {
        const i = c * 4 + (m % 2) * 2
        const j = g * 3 + Math.floor(m / 2)
        all.push(area(`${grid}-m${m}`, `微网格0${m + 1}`, 3, grid, outline(i, j, i + 2, j + 1, n)))
      }
    }
  }
  return all
}

export const sampleAreas = makeAreas()
export const samplePoints: readonly MapPoint[] = Array.from({ length: 140 }, (_, i) => ({
  id: `p${i}`,
  lng: 106.551 + (((i * 7919) % 1000) / 1000) * 0.028,
  lat: 29.551 + (((i * 104729) % 1000) / 1000) * 0.02,
  tone: pick(tones, i * 5 + (i % 3)),
  label: pick(texts, i),
}))
