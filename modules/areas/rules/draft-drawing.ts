/**
 * A draft on the drawing table: the areas of a day with what has been drawn over them, step by step, and back again.
 * Pure: the editor shows it, the server is sent what differs.
 */
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { AreaKind } from '../area-kinds.ts'
import type { DraftArea } from '../draft-views.ts'
import { stitchShapes } from './border-acts.ts'
import { BorderMap, geometryOf, type Patch, type Shape, shapeOf } from './border-map.ts'
import { sameOutline } from './border-outline.ts'

export interface DrawnArea {
  readonly id: string
  readonly code: string
  readonly level: string
  readonly name: string
  readonly kind: AreaKind
  readonly parentId: string | null
  readonly position: number
  readonly boundsText: string | null
  /** The areas in force that it takes the place of; empty for one that stays or is drawn on free ground. */
  readonly origins: readonly string[]
}

export interface DrawingStart {
  /** The areas in force, in tree order. */
  readonly areas: readonly (Omit<DrawnArea, 'origins'> & { readonly geometry: AreaGeometry | null })[]
  /** From the top down. */
  readonly levels: readonly string[]
  /** What the draft holds already. */
  readonly saved: readonly DraftArea[]
  readonly takenCodes: readonly string[]
  readonly newId: () => string
}

/** What one act changes; null where an area or a shape goes. */
export interface Step {
  readonly areas: ReadonlyMap<string, DrawnArea | null>
  readonly shapes: Patch
}

const letters = ['', 'c', 'g', 'm', 'n', 'p', 'q']

export class Drawing {
  readonly map: BorderMap
  readonly levels: readonly string[]
  readonly newId: () => string
  private readonly areas = new Map<string, DrawnArea>()
  private readonly base: ReadonlyMap<string, DrawnArea>
  private readonly baseShapes: ReadonlyMap<string, Shape>
  private readonly usedCodes: Set<string>
  private readonly touched = new Set<string>()
  private saved = new Map<string, DraftArea>()
  private done: Step[] = []
  private undone: Step[] = []

  constructor(start: DrawingStart) {
    this.levels = start.levels
    this.newId = start.newId
    this.base = new Map(start.areas.map(({ geometry: _, ...area }) => [area.id, { ...area, origins: [] }]))
    this.baseShapes = new Map(
      start.areas.flatMap(({ id, geometry }) => (geometry ? [[id, shapeOf(geometry)] as const] : [])),
    )
    this.usedCodes = new Set([...start.takenCodes, ...start.areas.map(({ code }) => code)])
    for (const area of this.base.values()) this.areas.set(area.id, area)
    const shapes = new Map(this.baseShapes)
    for (const row of start.saved) {
      this.saved.set(row.areaId, row)
      this.touched.add(row.areaId)
      this.takeSaved(row, shapes)
    }
    this.map = new BorderMap(stitchShapes(shapes))
  }

  private takeSaved(row: DraftArea, shapes: Map<string, Shape>): void {
    if (row.act === 'end') {
      this.areas.delete(row.areaId)
      shapes.delete(row.areaId)
      return
    }
    if (row.geometry) shapes.set(row.areaId, shapeOf(row.geometry))
    const there = this.base.get(row.areaId)
    if (row.code !== null) this.usedCodes.add(row.code)
    if (row.act !== 'add') {
      const { name, code, kind } = row
      if (there)
        this.areas.set(there.id, {
          ...there,
          name: name ?? there.name,
          code: code ?? there.code,
          kind: kind ?? there.kind,
        })
      return
    }
    if (row.code === null || row.level === null || row.name === null) return
    this.areas.set(row.areaId, {
      id: row.areaId,
      code: row.code,
      level: row.level,
      name: row.name,
      kind: row.kind ?? 'ordinary',
      parentId: row.parentId,
      position: row.position,
      boundsText: row.boundsText,
      origins: row.origins,
    })
  }

  get(id: string): DrawnArea | undefined {
    return this.areas.get(id)
  }

  all(): DrawnArea[] {
    return [...this.areas.values()]
  }

  /** As it is in force, before anything is drawn; undefined for one that the draft adds. */
  before(id: string): DrawnArea | undefined {
    return this.base.get(id)
  }

  /** Whether it is in force already, and not drawn by this draft. */
  isOld(id: string): boolean {
    return this.base.has(id)
  }

  children(id: string): DrawnArea[] {
    return this.all().filter(({ parentId }) => parentId === id)
  }

  depth(level: string): number {
    return this.levels.indexOf(level)
  }

  /** The parent's code with a letter and a number, such as c01g02m03; never one that was used before. */
  freeCode(parentId: string, level: string): string {
    const parent = this.areas.get(parentId)
    const start = !parent || parent.parentId === null ? '' : parent.code
    for (let number = 1; ; number++) {
      const code = `${start}${letters[this.depth(level)] ?? 'a'}${String(number).padStart(2, '0')}`
      if (this.usedCodes.has(code)) continue
      this.usedCodes.add(code)
      return code
    }
  }

  /** Whether an area may get this code: one that was never used, its own of today, or what it has on the table. */
  isFreeCode(id: string, code: string): boolean {
    const own = [this.areas.get(id)?.code, this.base.get(id)?.code]
    return own.includes(code) || (!this.usedCodes.has(code) && !this.all().some((area) => area.code === code))
  }

  act(step: Step): void {
    this.done.push(this.apply(step))
    this.undone = []
  }

  get canUndo(): boolean {
    return this.done.length > 0
  }

  get canRedo(): boolean {
    return this.undone.length > 0
  }

  undo(): void {
    const step = this.done.pop()
    if (step) this.undone.push(this.apply(step))
  }

  redo(): void {
    const step = this.undone.pop()
    if (step) this.done.push(this.apply(step))
  }

  /** Does it and gives back what undoes it. */
  private apply(step: Step): Step {
    const areas = new Map<string, DrawnArea | null>()
    for (const [id, area] of step.areas) {
      areas.set(id, this.areas.get(id) ?? null)
      if (area) this.areas.set(id, area)
      else this.areas.delete(id)
      this.touched.add(id)
    }
    for (const id of step.shapes.keys()) this.touched.add(id)
    return { areas, shapes: this.map.apply(step.shapes) }
  }

  /** What the draft changes, area by area. A border that only got more corners on its line has not changed. */
  rows(): DraftArea[] {
    return [...this.touched].flatMap((id) => this.rowOf(id) ?? [])
  }

  private rowOf(id: string): DraftArea | undefined {
    const [area, before] = [this.areas.get(id), this.base.get(id)]
    const shape = this.map.get(id)
    const geometry = shape ? geometryOf(shape) : null
    const nothing = { code: null, level: null, name: null, kind: null, parentId: null, boundsText: null }
    if (!area)
      return before && { areaId: id, act: 'end', ...nothing, position: 0, geometry: null, origins: [] }
    if (before) {
      const stood = this.baseShapes.get(id)
      const isRedrawn = shape && !(stood && sameOutline(shape, stood))
      const words = { ...nothing, ...otherWords(area, before), position: 0, origins: [] }
      if (isRedrawn) return { areaId: id, act: 'redraw', ...words, geometry }
      const isRenamed = words.name !== null || words.code !== null || words.kind !== null
      return isRenamed ? { areaId: id, act: 'rename', ...words, geometry: null } : undefined
    }
    const { code, level, name, kind, parentId, position, boundsText, origins } = area
    return {
      areaId: id,
      act: 'add',
      code,
      level,
      name,
      kind,
      parentId,
      position,
      boundsText,
      geometry,
      origins: [...origins],
    }
  }

  /** What the server has not been sent yet. */
  unsaved(): { put: DraftArea[]; drop: string[] } {
    const now = new Map(this.rows().map((row) => [row.areaId, row]))
    const put = [...now.values()].filter((row) => !sameRow(row, this.saved.get(row.areaId)))
    return { put, drop: [...this.saved.keys()].filter((id) => !now.has(id)) }
  }

  /** The server has what was sent; what was done on the table meanwhile it has not. */
  markSaved({ put, drop }: { readonly put: readonly DraftArea[]; readonly drop: readonly string[] }): void {
    for (const row of put) this.saved.set(row.areaId, row)
    for (const id of drop) this.saved.delete(id)
  }
}

/** Null for each word that stays. */
const otherWords = (area: DrawnArea, before: DrawnArea): Pick<DraftArea, 'name' | 'code' | 'kind'> => ({
  name: area.name === before.name ? null : area.name,
  code: area.code === before.code ? null : area.code,
  kind: area.kind === before.kind ? null : area.kind,
})

function sameRow(row: DraftArea, other: DraftArea | undefined): boolean {
  if (!other) return false
  const facts = ({ act, code, level, name, kind, parentId, position, boundsText, origins }: DraftArea) =>
    JSON.stringify([act, code, level, name, kind, parentId, position, boundsText, origins])
  if (facts(row) !== facts(other) || (row.geometry === null) !== (other.geometry === null)) return false
  return (
    row.geometry === null ||
    other.geometry === null ||
    sameOutline(shapeOf(row.geometry), shapeOf(other.geometry))
  )
}
