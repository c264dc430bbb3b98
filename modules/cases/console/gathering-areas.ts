/** The areas in which somebody may hold a gathering: those of their own posts and below. The server decides. */
import { computed } from 'vue'
import { areaChoices, useAreas, useSession } from './street-data.ts'

export function useOwnAreas() {
  const areas = useAreas()
  const session = useSession()
  return computed(() => {
    const all = areas.data.value ?? []
    const now = session.data.value
    const own = new Set(
      [...(now?.posts ?? []), ...(now?.standingIn ?? [])].flatMap(({ area }) => area?.id ?? []),
    )
    const paths = all.filter(({ id }) => own.has(id)).map(({ path }) => path)
    return areaChoices(all).filter((_, index) => {
      const path = all[index]?.path ?? ''
      return paths.some((one) => path === one || path.startsWith(`${one}.`))
    })
  })
}
