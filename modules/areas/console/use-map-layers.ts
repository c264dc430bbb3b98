/** The layers of the editor's map: which are on, and what each of them shows. Read when it is first switched on. */
import { computed, ref, shallowRef, watch } from 'vue'
import { call, wordsOf } from '../../../platform/client/index.ts'
import { language, say } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'
import { checkAreas, type FindingView } from '../contract.ts'
import { roleWords } from '../finding-words.ts'
import { middleOf } from './area-editor-features.ts'
import type { EditorMarks } from './area-editor-marks.ts'
import { words } from './draft-words.ts'
import type { EditorLayer } from './editor-badges.ts'
import type { DrawingTable } from './use-drawing.ts'

/** A compound is named where its buildings lie. */
const ownLayers = ['buildings', 'compounds', 'vacant'] as const

export function useMapLayers(table: DrawingTable, given: readonly EditorLayer[]) {
  const on = ref<readonly string[]>(['buildings'])
  const records = shallowRef<ReadonlyMap<string, EditorMarks['points']>>(new Map())
  const vacant = shallowRef<readonly FindingView[]>()
  const offered = given.filter((one) => one.offered())

  async function read(key: string) {
    try {
      const layer = offered.find((one) => one.key === key)
      if (layer && !records.value.has(key))
        records.value = new Map([...records.value, [key, await layer.load()]])
      if (key === 'vacant' && !vacant.value)
        vacant.value = (await call(checkAreas)).items.filter(({ kind }) =>
          ['vacant-post', 'no-lead'].includes(kind),
        )
    } catch (error) {
      on.value = on.value.filter((one) => one !== key)
      notify(wordsOf(error, language.value), { danger: true })
    }
  }
  watch(on, (now, before) => {
    for (const key of now) if (!before.includes(key)) void read(key)
  })

  const compounds = computed(() => {
    const places = new Map<string, { lng: number; lat: number; n: number }>()
    for (const { compound, lng, lat } of table.pins.value) {
      if (compound === null || lng === null || lat === null) continue
      const sum = places.get(compound) ?? { lng: 0, lat: 0, n: 0 }
      places.set(compound, { lng: sum.lng + lng, lat: sum.lat + lat, n: sum.n + 1 })
    }
    return [...places].map(([name, { lng, lat, n }]) => ({ id: name, name, lng: lng / n, lat: lat / n }))
  })
  const vacancies = computed(() =>
    (vacant.value ?? []).flatMap(({ key, areas, role }) => {
      const shape = table.drawing.value?.map.get(areas[0]?.id ?? '')
      const at = shape && middleOf(shape, (corner) => corner)
      const said = roleWords[role ?? '']
      return at
        ? [{ id: key, name: `${areas[0]?.name} ${said ? say(said) : ''}`, lng: at[0], lat: at[1] }]
        : []
    }),
  )
  const marks = computed<EditorMarks>(() => ({
    points: [...records.value].flatMap(([key, own]) => (on.value.includes(key) ? own : [])),
    vacant: on.value.includes('vacant') ? vacancies.value : [],
    compounds: on.value.includes('compounds') ? compounds.value : [],
    buildings: on.value.includes('buildings'),
  }))
  const choices = computed(() => [
    ...ownLayers.map((key) => ({ key, title: say(words[key]), count: countOf(key) })),
    ...offered.map(({ key, words: said }) => ({
      key,
      title: say(said),
      count: records.value.get(key)?.length,
    })),
  ])
  function countOf(key: (typeof ownLayers)[number]): number | undefined {
    if (key === 'buildings') return table.pins.value.filter(({ lng }) => lng !== null).length
    return key === 'compounds' ? compounds.value.length : vacant.value?.length
  }
  const routeOf = (id: string) =>
    offered.find(({ key }) => records.value.get(key)?.some((one) => one.id === id))?.routeOf(id)
  return { on, marks, choices, routeOf }
}

export type MapLayers = ReturnType<typeof useMapLayers>
