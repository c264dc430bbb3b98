/** Which columns a list shows and in which order; remembered on this machine under the list's key. */
import { type ComputedRef, computed, ref } from 'vue'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** CSS width, such as '120px'. A column without one shares what is left. */
  readonly width?: string
  readonly align?: 'start' | 'end'
  /** Hidden until chosen. */
  readonly optional?: boolean
  /** Cannot be hidden; the first such column is the heading of a row on a phone. */
  readonly fixed?: boolean
  /** Plain text of the cell, used when there is no `cell-<key>` slot. */
  readonly text?: (row: Row) => string
}

interface Choice {
  readonly order: readonly string[]
  readonly hidden: readonly string[]
}

const readChoice = (key: string): Choice | null => {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(`linli.columns.${key}`) ?? 'null')
    if (typeof raw !== 'object' || raw === null) return null
    const { order, hidden } = raw as Partial<Choice>
    return Array.isArray(order) && Array.isArray(hidden) ? { order, hidden } : null
  } catch {
    return null
  }
}

/** The columns in the person's order; a column that is new since they chose stands where the list puts it. */
export function arrange<Row>(columns: readonly Column<Row>[], choice: Choice | null) {
  const hidden = new Set(choice?.hidden ?? columns.filter((c) => c.optional).map((c) => c.key))
  const known = new Set(choice ? [...choice.order] : [])
  const place = (column: Column<Row>) => {
    const chosen = choice?.order.indexOf(column.key) ?? -1
    return chosen >= 0 ? chosen : columns.indexOf(column)
  }
  const ordered = [...columns].sort((a, b) => place(a) - place(b))
  return ordered.map((column) => ({
    column,
    shown:
      column.fixed === true ||
      (choice && !known.has(column.key) ? column.optional !== true : !hidden.has(column.key)),
  }))
}

export function useTableColumns<Row>(key: () => string, columns: () => readonly Column<Row>[]) {
  const choice = ref<Choice | null>(readChoice(key()))
  const all = computed(() => arrange(columns(), choice.value))
  const shown: ComputedRef<Column<Row>[]> = computed(() =>
    all.value.filter((c) => c.shown).map((c) => c.column),
  )

  function keep(next: Choice | null) {
    choice.value = next
    try {
      if (next) localStorage.setItem(`linli.columns.${key()}`, JSON.stringify(next))
      else localStorage.removeItem(`linli.columns.${key()}`)
    } catch {
      // the choice then lasts for this page only
    }
  }
  const now = (): Choice => ({
    order: all.value.map((c) => c.column.key),
    hidden: all.value.filter((c) => !c.shown).map((c) => c.column.key),
  })
  return {
    all,
    shown,
    reset: () => keep(null),
    toggle(columnKey: string) {
      const { order, hidden } = now()
      keep({
        order,
        hidden: hidden.includes(columnKey) ? hidden.filter((k) => k !== columnKey) : [...hidden, columnKey],
      })
    },
    move(columnKey: string, step: -1 | 1) {
      const { order, hidden } = now()
      const from = order.indexOf(columnKey)
      const to = from + step
      if (to < 0 || to >= order.length) return
      const next = order.filter((k) => k !== columnKey)
      next.splice(to, 0, columnKey)
      keep({ order: next, hidden })
    },
  }
}
