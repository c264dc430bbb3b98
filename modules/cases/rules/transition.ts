/** The shape of one row of the table of acts; the table is transitions.ts. */
import type { Act, CaseState } from '../words.ts'

/** In what capacity somebody acts on one case; decide-act.ts says who is which. */
export type Party =
  | 'reporter'
  | 'desk'
  | 'community-desk'
  | 'street-desk'
  /** Clerk or secretary of the place, dispatcher or duty head of the street, whichever desk holds the case. */
  | 'community-staff'
  | 'street-staff'
  | 'holder'
  /** The holder, where that is an organisation and not a post of the area. */
  | 'organisation'
  | 'organisation-lead'
  | 'grid'
  /** Employed in the grid; a member of a micro-grid is a volunteer. */
  | 'grid-staff'
  | 'verifier'
  | 'supervisor'
  | 'duty-head'

/** Whom an act is closed to although their role is right. Rule: rights.md, "Separation, by person". */
export type Separation = 'handled' | 'handled-or-assigned' | 'assigned'

export interface Transition {
  readonly act: Act
  readonly who: readonly Party[]
  readonly from: readonly CaseState[]
  /** `stays`, one state, or the states between which the act's own input decides. */
  readonly to: 'stays' | CaseState | readonly CaseState[]
  readonly needs: string
  readonly barred?: Separation
  /** The act only asks; one of these parties, another person, approves. */
  readonly approvedBy?: readonly Party[]
  /** May be done while a request waits for its second person. */
  readonly whilePending?: true
  /** Only on an order that somebody above sent. */
  readonly onlyFromAbove?: true
  /** Only on a duty task of a grid. */
  readonly onlyTask?: true
  /** Only on a case that was registered as a petition 信访. */
  readonly onlyPetition?: true
}
