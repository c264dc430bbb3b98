/** Looks through a reply for marks that this person may not read, whatever the reply was meant to be. */
import { ownContact, sees } from '../access-oracle.ts'
import type { CastMember } from './cast.ts'
import { marks, type PlannedCase } from './planned-cases.ts'

const kinds = new Map<string, keyof typeof marks>(
  Object.entries(marks).map(([kind, start]) => [start, kind as keyof typeof marks]),
)

export interface LeakSearch {
  readonly cases: readonly PlannedCase[]
  /** What begins names of people, areas and organisations in the other street. */
  readonly foreignPrefix: string
}

/**
 * One line for each mark that should not be there. `unmasked` is the case whose contact this very call was allowed to
 * show.
 */
export function findLeaks(
  search: LeakSearch,
  reader: CastMember,
  reply: string,
  unmasked?: PlannedCase,
): string[] {
  const leaks: string[] = []
  if (reply.includes(search.foreignPrefix)) leaks.push('a name of the other street')
  for (const [, start = '', digits] of reply.matchAll(/(zq[thpednr])(\d+)z/g)) {
    const one = search.cases[Number(digits)]
    const kind = kinds.get(start)
    if (!one || !kind) continue
    if (kind === 'name' || kind === 'address') {
      if (!ownContact(reader.person, one.facts) && one !== unmasked) leaks.push(`${kind} of a reporter`)
      continue
    }
    const seen = sees(reader.person, one.facts)
    const enough = kind === 'place' ? seen !== 'nothing' : seen === 'all'
    if (!enough)
      leaks.push(`${kind} of a case of which they see ${seen === 'nothing' ? 'nothing' : 'figures only'}`)
  }
  for (const [, digits] of reply.matchAll(/199(\d{8})/g)) {
    const one = search.cases[Number(digits)]
    if (one && !ownContact(reader.person, one.facts) && one !== unmasked) leaks.push('phone of a reporter')
  }
  return [...new Set(leaks)]
}
