/** The tree, its levels and its shapes as the screens need them. Read once and kept for the visit. */
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref, ref } from 'vue'
import type { OutputOf } from '../../../lib/contract.ts'
import { call } from '../../../platform/client/index.ts'
import { readStatus } from '../../../platform/client/read-status.ts'
import { language } from '../../../ui/language.ts'
import type { MapArea } from '../../../ui/map-shapes.ts'
import { type AreaView, getBoundaries, listAreaLevels, listAreas } from '../contract.ts'

const forTheVisit = { staleTime: 600_000, refetchOnWindowFocus: false } as const

export const depthOf = (area: Pick<AreaView, 'path'>): number => area.path.split('.').length - 1

/** 天桥社区第1网格 under 天桥社区 reads 第1网格. */
export const shortName = (name: string, parent: string | undefined): string =>
  parent !== undefined && name.startsWith(parent) && name.length > parent.length
    ? name.slice(parent.length).replace(/^[\s·]+/, '')
    : name

/** 天桥社区 · 第3网格 · 微网格07. */
export const chainWords = (chain: readonly { readonly name: string }[]): string =>
  chain.map((area, index) => shortName(area.name, chain[index - 1]?.name)).join(' · ')

/** A day in the address, so that what was looked at can be sent on; empty for today. */
export type AsOf = Ref<string>
const asked = (onDay: string) => (onDay === '' ? {} : { onDay })

/** The tree of today, or of the day that `asOf` names. */
export function useAreaTree(asOf: AsOf = ref('')) {
  const areas = useQuery({
    queryKey: computed(() => ['areas', ...(asOf.value ? [asOf.value] : [])]),
    queryFn: async () => (await call(listAreas, { query: asked(asOf.value) })).items,
    ...forTheVisit,
  })
  const levels = useQuery({
    queryKey: ['area-levels'],
    queryFn: async () => (await call(listAreaLevels)).items,
    ...forTheVisit,
  })
  const byId = computed(() => new Map((areas.data.value ?? []).map((area) => [area.id, area])))
  return {
    areas: computed(() => areas.data.value ?? []),
    byId,
    status: computed(() => readStatus(areas.error.value, areas.isPending.value)),
    again: () => areas.refetch(),
    levelName(area: Pick<AreaView, 'level'> & { levelName?: string }): string {
      const level = levels.data.value?.find((one) => one.level === area.level)
      return (language.value === 'en' ? level?.nameEn : level?.name) ?? area.levelName ?? area.level
    },
    nameUnderParent: (area: AreaView): string =>
      shortName(area.name, area.parentId ? byId.value.get(area.parentId)?.name : undefined),
  }
}

type Boundaries = OutputOf<typeof getBoundaries>

export function useAreaShapes(tree: ReturnType<typeof useAreaTree>, asOf: AsOf = ref('')) {
  const boundaries = useQuery({
    queryKey: computed(() => ['area-boundaries', ...(asOf.value ? [asOf.value] : [])]),
    queryFn: () => call(getBoundaries, { query: asked(asOf.value) }),
    ...forTheVisit,
  })
  return {
    status: computed(() => readStatus(boundaries.error.value, boundaries.isPending.value)),
    again: () => boundaries.refetch(),
    synthetic: computed(() => boundaries.data.value?.synthetic === true),
    shapes: computed<MapArea[]>(() =>
      (boundaries.data.value?.features ?? []).flatMap((feature) => {
        const area = tree.byId.value.get(feature.id)
        if (!area) return []
        return [
          {
            id: area.id,
            name: tree.nameUnderParent(area),
            depth: depthOf(area),
            parentId: area.parentId,
            polygons: polygonsOf(feature.geometry),
          },
        ]
      }),
    ),
  }
}

/** A polygon is drawn as a multipolygon of one. */
const polygonsOf = (geometry: Boundaries['features'][number]['geometry']): MapArea['polygons'] =>
  (geometry.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry.coordinates) as unknown as MapArea['polygons']
