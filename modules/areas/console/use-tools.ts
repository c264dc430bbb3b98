/** What the hand does on the drawing table: which tool, which level, what is chosen, the line being drawn. */
import { computed, ref, shallowRef, watch } from 'vue'
import { say } from '../../../ui/language.ts'
import { snapTo } from '../rules/border-acts.ts'
import { type Corner, cornerAt, ringEdges, shapeHolds } from '../rules/border-map.ts'
import * as acts from '../rules/draft-acts.ts'
import { words } from './draft-words.ts'
import type { DrawingTable } from './use-drawing.ts'

export type Tool = 'select' | 'draw' | 'cut'
/** How near, in pixels, the pointer is taken to a corner or an edge. */
export const snapPixels = 11

export function useTools(table: DrawingTable) {
  const tool = ref<Tool>('select')
  const level = ref('')
  const chosen = shallowRef<ReadonlySet<string>>(new Set())
  const line = shallowRef<readonly Corner[]>([])
  const depth = computed(() => table.levels.value.findIndex((one) => one.level === level.value))

  watch(
    table.levels,
    (levels) => {
      level.value ||= levels.at(-1)?.level ?? ''
    },
    { immediate: true },
  )
  watch([tool, level], () => {
    line.value = []
    if ([...chosen.value].some((id) => table.drawing.value?.get(id)?.level !== level.value)) choose([])
  })
  // What is no longer there is no longer chosen.
  watch(table.drawing, (drawing) => {
    const there = [...chosen.value].filter((id) => drawing?.get(id))
    if (there.length < chosen.value.size) choose(there)
  })

  function choose(ids: Iterable<string>) {
    chosen.value = new Set(ids)
  }
  function areaAt(at: Corner): string | undefined {
    const { value: drawing } = table.drawing
    return drawing?.map
      .idsNear([at[0], at[1], at[0], at[1]])
      .find((id) => drawing.get(id)?.level === level.value && shapeHolds(drawing.map.get(id) ?? [], at))
  }
  function snap(at: Corner, reach: number): Corner {
    const { value: drawing } = table.drawing
    return (drawing && snapTo(drawing.map, at, reach)?.at) ?? cornerAt(at[0], at[1])
  }
  function press(at: Corner, many: boolean, reach: number) {
    if (tool.value !== 'select') {
      line.value = [...line.value, snap(at, reach)]
      return
    }
    const id = areaAt(at)
    if (id === undefined) return choose([])
    if (!many) return choose([id])
    const next = new Set(chosen.value)
    if (!next.delete(id)) next.add(id)
    choose(next)
  }

  /** Where a new area of this level goes: into what is drawn of the level above at its first corner, else into the street. */
  function parentFor(at: Corner): string {
    const { value: drawing } = table.drawing
    const root = drawing?.all().find(({ parentId }) => parentId === null)
    const above = drawing?.map
      .idsNear([at[0], at[1], at[0], at[1]])
      .map((id) => drawing.get(id))
      .filter((area) => area !== undefined)
      .filter(
        (area) => drawing.depth(area.level) < depth.value && shapeHolds(drawing.map.get(area.id) ?? [], at),
      )
      .sort((a, b) => drawing.depth(b.level) - drawing.depth(a.level))[0]
    return above?.id ?? root?.id ?? ''
  }
  const levelName = () => table.levels.value.find((one) => one.level === level.value)?.name ?? ''
  function finish() {
    const { value: drawing } = table.drawing
    if (!drawing || !table.canDraw.value) return
    const drawn = line.value.filter((corner, index) => index === 0 || corner !== line.value[index - 1])
    if (tool.value === 'draw' && drawn.length >= 3) {
      const [lng, lat] = [0, 1].map(
        (side) => drawn.reduce((sum, one) => sum + (one[side] ?? 0), 0) / drawn.length,
      )
      const parentId = parentFor([lng ?? 0, lat ?? 0])
      const number = drawing.children(parentId).filter((one) => one.level === level.value).length + 1
      const name = `${levelName()}${String(number).padStart(2, '0')}`
      const made = table.perform(acts.drawArea(drawing, drawn, { level: level.value, parentId, name }))
      if (made) choose(made)
    }
    const [target] = chosen.value
    if (tool.value === 'cut' && drawn.length >= 2 && target) {
      const name = drawing.get(target)?.name ?? ''
      const made = table.perform(acts.cutArea(drawing, target, drawn, [`${name}-1`, `${name}-2`]))
      if (made) {
        choose(made.slice(0, 2))
        tool.value = 'select'
      }
    }
    line.value = []
  }

  /** Corners of what is chosen, and the middles of its edges. */
  const handles = computed(() => {
    const { value: drawing } = table.drawing
    const corners = new Map<string, Corner>()
    const middles = new Map<string, Corner>()
    if (!drawing || !table.canDraw.value || tool.value !== 'select') return { corners: [], middles: [] }
    for (const id of chosen.value)
      for (const ring of (drawing.map.get(id) ?? []).flat())
        for (const [a, b] of ringEdges(ring)) {
          corners.set(String(a), a)
          const middle = cornerAt((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
          middles.set(String(middle), middle)
        }
    return { corners: [...corners.values()], middles: [...middles.values()] }
  })
  const hint = computed(() =>
    tool.value === 'draw'
      ? say(words.hintDraw)
      : tool.value === 'cut'
        ? say(chosen.value.size === 1 ? words.hintCut : words.chooseFirst)
        : say(words.hintSelect),
  )
  return { tool, level, depth, chosen, line, handles, hint, choose, snap, press, finish }
}

export type Tools = ReturnType<typeof useTools>
