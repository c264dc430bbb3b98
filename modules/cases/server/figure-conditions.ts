/** What each figure counts, as one condition on `cases`: the count and the list behind it are made from the same. */
import { type RawBuilder, sql } from 'kysely'
import { dayOf } from '../../../lib/time.ts'
import type { CaseFigure } from '../case-figures.ts'
import type { CaseState } from '../words.ts'
import type { Names } from './names.ts'

export interface FigureTime {
  /** First and last instant of the period, at UTC+8. */
  from: Date
  to: Date
  /** As of when. */
  at: Date
}

type Condition = RawBuilder<unknown>

const openStates: readonly CaseState[] = ['accepted', 'assigned', 'in-progress', 'result-submitted']

/**
 * What counts at all: not what other systems had answered before (its people and times are not ours), not what an
 * undone import brought, a merged case only once, as its parent, no petition: its clocks and its end are
 * others', and nothing about which a mandatory report was made: a number that changes would tell of it.
 * A duty task was reported by nobody, and a mediation is counted in its own register.
 */
const counted: Condition = sql`channel <> 'import' and withdrawn_at is null and state not in ('declined', 'merged')
  and petition is null and guarded_by is null and task is null and special is distinct from 'mediation'`

const open: Condition = sql`state = any(${[...openStates]}::text[]) and due_at is not null and suspended_until is null`
const longTerm: Condition = sql`state = 'closed' and review_on is not null`

// Rule: rules.md §1.6, 应处置数/应结案数: the deadline falls in the period; what is not yet due is left out.
const due = ({ from, to }: FigureTime): Condition =>
  sql`due_at between ${from} and ${to} and (suspended_until is null or answered_at is not null)`
const answered = ({ from, to }: FigureTime): Condition => sql`answered_at between ${from} and ${to}`
const solved = (time: FigureTime): Condition => sql`${answered(time)} and outcome = 'solved'`
/** One who reported it themselves may rate it; an order from above is rated where it came from. */
const rateable = (time: FigureTime): Condition =>
  sql`${answered(time)} and reporter_id is not null and outside_number is null`

/** The result stood before the deadline, whatever the check then took. */
const handledInTime: Condition = sql`state not in ('accepted', 'assigned', 'in-progress') and
  (select max(e.at) from entries_of_case(cases.id) e
    where e.act in ('submit-result', 'solve-on-spot', 'answer-now')) <= due_at`

const acts = (names: readonly string[], from: Date, to: Date): Condition =>
  sql`case_acts(${[...names]}::text[], ${from}, ${to})`
const had = (names: readonly string[], { from, to }: FigureTime): Condition =>
  sql`id in (select a.case_id from ${acts(names, from, to)} a)`
/** First an act in the period, then another until now. */
const then = (
  first: readonly string[],
  later: readonly string[],
  { from, to, at }: FigureTime,
  more: Condition,
): Condition =>
  sql`id in (select a.case_id from ${acts(first, from, to)} a
    join ${acts(later, from, at)} b on b.case_id = a.case_id and b.at >= a.at and ${more})`
const settled = (names: readonly string[], { from, to }: FigureTime): Condition =>
  sql`id in (select a.case_id from ${acts(names, from, to)} a where a.about = 'return')`

const submitting = ['submit-result', 'solve-on-spot'] as const

/** The last ask of each case in the period and the post that asked: who gave it back, for the case has nobody now. */
export const lastReturns = ({ from, to }: FigureTime): Condition =>
  sql`(select distinct on (a.case_id) a.case_id, a.post_id from ${acts(['return'], from, to)} a
    order by a.case_id, a.at desc)`

export type SolvedLevel = 'grid' | 'community' | 'street' | 'organisation'

const gridRoles = ['micro-grid-member', 'grid-worker', 'grid-head']
const communityRoles = ['clerk', 'secretary']

const postsWith = ({ people }: Names, roles: readonly string[]): string[] =>
  [...people.posts.values()].filter(({ role }) => roles.includes(role)).map(({ id }) => id)

/**
 * Who settled it: an organisation that held it; else the post that held it; else, for what was answered at once, the
 * desk that answered.
 */
function solvedAt(level: SolvedLevel, names: Names): Condition {
  if (level === 'organisation') return sql`organisation_id is not null`
  const inGrid = sql`holder_post_id = any(${postsWith(names, gridRoles)}::uuid[])`
  if (level === 'grid') return sql`organisation_id is null and coalesce(${inGrid}, false)`
  const inCommunity = sql`(holder_post_id = any(${postsWith(names, communityRoles)}::uuid[])
    or holder_post_id is null and desk = 'community')`
  const not = level === 'street' ? sql`not` : sql``
  return sql`organisation_id is null and not coalesce(${inGrid}, false) and ${not} coalesce(${inCommunity}, false)`
}

/** In the duty of a level by the matter's own level; a case without a matter lies in nobody's. */
function inDuty(level: 'grid' | 'community' | 'street', { matters }: Names): Condition {
  const ids = [...matters.byId.values()].filter((matter) => matter.level === level).map(({ id }) => id)
  return sql`matter_id = any(${ids}::uuid[])`
}

/** A rating of the reporter in the period; a staff reporter's own never counts, nor one of a demand that two people found unlawful or impossible, which has a figure of its own. Rule: rules.md §4.3, of those who said it. */
const rated = ({ from, to }: FigureTime): Condition =>
  sql`rating is not null and (rating ->> 'counts')::boolean and finding is null
    and (rating ->> 'at')::timestamptz between ${from} and ${to}`
/** A call of a whistle whose time to report falls in the period. */
const whistled = ({ from, to, at }: FigureTime, late: boolean): Condition =>
  sql`id in (select w.case_id from whistle_calls k
    join whistles w on w.street_id = k.street_id and w.id = k.whistle_id
    where k.street_id = cases.street_id and k.due_at between ${from} and ${to} ${
      late
        ? sql`and k.due_at < ${at} and (k.arrived_at > k.due_at
          or k.arrived_at is null and (w.released_at is null or w.released_at > k.due_at))`
        : sql``
    })`

const plain: Partial<Record<CaseFigure, (time: FigureTime) => Condition>> = {
  reported: ({ from, to }) => sql`created_at between ${from} and ${to}`,
  // Rule: rules.md §1.6, 立案率: of what was filed in the period.
  accepted: ({ from, to }) => sql`created_at between ${from} and ${to} and accepted_at is not null`,
  due,
  'due-answered-in-time': (time) => sql`${due(time)} and answered_at <= due_at`,
  'due-handled-in-time': (time) => sql`${due(time)} and ${handledInTime}`,
  'due-answered-late': (time) => sql`${due(time)} and answered_at > due_at`,
  'due-open': (time) => sql`${due(time)} and answered_at is null`,
  running: () => open,
  overdue: ({ at }) => sql`${open} and due_at < ${at}`,
  coming: ({ from, to, at }) => sql`${open} and due_at >= ${at} and due_at between ${from} and ${to}`,
  'long-term': () => longTerm,
  'review-due': ({ to }) => sql`${longTerm} and review_on <= ${dayOf(to)}::date`,
  dispatched: (time) => had(['assign'], time),
  // Rule: rules.md §1.6, 准确派遣率: never taken back, given back or decided away. A new round begins anew.
  'dispatched-right': (time) =>
    sql`${had(['assign'], time)} and (hops = 0 or hops = 1 and assigned_at is not null)`,
  'moved-on': (time) => sql`${had(['assign'], time)} and hops > 1`,
  disputed: (time) => had(['dispute'], time),
  whistled: (time) => whistled(time, false),
  'whistle-late': (time) => whistled(time, true),
  received: (time) => had(['assign'], time),
  'received-returned': (time) => then(['assign'], ['return'], time, sql`true`),
  returned: (time) => had(['return'], time),
  'returns-settled': (time) => settled(['approve', 'refuse'], time),
  'returns-approved': (time) => settled(['approve'], time),
  handled: (time) => had(submitting, time),
  // Rule: rules.md §1.6, 返工率: of the cases handled in the period.
  reworked: (time) => then(submitting, ['check'], time, sql`b.to_state = 'in-progress'`),
  reopened: (time) => had(['reopen'], time),
  answered,
  rateable,
  unrated: (time) => sql`${rateable(time)} and rating is null`,
  rated,
  'rated-reached': (time) => sql`${rated(time)} and (rating ->> 'reached')::boolean`,
  'rated-solved': (time) => sql`${rated(time)} and (rating ->> 'solved')::boolean`,
  'rated-satisfied': (time) => sql`${rated(time)} and rating ->> 'satisfaction' in ('satisfied', 'mostly')`,
  unreasonable: ({ from, to }) =>
    sql`finding is not null and (finding ->> 'at')::timestamptz between ${from} and ${to}`,
  solved,
}

/** The condition of a figure; always within what counts. */
export function figureCondition(figure: CaseFigure, time: FigureTime, names: Names): Condition {
  const simple = plain[figure]
  if (simple) return sql`${counted} and ${simple(time)}`
  return sql`${counted} and ${solved(time)} and ${levelCondition(figure, names)}`
}

function levelCondition(figure: CaseFigure, names: Names): Condition {
  const at = (level: SolvedLevel) => sql`(${solvedAt(level, names)})`
  switch (figure) {
    case 'solved-in-grid':
      return at('grid')
    case 'solved-in-community':
      return at('community')
    case 'solved-at-street':
      return at('street')
    case 'solved-by-organisation':
      return at('organisation')
    case 'grid-duty':
      return inDuty('grid', names)
    case 'grid-duty-kept':
      return sql`${inDuty('grid', names)} and ${at('grid')}`
    case 'community-duty':
      return inDuty('community', names)
    case 'community-duty-kept':
      return sql`${inDuty('community', names)} and (${at('grid')} or ${at('community')})`
    case 'street-duty':
      return inDuty('street', names)
    case 'street-duty-kept':
      return sql`${inDuty('street', names)} and organisation_id is null`
    default:
      throw new Error(`no condition for the figure ${figure}`)
  }
}
