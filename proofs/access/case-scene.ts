/** What a probe of an act is made of, and the columns that a case needs for it. */
import { randomUUID } from 'node:crypto'
import type { CaseRow } from '../../modules/cases/server/index.ts'
import type { CaseState } from '../../modules/cases/words.ts'
import type { CaseFacts } from '../access-oracle.ts'
import type { CastMember } from './cast.ts'
import type { Matters, PlannedCase } from './planned-cases.ts'

/** What differs from the plain case: at the community desk, given to a stranger organisation, nobody asked anything. */
export interface Variant {
  readonly label: string
  readonly desk?: 'street'
  readonly holds?: true
  readonly reporter?: true
  readonly handled?: true
  readonly assigned?: true
  readonly confidential?: true
  readonly shared?: true
  readonly asked?: { readonly mine: boolean; readonly act: NonNullable<CaseFacts['asked']>['act'] }
}

export interface ProbePlan {
  readonly state: CaseState
  readonly variants: readonly Variant[]
  body(scene: Scene): unknown
  /** Columns that the state needs. */
  more?(scene: Scene): Partial<CaseRow>
  readonly publicMatter?: true
}

export interface Scene {
  readonly member: CastMember
  readonly areaCode: string
  readonly at: Date
  readonly matters: Matters
  /** A case of the same area and public matter, to be merged into. */
  readonly parent: PlannedCase | undefined
  readonly facts: CaseFacts
}

/** So many days on, as an instant. */
export const inDays = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000).toISOString()

/** A case that came from above, under a number of theirs. */
export function order(): Partial<CaseRow> {
  return { outside_source: 'hotline', outside_number: randomUUID() }
}

/** A duty task of a grid that asks for nothing to be shown. */
export function task({ at }: Scene): Partial<CaseRow> {
  return {
    task: {
      batch: randomUUID(),
      kind: 'publicity',
      needs: 'nothing',
      endsOn: inDays(at, 3).slice(0, 10),
      givenPost: randomUUID(),
    },
  }
}

/** A case that was registered as a petition 信访, told so or not yet. */
export function petition(notice: 'taken-on' | null): (scene: Scene) => Partial<CaseRow> {
  return ({ at }) => {
    const today = at.toISOString().slice(0, 10)
    return {
      petition: {
        number: `信${randomUUID()}`,
        outsideNumber: null,
        form: 'letter',
        receivedOn: today,
        registeredAt: at.toISOString(),
        passedTo: null,
        passedOn: null,
        notice,
        toldOn: notice === null ? null : today,
        opinion: null,
        settledOn: null,
      },
    }
  }
}

/** What waits for a second person, as the row keeps it. An unsolved close waits in `answered`. */
export function pending({ facts, at }: Scene): Partial<CaseRow> {
  if (!facts.asked) return {}
  const { by, act } = facts.asked
  return {
    ...(act === 'close'
      ? { state: 'answered', outcome: 'unsolved', answered_at: at, answer: '暂时修不了' }
      : {}),
    pending_approval: {
      act,
      byAccount: by,
      byPost: null,
      reason: '说明',
      until: act === 'extend' ? inDays(at, 6) : null,
      at: at.toISOString(),
      more: act === 'close' ? { outcome: 'unsolved', reviewOn: inDays(at, 30).slice(0, 10) } : {},
    },
  }
}
