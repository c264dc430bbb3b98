/** What a list of areas would add to the tree. Pure: rows and the tree in, new nodes and faults out. */
import type { Bilingual } from '../../../lib/language.ts'
import type { AreaKind } from '../area-kinds.ts'
import { everydayName } from './division-code.ts'

export interface AreaListRow {
  readonly row: number
  readonly name: string
  readonly parent: string | null
  /** The parent's parent, for lists that spell community, grid and micro-grid in three columns. */
  readonly upper: string | null
  readonly level: string | null
  readonly code: string | null
  readonly bounds: string | null
  /** Null leaves it as it is. */
  readonly kind: AreaKind | null
}

export interface KnownNode {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly level: string
  readonly parentId: string | null
  readonly boundsText: string | null
  readonly kind: AreaKind
}

export interface KnownLevel {
  readonly level: string
  readonly name: string
  readonly nameEn: string
}

export interface PlannedNode {
  readonly code: string
  readonly level: string
  readonly name: string
  readonly parentCode: string
  readonly bounds: string | null
  readonly kind: AreaKind
  /** The row that it stands for, or that needs it as a parent. */
  readonly row: number
}

/** What a street has already. */
export interface StreetAreas {
  readonly tree: readonly KnownNode[]
  readonly levels: readonly KnownLevel[]
  /** Of every area that ever was. */
  readonly usedCodes: ReadonlySet<string>
  /** Official codes of what lies right below the street, by `plainName` of the everyday name. */
  readonly officialCodes: ReadonlyMap<string, string>
}

/** What an area that is there gets from a row. */
export interface ChangedNode {
  readonly row: number
  readonly node: KnownNode
  readonly bounds: string | null
  readonly kind: AreaKind
}

export interface AreaPlan {
  readonly add: readonly PlannedNode[]
  readonly change: readonly ChangedNode[]
  readonly same: readonly number[]
  readonly keys: ReadonlyMap<number, { readonly key: string; readonly depth: number }>
  readonly faults: readonly { readonly row: number; readonly column: string; readonly reason: Bilingual }[]
  readonly notes: readonly { readonly row: number; readonly column: string; readonly reason: Bilingual }[]
}

interface Node {
  readonly code: string
  readonly name: string
  readonly depth: number
  readonly parent: Node | undefined
  readonly known: KnownNode | undefined
}

/** One spelling of a name: no white space, widths and case folded, 第一网格 as 第1网格. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(
      /第([一二三四五六七八九十]{1,3})(?=[网片组])/g,
      (_, digits: string) => `第${spelledNumber(digits)}`,
    )

function spelledNumber(text: string): number {
  const digit = (character: string) => '一二三四五六七八九'.indexOf(character) + 1
  if (!text.includes('十')) return Number([...text].map(digit).join(''))
  const [tens = '', ones = ''] = text.split('十')
  return (tens === '' ? 1 : digit(tens)) * 10 + (ones === '' ? 0 : digit(ones))
}

const letters = ['', 'c', 'g', 'm', 'n']

/**
 * A row's parent is looked for by name in the tree and among the rows; `upper` tells apart parents of one name. A
 * parent that stands nowhere is added itself where that is no guess: below a known `upper`, or below the street while
 * it has no areas yet. A row whose parent has an area of its name changes that area's described bounds and kind or nothing.
 * Codes of areas that ended or begin later are not given again.
 */
export function planAreaRows(rows: readonly AreaListRow[], street: StreetAreas): AreaPlan {
  return new Plan(rows, street).make()
}

class Plan {
  private readonly byName = new Map<string, Node[]>()
  private readonly root: Node
  private readonly codes = new Set<string>()
  private readonly add: PlannedNode[] = []
  private readonly change: ChangedNode[] = []
  private readonly same: number[] = []
  private readonly keys = new Map<number, { key: string; depth: number }>()
  private readonly faults: { row: number; column: string; reason: Bilingual }[] = []
  private readonly notes: { row: number; column: string; reason: Bilingual }[] = []
  private readonly rows: readonly AreaListRow[]
  private readonly levels: readonly KnownLevel[]
  private readonly officialCodes: ReadonlyMap<string, string>
  private readonly rowsByName = new Map<string, AreaListRow[]>()
  private readonly wasEmpty: boolean

  constructor(rows: readonly AreaListRow[], { tree, levels, usedCodes, officialCodes }: StreetAreas) {
    for (const code of usedCodes) this.codes.add(code)
    this.rows = rows
    this.levels = levels
    this.officialCodes = officialCodes
    for (const row of rows) putUnder(this.rowsByName, plainName(row.name), row)
    this.wasEmpty = tree.length <= 1
    const knownById = new Map(tree.map((known) => [known.id, known]))
    const byId = new Map<string, Node>()
    const take = (known: KnownNode): Node => {
      const there = byId.get(known.id)
      if (there) return there
      const above = knownById.get(known.parentId ?? '')
      const parent = above && take(above)
      const node = { code: known.code, name: known.name, depth: this.depthOf(known.level), parent, known }
      byId.set(known.id, node)
      this.keep(node)
      return node
    }
    for (const known of tree) take(known)
    const root = [...byId.values()].find((node) => node.parent === undefined)
    if (root === undefined) throw new Error('a street has a root area')
    this.root = root
  }

  private keep(node: Node): void {
    this.codes.add(node.code)
    putUnder(this.byName, plainName(node.name), node)
  }

  make(): AreaPlan {
    let waiting = [...this.rows]
    while (waiting.length > 0) {
      // A parent may stand below its children in the list: what cannot be placed yet waits for the next round.
      const later = waiting.filter((row) => !this.place(row))
      if (later.length === waiting.length) {
        for (const row of later) this.fault(row, 'parent', circle)
        break
      }
      waiting = later
    }
    const { add, change, same, keys, faults, notes } = this
    return { add, change, same, keys, faults, notes }
  }

  /** False when its parent is a row that has not been placed yet. */
  private place(row: AreaListRow): boolean {
    // A list that went out begins with the street itself.
    if (row.parent === null && plainName(row.name) === plainName(this.root.name) && this.root.known) {
      this.keys.set(row.row, { key: this.root.code, depth: 0 })
      this.compare(row, this.root.known)
      return true
    }
    const parent = this.parentOf(row)
    if (parent === 'later') return false
    if (parent === undefined) return true
    const level = this.levelOf(row, parent)
    if (level === undefined) return true
    const there = this.child(parent, row.name)
    this.keys.set(row.row, { key: `${parent.code}/${plainName(row.name)}`, depth: this.depthOf(level.level) })
    if (there?.known) {
      this.compare(row, there.known)
      return true
    }
    if (there === undefined) this.plan(row.row, row.name, parent, level, row)
    return true
  }

  private compare(row: AreaListRow, node: KnownNode): void {
    const [bounds, kind] = [row.bounds ?? node.boundsText, row.kind ?? node.kind]
    if (bounds !== node.boundsText || kind !== node.kind)
      this.change.push({ row: row.row, node, bounds, kind })
    else this.same.push(row.row)
  }

  private parentOf(row: AreaListRow): Node | 'later' | undefined {
    if (row.parent === null) return this.root
    const name = plainName(row.parent)
    if (name === plainName(row.name) && row.upper === null) {
      this.fault(row, 'parent', { zh: '上级和自己同名', en: 'It has its own name as its parent' })
      return undefined
    }
    const upper = row.upper === null ? undefined : plainName(row.upper)
    const found = this.named(name).filter(
      (node) => upper === undefined || node.parent === undefined || plainName(node.parent.name) === upper,
    )
    if (found.length === 1) return found[0]
    if (found.length > 1) {
      this.fault(row, 'parent', {
        zh: `有 ${found.length} 个区域叫“${row.parent}”，请加一列写明它的上级`,
        en: `${found.length} areas are called “${row.parent}”; add a column with the one above`,
      })
      return undefined
    }
    if (this.rowsByName.get(name)?.some((each) => this.isUnplaced(each))) return 'later'
    return this.implicitParent(row, row.parent)
  }

  private isUnplaced(row: AreaListRow): boolean {
    return !this.keys.has(row.row) && !this.faults.some((fault) => fault.row === row.row)
  }

  private implicitParent(row: AreaListRow, name: string): Node | undefined {
    const above = row.upper === null ? this.root : this.upperOf(row, row.upper)
    const mayGuess = above !== undefined && (above !== this.root || this.wasEmpty)
    const level = above && this.levels[above.depth + 1]
    if (!mayGuess || !above || !level || this.levels[above.depth + 2] === undefined) {
      this.fault(row, 'parent', {
        zh: `没有找到上级“${name}”：请先导入它，或改成系统里的名称`,
        en: `No area called “${name}”: bring it in first, or use the name that the system has`,
      })
      return undefined
    }
    this.notes.push({
      row: row.row,
      column: 'parent',
      reason: { zh: `将同时新增${level.name}“${name}”`, en: `${level.nameEn} “${name}” will be added too` },
    })
    return this.plan(row.row, name, above, level, nothingSaid)
  }

  private upperOf(row: AreaListRow, name: string): Node | undefined {
    const found = this.named(plainName(name))
    if (found.length === 1) return found[0]
    const level = this.levels[this.root.depth + 1]
    if (found.length > 1 || !this.wasEmpty || !level) return undefined
    this.notes.push({
      row: row.row,
      column: 'upper',
      reason: { zh: `将同时新增${level.name}“${name}”`, en: `${level.nameEn} “${name}” will be added too` },
    })
    return this.plan(row.row, name, this.root, level, nothingSaid)
  }

  private levelOf(row: AreaListRow, parent: Node): KnownLevel | undefined {
    if (row.level !== null) {
      const wanted = plainName(row.level)
      const level = this.levels.find((each) =>
        [each.level, each.name, each.nameEn].some((word) => plainName(word) === wanted),
      )
      if (level && this.depthOf(level.level) > parent.depth) return level
      const choices = this.levels.slice(parent.depth + 1).map((each) => each.name)
      this.fault(row, 'level', {
        zh: `层级不对。可以填：${choices.join('、')}`,
        en: `Not a level below its parent. Choices: ${choices.join(', ')}`,
      })
      return undefined
    }
    const next = this.levels[parent.depth + 1]
    if (next === undefined)
      this.fault(row, 'parent', {
        zh: `“${parent.name}”已经是最低一级，下面不能再分`,
        en: `“${parent.name}” is of the lowest level already`,
      })
    return next
  }

  private plan(
    row: number,
    name: string,
    parent: Node,
    level: KnownLevel,
    said: Pick<AreaListRow, 'code' | 'bounds' | 'kind'>,
  ): Node {
    const official = parent === this.root ? this.officialCodes.get(plainName(everydayName(name))) : undefined
    const node: Node = {
      code: this.freeCode(row, said.code, parent, level, official),
      name,
      depth: this.depthOf(level.level),
      parent,
      known: undefined,
    }
    this.keep(node)
    const { bounds } = said
    const kind = said.kind ?? 'ordinary'
    this.add.push({ code: node.code, level: level.level, name, parentCode: parent.code, bounds, kind, row })
    return node
  }

  /** The code given, else the official one, else the parent's with a letter and a number, such as c01g02m03. */
  private freeCode(
    row: number,
    given: string | null,
    parent: Node,
    level: KnownLevel,
    official: string | undefined,
  ): string {
    if (given !== null && !this.codes.has(given)) return given
    if (given !== null)
      this.faults.push({
        row,
        column: 'code',
        reason: { zh: `编码“${given}”已经有了`, en: `The code “${given}” is taken` },
      })
    if (given === null && official !== undefined && !this.codes.has(official)) return official
    const start = parent === this.root ? '' : parent.code
    const letter = letters[this.depthOf(level.level)] ?? 'a'
    for (let number = 1; ; number++) {
      const code = `${start}${letter}${String(number).padStart(2, '0')}`
      if (!this.codes.has(code)) return code
    }
  }

  private named(name: string): readonly Node[] {
    return this.byName.get(name) ?? []
  }

  private child(parent: Node, name: string): Node | undefined {
    return this.named(plainName(name)).find((node) => node.parent === parent)
  }

  private depthOf(level: string): number {
    return this.levels.findIndex((each) => each.level === level)
  }

  private fault(row: AreaListRow, column: string, reason: Bilingual): void {
    this.faults.push({ row: row.row, column, reason })
  }
}

/** Of an area that stands in no row of its own. */
const nothingSaid = { code: null, bounds: null, kind: null } as const

function putUnder<Item>(items: Map<string, Item[]>, name: string, item: Item): void {
  const same = items.get(name)
  if (same) same.push(item)
  else items.set(name, [item])
}

const circle: Bilingual = { zh: '上级互相指着对方', en: 'These areas are each other’s parents' }
