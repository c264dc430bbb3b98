/** What the forms and filters of these screens choose from. Read once and kept for the visit. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import type { Role } from '../../../lib/contract.ts'
import { call } from '../../../platform/client/index.ts'
import { say } from '../../../ui/language.ts'
import { dayWords } from '../../../ui/time-words.ts'
import { listAreas } from '../../areas/contract.ts'
import { getSession, listOrganisations, listPosts, type PostView } from '../contract.ts'
import { roleNames } from '../messages.ts'

const forTheVisit = { staleTime: 600_000, refetchOnWindowFocus: false } as const

export interface Option {
  readonly value: string
  readonly label: string
}

const keepingRoles: readonly Role[] = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'duty-head',
]

export function useMe() {
  const session = useQuery({ queryKey: ['session'], queryFn: () => call(getSession), ...forTheVisit })
  return {
    id: computed(() => session.data.value?.accountId),
    /** Posts in an area whose holders keep keys and may be shown at doors. */
    keptPosts: computed(() =>
      (session.data.value?.posts ?? []).flatMap(({ id, role }) => (keepingRoles.includes(role) ? [id] : [])),
    ),
    isSystemAdmin: computed(() => session.data.value?.roles.includes('system-admin') === true),
  }
}

/** The areas of today, or of a day ahead on which a re-cut holds: whoever begins there then is put in post before. */
export function useAreaOptions(onDay: () => string = () => '') {
  const areas = useQuery({
    queryKey: computed(() => ['areas', ...(onDay() ? [onDay()] : [])]),
    queryFn: async () => (await call(listAreas, { query: onDay() ? { onDay: onDay() } : {} })).items,
    placeholderData: (before) => before,
    ...forTheVisit,
  })
  const all = computed(() => areas.data.value ?? [])
  const depthOf = (path: string) => path.split('.').length - 1
  return {
    /** The whole tree, drawn with full-width spaces for a native list. */
    options: computed<Option[]>(() =>
      all.value.map((area) => ({
        value: area.id,
        label: `${'　'.repeat(Math.max(0, depthOf(area.path)))}${area.name}`,
      })),
    ),
    streetId: computed(() => all.value.find((area) => area.parentId === null)?.id),
    /** The level right below the street. */
    communities: computed(() => all.value.filter((area) => depthOf(area.path) === 1)),
  }
}

/** All organisations, also those no longer in use. */
export const useOrganisationList = () =>
  useQuery({
    queryKey: ['organisations', 'all'],
    queryFn: async () => (await call(listOrganisations)).items,
  })

/** Everyone in a post today. */
export const usePostList = (enabled: () => boolean = () => true) =>
  useQuery({
    queryKey: ['posts', 'all'],
    queryFn: async () => (await call(listPosts)).items,
    enabled,
  })

type Placed = Pick<PostView, 'role' | 'area' | 'organisation'>
type Named = { readonly id: string; readonly name: string }

/**
 * Names of areas that stand alone in a line: 第3网格 of which community has to be said. The street itself is known to
 * everyone here.
 */
export function useAreaNames() {
  const areas = useQuery({
    queryKey: ['areas'],
    queryFn: async () => (await call(listAreas)).items,
    ...forTheVisit,
  })
  const byId = computed(() => new Map((areas.data.value ?? []).map((area) => [area.id, area])))
  const areaName = ({ id, name }: Named): string => {
    const parent = byId.value.get(byId.value.get(id)?.parentId ?? '')
    if (!parent || parent.parentId === null || name.startsWith(parent.name)) return name
    return `${areaName(parent)}${name}`
  }
  const placeWords = (post: Placed): string =>
    post.organisation?.name ?? (post.area ? areaName(post.area) : '—')
  return {
    areaName,
    placeWords,
    /** 全科社工 · 天桥社区. */
    postWords: (post: Placed): string => `${say(roleNames[post.role])} · ${placeWords(post)}`,
  }
}

/** A day of the street, '2026-09-25', in words. */
export const dayText = (day: string): string => dayWords(`${day}T00:00:00+08:00`)
