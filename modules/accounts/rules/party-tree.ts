/** The order of the party tree and the one branch of a grid. */
import { type PartyLevel, partyLevels } from '../contract.ts'

export interface PartyBodyFacts {
  readonly level: PartyLevel
  readonly joint: boolean
  readonly areaId: string
  /** ltree path of its area. */
  readonly areaPath: string
}

/**
 * Whether a body may hang below another: the levels go down one by one, and its area lies in the parent's. Only the
 * working committee has no parent.
 */
export function fitsBelow(body: PartyBodyFacts, parent: PartyBodyFacts | undefined): boolean {
  const depth = partyLevels.indexOf(body.level)
  if (!parent) return depth === 0
  const inside = body.areaPath === parent.areaPath || body.areaPath.startsWith(`${parent.areaPath}.`)
  return inside && partyLevels.indexOf(parent.level) === depth - 1
}

// Rule: systems.md 001-08: 一网格一支部. Joint branches 联合党支部 (004-04) stand beside it.
export const breaksOneBranch = (body: PartyBodyFacts, others: readonly PartyBodyFacts[]): boolean =>
  body.level === 'grid-branch' &&
  !body.joint &&
  others.some((one) => one.level === 'grid-branch' && !one.joint && one.areaId === body.areaId)
