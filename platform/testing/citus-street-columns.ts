/**
 * Which tables of a statement are read with one street: a table is, when its street_id is compared with one value, or with
 * the street_id of a table that is. Sub-selects and common table expressions hand the comparison through.
 */
import { type Node, walk } from './syntax-tree.ts'

interface Scope {
  /** Names of FROM with the place of their street_id. */
  readonly names: Map<string, number>
  readonly outer: Scope | undefined
}
type Known = ReadonlyMap<string, number>

const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? value : [])
const inner = (value: unknown, kind: string): Node | undefined =>
  (value as Node | undefined)?.[kind] as Node | undefined
const kindOf = (value: unknown): [string, Node] =>
  (Object.entries((value ?? {}) as Node)[0] ?? ['', {}]) as [string, Node]
const fieldsOf = (column: Node): string[] =>
  list(column.fields).map((field) => String(inner(field, 'String')?.sval ?? '*'))

export class StreetColumns {
  /** Names of the tables by street that the statement reads or writes. */
  readonly tables = new Set<string>()
  readonly #byStreet: ReadonlySet<string>
  readonly #variables: ReadonlySet<string>
  readonly #same: number[] = []
  readonly #one = new Set<number>()
  readonly #read: { table: string; place: number }[] = []
  /** Of a union: the street of all is the street of each. */
  readonly #each: [number, number][] = []
  readonly #fed = new Set<Node>()

  constructor(byStreet: ReadonlySet<string>, variables: ReadonlySet<string>) {
    this.#byStreet = byStreet
    this.#variables = variables
  }

  read(statement: Node): void {
    this.#query(statement, undefined, new Map())
    for (let again = true; again; ) {
      again = false
      for (const [all, each] of this.#each)
        if (this.#isOne(all) && !this.#isOne(each)) {
          this.#one.add(this.#root(each))
          again = true
        }
    }
  }

  unrouted(): string[] {
    return this.#read.filter(({ place }) => !this.#isOne(place)).map(({ table }) => table)
  }

  /** Whether the rows of a select come from tables of the one street that they are written to. */
  givesStreetOf(select: Node): boolean {
    return this.#fed.has(select)
  }

  isVariable(column: Node): boolean {
    const [first = ''] = fieldsOf(column)
    return this.#variables.has(first)
  }

  #place(): number {
    this.#same.push(this.#same.length)
    return this.#same.length - 1
  }
  #root(place: number): number {
    let at = place
    while (this.#same[at] !== at) at = this.#same[at] ?? at
    return at
  }
  #isOne(place: number): boolean {
    return this.#one.has(this.#root(place))
  }
  #join(one: number, other: number): void {
    const known = this.#isOne(one) || this.#isOne(other)
    this.#same[this.#root(one)] = this.#root(other)
    if (known) this.#one.add(this.#root(other))
  }

  /** @returns the place of the street_id that it gives out */
  #query(wrapped: Node, outer: Scope | undefined, known: Known): number | undefined {
    const [kind, node] = kindOf(wrapped)
    if (kind === 'SelectStmt') return this.#select(node, outer, known)
    if (!/^(?:Insert|Update|Delete)Stmt$/.test(kind)) return undefined
    const scope: Scope = { names: new Map(), outer }
    const tables = this.#with(node, outer, known)
    const target = { RangeVar: node.relation } as Node
    if (kind === 'InsertStmt') return this.#insert(node, target, scope, tables)
    this.#from([target, ...list(node.fromClause), ...list(node.usingClause)], scope, tables)
    this.#where(node.whereClause, scope)
    this.#below([node.targetList, node.whereClause], scope, tables)
    return scope.names.values().next().value
  }

  #insert(node: Node, target: Node, scope: Scope, known: Known): number | undefined {
    const select = inner(node.selectStmt, 'SelectStmt')
    const at = list(node.cols).findIndex((one) => inner(one, 'ResTarget')?.name === 'street_id')
    if (select?.valuesLists) {
      this.#from([target], scope, known)
      const rows = list(select.valuesLists).map((row) => list(inner(row, 'List')?.items)[at])
      const [place] = scope.names.values()
      if (place !== undefined && rows.every((value) => value && this.#isValue(value, scope)))
        this.#one.add(this.#root(place))
      this.#below(select.valuesLists, { names: new Map(), outer: scope.outer }, known)
      return place
    }
    const before = this.#read.length
    const given = select && this.#select(select, scope.outer, known, at)
    const sources = this.#read.slice(before)
    this.#from([target], scope, known)
    const [place] = scope.names.values()
    if (select && given !== undefined && place !== undefined) {
      if (sources.some((one) => this.#root(one.place) === this.#root(given))) this.#fed.add(select)
      this.#join(place, given)
    }
    return place
  }

  #with(node: Node, outer: Scope | undefined, known: Known): Known {
    const tables = new Map(known)
    for (const one of list((node.withClause as Node | undefined)?.ctes)) {
      const cte = inner(one, 'CommonTableExpr') ?? {}
      // A recursive one refers to itself.
      const place = this.#place()
      tables.set(String(cte.ctename), place)
      const given = this.#query(cte.ctequery as Node, outer, tables)
      if (given !== undefined) this.#join(place, given)
    }
    return tables
  }

  /** `at`: which column of it is the street; by name unless given. */
  #select(node: Node, outer: Scope | undefined, known: Known, at = -1): number | undefined {
    const tables = this.#with(node, outer, known)
    if (node.larg && node.rarg) {
      const all = this.#place()
      for (const side of [node.larg, node.rarg]) {
        const each = this.#select(side as Node, outer, tables, at)
        if (each !== undefined) this.#each.push([all, each])
      }
      return all
    }
    const scope: Scope = { names: new Map(), outer }
    this.#from(list(node.fromClause), scope, tables)
    this.#where(node.whereClause, scope)
    const { fromClause: _, withClause: __, ...rest } = node
    this.#below(rest, scope, tables)
    return this.#output(node, scope, at)
  }

  #output(node: Node, scope: Scope, at: number): number | undefined {
    const targets = list(node.targetList).map((one) => inner(one, 'ResTarget') ?? {})
    const named = (target: Node) =>
      (target.name ?? fieldsOf(inner(target.val, 'ColumnRef') ?? {}).at(-1)) === 'street_id'
    const target = targets[at] ?? targets.find(named)
    if (target === undefined) {
      const all = targets.some((one) => fieldsOf(inner(one.val, 'ColumnRef') ?? {}).at(-1) === '*')
      return all ? scope.names.values().next().value : undefined
    }
    const place = this.#streetOf(target.val, scope)
    if (place !== undefined) return place
    const fresh = this.#place()
    if (this.#isValue(target.val, scope)) this.#one.add(fresh)
    return fresh
  }

  #from(ranges: readonly unknown[], scope: Scope, known: Known): void {
    for (const range of ranges) {
      const [kind, node] = kindOf(range)
      if (kind === 'JoinExpr') this.#joined(node, scope, known)
      else this.#range(kind, node, scope, known)
    }
  }

  #joined(node: Node, scope: Scope, known: Known): void {
    this.#from([node.larg], scope, known)
    const before = scope.names.size
    this.#from([node.rarg], scope, known)
    const places = [...scope.names.values()]
    const [left, right] = [places[0], places[before]]
    const shared = list(node.usingClause).some((one) => inner(one, 'String')?.sval === 'street_id')
    if (shared && left !== undefined && right !== undefined) this.#join(left, right)
    this.#where(node.quals, scope)
    this.#below(node.quals, scope, known)
  }

  #range(kind: string, node: Node, scope: Scope, known: Known): void {
    const alias = (node.alias as Node | undefined)?.aliasname as string | undefined
    if (kind === 'RangeSubselect') {
      const given = this.#query(node.subquery as Node, scope, known)
      scope.names.set(alias ?? '', given ?? this.#place())
    } else if (kind === 'RangeVar') {
      const table = String(node.relname)
      const place = known.get(table) ?? this.#place()
      scope.names.set(alias ?? table, place)
      if (known.has(table) || !this.#byStreet.has(table) || (node.schemaname ?? 'public') !== 'public') return
      this.tables.add(table)
      this.#read.push({ table, place })
    } else {
      scope.names.set(alias ?? `(${scope.names.size})`, this.#place())
      this.#below(node, scope, known)
    }
  }

  /** Sub-selects within expressions. */
  #below(value: unknown, scope: Scope, known: Known): void {
    walk(value, (kind, node) => {
      if (kind !== 'SubLink') return true
      const given = this.#query(node.subselect as Node, scope, known)
      const tested = inner(node.testexpr, 'RowExpr')
      const own = list(tested ? tested.args : [node.testexpr]).map((one) => this.#streetOf(one, scope))
      const place = own.find((one) => one !== undefined)
      if (place !== undefined && given !== undefined) this.#join(place, given)
      return false
    })
  }

  /** Comparisons that all must hold. */
  #where(value: unknown, scope: Scope): void {
    const [kind, node] = kindOf(value)
    if (kind === 'BoolExpr' && node.boolop === 'AND_EXPR')
      for (const one of list(node.args)) this.#where(one, scope)
    if (kind !== 'A_Expr' || node.kind !== 'AEXPR_OP' || inner(list(node.name)[0], 'String')?.sval !== '=')
      return
    const [left, right] = [inner(node.lexpr, 'RowExpr'), inner(node.rexpr, 'RowExpr')]
    if (left && right)
      for (const [nth, one] of list(left.args).entries()) this.#equal(one, list(right.args)[nth], scope)
    else this.#equal(node.lexpr, node.rexpr, scope)
  }

  #equal(left: unknown, right: unknown, scope: Scope): void {
    const [one, other] = [this.#streetOf(left, scope), this.#streetOf(right, scope)]
    if (one !== undefined && other !== undefined) this.#join(one, other)
    else if (one !== undefined && this.#isValue(right, scope)) this.#one.add(this.#root(one))
    else if (other !== undefined && this.#isValue(left, scope)) this.#one.add(this.#root(other))
  }

  /** The place of a column street_id; undefined for everything else. */
  #streetOf(value: unknown, scope: Scope): number | undefined {
    const column = inner(value, 'ColumnRef')
    if (!column) return undefined
    const fields = fieldsOf(column)
    if (fields.at(-1) !== 'street_id') return undefined
    for (let at: Scope | undefined = scope; at; at = at.outer) {
      const place = fields.length > 1 ? at.names.get(fields.at(-2) ?? '') : at.names.values().next().value
      if (place !== undefined) return place
    }
    return undefined
  }

  /** One value for the whole statement: a parameter, a constant, what functions make of these. */
  #isValue(value: unknown, scope: Scope): boolean {
    let single = true
    walk(value, (kind, node) => {
      if (kind === 'SubLink') single = false
      if (kind !== 'ColumnRef') return
      const fields = fieldsOf(node)
      const of = fields.length > 1 ? (fields.at(-2) ?? '') : (fields[0] ?? '')
      let column = fields.length > 1 ? false : !this.#variables.has(of)
      for (let at: Scope | undefined = scope; at; at = at.outer)
        if (fields.length > 1 && at.names.has(of)) column = true
      if (column) single = false
    })
    return single
  }
}
