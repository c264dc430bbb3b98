/** The checks where one draws: of the areas that the last acts changed, a moment after each. */
import { onBeforeUnmount, shallowRef, watch } from 'vue'
import { geometryOf } from '../rules/border-map.ts'
import { type CheckedArea, checkedTree, type Finding, findingKey } from '../rules/check.ts'
import { checkShapeOf } from '../rules/check-shapes.ts'
import type { Drawing } from '../rules/draft-drawing.ts'
import type { DrawingTable } from './use-drawing.ts'

const afterMs = 500
/** Beyond this many at once the report says it better. */
const mostAreas = 24

export function useLiveChecks({ drawing }: Pick<DrawingTable, 'drawing'>) {
  const findings = shallowRef<readonly Finding[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(drawing, (table) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      findings.value = table ? findingsOf(table) : []
    }, afterMs)
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return findings
}

function findingsOf(table: Drawing): readonly Finding[] {
  const ids = table
    .rows()
    .filter(({ act }) => act !== 'end')
    .map(({ areaId }) => areaId)
  const near = new Set(ids.slice(-mostAreas))
  if (near.size === 0) return []
  const paths = new Map<string, string>()
  const pathOf = (id: string): string => {
    const known = paths.get(id)
    if (known !== undefined) return known
    const area = table.get(id)
    const path = area ? (area.parentId ? `${pathOf(area.parentId)}.${area.code}` : area.code) : ''
    paths.set(id, path)
    return path
  }
  const tree = checkedTree(
    table.all().map((area): CheckedArea => {
      const shape = table.map.get(area.id)
      const { id, code, level, name, kind, parentId } = area
      const geometry = shape ? geometryOf(shape) : null
      return { id, code, level, name, kind, parentId, path: pathOf(id), geometry }
    }),
  )
  const found = new Map<string, Finding>()
  for (const id of near) for (const one of checkShapeOf(tree, id)) found.set(findingKey(one), one)
  return [...found.values()]
}
