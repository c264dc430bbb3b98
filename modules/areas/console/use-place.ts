/** A place that the address asks for, such as that of a finding: shown at once, its area chosen, the tool in the hand. */
import { computed, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { Shape } from '../rules/border-map.ts'
import type { EditorPin } from './area-editor-features.ts'
import type { DrawingTable } from './use-drawing.ts'
import type { Tool, Tools } from './use-tools.ts'

const toolNames: readonly Tool[] = ['select', 'draw', 'cut']
/** About fifty metres to each side. */
const around = 0.0005

export function usePlace(table: DrawingTable, tools: Tools) {
  const { query } = useRoute()
  const asked = (key: string) => (typeof query[key] === 'string' ? query[key] : '')
  const [lng, lat] = asked('at').split(',').map(Number)
  const isPlace = lng !== undefined && lat !== undefined && Number.isFinite(lng) && Number.isFinite(lat)
  const focus = ref<Shape>()

  const stop = watch(
    table.drawing,
    (drawing) => {
      if (!drawing) return
      const area = drawing.get(asked('area'))
      const tool = toolNames.find((one) => one === asked('tool'))
      if (area) tools.level.value = area.level
      else if (drawing.levels.includes(asked('level'))) tools.level.value = asked('level')
      if (tool && table.canDraw.value) tools.tool.value = tool
      // The level and the tool let go of what was chosen: it is chosen after both.
      queueMicrotask(() => area && tools.choose([area.id]))
      focus.value = area && drawing.map.get(area.id)
      if (isPlace && !focus.value) focus.value = boxAround(lng, lat)
      queueMicrotask(() => stop())
    },
    { immediate: true, flush: 'post' },
  )
  const pins = computed<readonly EditorPin[]>(() => (isPlace ? [{ id: 'asked', name: '', lng, lat }] : []))
  return { focus, pins }
}

const boxAround = (lng: number, lat: number): Shape => [
  [
    [
      [lng - around, lat - around],
      [lng + around, lat - around],
      [lng + around, lat + around],
      [lng - around, lat + around],
    ],
  ],
]
