import type { ExtraValues } from '../extra-fields.ts'
import type { CaseRoute } from '../gathering-words.ts'
import type { PetitionForm, PetitionNotice, PetitionOpinion } from '../petition-words.ts'
import type { SpecialKind } from '../special-words.ts'
import type { TaskKind, TaskNeed } from '../task-words.ts'
import type { FindingKind, RatingWay } from '../trust-words.ts'
import type {
  Act,
  CaseKind,
  CaseState,
  Channel,
  Desk,
  EntryAct,
  Outcome,
  Satisfaction,
  SuspendReason,
  Urgency,
} from '../words.ts'

export interface ClockRuleOnCase {
  response: { amount: number; unit: string }
  finish: { amount: number; unit: string }
  words: { zh: string; en: string }
  /** True while a year that the deadline reaches into has no announced calendar; weekdays were counted then. */
  provisional: boolean
}

export interface RatingOnCase {
  reached: boolean
  solved: boolean
  satisfaction: Satisfaction
  words: string | null
  at: string
  counts: boolean
  /** How it came in; absent on ratings from before this was kept. */
  way?: RatingWay
  /** It looks coaxed and waits for a call-back by somebody who does not know it. */
  review?: boolean
}

export interface PendingApprovalOnCase {
  act: Extract<
    Act,
    'return' | 'extend' | 'defer' | 'suspend' | 'close' | 'submit-result' | 'find-unreasonable'
  >
  byAccount: string
  byPost: string | null
  reason: string
  until: string | null
  at: string
  /** What the approved act will do: outcome and review date of a close, the listed reason of a suspension, outcome and answer of a result. */
  more: Record<string, string | null>
}

/** 派单异议: an objection to the duty that waits for its adjudicator. */
export interface DisputeOnCase {
  /** Who objects, and whose duty it is in their view. */
  organisation: string
  names: string | null
  byAccount: string
  byPost: string | null
  reason: string
  at: string
  decideBy: string
  adjudicator: string
  adjudicatorPost: string
  /** Who handles it meanwhile; null: the objector goes on. */
  fallback: string | null
}

/** 信访: what was registered, passed on, told and answered, and when. */
export interface PetitionOnCase {
  number: string
  outsideNumber: string | null
  form: PetitionForm
  receivedOn: string
  registeredAt: string
  passedTo: string | null
  passedOn: string | null
  notice: PetitionNotice | null
  toldOn: string | null
  opinion: PetitionOpinion | null
  settledOn: string | null
}

/** 不合理诉求: what two people found. */
export interface FindingOnCase {
  kind: FindingKind
  reason: string
  byAccount: string
  approvedBy: string
  at: string
}

/** A duty task of a grid, and with which others it was given. */
export interface TaskOnCase {
  batch: string
  kind: TaskKind
  needs: TaskNeed
  endsOn: string
  givenPost: string
}

/** What the last act changed, so that it can be taken back. */
export interface UndoOnCase {
  acts: Act[]
  by: string
  post: string | null
  at: string
  toldAt: string
  version: number
  batch: string | null
  /** Columns of the case as they were. */
  before: Record<string, unknown>
  /** Cases that were merged into this one and went with it into its parent. */
  moved: string[]
}

/** How the resident rated it where the order came from; never asked again here. */
export interface OutsideRatingOnCase {
  scale: string
  value: string
  solved: boolean | null
  words: string | null
  at: string
}

/** 申请退单 to whoever sent the order, and what came of it. */
export interface OrderReturnOnCase {
  reason: string
  askedBy: string
  askedByPost: string | null
  askedAt: string
  outcome: 'approved' | 'refused' | null
  /** Who said so where the order came from, in words. */
  confirmedBy: string | null
  settledAt: string | null
}

/** One row of `cases`, as the database gives it. */
export interface CaseRow {
  street_id: number
  id: string
  number: string
  kind: CaseKind | null
  matter_id: string | null
  title: string
  text: string
  channel: Channel
  route: CaseRoute | null
  state: CaseState
  outcome: Outcome | null
  urgency: Urgency
  desk: Desk
  area_id: string
  area: string
  lng: number | null
  lat: number | null
  source_datum: string | null
  place_text: string | null
  building_id: string | null
  organisation_id: string | null
  shared_organisations: string[]
  holder_post_id: string | null
  holder_account_id: string | null
  reporter_id: string | null
  filed_by: string
  on_behalf: boolean
  confidential: boolean
  extra: ExtraValues
  accepted_at: Date | null
  assigned_at: Date | null
  response_due_at: Date | null
  responded_at: Date | null
  due_at: Date | null
  /** Until when the route promises it. */
  promised_at: Date | null
  clock_start_at: Date | null
  clock_rule: ClockRuleOnCase | null
  suspended_until: Date | null
  suspended_at: Date | null
  /** The listed reason for which the clock stands still. */
  suspended_for: SuspendReason | null
  paused_minutes: number
  draft_answer: string | null
  answer: string | null
  answered_at: Date | null
  closed_at: Date | null
  review_on: string | null
  rating: RatingOnCase | null
  pending_approval: PendingApprovalOnCase | null
  supervised: boolean
  dispute: DisputeOnCase | null
  petition: PetitionOnCase | null
  task: TaskOnCase | null
  finding: FindingOnCase | null
  /** Run by the module of safety: what of the loop it leaves open stands in rules/special.ts. */
  special: SpecialKind | null
  /** Who made a mandatory report about it; then it is in nobody else's sight but of supervising posts and its reporter. */
  guarded_by: string | null
  /** How often this round was given to an organisation or post. */
  hops: number
  reopen_count: number
  rework_count: number
  handled_by: string[]
  handled_organisations: string[]
  assigned_by: string[]
  parent_case_id: string | null
  outside_source: string | null
  outside_number: string | null
  /** The deadline before it was first put off; null while it never was. */
  extended_from: Date | null
  outside_due_at: Date | null
  outside_class: string | null
  outside_rating: OutsideRatingOnCase | null
  order_return: OrderReturnOnCase | null
  order_replied_at: Date | null
  undo: UndoOnCase | null
  /** The import that brought the order. */
  import_batch: string | null
  version: number
  created_at: Date
}

export interface EntryRow {
  street_id: number
  id: string
  case_id: string
  at: Date
  act: EntryAct
  actor_id: string
  post_id: string | null
  from_state: CaseState | null
  to_state: CaseState | null
  words: string | null
  detail: Record<string, string | number | boolean | null>
  file_ids: string[]
  internal: boolean
}

export interface ReporterRow {
  street_id: number
  case_id: string
  confidential: boolean
  name_encrypted: string | null
  phone_encrypted: string | null
  address_encrypted: string | null
  phone_index: string | null
  phone_tail_index: string | null
  erased_at: Date | null
}
