import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../lib/time.ts'
import { type DatedArea, heirsOn, homeAmong, isInForce, type LineageLine } from './area-homes.ts'

const first = '2026-01-01'
const dayAt = (step: number) => addDays(first, step)

/** A street of two grids over a row of 24 doors; a leaf holds some of them. Every step is a day of its own. */
interface World {
  readonly areas: Map<string, DatedArea>
  readonly lines: LineageLine[]
  /** Of each day, the doors of each leaf in force. */
  readonly days: ReadonlyMap<string, readonly number[]>[]
}

interface Step {
  readonly what: 'split' | 'merge' | 'hang' | 'move'
  readonly pick: number
  readonly other: number
}

const step = fc.record({
  what: fc.constantFrom('split' as const, 'merge' as const, 'hang' as const, 'move' as const),
  pick: fc.nat(100),
  other: fc.nat(100),
})

function play(steps: readonly Step[]): World {
  const areas = new Map<string, DatedArea>()
  const lines: LineageLine[] = []
  const begin = (id: string, parentId: string | null, on: number) =>
    areas.set(id, { id, parentId, validFrom: dayAt(on), validTo: null })
  const end = (id: string, on: number) => {
    const area = areas.get(id)
    if (area) areas.set(id, { ...area, validTo: dayAt(on - 1) })
  }
  for (const [id, parent] of [
    ['s', null],
    ['g0', 's'],
    ['g1', 's'],
    ['a', 'g0'],
    ['b', 'g1'],
  ] as const)
    begin(id, parent, 0)
  const doors = Array.from({ length: 24 }, (_, door) => door)
  let leaves = new Map<string, readonly number[]>([
    ['a', doors.slice(0, 12)],
    ['b', doors.slice(12)],
  ])
  const days = [leaves]
  for (const [index, { what, pick, other }] of steps.entries()) {
    const on = index + 1
    const names = [...leaves.keys()].sort()
    const one = names[pick % names.length] ?? ''
    const two = names[(pick + 1 + (other % Math.max(1, names.length - 1))) % names.length] ?? ''
    const [own, its] = [leaves.get(one) ?? [], leaves.get(two) ?? []]
    const next = new Map(leaves)
    const heir = (
      suffix: string,
      parentId: string | null,
      held: readonly number[],
      from: readonly string[],
    ) => {
      const id = `${suffix}${on}`
      begin(id, parentId, on)
      next.set(id, held)
      for (const loser of from) {
        const before = leaves.get(loser) ?? []
        const share = before.filter((door) => held.includes(door)).length / before.length
        lines.push({ from: loser, to: id, onDay: dayAt(on), share })
      }
    }
    const close = (id: string) => {
      end(id, on)
      next.delete(id)
    }
    const parentOf = (id: string) => areas.get(id)?.parentId ?? null
    if (what === 'split' && own.length > 1) {
      const cut = 1 + (other % (own.length - 1))
      close(one)
      heir('l', parentOf(one), own.slice(0, cut), [one])
      heir('r', parentOf(one), own.slice(cut), [one])
    } else if (what === 'merge' && one !== two) {
      close(one)
      close(two)
      heir('m', parentOf(one), [...own, ...its], [one, two])
    } else if (what === 'hang') {
      close(one)
      heir('h', parentOf(one) === 'g0' ? 'g1' : 'g0', own, [one])
    } else if (what === 'move' && one !== two && own.length > 1) {
      next.set(one, own.slice(1))
      next.set(two, [...its, ...own.slice(0, 1)])
      lines.push({ from: one, to: two, onDay: dayAt(on), share: 1 / own.length })
    }
    leaves = next
    days.push(leaves)
  }
  return { areas, lines, days }
}

test('on every day everything counts in one area of that day, and a parent holds what its children hold', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
      const { areas, lines, days } = play(steps)
      const moved = steps.some(({ what }) => what === 'move')
      const wrong: string[] = []
      for (const [on, leaves] of days.entries()) {
        const heirs = heirsOn(dayAt(on), areas, lines)
        const inForce = [...areas.values()].filter((one) => isInForce(one, dayAt(on)))
        const counts = new Map<string, number>()
        // Something was put down at every door on every day, the days after this one too.
        for (const [recorded, door] of days.flatMap((held) =>
          [...held].flatMap(([id, own]) => own.map((one) => [id, one] as const)),
        )) {
          const home = homeAmong(heirs.get(recorded) ?? [], (id) => leaves.get(id)?.includes(door) === true)
          const area = inForce.find(({ id }) => id === home)
          // Where no border moved, it is the leaf in which the door lies on that day.
          const right = leaves.has(recorded)
            ? home === recorded
            : moved || leaves.get(home ?? '')?.includes(door)
          if (!area || !right) wrong.push(`day ${on}: what lay in ${recorded} at door ${door} is in ${home}`)
          for (let up = area; up; up = areas.get(up.parentId ?? ''))
            counts.set(up.id, (counts.get(up.id) ?? 0) + 1)
        }
        expect(counts.get('s')).toBe(24 * days.length)
        for (const parent of ['s', 'g0', 'g1']) {
          const below = inForce.filter(({ parentId }) => parentId === parent)
          if (below.length === 0) continue
          const sum = below.reduce((total, { id }) => total + (counts.get(id) ?? 0), 0)
          expect(sum).toBe(counts.get(parent) ?? 0)
        }
      }
      expect(wrong).toEqual([])
    }),
    { numRuns: 40 },
  )
})

test('what was recalled before its day is nobody’s heir, and an area without lineage stands in the one above', () => {
  const area = (
    id: string,
    parentId: string | null,
    validFrom: string,
    validTo: string | null,
  ): DatedArea => ({
    id,
    parentId,
    validFrom,
    validTo,
  })
  const areas = new Map(
    [
      area('s', null, '2026-01-01', null),
      area('m', 's', '2026-01-01', null),
      area('recalled', 's', '2026-03-01', '2026-02-28'),
      area('gone', 's', '2026-01-01', '2026-02-28'),
    ].map((one) => [one.id, one]),
  )
  const lines = [{ from: 'm', to: 'recalled', onDay: '2026-03-01', share: 1 }]
  const heirs = heirsOn('2026-03-05', areas, lines)
  expect(heirs.get('m')).toEqual([{ areaId: 'm', share: 1 }])
  expect(heirs.get('gone')).toEqual([{ areaId: 's', share: 1 }])
  expect(heirs.get('recalled')).toEqual([{ areaId: 's', share: 1 }])
})
