/** The tree that PostgreSQL's parser makes of a statement. */

/** A node of the parser's tree. */
export type Node = { readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every node below, itself included, with the name of its kind; `see` leaves out what lies below by false. */
export function walk(value: unknown, see: (kind: string, node: Node) => unknown): void {
  if (Array.isArray(value)) for (const one of value) walk(one, see)
  else if (isNode(value))
    for (const [kind, below] of Object.entries(value)) {
      if (isNode(below) && see(kind, below) === false) continue
      walk(below, see)
    }
}
