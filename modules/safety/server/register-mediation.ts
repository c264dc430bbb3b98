import { normaliseMobile } from '../../../lib/codes.ts'
import type { BodyOf } from '../../../lib/contract.ts'
import { addDays, dayOf, endOfDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { findResidentByPhone } from '../../accounts/server/index.ts'
import { openSpecialCase } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import type { Level, Tier } from '../mediation-words.ts'
import { disputeKinds, mediationDays } from '../settings.ts'
import { type Acting, acting, deskArea } from './acting.ts'
import { sealFacts, sealParty } from './mediation-seal.ts'
import {
  type EntryRow,
  insertEntry,
  insertMediation,
  type MediationRow,
  type PartyRow,
} from './mediation-store.ts'
import { viewOf } from './mediation-view.ts'
import { tellParties } from './tell-parties.ts'

const urgencies: Readonly<Record<Level, 'P1' | 'P2' | 'P3'>> = {
  red: 'P1',
  orange: 'P2',
  yellow: 'P3',
  blue: 'P3',
}

export interface NewDispute {
  readonly areaId: string
  readonly kind: string
  readonly level: Level
  readonly tier?: Tier | undefined
  readonly facts: string
  readonly parties: (id: string) => Promise<PartyRow[]>
}

/**
 * A case of the engine that tells nothing of who and what, and the dispute beside it, which only its desk and its parties
 * see until they have chosen who mediates.
 * @throws Refusal safety/area-unknown, safety/not-your-area, safety/kind-unknown, and what `parties` throws
 */
export async function openDispute(call: Acting, asked: NewDispute): Promise<MediationRow> {
  const { tx, actor, at, services } = call
  const { streetId } = actor
  const { area, post } = await deskArea(call, asked.areaId)
  const kinds = await readSetting(tx, streetId, disputeKinds, at)
  if (!kinds.some(({ code }) => code === asked.kind)) throw new Refusal('safety/kind-unknown')
  const days = await readSetting(tx, streetId, mediationDays, at)
  const dueOn = addDays(dayOf(at), days)
  const id = call.newId()
  const parties = await asked.parties(id)
  const isStreet = !area.path.includes('.')
  const inGrid = area.path.split('.').length > 2
  const opened = await openSpecialCase(call, {
    id,
    special: 'mediation',
    title: '人民调解',
    text: '',
    channel: 'desk',
    urgency: urgencies[asked.level],
    state: 'accepted',
    desk: isStreet ? 'street' : 'community',
    area,
    clock: { dueAt: endOfDay(dueOn), rule: clockRule(days) },
    postId: post.id,
  })
  const readers = parties.flatMap(({ account_id }) => account_id ?? [])
  const row: MediationRow = {
    case_id: id,
    number: opened.number,
    area_id: area.id,
    area: area.path,
    kind: asked.kind,
    level: asked.level,
    tier: asked.tier ?? (isStreet ? 'street' : inGrid ? 'courtyard' : 'community'),
    stage: 'open',
    ended_for: null,
    is_public: false,
    facts_encrypted: sealFacts(services.keys, id, asked.facts.trim()),
    mediator_ids: [],
    chosen_by: null,
    readers: [...new Set(readers)],
    next_at: null,
    next_place_encrypted: null,
    due_on: dueOn,
    agreement: null,
    agreement_encrypted: null,
    effective_at: null,
    confirm_by: null,
    performance: [],
    registered_by: actor.accountId,
    registered_at: at,
    ended_at: null,
    version: 1,
  }
  await insertMediation(tx, streetId, row, parties)
  const line = (act: EntryRow['act'], more: Partial<EntryRow>): EntryRow => ({
    id: call.newId(),
    case_id: id,
    at,
    act,
    tier: row.tier,
    actor_id: actor.accountId,
    post_id: post.id,
    party_id: null,
    words_encrypted: null,
    detail: {},
    file_id: null,
    ...more,
  })
  await insertEntry(tx, streetId, row, line('registered', { detail: { level: row.level } }))
  // Who had agreed before it was registered.
  for (const { id: partyId, consent, consent_way } of parties)
    if (consent !== null)
      await insertEntry(
        tx,
        streetId,
        row,
        line('consent', { party_id: partyId, detail: { answer: consent, way: consent_way } }),
      )
  tellParties(call, row, parties)
  call.audit({ subjectType: 'mediation', subjectId: id, postId: post.id, detail: { act: 'registered' } })
  return row
}

/** 登记: a dispute that somebody brings to the desk. */
export const registerMediation = operation(contract.registerMediation, async (of) => {
  const call = acting(of)
  const { areaId, kind, level, tier, facts, parties } = of.body
  const row = await openDispute(call, {
    areaId,
    kind,
    level,
    tier,
    facts,
    parties: (id) => partiesFrom(call, id, parties),
  })
  return viewOf(call, row, contract.desk)
})

/** The soft norm as the rule of a clock; it asks for no first contact. */
const clockRule = (days: number) => {
  const span = { amount: days, unit: 'natural-days' }
  return {
    response: span,
    finish: span,
    words: {
      zh: `调解一般在${days}天内完成（工作惯例，法律没有规定期限，可以说明原因延长）`,
      en: `Usually settled within ${days} days (practice; the law sets no limit, and it may be put off with a reason)`,
    },
    provisional: false,
  }
}

/** Nobody asked yet, in the order given. @throws Refusal safety/phone-wrong */
export async function partiesFrom(
  { tx, services, newId }: Acting,
  id: string,
  given: BodyOf<typeof contract.registerMediation>['parties'],
  after = 0,
): Promise<PartyRow[]> {
  const rows: PartyRow[] = []
  for (const plain of given) {
    const phone = plain.phone === undefined ? undefined : normaliseMobile(plain.phone)
    if (plain.phone !== undefined && phone === undefined) throw new Refusal('safety/phone-wrong')
    const partyId = newId()
    rows.push({
      id: partyId,
      case_id: id,
      place: after + rows.length + 1,
      ...sealParty(services.keys, partyId, { ...plain, phone }),
      account_id: phone ? ((await findResidentByPhone(tx, services.keys, phone)) ?? null) : null,
      consent: null,
      consent_way: null,
      consent_at: null,
      wishes: null,
    })
  }
  return rows
}
