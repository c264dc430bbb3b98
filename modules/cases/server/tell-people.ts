/**
 * Who is told of what happens to a case. To tell somebody something new: a line here, and its words in
 * modules/messages/templates/case-notices.ts. Everything that one act tells is written with the act's commit.
 */
import type { Role } from '../../../lib/contract.ts'
import { type IndexedPost, type PostIndex, postIndex, watchKept } from '../../accounts/server/index.ts'
import { type NoticeAsk, type Recipient, type TellCall, tell } from '../../messages/server/index.ts'
import { liesUnder, rolesOfParty } from '../rules/decide-act.ts'
import { transitionOf } from '../rules/transitions.ts'
import type { Act, Desk, Urgency } from '../words.ts'
import type { CaseRow } from './case-row.ts'

/** Whom a line means. */
type Who =
  /** The person or the people of the organisation who must act now. */
  | 'holder'
  /** Who had it until this act. */
  | 'former-holder'
  /** The desk that holds the case: everybody in office hours, else who is on duty. */
  | 'desk'
  /** The resident. */
  | 'reporter'
  /** Who asked for what was just approved or refused. */
  | 'asker'
  /** Who may settle what was just asked. */
  | 'approvers'

interface Line {
  readonly acts: readonly Act[]
  /** Left out: whenever the act is done. */
  readonly when?: (before: CaseRow, after: CaseRow) => boolean
  readonly event: NoticeAsk['event']
  readonly reader: NoticeAsk['reader']
  readonly who: Who
}

const asked = (before: CaseRow, after: CaseRow) =>
  before.pending_approval === null && after.pending_approval !== null
const answered = (_: CaseRow, after: CaseRow) => after.state === 'answered'
/** Merged into a case that has its answer already. */
const answeredByIt = (before: CaseRow, after: CaseRow) =>
  before.answered_at === null && after.answered_at !== null
const sentBack = (_: CaseRow, after: CaseRow) => after.state === 'in-progress'
const urgent = (_: CaseRow, after: CaseRow) => after.urgency === 'P0'

const lines: readonly Line[] = [
  { acts: ['file'], when: urgent, event: 'case.filed-urgent', reader: 'desk', who: 'desk' },
  { acts: ['accept'], event: 'case.accepted', reader: 'resident', who: 'reporter' },
  { acts: ['assign'], event: 'case.assigned', reader: 'holder', who: 'holder' },
  { acts: ['hand-on'], event: 'case.handed-on', reader: 'holder', who: 'holder' },
  { acts: ['recall'], event: 'case.recalled', reader: 'holder', who: 'former-holder' },
  { acts: ['check'], when: sentBack, event: 'case.rework', reader: 'holder', who: 'holder' },
  { acts: ['check'], when: answered, event: 'case.answered', reader: 'resident', who: 'reporter' },
  { acts: ['answer-now'], event: 'case.answered', reader: 'resident', who: 'reporter' },
  { acts: ['merge'], when: answeredByIt, event: 'case.answered', reader: 'resident', who: 'reporter' },
  { acts: ['decline'], event: 'case.declined', reader: 'resident', who: 'reporter' },
  {
    acts: [
      'return',
      'extend',
      'extend-petition',
      'defer',
      'suspend',
      'close',
      'submit-result',
      'find-unreasonable',
    ],
    when: asked,
    event: 'case.approval-asked',
    reader: 'desk',
    who: 'approvers',
  },
  { acts: ['approve'], event: 'case.request-approved', reader: 'holder', who: 'asker' },
  { acts: ['refuse'], event: 'case.request-refused', reader: 'holder', who: 'asker' },
  { acts: ['reopen'], event: 'case.reopened', reader: 'desk', who: 'desk' },
  { acts: ['remind'], event: 'case.reminded', reader: 'holder', who: 'holder' },
  { acts: ['supervise'], event: 'case.supervised', reader: 'holder', who: 'holder' },
  { acts: ['supervise'], event: 'case.supervised', reader: 'desk', who: 'desk' },
]

/** Tells whoever an act concerns, except the person who did it. */
export async function tellOfAct(
  call: TellCall,
  people: PostIndex,
  done: { act: Act; before: CaseRow; after: CaseRow },
): Promise<void> {
  const { act, before, after } = done
  if (after.guarded_by !== null) return
  const due = lines.filter((line) => line.acts.includes(act) && (line.when?.(before, after) ?? true))
  // Few acts tell a desk; the others do not pay for the question who is on duty.
  const watch = due.some(({ who }) => who === 'desk') ? await watchOf(call) : noWatch
  tell(
    call,
    due.map((line) => ({
      ...ask(after, `v${after.version}`, before),
      event: line.event,
      reader: line.reader,
      to: others(recipients(line.who, before, after, { people, watch }), call.actor.accountId),
    })),
  )
}

/** Who is on duty at which desk, outside office hours. */
type Watch = ReadonlyMap<string, readonly string[]>
const noWatch: Watch = new Map()

const watchOf = ({ tx, actor, at }: TellCall): Promise<Watch> => watchKept(tx, actor.streetId, at)

interface There {
  readonly people: PostIndex
  readonly watch: Watch
}

/** Each petitioner whose case was merged is told of the answer to the parent. */
export function tellOfAnswers(call: TellCall, people: PostIndex, children: readonly CaseRow[]): void {
  tell(
    call,
    children.map((row) => ({
      ...ask(row, `v${row.version}`),
      event: 'case.answered' as const,
      reader: 'resident' as const,
      to: reporterOf(row, people),
    })),
  )
}

/** What the sweep knows of a clock that ends soon or has ended. */
export interface NearClock {
  readonly case_id: string
  readonly number: string
  readonly urgency: Urgency
  readonly area: string
  readonly desk: Desk
  readonly organisation_id: string | null
  readonly holder_account_id: string | null
  readonly due_at: Date
  readonly notice: 'due-soon' | 'overdue' | 'response-due-soon' | 'response-overdue'
}

/** The holder hears of every clock; of one that has run out the desk hears too, and of any while nobody holds the case. */
export async function tellOfClocks(call: TellCall, clocks: readonly NearClock[]): Promise<void> {
  const people = await postIndex(call.tx, call.actor.streetId)
  const watch = await watchOf(call)
  const asks = clocks.flatMap((clock): NoticeAsk[] => {
    const shared = {
      event: `case.${clock.notice}` as const,
      about: { type: 'case', id: clock.case_id, area: clock.area },
      facts: { number: clock.number, due: clock.due_at.toISOString() },
      urgency: clock.urgency,
      dedupe: clock.due_at.toISOString(),
    }
    const holders = holdersOf(clock, people)
    const nobody = holders.length === 0
    return [
      { ...shared, reader: 'holder', to: nobody ? deskOf(clock, { people, watch }) : holders },
      ...(clock.notice === 'overdue' && !nobody
        ? [{ ...shared, reader: 'desk' as const, to: deskOf(clock, { people, watch }) }]
        : []),
    ]
  })
  tell(call, asks)
}

/** An answer that nobody rated, before the case is closed by itself. */
export async function tellToRate(
  call: TellCall,
  rows: readonly (CaseRow & { rate_by: Date })[],
): Promise<void> {
  const people = await postIndex(call.tx, call.actor.streetId)
  tell(
    call,
    rows.map((row) => ({
      ...ask(row, String(row.reopen_count)),
      event: 'case.rating-ends' as const,
      reader: 'resident' as const,
      facts: { number: row.number, rateBy: row.rate_by.toISOString() },
      to: reporterOf(row, people),
    })),
  )
}

function ask(
  row: CaseRow,
  dedupe: string,
  before?: CaseRow,
): Pick<NoticeAsk, 'about' | 'facts' | 'urgency' | 'dedupe'> {
  const request = (row.pending_approval ?? before?.pending_approval)?.act
  return {
    about: { type: 'case', id: row.id, area: row.area },
    facts: {
      number: row.number,
      ...(row.due_at ? { due: row.due_at.toISOString() } : {}),
      ...(request ? { request } : {}),
    },
    urgency: row.urgency,
    dedupe,
  }
}

function recipients(who: Who, before: CaseRow, after: CaseRow, there: There): Recipient[] {
  const { people } = there
  switch (who) {
    case 'holder':
      return holdersOf(after, people)
    case 'former-holder':
      return holdersOf(before, people)
    case 'desk':
      return deskOf(after, there)
    case 'reporter':
      return reporterOf(after, people)
    case 'asker':
      return before.pending_approval ? [{ account: before.pending_approval.byAccount }] : []
    case 'approvers':
      return approversOf(after, people)
  }
}

type Held = Pick<CaseRow, 'organisation_id' | 'holder_account_id'>
type Lying = Pick<CaseRow, 'area' | 'desk'>

/** The person it was given to; else who answers for the organisation: its handlers and its lead. */
function holdersOf(row: Held, people: PostIndex): Recipient[] {
  if (row.holder_account_id !== null) return [{ account: row.holder_account_id }]
  if (row.organisation_id === null) return []
  return accountsOf(people, (post) => post.organisationId === row.organisation_id)
}

const leadsOf = (row: Held, people: PostIndex): Recipient[] =>
  accountsOf(
    people,
    (post) => post.role === 'organisation-lead' && post.organisationId === row.organisation_id,
  )

const communityDesk: readonly Role[] = rolesOfParty('community-desk')
const streetDesk: readonly Role[] = rolesOfParty('street-desk')

/** Everybody who holds a post there; while a watch stands at the desk, only the watch. */
function deskOf(row: Lying, { people, watch }: There): Recipient[] {
  const ofCommunity = row.desk === 'community'
  const onWatch = [...watch].find(([path]) => isDeskPath(path, ofCommunity) && liesUnder(row.area, path))
  if (onWatch !== undefined) return onWatch[1].map((account) => ({ account }))
  return wholeDesk(row, people)
}

const wholeDesk = (row: Lying, people: PostIndex): Recipient[] =>
  withRoles(row, row.desk === 'community' ? communityDesk : streetDesk, people)

/** Desks are the street's own area and those right below it. */
const isDeskPath = (path: string, ofCommunity: boolean): boolean => path.includes('.') === ofCommunity

function approversOf(row: CaseRow, people: PostIndex): Recipient[] {
  if (row.pending_approval === null) return []
  const parties = transitionOf(row.pending_approval.act).approvedBy ?? []
  return parties.flatMap((party) => {
    if (party === 'desk') return wholeDesk(row, people)
    if (party === 'organisation-lead') return leadsOf(row, people)
    return withRoles(row, rolesOfParty(party), people)
  })
}

/** Staff who filed what they found see it in their own list; only residents are told. */
function reporterOf(row: CaseRow, people: PostIndex): Recipient[] {
  if (row.reporter_id === null) return row.on_behalf ? ['contact'] : []
  const isStaff = [...people.posts.values()].some((post) => post.accountId === row.reporter_id)
  return isStaff ? [] : [{ account: row.reporter_id }]
}

const withRoles = (row: Lying, roles: readonly Role[], people: PostIndex): Recipient[] =>
  accountsOf(
    people,
    (post) => roles.includes(post.role) && post.areaPath !== null && liesUnder(row.area, post.areaPath),
  )

const accountsOf = (people: PostIndex, wanted: (post: IndexedPost) => boolean): Recipient[] => [
  ...[...people.posts.values()]
    .filter((post) => post.current && wanted(post))
    .map((post) => ({ account: post.accountId })),
]

const others = (to: readonly Recipient[], self: string): Recipient[] =>
  to.filter((one) => one === 'contact' || one.account !== self)
