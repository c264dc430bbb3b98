import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaM2 } from '../../../lib/geometry.ts'
import type { DraftArea } from '../draft-views.ts'
import { type Corner, cornerAt, geometryOf } from './border-map.ts'
import {
  type Act,
  cutArea,
  drawArea,
  mergeAreas,
  moveSharedCorner,
  moveUnder,
  outlineOfChildren,
  removeArea,
  renameArea,
} from './draft-acts.ts'
import { Drawing } from './draft-drawing.ts'
import { takeOverFile } from './draft-take-over.ts'

const at = (east: number, north: number): Corner => cornerAt(106.5 + east / 100, 29.5 + north / 100)
const box = (west: number, south: number, east: number, north: number) =>
  geometryOf([[[at(west, south), at(east, south), at(east, north), at(west, north)]]])
const area = (id: string, level: string, parentId: string | null, geometry: ReturnType<typeof box>) => ({
  id,
  code: id,
  level,
  name: `${id}网格`,
  parentId,
  position: 0,
  kind: 'ordinary' as const,
  boundsText: null,
  geometry,
})
/** A street of two grids side by side; the western one has two micro-grids, the eastern one has one. */
const base = [
  area('s', 'street', null, box(0, 0, 4, 2)),
  area('g1', 'grid', 's', box(0, 0, 2, 2)),
  area('m1', 'micro-grid', 'g1', box(0, 0, 2, 1)),
  area('m2', 'micro-grid', 'g1', box(0, 1, 2, 2)),
  area('g2', 'grid', 's', box(2, 0, 4, 2)),
  area('m3', 'micro-grid', 'g2', box(2, 0, 4, 2)),
]
function table(saved: readonly DraftArea[] = []) {
  let next = 0
  return new Drawing({
    areas: base,
    levels: ['street', 'community', 'grid', 'micro-grid'],
    saved,
    takenCodes: ['g1m01'],
    newId: () => `new${++next}-${saved.length}`,
  })
}
function done(drawing: Drawing, act: Act): readonly string[] {
  if (!act.ok) throw new Error(act.why)
  drawing.act(act.step)
  return act.made
}
const acts = (drawing: Drawing) =>
  drawing
    .rows()
    .map(({ act, areaId, code }) => `${act} ${code ?? areaId}`)
    .sort()

test('a cut ends the area and brings two heirs with free codes; neighbours that only got a corner are not redrawn', () => {
  const drawing = table()
  const made = done(drawing, cutArea(drawing, 'm3', [at(3, -1), at(3, 3)], ['东', '西']))
  expect(made).toHaveLength(2)
  expect(acts(drawing)).toEqual(['add g2m01', 'add g2m02', 'end m3'])
  expect(
    drawing
      .rows()
      .filter(({ act }) => act === 'add')
      .every(({ origins }) => origins[0] === 'm3'),
  ).toBe(true)
  const west = drawing.children('g2')[0]?.id ?? ''
  expect(done(drawing, cutArea(drawing, west, [at(1, 1), at(5, 1)], ['上', '下']))).toHaveLength(2)
  expect(drawing.rows().find(({ name }) => name === '上')?.origins).toEqual(['m3'])
})

test('codes of areas that have ended are not given again', () => {
  const drawing = table()
  done(drawing, cutArea(drawing, 'm1', [at(1, -1), at(1, 3)], ['东', '西']))
  expect(acts(drawing)).toEqual(['add g1m02', 'add g1m03', 'end m1'])
})

test('merging makes one of neighbours of one parent, and refuses others with the reason', () => {
  const drawing = table()
  expect(mergeAreas(drawing, ['m1', 'm3'], 'x')).toEqual({ ok: false, why: 'different-parents' })
  expect(mergeAreas(drawing, ['s'], 'x')).toEqual({ ok: false, why: 'not-neighbours' })
  const [one = ''] = done(drawing, mergeAreas(drawing, ['m1', 'm2'], '合并'))
  expect(drawing.get(one)?.origins).toEqual(['m1', 'm2'])
  expect(areaM2(geometryOf(drawing.map.get(one) ?? []))).toBeCloseTo(areaM2(box(0, 0, 2, 2)), -2)
  const both = done(drawing, mergeAreas(drawing, ['g1', 'g2'], '一个网格'))
  expect(
    drawing
      .children(both[0] ?? '')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['m3网格', '合并'])
})

test('a corner shared by grids and what lies in them moves for all of them, in one step', () => {
  const drawing = table()
  done(drawing, moveSharedCorner(drawing, at(2, 2), at(2.2, 2)))
  expect(acts(drawing)).toEqual(['redraw g1', 'redraw g2', 'redraw m2', 'redraw m3'])
  drawing.undo()
  expect(drawing.rows()).toEqual([])
  drawing.redo()
  expect(drawing.rows()).toHaveLength(4)
})

test('an area moved under another parent begins anew there, and both outlines follow', () => {
  const drawing = table()
  done(drawing, moveUnder(drawing, 'm2', 'g2'))
  expect(acts(drawing)).toEqual(['add g2m01', 'end m2', 'redraw g1', 'redraw g2'])
  expect(areaM2(geometryOf(drawing.map.get('g1') ?? []))).toBeCloseTo(areaM2(box(0, 0, 2, 1)), -2)
  expect(moveUnder(drawing, 'g1', 'g2')).toEqual({ ok: false, why: 'wrong-level' })
})

test('a new area is drawn over its neighbours and keeps what was free; drawn over all, nothing is left', () => {
  const drawing = table()
  const put = { level: 'grid', parentId: 's', name: '新网格' }
  const [id = ''] = done(drawing, drawArea(drawing, [at(3, 1), at(6, 1), at(6, 2), at(3, 2)], put))
  expect(areaM2(geometryOf(drawing.map.get(id) ?? []))).toBeCloseTo(areaM2(box(4, 1, 6, 2)), -2)
  expect(drawing.map.idsAt(at(4, 1)).has('g2')).toBe(true)
  expect(drawArea(drawing, [at(0, 0), at(1, 0), at(1, 1)], put)).toEqual({ ok: false, why: 'nothing-left' })
  done(drawing, outlineOfChildren(drawing, 's'))
  expect(drawing.rows().find(({ areaId }) => areaId === 's')?.act).toBe('redraw')
  done(drawing, renameArea(drawing, id, { name: ' 滨江网格 ' }))
  expect(drawing.get(id)?.name).toBe('滨江网格')
})

test('an area in force gets another name, code or kind in a draft, with its border or without, and back again', () => {
  const drawing = table()
  done(drawing, renameArea(drawing, 'm3', { name: '农贸市场', kind: 'exclusive' }))
  done(drawing, renameArea(drawing, 'm1', { code: 'A01' }))
  done(drawing, moveSharedCorner(drawing, at(2, 1), at(1.9, 1.2)))
  const said = () =>
    drawing
      .rows()
      .map(({ areaId, act, name, code, kind, geometry }) => [areaId, act, name, code, kind, !!geometry])
  expect(said()).toContainEqual(['m1', 'redraw', null, 'A01', null, true])
  done(drawing, renameArea(drawing, 'm1', { code: 'm1' }))
  drawing.undo()
  expect(drawing.get('m1')?.code).toBe('A01')
  const again = table(drawing.rows())
  expect(again.get('m3')).toMatchObject({ name: '农贸市场', kind: 'exclusive', code: 'm3' })
  expect(again.unsaved()).toEqual({ put: [], drop: [] })
  const only = table()
  done(only, renameArea(only, 'm3', { name: '农贸市场' }))
  expect(only.rows()).toMatchObject([
    { act: 'rename', name: '农贸市场', code: null, kind: null, geometry: null },
  ])
  done(only, renameArea(only, 'm3', { name: base[5]?.name ?? '' }))
  expect(only.rows()).toEqual([])
  const why = (id: string, words: Parameters<typeof renameArea>[2]) => {
    const act = renameArea(drawing, id, words)
    return act.ok ? undefined : act.why
  }
  expect(why('m2', { code: 'g1m01' })).toBe('code-taken')
  expect(why('m2', { code: 'A01' })).toBe('code-taken')
  expect(why('m2', { code: '一号' })).toBe('bad-code')
  expect(why('m2', { name: '  ' })).toBe('no-name')
  expect(why('s', { name: 'x' })).toBe('is-the-street')
})

test('what was saved comes back as it was drawn, and is not sent again', () => {
  const drawing = table()
  done(drawing, cutArea(drawing, 'm3', [at(3, -1), at(3, 3)], ['东', '西']))
  const { put, drop } = drawing.unsaved()
  expect([put.length, drop.length]).toEqual([3, 0])
  drawing.markSaved({ put, drop })
  expect(drawing.unsaved()).toEqual({ put: [], drop: [] })
  const again = table(put)
  expect(acts(again)).toEqual(acts(drawing))
  expect(again.unsaved()).toEqual({ put: [], drop: [] })
  drawing.undo()
  expect(drawing.unsaved().drop).toHaveLength(3)
})

test('what is done while the last step is still on its way is not taken for sent', () => {
  const drawing = table()
  done(drawing, cutArea(drawing, 'm3', [at(3, -1), at(3, 3)], ['东', '西']))
  const sent = drawing.unsaved()
  drawing.undo()
  done(drawing, moveSharedCorner(drawing, at(2, 2), at(2.2, 2)))
  drawing.markSaved(sent)
  const { put, drop } = drawing.unsaved()
  expect(put.map(({ areaId }) => areaId).sort()).toEqual(['g1', 'g2', 'm2', 'm3'])
  expect(drop).toHaveLength(2)
})

test('a file brings new areas under their parents and redraws those whose code is there', () => {
  const drawing = table()
  const read = (
    line: number,
    code: string | null,
    level: string | null,
    parentCode: string | null,
    geometry: ReturnType<typeof box>,
    kind: 'exclusive' | null = null,
  ) => ({ line, code, level, name: null, parentCode, kind, geometry })
  done(
    drawing,
    takeOverFile(
      drawing,
      [
        read(1, 'm9', 'micro-grid', 'g9', box(4, 0, 6, 2)),
        read(2, 'g9', 'grid', 's', box(4, 0, 6, 2)),
        read(3, 'm3', null, null, box(2, 0, 3.9, 2), 'exclusive'),
        read(4, null, '不认识', null, box(8, 0, 9, 1)),
      ],
      { level: 'grid', parentId: 's' },
    ),
  )
  expect(acts(drawing)).toEqual(['add g01', 'add g9', 'add m9', 'redraw m3'])
  expect(
    drawing.children(drawing.all().find(({ code }) => code === 'g9')?.id ?? '').map(({ code }) => code),
  ).toEqual(['m9'])
})

test('whatever is done, taking every step back leaves nothing changed, and doing it again the same', () => {
  const step = fc.record({
    what: fc.constantFrom('cut', 'merge', 'move', 'remove', 'under'),
    pick: fc.nat(),
    place: fc.double({ min: 0.15, max: 0.85, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
      const drawing = table()
      let count = 0
      for (const { what, pick, place } of steps) {
        const all = drawing.all().filter(({ id }) => drawing.map.get(id))
        const one = all[pick % all.length]
        const other = all[(pick * 7 + 3) % all.length]
        const corner = one && drawing.map.get(one.id)?.[0]?.[0]?.[0]
        if (!one || !other || !corner) continue
        const act =
          what === 'cut'
            ? cutArea(drawing, one.id, [at(4 * place, -1), at(4 * place, 5)], ['a', 'b'])
            : what === 'merge'
              ? mergeAreas(drawing, [one.id, other.id], 'm')
              : what === 'move'
                ? moveSharedCorner(drawing, corner, cornerAt(corner[0] + 1e-4, corner[1] + 1e-4))
                : what === 'remove'
                  ? removeArea(drawing, one.id)
                  : moveUnder(drawing, one.id, other.id)
        if (!act.ok) continue
        drawing.act(act.step)
        count++
      }
      const after = JSON.stringify(drawing.rows())
      for (let i = 0; i < count; i++) drawing.undo()
      expect(drawing.rows()).toEqual([])
      for (let i = 0; i < count; i++) drawing.redo()
      expect(JSON.stringify(drawing.rows())).toBe(after)
    }),
    { numRuns: 60 },
  )
})
