/** Open cases as a layer of the map of areas. */
import { call } from '../../../platform/client/index.ts'
import { say } from '../../../ui/language.ts'
import type { Tone } from '../../../ui/tones.ts'
import { type CasePoint, listCasePoints } from '../contract.ts'
import { stateNames } from '../messages.ts'

const tones: Partial<Record<CasePoint['state'], Tone>> = {
  pending: 'waiting',
  accepted: 'waiting',
  assigned: 'moving',
  'in-progress': 'moving',
  'result-submitted': 'answered',
}

/** `offered` says whether whoever is signed in may read them; the app asks the session. */
export const caseLayer = (offered: () => boolean) => ({
  key: 'case-points',
  words: { zh: '未办结诉求', en: 'Open cases' },
  offered,
  async load() {
    const { items } = await call(listCasePoints)
    return items.map(({ id, lng, lat, state, overdue }) => ({
      id,
      lng,
      lat,
      name: say(stateNames[state]),
      tone: overdue ? ('overdue' as const) : (tones[state] ?? 'waiting'),
    }))
  },
  routeOf: (id: string) => ({ name: 'cases', params: { id } }),
})
