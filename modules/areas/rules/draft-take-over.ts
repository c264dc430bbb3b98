/** What a file brings onto the drawing table. Pure. */
import type { ReadArea } from '../draft-views.ts'
import { stitchShapes } from './border-acts.ts'
import { type Shape, shapeOf } from './border-map.ts'
import type { Act } from './draft-acts.ts'
import type { Drawing, DrawnArea } from './draft-drawing.ts'

export interface TakeOver {
  /** For areas whose file names no level, or one that the street does not have. */
  readonly level: string
  /** For areas whose file names no parent that is there. */
  readonly parentId: string
}

/**
 * An area whose code is there gets the shape and the kind of the file; any other becomes a new one. Parents are looked for by code
 * among what is there and what the file brings, in any order.
 */
export function takeOverFile(drawing: Drawing, read: readonly ReadArea[], fallback: TakeOver): Act {
  const byCode = new Map(drawing.all().map((area) => [area.code, area]))
  const areas = new Map<string, DrawnArea>()
  const shapes = new Map<string, Shape>()
  const made: string[] = []
  const levelOf = ({ level }: ReadArea) =>
    level !== null && drawing.levels.includes(level) ? level : fallback.level
  const inOrder = [...read].sort((a, b) => drawing.depth(levelOf(a)) - drawing.depth(levelOf(b)))
  for (const one of inOrder) {
    const there = one.code === null ? undefined : byCode.get(one.code)
    const area = there ?? newArea(drawing, one, levelOf(one), byCode, fallback, made.length)
    if (!there) {
      areas.set(area.id, area)
      byCode.set(area.code, area)
      made.push(area.id)
    } else if (one.kind !== null && one.kind !== there.kind) areas.set(there.id, { ...there, kind: one.kind })
    const shape = one.geometry && shapeOf(one.geometry)
    if (shape && shape.length > 0) shapes.set(area.id, shape)
  }
  return { ok: true, step: { areas, shapes: stitchShapes(shapes) }, made }
}

function newArea(
  drawing: Drawing,
  one: ReadArea,
  level: string,
  byCode: ReadonlyMap<string, DrawnArea>,
  fallback: TakeOver,
  position: number,
): DrawnArea {
  const named = byCode.get(one.parentCode ?? '')
  const fits = named && drawing.depth(named.level) < drawing.depth(level)
  const parentId = fits ? named.id : fallback.parentId
  return {
    id: drawing.newId(),
    code: one.code ?? drawing.freeCode(parentId, level),
    level,
    name: one.name ?? one.code ?? `${one.line}`,
    kind: one.kind ?? 'ordinary',
    parentId,
    position,
    boundsText: null,
    origins: [],
  }
}
