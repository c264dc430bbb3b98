/** Gaps, overlaps, slivers, areas that reach out of the one above, areas inside another, and what is not drawn. */
import Flatbush from 'flatbush'
import { type AreaGeometry, type BoundingBox, boundingBox, labelPoint } from '../../../lib/geometry.ts'
import {
  boxesMeet,
  certainlyWithin,
  leftOf,
  mayOverlap,
  meanWidthM,
  overlapOf,
  planeM2,
} from '../../../lib/polygon-overlay.ts'
import type { CheckedArea, CheckedTree, Finding } from './check.ts'

export interface ShapeRules {
  /** A piece narrower than this on average is a slip of the hand and no piece of land. */
  readonly sliverWidthM: number
  /** Smaller pieces come from rounding and are not told. */
  readonly leastM2: number
}

export const shapeRules: ShapeRules = { sliverWidthM: 3, leastM2: 1 }

/** So much of an area inside another means that it was drawn on top of it and never cut out. */
const insideShare = 0.95

type Drawn = CheckedArea & { readonly geometry: AreaGeometry }

const isDrawn = (area: CheckedArea): area is Drawn => area.geometry !== null

// Rule: GB/T 34300-2017 and GB/T 31000-2015: grids cover without gap or overlap and do not cross their community.
export function checkShapes(tree: CheckedTree, rules: ShapeRules = shapeRules): Finding[] {
  return [
    ...tiersOf(tree).flatMap((tier) => overlapsAmong(tier, rules)),
    ...[...tree.children].flatMap(([parentId, children]) => checkFamily(tree, parentId, children, rules)),
  ]
}

/** Only what one area has to do with its neighbours and the one above: for the editor, after each change. */
export function checkShapeOf(tree: CheckedTree, areaId: string, rules: ShapeRules = shapeRules): Finding[] {
  const area = tree.byId.get(areaId)
  if (!area || !isDrawn(area)) return []
  const box = boundingBox(area.geometry)
  const near = tiersOf(tree)
    .filter((tier) => tier.some(({ id }) => id === areaId))
    .flat()
    .filter(({ id, geometry }) => {
      const other = boundingBox(geometry)
      return id !== areaId && box && other && boxesMeet(box, other)
    })
  const parent = tree.byId.get(area.parentId ?? '')
  return [
    ...near.flatMap((other) => pairFindings(area, other, rules)),
    ...(parent && isDrawn(parent) ? outsideParent(area, parent, rules) : []),
    ...(parent ? gapsIn(parent, tree.children.get(parent.id) ?? [], rules) : []),
  ]
}

/** Leaves meet leaves of any depth; above them areas meet those of their own level. */
function tiersOf({ areas, leaves }: CheckedTree): Drawn[][] {
  const isLeaf = new Set(leaves.map(({ id }) => id))
  const levels = new Map<string, Drawn[]>()
  for (const area of areas) {
    if (!isDrawn(area) || area.parentId === null || isLeaf.has(area.id)) continue
    levels.set(area.level, [...(levels.get(area.level) ?? []), area])
  }
  return [leaves.filter(isDrawn), ...levels.values()]
}

function overlapsAmong(tier: readonly Drawn[], rules: ShapeRules): Finding[] {
  const boxed = tier.flatMap((area) => {
    const box = boundingBox(area.geometry)
    return box ? [{ area, box }] : []
  })
  if (boxed.length < 2) return []
  const index = new Flatbush(boxed.length)
  for (const { box } of boxed) index.add(...(box as [number, number, number, number]))
  index.finish()
  return boxed.flatMap(({ area, box }, at) =>
    nearby(index, box).flatMap((position) => {
      const other = boxed[position]?.area
      return position > at && other ? pairFindings(area, other, rules) : []
    }),
  )
}

const nearby = (index: Flatbush, box: BoundingBox): number[] =>
  index.search(...(box as [number, number, number, number])).sort((a, b) => a - b)

function pairFindings(one: Drawn, other: Drawn, rules: ShapeRules): Finding[] {
  if (!mayOverlap(one.geometry, other.geometry)) return []
  const pieces = pieceFindings(overlapOf(one.geometry, other.geometry), rules)
  const common = pieces.reduce((sum, { figure }) => sum + figure, 0)
  const [small, large] = planeM2(one.geometry) <= planeM2(other.geometry) ? [one, other] : [other, one]
  // Rule: a market or a school that is a grid of its own (专属网格) is taken out of the grid around it.
  if (common >= insideShare * planeM2(small.geometry))
    return [
      {
        kind: 'inside-another',
        areaIds: [small.id, large.id],
        figure: Math.round(common),
        shape: small.geometry,
        ...placeOf(small.geometry),
      },
    ]
  return pieces.map(({ narrow, ...piece }) => ({
    kind: narrow ? 'sliver' : 'overlap',
    areaIds: [one.id, other.id],
    ...piece,
  }))
}

function checkFamily(
  tree: CheckedTree,
  parentId: string,
  children: readonly CheckedArea[],
  rules: ShapeRules,
): Finding[] {
  const parent = tree.byId.get(parentId)
  const drawn = children.filter(isDrawn)
  const missing = drawn.length === 0 ? [] : children.filter((child) => !isDrawn(child))
  return [
    ...missing.map(({ id }): Finding => ({ kind: 'not-drawn', areaIds: [id] })),
    ...(parent && isDrawn(parent) ? drawn.flatMap((child) => outsideParent(child, parent, rules)) : []),
    ...(parent ? gapsIn(parent, children, rules) : []),
  ]
}

function outsideParent(child: Drawn, parent: Drawn, rules: ShapeRules): Finding[] {
  if (certainlyWithin(child.geometry, parent.geometry)) return []
  return pieceFindings(leftOf(child.geometry, [parent.geometry]), rules).map(({ narrow, ...piece }) => ({
    kind: narrow ? 'sliver' : 'outside-parent',
    areaIds: [child.id, parent.id],
    ...piece,
  }))
}

/** What the area above has and none of those below covers. While one of them is not drawn there is nothing to say. */
function gapsIn(parent: CheckedArea, children: readonly CheckedArea[], rules: ShapeRules): Finding[] {
  const drawn = children.filter(isDrawn)
  if (!isDrawn(parent) || drawn.length === 0 || drawn.length < children.length) return []
  const lat = boundingBox(parent.geometry)?.[1]
  const covered = drawn.reduce((sum, { geometry }) => sum + planeM2(geometry, lat), 0)
  const clean =
    Math.abs(planeM2(parent.geometry, lat) - covered) < rules.leastM2 &&
    drawn.every((child) => certainlyWithin(child.geometry, parent.geometry)) &&
    overlapsAmong(drawn, rules).length === 0
  if (clean) return []
  const pieces = leftOf(
    parent.geometry,
    drawn.map(({ geometry }) => geometry),
  )
  return pieceFindings(pieces, rules).map(({ narrow, ...piece }) => ({
    kind: narrow ? 'sliver' : 'gap',
    areaIds: [parent.id],
    ...piece,
  }))
}

interface Piece {
  readonly figure: number
  readonly narrow: boolean
  readonly shape: AreaGeometry
  readonly at?: readonly [number, number]
}

function pieceFindings(pieces: readonly AreaGeometry[], rules: ShapeRules): Piece[] {
  return pieces.flatMap((shape) => {
    const surface = planeM2(shape)
    if (surface < rules.leastM2) return []
    const narrow = meanWidthM(shape) < rules.sliverWidthM
    return [{ figure: Math.round(surface), narrow, shape, ...placeOf(shape) }]
  })
}

function placeOf(shape: AreaGeometry): { at?: readonly [number, number] } {
  const at = labelPoint(shape)
  return at ? { at } : {}
}
