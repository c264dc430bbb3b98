/** Rows to views: masked, with the clock as it stands now and what this actor may do. */

import type { Role } from '../../../lib/contract.ts'
import { maskAddress, maskName, maskPhone } from '../../../lib/mask.ts'
import { type Actor, type Post, systemAccountId } from '../../../platform/actor.ts'
import type { Keys } from '../../../platform/keys.ts'
import { chainOf } from '../../areas/server/index.ts'
import type { CaseSummary, CaseView, Clock, EntryView, MatterRef } from '../contract.ts'
import { type ClockSpan, clockState, remaining } from '../rules/clock.ts'
import { type CaseFacts, decideAll, liesUnder } from '../rules/decide-act.ts'
import type { Outcome } from '../words.ts'
import type { CaseRow, EntryRow, ReporterRow } from './case-row.ts'
import type { CaseParts, FileRow } from './case-store.ts'
import { disputeView } from './dispute-view.ts'
import type { MatterRow } from './matter-store.ts'
import { areaRef, byPost, type Names, organisationRef } from './names.ts'
import { orderView } from './order-view.ts'
import { ruleOutside } from './outside-duty.ts'
import { petitionView } from './petition-view.ts'
import type { Seen } from './seen-of.ts'
import { undoView } from './undo-record.ts'

/** What the rules need to know of a row. */
export function factsOf(row: CaseRow): CaseFacts {
  return {
    state: row.state,
    desk: row.desk,
    area: row.area,
    organisationId: row.organisation_id,
    holderPostId: row.holder_post_id,
    holderAccountId: row.holder_account_id,
    reporterId: row.reporter_id,
    handledBy: row.handled_by,
    handledOrganisations: row.handled_organisations,
    assignedBy: row.assigned_by,
    pendingApproval: row.pending_approval && {
      act: row.pending_approval.act,
      byAccount: row.pending_approval.byAccount,
    },
    suspended: row.suspended_until !== null,
    confidential: row.confidential,
    rated: row.rating !== null,
    fromAbove:
      row.channel === 'upstream'
        ? {
            returnAsked: row.order_return !== null && row.order_return.outcome === null,
            rated: row.outside_rating !== null,
          }
        : null,
    answered: row.answered_at !== null,
    closedAt: row.closed_at,
    longTerm: row.review_on !== null,
    assignedAt: row.assigned_at,
    found: row.finding !== null,
    guarded: row.guarded_by !== null,
    task: row.task !== null,
    special: row.special,
    petition: row.petition && {
      takenOn: row.petition.notice === 'taken-on',
      extended: row.extended_from !== null,
    },
    dispute: row.dispute && {
      adjudicator: row.dispute.adjudicator,
      decideBy: new Date(row.dispute.decideBy),
    },
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const noClock: Clock = {
  state: 'none',
  which: null,
  dueAt: null,
  fraction: null,
  minutesLeft: null,
  rule: null,
  pause: null,
}
const workedStates = new Set(['accepted', 'assigned', 'in-progress', 'result-submitted'])

type ClockSeen = Pick<Seen, 'at' | 'calendar' | 'dueSoon'>

/** The response clock until the resident was reached, then the finish clock; it stops when the case is answered. */
export function clockOf(row: CaseRow, { at, calendar, dueSoon }: ClockSeen): Clock {
  const { clock_rule: rule, clock_start_at: start } = row
  if (!rule || !start || !row.due_at) return noClock
  const which =
    row.responded_at === null && row.response_due_at !== null && row.response_due_at < row.due_at
      ? 'response'
      : 'finish'
  const due = which === 'response' && row.response_due_at ? row.response_due_at : row.due_at
  const words = rule.words
  if (!workedStates.has(row.state))
    return {
      state: 'stopped',
      which: 'finish',
      dueAt: iso(row.due_at),
      fraction: null,
      minutesLeft: null,
      rule: words,
      pause: null,
    }
  if (row.suspended_until !== null)
    return {
      state: 'suspended',
      which,
      dueAt: iso(due),
      fraction: null,
      minutesLeft: null,
      rule: words,
      pause: {
        reason: row.suspended_for,
        since: (row.suspended_at ?? at).toISOString(),
        until: row.suspended_until.toISOString(),
      },
    }
  const span = (which === 'response' ? rule.response : rule.finish) as ClockSpan
  const left = remaining(at, due, span, start, calendar)
  return {
    state: clockState(at, due, start, dueSoon),
    which,
    dueAt: iso(due),
    fraction: left.ok ? left.fractionLeft : null,
    minutesLeft: left.ok ? left.minutesLeft : Math.ceil((due.getTime() - at.getTime()) / 60_000),
    rule: words,
    pause: null,
  }
}

/** What says through whom a case comes into sight. */
export type ReachFacts = Pick<
  CaseRow,
  'area' | 'organisation_id' | 'shared_organisations' | 'holder_post_id' | 'reporter_id' | 'filed_by'
>

/** The posts through which this case comes into sight: by its place, its organisations, or as its holder. */
function postsReaching(row: ReachFacts, actor: Actor): readonly Post[] {
  const organisations = [row.organisation_id, ...row.shared_organisations]
  return actor.posts.filter(
    (post) =>
      post.id === row.holder_post_id ||
      (post.areaPath !== null && liesUnder(row.area, post.areaPath)) ||
      (post.organisationId !== null && organisations.includes(post.organisationId)),
  )
}

export const withoutTexts: readonly Role[] = ['viewer', 'system-admin', 'security-admin', 'audit-admin']
const withoutContacts: readonly Role[] = ['micro-grid-member', ...withoutTexts]

/** A viewer sees lists and figures without texts (rights.md); so does whoever has no other post that reaches the case. */
export function mayReadTexts(row: ReachFacts, actor: Actor): boolean {
  return (
    row.reporter_id === actor.accountId ||
    row.filed_by === actor.accountId ||
    actor.kind === 'system' ||
    postsReaching(row, actor).some((post) => !withoutTexts.includes(post.role))
  )
}

/** Residents never read a name of the street-space standard: they get plain words, or the class. */
function matterRef(matter: MatterRow, actor: Actor): MatterRef {
  const { code, resident_words: residentWords } = matter
  const shown = actor.kind === 'staff' || residentWords !== null
  const plain = actor.kind === 'staff' ? matter.name : (residentWords ?? matter.class_name)
  const nameEn = shown ? matter.name_en : (matter.class_name_en ?? matter.class_name)
  return { code, name: plain, nameEn, residentWords }
}

/** Given to somebody who is no longer there; the desk takes it back. */
function isVacant(row: CaseRow, { people }: Names): boolean {
  if (row.state !== 'assigned' && row.state !== 'in-progress') return false
  if (row.holder_post_id !== null) return people.posts.get(row.holder_post_id)?.current === false
  return row.organisation_id !== null && people.organisations.get(row.organisation_id)?.active === false
}

/** One that waits for a blind call-back is nobody's to read but the reporter's: whoever calls must not know it. */
const hidden = (row: CaseRow, actor: Actor): boolean =>
  row.rating?.review === true && row.reporter_id !== actor.accountId

function ratingOf(row: CaseRow, actor: Actor, texts: boolean): CaseSummary['rating'] {
  if (row.rating === null || hidden(row, actor)) return null
  const { reached, solved, satisfaction, words, at, counts, way = null } = row.rating
  return { reached, solved, satisfaction, words: texts ? words : null, at, counts, way }
}

const ratingActs: readonly EntryRow['act'][] = ['rate', 'record-rating']

export function summaryOf(row: CaseRow, seen: Seen): CaseSummary {
  const { actor, names } = seen
  const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
  const area = names.areas.byId.get(row.area_id)
  const texts = mayReadTexts(row, actor)
  const approval = row.pending_approval
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    outcome: row.outcome,
    urgency: row.urgency,
    title: texts ? row.title : (matter?.name ?? ''),
    text: texts ? row.text : null,
    channel: row.channel,
    route: row.route,
    special: row.special,
    task: row.task && { kind: row.task.kind, needs: row.task.needs, endsOn: row.task.endsOn },
    matter: matter ? matterRef(matter, actor) : null,
    area: area ? areaRef(area) : null,
    placeText: texts ? row.place_text : null,
    desk: row.desk,
    holder: {
      organisation: organisationRef(names, row.organisation_id),
      helpers: row.shared_organisations.flatMap((id) => organisationRef(names, id) ?? []),
      postId: row.holder_post_id,
      post:
        row.holder_post_id === null
          ? null
          : byPost(names, row.holder_post_id, row.holder_account_id, systemAccountId),
      vacant: isVacant(row, names),
    },
    order: orderView(row, seen, texts),
    responseDueAt: iso(row.response_due_at),
    dueAt: iso(row.due_at),
    clock: clockOf(row, seen),
    rating: ratingOf(row, actor, texts),
    ratingInReview: row.rating?.review === true && row.reporter_id !== actor.accountId,
    reviewOn: row.review_on,
    pendingApproval:
      approval && actor.kind === 'staff'
        ? {
            act: approval.act,
            by: byPost(names, approval.byPost, approval.byAccount, systemAccountId),
            mine: approval.byAccount === actor.accountId,
            reason: texts ? approval.reason : '',
            until: approval.until,
            outcome: (approval.more.outcome ?? null) as Outcome | null,
            answer: texts ? (approval.more.answer ?? null) : null,
            at: approval.at,
          }
        : null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    closedAt: iso(row.closed_at),
  }
}

export const fileRef = (file: FileRow) => ({ id: file.id, mediaType: file.media_type, name: file.name })

/** Names, phones and addresses leave the server masked; `unmask` opens one field. Grid members see no contact at all. */
export function reporterView(
  row: CaseRow,
  reporter: ReporterRow | undefined,
  actor: Actor,
  keys: Keys,
): CaseView['reporter'] {
  const isMe = row.reporter_id === actor.accountId
  if (!reporter)
    return row.confidential ? { name: null, phone: null, address: null, confidential: true, isMe } : null
  const never =
    actor.kind === 'staff' && postsReaching(row, actor).every((post) => withoutContacts.includes(post.role))
  if (never && !isMe) return { name: null, phone: null, address: null, confidential: row.confidential, isMe }
  const opened = (field: 'name' | 'phone' | 'address', mask: (value: string) => string) => {
    const sealed = reporter[`${field}_encrypted`]
    return sealed === null ? null : mask(keys.open(`case_reporters.${field}.${row.id}`, sealed))
  }
  return {
    name: opened('name', maskName),
    phone: opened('phone', maskPhone),
    address: opened('address', maskAddress),
    confidential: row.confidential,
    isMe,
  }
}

export function caseView(row: CaseRow, parts: CaseParts, seen: Seen, keys: Keys): CaseView {
  const { actor, names } = seen
  const texts = mayReadTexts(row, actor)
  return {
    ...summaryOf(row, seen),
    place: row.lng !== null && row.lat !== null ? { lng: row.lng, lat: row.lat } : null,
    areaChain: chainOf(names.areas, row.area)
      .filter((area) => area.parentId !== null)
      .map(areaRef),
    reporter: texts ? reporterView(row, parts.reporter, actor, keys) : null,
    files: texts ? parts.files.map(fileRef) : [],
    reopenCount: row.reopen_count,
    extra: mayReadTexts(row, actor) ? row.extra : {},
    reworkCount: row.rework_count,
    hops: row.hops,
    outsideDuty:
      row.desk === 'community' && actor.kind === 'staff' ? (ruleOutside(row, names) ?? null) : null,
    promisedAt: iso(row.promised_at),
    finding:
      texts && actor.kind === 'staff' && row.finding
        ? { kind: row.finding.kind, reason: row.finding.reason }
        : null,
    petition: texts ? petitionView(row) : null,
    dispute: disputeView(row, seen, texts),
    parentCaseId: row.parent_case_id,
    answer: texts ? row.answer : null,
    undo: undoView(row, seen),
    can: decideAll(factsOf(row), actor, seen.at, seen.settings),
  }
}

/** Entries as this actor may read them: residents see no internal notes, viewers no words. */
export function entryViews(
  row: CaseRow,
  entries: readonly EntryRow[],
  files: readonly FileRow[],
  seen: Seen,
): EntryView[] {
  const { actor, names } = seen
  const texts = mayReadTexts(row, actor)
  const byId = new Map(files.map((file) => [file.id, file]))
  const blind = ({ act }: EntryRow) => ratingActs.includes(act) && hidden(row, actor)
  return entries
    .filter((entry) => actor.kind === 'staff' || !entry.internal)
    .map((entry) => ({
      id: entry.id,
      at: entry.at.toISOString(),
      act: entry.act,
      by: byPost(names, entry.post_id, entry.actor_id, systemAccountId, entry.at),
      mine: entry.actor_id === actor.accountId,
      fromState: entry.from_state,
      toState: entry.to_state,
      words: texts && !blind(entry) ? entry.words : null,
      detail: texts && !blind(entry) ? entry.detail : {},
      files: texts ? entry.file_ids.flatMap((id) => byId.get(id) ?? []).map(fileRef) : [],
    }))
}
