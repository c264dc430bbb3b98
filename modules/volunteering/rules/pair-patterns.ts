import type { PairPattern } from '../hour-words.ts'

/** One service of one person for one other who is named. */
export interface PairService {
  readonly id: string
  readonly by: string
  readonly served: string
  readonly minutes: number
  /** Whoever was served said that it was so. */
  readonly confirmedByServed: boolean
  /** It stands in the permanent record already. */
  readonly entered: boolean
}

export interface PairFacts {
  /** What these two did for one another in ninety days, either way. */
  readonly services: readonly PairService[]
  /** What each of them did for others in that time and others saw, by person. */
  readonly seenElsewhere: ReadonlyMap<string, number>
}

export interface PairFinding {
  readonly pattern: PairPattern
  readonly facts: Readonly<Record<string, number>>
  readonly sessions: readonly string[]
}

/** Rule: decision 0043: neighbours help each other once or twice; twice each way with a word for a word is asked about. */
const timesEachWay = 2
/** Rule: decision 0043: visiting one old man each week is what volunteers do; at this length somebody calls him. */
const timesForOne = 8
const minutesForOne = 20 * 60

/** The two of a service in one order, whoever served. */
export const pairOf = ({ by, served }: Pick<PairService, 'by' | 'served'>): readonly [string, string] =>
  by < served ? [by, served] : [served, by]

/**
 * What between two people asks for a call-back: needs that are made up are cheap, for whoever asks also confirms. It
 * accuses nobody: a person calls and decides.
 */
export function findPairPatterns({ services, seenElsewhere }: PairFacts): PairFinding[] {
  const told = services.filter(({ confirmedByServed }) => confirmedByServed)
  const found = (pattern: PairPattern, about: readonly PairService[]): PairFinding => ({
    pattern,
    facts: {
      services: about.length,
      minutes: about.reduce((sum, { minutes }) => sum + minutes, 0),
      entered: about.filter(({ entered }) => entered).length,
    },
    sessions: about.map(({ id }) => id),
  })
  const [one] = told
  if (!one) return []
  const [here, there] = pairOf(one).map((person) => told.filter(({ by }) => by === person))
  if ((here?.length ?? 0) >= timesEachWay && (there?.length ?? 0) >= timesEachWay)
    return [found('served-in-turn', told)]
  return [here ?? [], there ?? []].flatMap((mine) => {
    const minutes = mine.reduce((sum, service) => sum + service.minutes, 0)
    const alone = (seenElsewhere.get(mine[0]?.by ?? '') ?? 0) === 0
    return alone && mine.length >= timesForOne && minutes >= minutesForOne
      ? [found('one-pair-only', mine)]
      : []
  })
}
