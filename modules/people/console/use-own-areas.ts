/** Areas in which whoever is signed in keeps the register and runs things: those of their posts and the communities below. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { call } from '../../../platform/client/index.ts'
import { getSession } from '../../accounts/contract.ts'
import { listAreas } from '../../areas/contract.ts'
import { registerPerson } from '../contract.ts'

const forTheVisit = { staleTime: 600_000, refetchOnWindowFocus: false } as const

export function useOwnAreas() {
  const session = useQuery({ queryKey: ['session'], queryFn: () => call(getSession), ...forTheVisit })
  const areas = useQuery({
    queryKey: ['areas'],
    queryFn: async () => (await call(listAreas)).items,
    ...forTheVisit,
  })
  return computed(() => {
    const roles = registerPerson.who as readonly string[]
    const own = (session.data.value?.posts ?? []).flatMap(({ role, area }) =>
      area && roles.includes(role) ? [area.id] : [],
    )
    const all = areas.data.value ?? []
    const paths = all.filter(({ id }) => own.includes(id)).map(({ path }) => path)
    const within = all.filter(({ path }) => paths.some((one) => path === one || path.startsWith(`${one}.`)))
    const depth = (path: string) => path.split('.').length
    return within.filter(({ path }) => depth(path) <= 2)
  })
}
