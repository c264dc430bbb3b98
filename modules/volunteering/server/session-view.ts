import { peopleBehind } from '../../people/server/index.ts'
import type { SessionView } from '../contract.ts'
import type { Capacity } from '../hour-words.ts'
import { gradeOf, isByOwnCode } from '../rules/evidence-grade.ts'
import { type ConfirmFacts, decideConfirm } from '../rules/may-confirm.ts'
import { minutesBetween } from '../rules/minutes.ts'
import { type Acting, humansBehind, inStreet, isWithin, runs } from './acting.ts'
import { groupsOfPeople } from './group-store.ts'
import type { SessionRow } from './session-store.ts'

/** Who looks: every person that may be this human, and what makes them a witness. */
export interface Witness {
  readonly people: ReadonlySet<string>
  /** Paths of the committees to which they belong. */
  readonly committees: readonly string[]
  /** Accounts of the same human, asked once each. */
  readonly sameHuman: (account: string) => boolean
}

/** `rows` are those about which will be asked. */
export async function witnessOf(acting: Acting, rows: readonly SessionRow[]): Promise<Witness> {
  const { tx, actor, services } = acting
  const people = await humansBehind(acting)
  return inStreet(acting, async () => {
    const groups = await groupsOfPeople(tx, actor.streetId, [...people])
    const same = new Set([actor.accountId])
    for (const account of new Set(rows.map((row) => row.recorded_by))) {
      const theirs = await peopleBehind(tx, services.keys, actor.streetId, account)
      if ([...theirs].some((id) => people.has(id))) same.add(account)
    }
    return {
      people,
      committees: groups.filter(({ kind }) => kind === 'committee').map(({ area }) => area),
      sameHuman: (account) => same.has(account),
    }
  })
}

/** What the rule asks about one row and whoever looks. */
export function confirmFacts({ actor }: Acting, witness: Witness, row: SessionRow): ConfirmFacts {
  const may: Capacity[] = []
  if (row.served_id !== null && witness.people.has(row.served_id)) may.push('served')
  if (witness.committees.some((area) => isWithin(row.area, area))) may.push('committee')
  if (row.lead_id !== null && witness.people.has(row.lead_id)) may.push('lead')
  if (runs(actor, row.area)) may.push('staff')
  return {
    state: row.state,
    byOwnCode: isByOwnCode(row.source, row.evidence),
    source: row.source,
    isOwn: witness.people.has(row.person_id),
    recordedIt: witness.sameHuman(row.recorded_by),
    confirmedIt: row.evidence.some(
      ({ kind, byAccount, byPerson }) =>
        kind === 'confirmed' &&
        (byAccount === actor.accountId || (byPerson !== null && witness.people.has(byPerson))),
    ),
    may,
  }
}

const objectionsOf = ({ evidence }: SessionRow): number => {
  const count = (kind: string) => evidence.filter((one) => one.kind === kind).length
  return Math.max(0, count('objected') - count('objection-settled'))
}

export const isHeldByObjection = (row: SessionRow): boolean => objectionsOf(row) > 0

export function sessionView(acting: Acting, witness: Witness | undefined, row: SessionRow): SessionView {
  return {
    id: row.id,
    personId: row.person_id,
    name: row.name_masked,
    groupName: row.group_name,
    activityId: row.activity_id,
    needId: row.need_id,
    sheetId: row.sheet_id,
    title: row.title,
    placeText: row.place_text,
    source: row.source,
    state: row.state,
    grade: gradeOf(row.source, row.evidence),
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    minutes: row.ended_at === null ? null : minutesBetween(row.started_at, row.ended_at),
    noticeUntil: row.notice_until?.toISOString() ?? null,
    objections: objectionsOf(row),
    evidence: row.evidence.map(({ kind, capacity, at, words }) => ({
      kind,
      capacity,
      at: new Date(at).toISOString(),
      // What an objector wrote is for who settles it.
      words: kind === 'objected' && !runs(acting.actor, row.area) ? null : words,
    })),
    mayConfirm: witness !== undefined && decideConfirm(confirmFacts(acting, witness, row)).ok,
    settledWords: row.settled_words,
  }
}

export async function sessionViews(acting: Acting, rows: readonly SessionRow[]): Promise<SessionView[]> {
  if (rows.length === 0) return []
  const witness = await witnessOf(acting, rows)
  return rows.map((row) => sessionView(acting, witness, row))
}
