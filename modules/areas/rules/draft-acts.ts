/** What one does on the drawing table, each as one step: draw, cut, merge, move under, take out. Pure. */
import { areaM2 } from '../../../lib/geometry.ts'
import { leftOf } from '../../../lib/polygon-overlay.ts'
import { addCorners, moveCorner, removeCorner, snapTo, withCorner } from './border-acts.ts'
import { type Cut, cutShape } from './border-cut.ts'
import {
  BorderMap,
  boxOfShape,
  type Corner,
  cornerAt,
  geometryOf,
  type Shape,
  shapeHolds,
  shapeOf,
} from './border-map.ts'
import { isOnePiece, mergeShapes } from './border-merge.ts'
import type { Drawing, DrawnArea, Step } from './draft-drawing.ts'

export type RefusedAct =
  | Exclude<Cut, { ok: true }>['why']
  | 'no-shape'
  | 'nothing-left'
  | 'not-neighbours'
  | 'different-parents'
  | 'would-vanish'
  | 'wrong-level'
  | 'is-the-street'
  | 'no-name'
  | 'bad-code'
  | 'code-taken'
export type Act =
  | { readonly ok: true; readonly step: Step; readonly made: readonly string[] }
  | { readonly ok: false; readonly why: RefusedAct }

export type AreaWords = Partial<Pick<DrawnArea, 'name' | 'code' | 'kind'>>

const refuse = (why: RefusedAct): Act => ({ ok: false, why })

export function moveSharedCorner(drawing: Drawing, from: Corner, to: Corner): Act {
  const shapes = moveCorner(drawing.map, from, to)
  return shapes ? { ok: true, step: { areas: new Map(), shapes }, made: [] } : refuse('would-vanish')
}

export function addSharedCorner(drawing: Drawing, at: Corner): Act {
  return { ok: true, step: { areas: new Map(), shapes: addCorners(drawing.map, [at]) }, made: [] }
}

export function removeSharedCorner(drawing: Drawing, at: Corner): Act {
  const shapes = removeCorner(drawing.map, at)
  return shapes ? { ok: true, step: { areas: new Map(), shapes }, made: [] } : refuse('would-vanish')
}

/** Gathers what a step changes, so that later parts of it see what earlier ones did. */
class Draft {
  readonly areas = new Map<string, DrawnArea | null>()
  readonly shapes = new Map<string, Shape | null>()
  readonly made: string[] = []
  private readonly drawing: Drawing
  constructor(drawing: Drawing) {
    this.drawing = drawing
  }

  end(id: string): void {
    this.areas.set(id, null)
    this.shapes.set(id, null)
  }

  add(area: Omit<DrawnArea, 'id' | 'code' | 'position'>, shape: Shape | undefined): DrawnArea {
    const { parentId, level } = area
    const id = this.drawing.newId()
    const code = this.drawing.freeCode(parentId ?? '', level)
    const one = {
      ...area,
      id,
      code,
      position: this.drawing.children(parentId ?? '').length + this.made.length,
    }
    this.areas.set(id, one)
    if (shape) this.shapes.set(id, shape)
    this.made.push(id)
    return one
  }

  /** The same area under another parent: it ends and begins again, with all below it. */
  succeed(area: DrawnArea, parentId: string): void {
    const { level, name, kind, boundsText } = area
    const heir = this.add(
      { level, name, kind, boundsText, parentId, origins: this.originsOf(area) },
      this.drawing.map.get(area.id),
    )
    this.end(area.id)
    for (const child of this.drawing.children(area.id)) this.succeed(child, heir.id)
  }

  /** What an heir is said to come from: of an area that this draft drew itself, what that came from. */
  originsOf(area: DrawnArea): string[] {
    return this.drawing.isOld(area.id) ? [area.id] : [...area.origins]
  }

  /** Puts corners of the neighbours onto these shapes and theirs onto the neighbours. */
  stitch(ids: readonly string[]): void {
    const { map } = this.drawing
    for (const id of ids) {
      let shape = this.shapes.get(id)
      const box = shape && boxOfShape(shape)
      if (!shape || !box) continue
      const around = map.idsNear(box).filter((near) => !this.areas.has(near) || this.areas.get(near))
      for (const near of around)
        for (const corner of (this.shapes.get(near) ?? map.get(near) ?? []).flat(2))
          shape = withCorner(shape, corner) ?? shape
      this.shapes.set(id, shape)
      const neighbours = new BorderMap(
        around.flatMap((near) => {
          const there = this.shapes.get(near) ?? map.get(near)
          return there ? [[near, there] as const] : []
        }),
      )
      for (const [near, changed] of addCorners(neighbours, shape.flat(2))) this.shapes.set(near, changed)
    }
  }

  done(): Act {
    return { ok: true, step: { areas: this.areas, shapes: this.shapes }, made: this.made }
  }
}

/** A new area, with what others of its level already cover taken away. */
export function drawArea(
  drawing: Drawing,
  ring: readonly Corner[],
  { level, parentId, name }: { readonly level: string; readonly parentId: string; readonly name: string },
): Act {
  const drawn = shapeOf({ type: 'Polygon', coordinates: [ring] })
  const box = boxOfShape(drawn)
  if (!box) return refuse('nothing-left')
  const parent = drawing.get(parentId)
  if (!parent || drawing.depth(parent.level) >= drawing.depth(level)) return refuse('wrong-level')
  const others = drawing.map
    .idsNear(box)
    .filter((id) => drawing.get(id)?.level === level)
    .flatMap((id) => drawing.map.get(id) ?? [])
    .map((polygon) => geometryOf([polygon]))
  const pieces = others.length === 0 ? [geometryOf(drawn)] : leftOf(geometryOf(drawn), others)
  const [largest] = [...pieces].sort((a, b) => areaM2(b) - areaM2(a))
  const shape = largest && shapeOf(largest)
  if (!shape || shape.length === 0) return refuse('nothing-left')
  const draft = new Draft(drawing)
  const area = draft.add({ level, name, kind: 'ordinary', parentId, boundsText: null, origins: [] }, shape)
  draft.stitch([area.id])
  return draft.done()
}

/** Two parts in the place of one; what lies below goes to the part that holds its middle. */
export function cutArea(
  drawing: Drawing,
  id: string,
  line: readonly Corner[],
  names: readonly [string, string],
): Act {
  const area = drawing.get(id)
  const shape = drawing.map.get(id)
  if (!area || !shape) return refuse('no-shape')
  if (area.parentId === null) return refuse('is-the-street')
  const cut = cutShape(shape, line)
  if (!cut.ok) return cut
  const draft = new Draft(drawing)
  const { level, kind, parentId, boundsText } = area
  const parts = cut.parts.map((part, index) =>
    draft.add(
      { level, name: names[index] ?? area.name, kind, parentId, boundsText, origins: draft.originsOf(area) },
      part,
    ),
  )
  draft.end(id)
  const [one, other] = parts
  for (const child of drawing.children(id)) {
    const middle = middleOf(drawing.map.get(child.id))
    const inOther = middle !== undefined && shapeHolds(cut.parts[1], middle)
    const under = inOther ? other : one
    if (under) draft.succeed(child, under.id)
  }
  draft.stitch(parts.map((part) => part.id))
  return draft.done()
}

function middleOf(shape: Shape | undefined): Corner | undefined {
  const box = shape && boxOfShape(shape)
  return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
}

/** One area in the place of several that share borders, with all that lies below them. */
export function mergeAreas(drawing: Drawing, ids: readonly string[], name: string): Act {
  const areas = ids.flatMap((id) => drawing.get(id) ?? [])
  const [first] = areas
  if (!first || areas.length < 2) return refuse('not-neighbours')
  if (first.parentId === null) return refuse('is-the-street')
  if (areas.some(({ parentId, level }) => parentId !== first.parentId || level !== first.level))
    return refuse('different-parents')
  const shapes = ids.flatMap((id) => drawing.map.get(id) ?? [])
  if (ids.some((id) => !drawing.map.get(id))) return refuse('no-shape')
  const whole = mergeShapes(shapes.map((polygon) => [polygon]))
  if (!isOnePiece(whole)) return refuse('not-neighbours')
  const draft = new Draft(drawing)
  const { level, kind, parentId, boundsText } = first
  const origins = [...new Set(areas.flatMap((area) => draft.originsOf(area)))]
  const one = draft.add({ level, name, kind, parentId, boundsText, origins }, whole)
  for (const area of areas) {
    draft.end(area.id)
    for (const child of drawing.children(area.id)) draft.succeed(child, one.id)
  }
  return draft.done()
}

/** Takes an area out with all that lies below it. */
export function removeArea(drawing: Drawing, id: string): Act {
  const area = drawing.get(id)
  if (!area || area.parentId === null) return refuse('is-the-street')
  const draft = new Draft(drawing)
  const take = (one: DrawnArea) => {
    draft.end(one.id)
    for (const child of drawing.children(one.id)) take(child)
  }
  take(area)
  return draft.done()
}

/**
 * Hangs an area under another parent of the same level as its own: it begins anew there. The outlines of both parents
 * follow where they are the outlines of what lies in them.
 */
export function moveUnder(drawing: Drawing, id: string, parentId: string): Act {
  const [area, parent] = [drawing.get(id), drawing.get(parentId)]
  if (!area || !parent || area.parentId === null) return refuse('is-the-street')
  if (drawing.depth(parent.level) >= drawing.depth(area.level) || parent.id === area.parentId)
    return refuse('wrong-level')
  const draft = new Draft(drawing)
  draft.succeed(area, parentId)
  const shape = drawing.map.get(id)
  for (const each of [area.parentId, parentId]) {
    const outline = drawing.map.get(each)
    const inside = drawing
      .children(each)
      .flatMap((child) => (child.id === id ? [] : (drawing.map.get(child.id) ?? [])))
    const now = each === parentId && shape ? [...inside, ...shape] : inside
    if (outline && now.length > 0) draft.shapes.set(each, mergeShapes(now.map((polygon) => [polygon])))
  }
  return draft.done()
}

/** The outline of an area becomes that of all that lies directly in it. */
export function outlineOfChildren(drawing: Drawing, id: string): Act {
  const inside = drawing.children(id).flatMap((child) => drawing.map.get(child.id) ?? [])
  if (inside.length === 0) return refuse('no-shape')
  return {
    ok: true,
    step: { areas: new Map(), shapes: new Map([[id, mergeShapes(inside.map((polygon) => [polygon]))]]) },
    made: [],
  }
}

/** Another name, code or kind, for an area in force too: it then goes into force with the draft. */
export function renameArea(drawing: Drawing, id: string, words: AreaWords): Act {
  const area = drawing.get(id)
  if (!area || area.parentId === null) return refuse('is-the-street')
  const named = { ...area, ...words, name: (words.name ?? area.name).trim() }
  if (named.name === '' || named.name.length > 100) return refuse('no-name')
  if (!/^[A-Za-z0-9_]{1,40}$/.test(named.code)) return refuse('bad-code')
  if (!drawing.isFreeCode(id, named.code)) return refuse('code-taken')
  return { ok: true, step: { areas: new Map([[id, named]]), shapes: new Map() }, made: [] }
}

/** Where a pulled corner comes to lie: on a corner or edge of these areas where one is near, else where it was let go. */
export function snapBeside(map: BorderMap, at: Corner, reach: number, ids: readonly string[]): Corner {
  return snapTo(map, at, reach, ids)?.at ?? cornerAt(at[0], at[1])
}
