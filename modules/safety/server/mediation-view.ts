/** Rows to views: what the desk, a mediator and a party each read of a mediation. */
import type { OutputOf } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Actor, systemAccountId } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type PostIndex, postIndex } from '../../accounts/server/index.ts'
import { type AreaIndex, areaIndex } from '../../areas/server/index.ts'
import type * as contract from '../contract.ts'
import type { LegalWay } from '../mediation-words.ts'
import { decideMove, type MediationFacts, stepRefusal } from '../rules/mediation.ts'
import { disputeKinds } from '../settings.ts'
import { type Acting, isWithin, postOver } from './acting.ts'
import { maskedParty, openAgreement, openFacts, openParty, openPlace, openWords } from './mediation-seal.ts'
import {
  allMediators,
  type EntryRow,
  entriesOf,
  type MediationRow,
  type MediatorRow,
  type PartyRow,
  partiesOf,
} from './mediation-store.ts'

type View = contract.MediationView
type ByPost = contract.MediationEntry['by']

/** What every view is made with. */
export interface Seen {
  readonly actor: Actor
  readonly at: Date
  readonly keys: Keys
  readonly areas: AreaIndex
  readonly people: PostIndex
  readonly mediators: ReadonlyMap<string, MediatorRow>
}

export async function seenOf({ tx, actor, at, services }: Acting): Promise<Seen> {
  const { streetId } = actor
  const areas = await areaIndex(tx, streetId)
  const people = await postIndex(tx, streetId)
  const mediators = new Map((await allMediators(tx, streetId)).map((row) => [row.id, row]))
  return { actor, at, keys: services.keys, areas, people, mediators }
}

const areaRef = ({ areas }: Seen, id: string) => {
  const area = areas.byId.get(id)
  return area ? { id: area.id, code: area.code, level: area.level, name: area.name } : null
}

export const mediatorView = (row: MediatorRow, seen: Seen): contract.MediatorView => ({
  id: row.id,
  name: row.name,
  tier: row.tier,
  area: areaRef(seen, row.area_id),
  about: row.about,
  signsIn: row.account_id !== null,
  active: row.active,
})

/** Who may be asked to mediate: on the list of this tier for this place, and no party. */
export const isFit = (
  mediator: MediatorRow | undefined,
  row: MediationRow,
  parties: readonly PartyRow[],
): boolean =>
  mediator?.active === true &&
  mediator.tier === row.tier &&
  isWithin(row.area, mediator.area) &&
  (mediator.account_id === null || parties.every((party) => party.account_id !== mediator.account_id))

export const partyOf = (actor: Actor, parties: readonly PartyRow[]): PartyRow | undefined =>
  parties.find((party) => party.account_id === actor.accountId)

/** At the desk of the place, or chosen to mediate; a party is neither. */
export const mayRun = (
  { actor, mediators }: Seen,
  row: MediationRow,
  deskRoles: readonly string[],
): boolean =>
  postOver(actor, row.area, deskRoles) !== undefined ||
  (actor.kind === 'staff' && row.mediator_ids.some((id) => mediators.get(id)?.account_id === actor.accountId))

export function factsOf(
  row: MediationRow,
  parties: readonly PartyRow[],
  entries: readonly EntryRow[],
): MediationFacts {
  return {
    stage: row.stage,
    tier: row.tier,
    consents: parties.map(({ consent }) => consent),
    mediators: row.mediator_ids.length,
    attempts: entries.filter(
      (one) => one.act === 'session' && one.tier === row.tier && one.detail.result !== 'agreed',
    ).length,
    drafted: row.agreement !== null && row.effective_at === null,
  }
}

const isLate = ({ stage, due_on }: MediationRow, at: Date): boolean => stage === 'open' && due_on < dayOf(at)

const named = (names: (string | null | undefined)[]): string[] => names.flatMap((name) => name ?? [])

export function lineOf(row: MediationRow, parties: readonly PartyRow[], seen: Seen): contract.MediationLine {
  return {
    id: row.case_id,
    number: row.number,
    kind: row.kind,
    level: row.level,
    tier: row.tier,
    stage: row.stage,
    endedFor: row.ended_for,
    area: areaRef(seen, row.area_id),
    parties: parties.map((party) => maskedParty(seen.keys, party, 'name') ?? ''),
    mediators: named(row.mediator_ids.map((id) => seen.mediators.get(id)?.name)),
    registeredAt: row.registered_at.toISOString(),
    nextAt: row.next_at?.toISOString() ?? null,
    dueOn: row.due_on,
    late: isLate(row, seen.at),
  }
}

export async function linesOf(
  call: Acting,
  rows: readonly MediationRow[],
): Promise<contract.MediationLine[]> {
  const seen = await seenOf(call)
  const parties = await partiesOf(
    call.tx,
    call.actor.streetId,
    rows.map(({ case_id }) => case_id),
  )
  return rows.map((row) =>
    lineOf(
      row,
      parties.filter((party) => party.case_id === row.case_id),
      seen,
    ),
  )
}

function byPost({ people, areas }: Seen, entry: EntryRow): ByPost {
  if (entry.actor_id === systemAccountId) return { role: 'system', place: null }
  const post = entry.post_id === null ? undefined : people.posts.get(entry.post_id)
  if (!post) return { role: 'resident', place: null }
  return { role: post.role, place: post.areaId === null ? null : (areas.byId.get(post.areaId)?.name ?? null) }
}

/** A party reads what was decided and when; the record of what each said stays with those who mediate. */
const forParties: ReadonlySet<EntryRow['act']> = new Set([
  'registered',
  'consent',
  'mediators',
  'planned',
  'session',
  'moved-up',
  'put-off',
  'in-force',
  'performance',
  'court',
  'ended',
])
const wordsForParties: ReadonlySet<EntryRow['act']> = new Set(['moved-up', 'put-off', 'ended'])

function entryViews(
  entries: readonly EntryRow[],
  parties: readonly PartyRow[],
  mine: PartyRow | undefined,
  seen: Seen,
): contract.MediationEntry[] {
  return entries
    .filter((entry) => mine === undefined || forParties.has(entry.act))
    .map((entry) => {
      const party = parties.find(({ id }) => id === entry.party_id)
      const own = mine !== undefined && entry.party_id === mine.id
      return {
        id: entry.id,
        at: entry.at.toISOString(),
        act: entry.act,
        tier: entry.tier,
        by: byPost(seen, entry),
        party: party ? nameFor(party, mine, seen) : null,
        words:
          mine === undefined || own || wordsForParties.has(entry.act) ? openWords(seen.keys, entry) : null,
        detail: entry.detail,
      }
    })
}

/** One's own name whole, and between parties too: they know each other; for staff masked. */
const nameFor = (party: PartyRow, mine: PartyRow | undefined, { keys }: Seen): string =>
  (mine === undefined ? maskedParty(keys, party, 'name') : openParty(keys, party, 'name')) ?? ''

function partyView(party: PartyRow, mine: PartyRow | undefined, seen: Seen): contract.PartyView {
  const isMine = mine?.id === party.id
  const contact = (field: 'phone' | 'address') =>
    mine === undefined || isMine ? maskedParty(seen.keys, party, field) : null
  return {
    id: party.id,
    name: nameFor(party, mine, seen),
    phone: contact('phone'),
    address: contact('address'),
    signsIn: party.account_id !== null,
    consent: party.consent,
    consentWay: party.consent_way,
    consentAt: party.consent_at?.toISOString() ?? null,
    wishes:
      mine === undefined || isMine
        ? party.wishes === null
          ? null
          : (seen.mediators.get(party.wishes)?.name ?? null)
        : null,
    mine: isMine,
  }
}

function agreementView(
  row: MediationRow,
  parties: readonly PartyRow[],
  entries: readonly EntryRow[],
  mine: PartyRow | undefined,
  seen: Seen,
): contract.AgreementView | null {
  const text = openAgreement(seen.keys, row)
  if (!row.agreement || !text) return null
  const partyName = (id: string | null) => {
    const party = parties.find((one) => one.id === id)
    return party ? nameFor(party, mine, seen) : ''
  }
  const court = entries.findLast(({ act }) => act === 'court')?.detail.step ?? null
  return {
    form: row.agreement.form,
    facts: text.facts,
    responsibility: text.responsibility,
    content: text.content,
    aboutStatus: row.agreement.aboutStatus,
    signed: row.agreement.signed.map(({ who, id, way, at }) => ({
      who,
      id,
      name: who === 'mediator' ? (seen.mediators.get(id ?? '')?.name ?? '') : partyName(id),
      way,
      at,
    })),
    effectiveAt: row.effective_at?.toISOString() ?? null,
    hasPaper: row.agreement.fileId !== null,
    duties: row.performance.map((duty) => {
      const last = entries.findLast(({ act, detail }) => act === 'performance' && detail.duty === duty.id)
      return {
        id: duty.id,
        partyId: duty.partyId,
        partyName: partyName(duty.partyId),
        what: text.duties[duty.id]?.what ?? '',
        way: text.duties[duty.id]?.way ?? '',
        dueOn: duty.dueOn,
        state: duty.state,
        said: mine === undefined && last ? openWords(seen.keys, last) : null,
      }
    }),
    confirmBy: row.confirm_by,
    court: court as contract.CourtStep | null,
  }
}

const ok = { ok: true } as const
const answer = (why: contract.SafetyRefusal | undefined) =>
  why === undefined ? ok : { ok: false as const, why }

/** What the desk and the mediators may do, each allowed or with the reason why not now; a party says yes or no. */
function canDo(
  facts: MediationFacts,
  row: MediationRow,
  asParty: boolean,
  atDesk: boolean,
  at: Date,
): View['can'] {
  const may = (step: Parameters<typeof stepRefusal>[0]) => answer(stepRefusal(step, facts))
  if (asParty) return { consent: may('consent'), mediators: may('mediators') }
  const move = decideMove(facts, 'party-applied', true)
  const court = stepRefusal('court', facts)
  return {
    consent: may('consent'),
    mediators: may('mediators'),
    plan: may('plan'),
    session: may('session'),
    moveUp: move.ok ? ok : { ok: false, why: move.why },
    putOff: may('put-off'),
    agreement: !row.agreement?.signed.length ? may('agreement') : answer('safety/wrong-stage'),
    sign: may('sign'),
    performance: may('performance'),
    court: answer(court ?? (isCourtOpen(row, at) ? undefined : 'safety/court-closed')),
    police: ok,
    end: may('end'),
    ...(atDesk ? { unmask: ok } : {}),
  }
}

export const isCourtOpen = ({ confirm_by }: MediationRow, at: Date): boolean =>
  confirm_by !== null && dayOf(at) <= confirm_by

export async function legalWayOf(tx: Tx, streetId: number, kind: string, at: Date): Promise<LegalWay> {
  const kinds = await readSetting(tx, streetId, disputeKinds, at)
  return kinds.find(({ code }) => code === kind)?.way ?? 'civil'
}

/** The mediation as the actor of this call sees it, read anew. */
export async function viewOf(
  call: Acting,
  row: MediationRow,
  deskRoles: readonly string[],
): Promise<OutputOf<typeof contract.getMediation>> {
  const { tx, actor, at } = call
  const seen = await seenOf(call)
  const parties = await partiesOf(tx, actor.streetId, [row.case_id])
  const entries = await entriesOf(tx, actor.streetId, row.case_id)
  const keeps = mayRun(seen, row, deskRoles)
  const mine = keeps ? undefined : partyOf(actor, parties)
  const facts = factsOf(row, parties, entries)
  const atDesk = postOver(actor, row.area, deskRoles) !== undefined
  const choices = [...seen.mediators.values()].filter((one) => isFit(one, row, parties))
  const { parties: _masked, mediators: _named, ...line } = lineOf(row, parties, seen)
  return {
    ...line,
    facts: openFacts(seen.keys, row),
    isPublic: row.is_public,
    chosenBy: row.chosen_by,
    parties: parties.map((party) => partyView(party, mine, seen)),
    mediators: row.mediator_ids.flatMap((id) => {
      const mediator = seen.mediators.get(id)
      return mediator ? [mediatorView(mediator, seen)] : []
    }),
    choices: choices.map((one) => mediatorView(one, seen)),
    nextPlace: openPlace(seen.keys, row),
    agreement: agreementView(row, parties, entries, mine, seen),
    legalWay: row.stage === 'ended' ? await legalWayOf(tx, actor.streetId, row.kind, at) : null,
    entries: entryViews(entries, parties, mine, seen),
    asParty: mine !== undefined,
    // Whoever just moved it on keeps it no more, and reads what became of it once.
    can: keeps || mine ? canDo(facts, row, mine !== undefined, atDesk, at) : {},
    version: row.version,
  }
}
