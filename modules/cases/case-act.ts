/** The shape of an act on a case, and the roles that several of them share. */
import { type TSchema, Type } from 'typebox'
import { defineOperation, IdParams, type Role, type Who } from '../../lib/contract.ts'
import { CaseView, Text } from './case-views.ts'
import type { CaseRefusal } from './refusals.ts'
import type { Act } from './words.ts'

const actRefusals: CaseRefusal[] = [
  'cases/not-found',
  'cases/stale-version',
  'cases/wrong-state',
  'cases/not-your-act',
  'cases/not-at-your-desk',
  'cases/not-the-holder',
  'cases/approval-pending',
]

/** An act on one case: `POST /api/cases/{id}/{act}`, answered with the case as the actor now sees it. */
export function act<const A extends Act, B extends TSchema>(
  name: A,
  verbNoun: string,
  summary: string,
  who: Who,
  body: B,
  more: CaseRefusal[] = [],
) {
  return defineOperation({
    name: `cases.${verbNoun}`,
    method: 'POST',
    path: `/api/cases/{id}/${name}`,
    summary,
    who,
    params: IdParams,
    body,
    output: CaseView,
    refusals: [...actRefusals, ...more],
  })
}

export const strict = { additionalProperties: false } as const
export const OptionalText = Type.Optional(Text)
/** The roles of both desks. */
export const desk: readonly Role[] = ['clerk', 'secretary', 'dispatcher', 'duty-head']
/** The desk, and who may be on duty for it (decision 0013). */
export const deskOrOnDuty: readonly Role[] = [...desk, 'verifier', 'supervisor']
export const gridStaff: readonly Role[] = ['micro-grid-member', 'grid-worker', 'grid-head']
/** Roles that may hold an order. */
export const holders: readonly Role[] = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'handler',
  'organisation-lead',
]
export const checkers: readonly Role[] = ['verifier', 'supervisor']
