/** Which area of a day stands for an area of any other day: what was put down in one that has ended goes on in its heirs. Pure. */
import { addDays, type Day } from '../../../lib/time.ts'

export interface DatedArea {
  readonly id: string
  readonly parentId: string | null
  readonly validFrom: Day
  /** The last day in force; null while there is no end. Before `validFrom` for one that was recalled. */
  readonly validTo: Day | null
}

export interface LineageLine {
  readonly from: string
  readonly to: string
  readonly onDay: Day
  readonly share: number
}

export interface Heir {
  readonly areaId: string
  /** Of what the area held, above 0 and at most 1. */
  readonly share: number
}

export const isInForce = ({ validFrom, validTo }: DatedArea, day: Day): boolean =>
  validFrom <= day && (validTo === null || validTo >= day)

/**
 * For every area its heirs on a day, the largest share first, of equal ones the first by id. One in force is its own; one that
 * ended goes on in those that came from it, one that had not begun stands in those that it comes from; without lineage it is the
 * nearest area above. So every area has at least one, as long as the street itself is in force.
 */
export function heirsOn(
  day: Day,
  areas: ReadonlyMap<string, DatedArea>,
  lines: readonly LineageLine[],
): Map<string, readonly Heir[]> {
  const [wentTo, cameFrom] = [grouped(lines, 'from'), grouped(lines, 'to')]
  const found = new Map<string, readonly Heir[]>()
  const heirsOf = (area: DatedArea): readonly Heir[] => {
    const there = found.get(area.id)
    if (there) return there
    // Looked up again on its own way, an area is told as having none; days only run one way, so it does not happen.
    found.set(area.id, [])
    const heirs = isInForce(area, day) ? [{ areaId: area.id, share: 1 }] : following(area)
    found.set(area.id, heirs)
    return heirs
  }
  const following = (area: DatedArea): readonly Heir[] => {
    const ended = area.validTo !== null && area.validTo < day
    const next = ended
      ? (wentTo.get(area.id) ?? [])
          .filter(({ onDay }) => onDay === addDays(area.validTo ?? day, 1))
          .map(({ to, share }) => ({ to, share }))
      : (cameFrom.get(area.id) ?? [])
          .filter(({ onDay }) => onDay === area.validFrom)
          .map(({ from, share }) => ({ to: from, share }))
    const shares = new Map<string, number>()
    for (const { to, share } of next) {
      const other = areas.get(to)
      for (const heir of other ? heirsOf(other) : [])
        shares.set(heir.areaId, (shares.get(heir.areaId) ?? 0) + share * heir.share)
    }
    if (shares.size > 0)
      return [...shares]
        .map(([areaId, share]) => ({ areaId, share }))
        .sort((a, b) => b.share - a.share || (a.areaId < b.areaId ? -1 : 1))
    const above = areas.get(area.parentId ?? '')
    return above ? heirsOf(above).slice(0, 1) : []
  }
  for (const area of areas.values()) heirsOf(area)
  return found
}

/** Of several heirs the first in which it lies; where none says so, the one of the largest share. */
export const homeAmong = (heirs: readonly Heir[], liesIn: (areaId: string) => boolean): string | undefined =>
  (heirs.find(({ areaId }) => liesIn(areaId)) ?? heirs[0])?.areaId

function grouped(lines: readonly LineageLine[], by: 'from' | 'to'): Map<string, LineageLine[]> {
  const groups = new Map<string, LineageLine[]>()
  for (const line of lines) {
    const there = groups.get(line[by])
    if (there) there.push(line)
    else groups.set(line[by], [line])
  }
  return groups
}
