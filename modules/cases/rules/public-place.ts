/** How exactly a public list says where something is. */

export interface PlaceNode {
  readonly name: string
  /** It has areas below it: several compounds or a road, never one building. */
  readonly hasChildren: boolean
}

/**
 * The finest area that still holds several: a leaf may be a single building, and a building with a matter names a
 * neighbour. `chain` runs from the community down to the place; of a community without areas below, its own name.
 * Rule: no names, ids or rooms on a public screen (product.md, principle 9).
 */
export function publicPlace(chain: readonly PlaceNode[]): string {
  const [community, ...below] = chain
  return below.findLast(({ hasChildren }) => hasChildren)?.name ?? community?.name ?? ''
}
