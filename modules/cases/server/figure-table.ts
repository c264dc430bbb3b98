/**
 * What each figure counts, as data: on which instant of a case or by which of its acts, and under what condition. The count,
 * the list behind it and the roll-ups are all made from this one table. `cases` is in scope in every condition.
 */
import { type RawBuilder, sql } from 'kysely'
import { settingOnRow } from '../../../platform/street-settings.ts'
import type { CaseFigure } from '../case-figures.ts'
import { acceptWithinMinutes } from '../figure-settings.ts'
import type { CaseState, Satisfaction } from '../words.ts'
import type { Names } from './names.ts'

export type Condition = RawBuilder<unknown>

/** Counts on the day of one instant of the case. */
interface OfInstant {
  readonly instant: Condition
  readonly where: Condition
  /** As it stands now, whatever the period: the instant then only says which day it is kept under. */
  readonly standing?: true
}

/** Counts on the days of acts (`a`), if `followedBy` was done afterwards (`b`). */
interface OfActs {
  readonly acts: readonly string[]
  readonly act?: Condition
  readonly followedBy?: { readonly acts: readonly string[]; readonly act?: Condition }
  readonly where: Condition
}

export type FigureDefinition = OfInstant | OfActs

/** How conditions ask for what stands in memory: as lists in a filter, as a joined table where many cases are looked at. */
export interface FigureNames {
  /** When a result was last handed in. */
  readonly resultAt: Condition
  readonly heldInGrid: Condition
  readonly heldInCommunity: Condition
  inDuty(level: DutyLevel): Condition
}
type DutyLevel = 'grid' | 'community' | 'street'

const openStates: readonly CaseState[] = ['accepted', 'assigned', 'in-progress', 'result-submitted']

/** A petition's clocks and end are others'; a number that changes would tell of a guarded case; nobody reported a duty task, and a mediation is counted in its own register. */
const ours: Condition = sql`channel <> 'import' and withdrawn_at is null and petition is null and guarded_by is null
  and task is null and special is distinct from 'mediation'`

/**
 * What counts at all: not what other systems had answered before (its people and times are not ours), not what an
 * undone import brought, a merged case only once, as its parent.
 */
export const counted: Condition = sql`${ours} and state not in ('declined', 'merged')`
/** With what was refused: it was reported all the same. */
export const countedWithDeclined: Condition = sql`${ours} and state <> 'merged'`

const always: Condition = sql`true`
const open: Condition = sql`state = any(${[...openStates]}::text[]) and due_at is not null and suspended_until is null`
/** Rule: rules.md §1.6, 应处置数/应结案数: what is not due in the period is left out, and a clock that stands still is not due. */
const isDue: Condition = sql`due_at is not null and (suspended_until is null or answered_at is not null)`
const handled: Condition = sql`${isDue} and state in ('result-submitted', 'answered', 'closed')`
const solved: Condition = sql`outcome = 'solved'`
/** One who reported it themselves may rate it; an order from above is rated where it came from. */
const rateable: Condition = sql`reporter_id is not null and outside_number is null`
/** A staff reporter's own never counts, nor one of a demand that two people found unlawful or impossible, which has a figure of its own. Rule: rules.md §4.3, of those who said it. */
const rated: Condition = sql`rating is not null and (rating ->> 'counts')::boolean and finding is null`

const gradedAs = (grade: Satisfaction): Condition => sql`${rated} and rating ->> 'satisfaction' = ${grade}`

const [created, accepted, due, answered] = [
  sql`created_at`,
  sql`accepted_at`,
  sql`due_at`,
  sql`answered_at`,
] as const
const saidAt = sql`(rating ->> 'at')::timestamptz`
const submitting = ['submit-result', 'solve-on-spot'] as const
export const resultActs = [...submitting, 'answer-now'] as const

const plain = {
  // Rule: rules.md §1.6, 上报数: what was refused counts too.
  filed: { instant: created, where: always },
  declined: { instant: created, where: sql`state = 'declined'` },
  reported: { instant: created, where: always },
  // Rule: rules.md §1.6, 立案率: of what was filed in the period.
  accepted: { instant: created, where: sql`accepted_at is not null` },
  // Rule: rules.md §1.6, 按时立案率: of what was accepted, by the time that the street had set when it was filed.
  'accepted-in-time': {
    instant: created,
    where: sql`accepted_at <= created_at + ${settingOnRow(acceptWithinMinutes, created)} * interval '1 minute'`,
  },
  'taken-up': { instant: accepted, where: always },
  contacted: { instant: sql`responded_at`, where: always },
  due: { instant: due, where: isDue },
  'due-handled': { instant: due, where: handled },
  'due-answered': { instant: due, where: sql`${isDue} and answered_at is not null` },
  'due-answered-in-time': { instant: due, where: sql`${isDue} and answered_at <= due_at` },
  'due-answered-late': { instant: due, where: sql`${isDue} and answered_at > due_at` },
  'due-open': { instant: due, where: sql`${isDue} and answered_at is null` },
  running: { instant: due, where: open, standing: true },
  'long-term': {
    instant: sql`(review_on::timestamp - interval '8 hours') at time zone 'UTC'`,
    where: sql`state = 'closed' and review_on is not null`,
    standing: true,
  },
  dispatched: { acts: ['assign'], where: always },
  // Rule: rules.md §1.6, 准确派遣率: never taken back, given back or decided away. A new round begins anew.
  'dispatched-right': { acts: ['assign'], where: sql`(hops = 0 or hops = 1 and assigned_at is not null)` },
  'moved-on': { acts: ['assign'], where: sql`hops > 1` },
  'moved-twice': { acts: ['assign'], where: sql`hops > 2` },
  disputed: { acts: ['dispute'], where: always },
  'received-returned': { acts: ['assign'], followedBy: { acts: ['return'] }, where: always },
  returned: { acts: ['return'], where: always },
  'returns-settled': { acts: ['approve', 'refuse'], act: sql`a.about = 'return'`, where: always },
  'returns-approved': { acts: ['approve'], act: sql`a.about = 'return'`, where: always },
  handled: { acts: submitting, where: always },
  // Rule: rules.md §1.6, 返工率: of the cases handled in the period.
  reworked: {
    acts: submitting,
    followedBy: { acts: ['check'], act: sql`b.to_state = 'in-progress'` },
    where: always,
  },
  // Rule: rules.md §1.6, 核查通过率.
  checked: { acts: ['check'], where: always },
  'check-passed': { acts: ['check'], act: sql`a.to_state = 'answered'`, where: always },
  reopened: { acts: ['reopen'], where: always },
  answered: { instant: answered, where: always },
  closed: { instant: sql`closed_at`, where: sql`state = 'closed'` },
  rateable: { instant: answered, where: rateable },
  unrated: { instant: answered, where: sql`${rateable} and rating is null` },
  rated: { instant: saidAt, where: rated },
  'rated-reached': { instant: saidAt, where: sql`${rated} and (rating ->> 'reached')::boolean` },
  'rated-solved': { instant: saidAt, where: sql`${rated} and (rating ->> 'solved')::boolean` },
  'rated-satisfied': {
    instant: saidAt,
    where: sql`${rated} and rating ->> 'satisfaction' in ('satisfied', 'mostly')`,
  },
  'rated-fully': { instant: saidAt, where: gradedAs('satisfied') },
  'rated-mostly': { instant: saidAt, where: gradedAs('mostly') },
  'rated-fair': { instant: saidAt, where: gradedAs('fair') },
  'rated-dissatisfied': { instant: saidAt, where: gradedAs('dissatisfied') },
  unreasonable: { instant: sql`(finding ->> 'at')::timestamptz`, where: sql`finding is not null` },
  solved: { instant: answered, where: solved },
} as const satisfies Partial<Record<CaseFigure, FigureDefinition>>

const byNames = [
  'due-handled-in-time',
  'solved-in-grid',
  'solved-in-community',
  'solved-at-street',
  'solved-by-organisation',
  'grid-duty',
  'grid-duty-kept',
  'community-duty',
  'community-duty-kept',
  'street-duty',
  'street-duty-kept',
] as const satisfies readonly CaseFigure[]

type LevelFigure = Exclude<(typeof byNames)[number], 'due-handled-in-time'>

/** A figure that is kept by day in the roll-ups; the others are made from these and from what stands now. */
export type RolledFigure = keyof typeof plain | (typeof byNames)[number]
export const rolledFigures = [...(Object.keys(plain) as (keyof typeof plain)[]), ...byNames] as const

export const isRolled = (figure: CaseFigure): figure is RolledFigure =>
  (rolledFigures as readonly CaseFigure[]).includes(figure)

export const countsDeclined = (figure: RolledFigure): boolean => figure === 'filed' || figure === 'declined'

export function definitionOf(figure: RolledFigure, names: FigureNames): FigureDefinition {
  if (figure in plain) return plain[figure as keyof typeof plain]
  // The result stood before the deadline, whatever the check then took.
  if (figure === 'due-handled-in-time')
    return { instant: due, where: sql`${handled} and ${names.resultAt} <= due_at` }
  const where = sql`${solved} and ${levelCondition(figure as LevelFigure, names)}`
  return { instant: answered, where }
}

/**
 * Who settled it: an organisation that held it; else the post that held it; else, for what was answered at once, the
 * desk that answered.
 */
function levelCondition(figure: LevelFigure, names: FigureNames): Condition {
  const nobodyElse = sql`organisation_id is null`
  const grid = sql`${nobodyElse} and coalesce(${names.heldInGrid}, false)`
  const here = sql`coalesce(${names.heldInCommunity} or holder_post_id is null and desk = 'community', false)`
  const notGrid = sql`${nobodyElse} and not coalesce(${names.heldInGrid}, false)`
  const community = sql`${notGrid} and ${here}`
  switch (figure) {
    case 'solved-in-grid':
      return grid
    case 'solved-in-community':
      return community
    case 'solved-at-street':
      return sql`${notGrid} and not ${here}`
    case 'solved-by-organisation':
      return sql`organisation_id is not null`
    case 'grid-duty':
      return names.inDuty('grid')
    case 'grid-duty-kept':
      return sql`${names.inDuty('grid')} and ${grid}`
    case 'community-duty':
      return names.inDuty('community')
    case 'community-duty-kept':
      return sql`${names.inDuty('community')} and (${grid} or ${community})`
    case 'street-duty':
      return names.inDuty('street')
    case 'street-duty-kept':
      return sql`${names.inDuty('street')} and ${nobodyElse}`
  }
}

const gridRoles: readonly string[] = ['micro-grid-member', 'grid-worker', 'grid-head']
const communityRoles: readonly string[] = ['clerk', 'secretary']

/** In a grid or a community, by the role of the post; null for the others. */
export const holderLevel = (role: string): 'grid' | 'community' | null => {
  if (gridRoles.includes(role)) return 'grid'
  return communityRoles.includes(role) ? 'community' : null
}

/** In the duty of a level by the matter's own level; a case without a matter lies in nobody's. */
export function inDutyOf({ matters }: Names): FigureNames['inDuty'] {
  return (level) => {
    const ids = [...matters.byId.values()].filter((matter) => matter.level === level).map(({ id }) => id)
    return sql`matter_id = any(${ids}::uuid[])`
  }
}

/** For a filter of its own: posts as lists. */
export function namesAsLists(names: Names): FigureNames {
  const held = (level: 'grid' | 'community') => {
    const ids = [...names.people.posts.values()]
      .filter(({ role }) => holderLevel(role) === level)
      .map(({ id }) => id)
    return sql`holder_post_id = any(${ids}::uuid[])`
  }
  const resultAt = sql`(select max(e.at) from acts_of_cases(array[cases.id], ${[...resultActs]}::text[]) e)`
  return { resultAt, heldInGrid: held('grid'), heldInCommunity: held('community'), inDuty: inDutyOf(names) }
}
