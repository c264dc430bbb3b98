/** Who may be given cases on the map: active organisations, posts of grids and communities, communities to send down to. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { call } from '../../../platform/client/index.ts'
import { say } from '../../../ui/language.ts'
import { listPosts } from '../../accounts/contract.ts'
import { roleNames } from '../../accounts/messages.ts'
import { sendDownCase } from '../contract.ts'
import type { Target, TargetKind } from './map-targets.vue'
import { useAreas, useOrganisations, useSession } from './street-data.ts'

const givenTo: readonly string[] = ['grid-worker', 'grid-head', 'micro-grid-member', 'clerk']

export function useMapTargets() {
  const organisations = useOrganisations()
  const areas = useAreas()
  const session = useSession()
  const posts = useQuery({
    queryKey: ['map-posts'],
    queryFn: () => call(listPosts, { query: {} }),
    refetchOnWindowFocus: false,
    retry: false,
  })
  const areaName = computed(() => new Map((areas.data.value ?? []).map(({ id, name }) => [id, name])))
  const sendsDown = computed(() => {
    const { who } = sendDownCase
    return Array.isArray(who) && session.data.value?.roles.some((role) => who.includes(role)) === true
  })
  const lists = computed<Record<TargetKind, Target[]>>(() => ({
    organisations: (organisations.data.value ?? []).map(({ id, name }) => ({
      key: `o:${id}`,
      name,
      hint: '',
    })),
    posts: (posts.data.value?.items ?? [])
      .filter(({ role, area }) => givenTo.includes(role) && area !== null)
      .map(({ id, role, area, holder }) => ({
        key: `p:${id}`,
        name: `${areaName.value.get(area?.id ?? '') ?? area?.name ?? ''} ${say(roleNames[role])}`,
        hint: holder.displayName,
      })),
    communities: sendsDown.value
      ? (areas.data.value ?? [])
          .filter(({ level }) => level === 'community')
          .map(({ id, name }) => ({ key: `a:${id}`, name, hint: '' }))
      : [],
  }))
  return {
    lists,
    byKey: (key: string) =>
      Object.values(lists.value)
        .flat()
        .find((one) => one.key === key),
  }
}
