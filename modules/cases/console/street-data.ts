/** What the forms and filters choose from: areas, organisations, matters. Read once and kept for the visit. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { call } from '../../../platform/client/index.ts'
import { say } from '../../../ui/language.ts'
import type { MapArea } from '../../../ui/map-shapes.ts'
import { getSession, listOrganisations } from '../../accounts/contract.ts'
import { type AreaView, getBoundaries, listAreas } from '../../areas/contract.ts'
import { type ChainOf, chainText, shortName } from '../case-cells.ts'
import { listMatters, listUpstreamSources, type MatterView } from '../contract.ts'
import { kindNames } from '../messages.ts'
import { classNameOf, matterNameOf } from './matter-said.ts'
import type { Choice } from './pick-one.ts'

const forTheVisit = { staleTime: 600_000, refetchOnWindowFocus: false } as const

export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: () => call(getSession), ...forTheVisit })

/** The areas of now, or of a day. */
export const useAreas = (onDay: () => string | undefined = () => undefined) =>
  useQuery({
    queryKey: computed(() => (onDay() === undefined ? ['areas'] : ['areas', { onDay: onDay() }])),
    queryFn: async () => {
      const day = onDay()
      return (await call(listAreas, day === undefined ? {} : { query: { onDay: day } })).items
    },
    ...forTheVisit,
  })

export const useOrganisations = () =>
  useQuery({
    queryKey: ['organisations'],
    queryFn: async () => (await call(listOrganisations)).items.filter((one) => one.active),
    ...forTheVisit,
  })

export const useSources = () =>
  useQuery({
    queryKey: ['upstream-sources'],
    queryFn: async () => (await call(listUpstreamSources)).items,
    ...forTheVisit,
  })

export const useMatters = () =>
  useQuery({
    queryKey: ['matters'],
    queryFn: async () => (await call(listMatters)).items,
    ...forTheVisit,
  })

const depthOf = (area: Pick<AreaView, 'path'>) => area.path.split('.').length - 1

/** The areas above each area and itself, from the street down. */
export function useChainOf(onDay?: () => string | undefined) {
  const areas = useAreas(onDay)
  const byId = computed(() => new Map((areas.data.value ?? []).map((area) => [area.id, area])))
  const chainOf: ChainOf = (areaId) => {
    const chain: AreaView[] = []
    for (let area = byId.value.get(areaId); area; area = byId.value.get(area.parentId ?? ''))
      chain.unshift(area)
    return chain.length > 0 ? chain : undefined
  }
  return chainOf
}

/** Areas for a choice, each under its parent; the whole name is told where the short one would be ambiguous. */
export function areaChoices(areas: readonly AreaView[]): Choice[] {
  const byId = new Map(areas.map((area) => [area.id, area]))
  return areas.map((area) => {
    const above: AreaView[] = []
    for (let one = byId.get(area.parentId ?? ''); one && depthOf(one) > 0; one = byId.get(one.parentId ?? ''))
      above.unshift(one)
    return {
      value: area.id,
      label: shortName(area.name, above.at(-1)?.name),
      whole: chainText([...above, area]),
      hint: chainText(above),
      depth: Math.max(0, depthOf(area) - 1),
    }
  })
}

/** The same for a native list: the tree is drawn with full-width spaces. */
export const areaOptions = (areas: readonly AreaView[]) => {
  const byId = new Map(areas.map((area) => [area.id, area]))
  return areas.map((area) => ({
    value: area.id,
    label: `${'　'.repeat(Math.max(0, depthOf(area) - 1))}${shortName(area.name, area.parentId ? byId.get(area.parentId)?.name : undefined)}`,
  }))
}

/** Local matters stand before the national ones: most words come from inside compounds. */
export const matterChoices = (matters: readonly MatterView[]): Choice[] =>
  [...matters]
    .sort((a, b) => Number(b.localExtension) - Number(a.localExtension))
    .map((matter) => ({
      value: matter.code,
      label: matterNameOf(matter),
      hint: `${classNameOf(matter)} · ${say(kindNames[matter.kind])}`,
      also: `${matter.residentWords ?? ''} ${matter.code} ${matter.nameEn} ${matter.name}`,
    }))

/** Boundaries for the map; asked for only when a map is opened. */
export function useMapAreas(wanted: () => boolean) {
  const areas = useAreas()
  const boundaries = useQuery({
    queryKey: ['area-boundaries'],
    queryFn: () => call(getBoundaries),
    enabled: wanted,
    ...forTheVisit,
  })
  return {
    failed: computed(() => boundaries.isError.value || areas.isError.value),
    synthetic: computed(() => boundaries.data.value?.synthetic === true),
    mapAreas: computed<MapArea[]>(() => {
      const byId = new Map((areas.data.value ?? []).map((area) => [area.id, area]))
      return (boundaries.data.value?.features ?? []).flatMap((feature) => {
        const area = byId.get(feature.id)
        if (!area) return []
        const { geometry } = feature
        const polygons = (geometry.type === 'Polygon'
          ? [geometry.coordinates]
          : geometry.coordinates) as unknown as MapArea['polygons']
        const parent = area.parentId ? byId.get(area.parentId)?.name : undefined
        return [
          {
            id: area.id,
            name: shortName(area.name, parent),
            depth: depthOf(area),
            parentId: area.parentId,
            polygons,
          },
        ]
      })
    }),
  }
}
