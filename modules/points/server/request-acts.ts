/** What each thing that can be asked for needs to be asked, and does when it is approved. */
import type { Role } from '../../../lib/contract.ts'
import { dayOf, startOfDay } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex, findArea } from '../../areas/server/index.ts'
import { findPerson } from '../../people/server/index.ts'
import type { Ask, AskAct } from '../contract.ts'
import { timeBank } from '../settings.ts'
import { reverseAward } from './award-points.ts'
import { communityOf, widestPath } from './community.ts'
import {
  allPartners,
  allRules,
  endPartner,
  endRule,
  findAward,
  insertKin,
  insertPartner,
  insertRule,
  takesPart,
} from './earning-store.ts'
import { openAccount, postTransfer } from './ledger.ts'
import { balancesOf, standingAt } from './ledger-store.ts'
import { insertPayment } from './request-store.ts'
import { communityAccount, moneyAccount, outsideAccount } from './system-accounts.ts'

/** Rule: decision 0020: what binds the whole street or its sponsors is approved at the street, the rest by a secretary too. */
const street: readonly Role[] = ['duty-head', 'supervisor']
const community: readonly Role[] = ['secretary', 'duty-head', 'supervisor']

export const approversOf: Readonly<Record<AskAct, readonly Role[]>> = {
  rule: street,
  'end-rule': street,
  partner: street,
  'end-partner': street,
  donation: street,
  'pay-shop': street,
  kin: community,
  correction: community,
  care: community,
  'year-end': street,
}

export interface ActContext {
  readonly tx: Tx
  readonly actor: Actor
  readonly at: Date
  newId(): string
}

type AskOf<A extends AskAct> = Extract<Ask, { act: A }>

interface Act<A extends AskAct> {
  /** Refuses what cannot be; answers the path of the area that it concerns, undefined for the asker's own. */
  check(context: ActContext, ask: AskOf<A>): Promise<string | undefined>
  /** Runs as the system, for it may touch accounts of other communities. */
  apply(context: ActContext, ask: AskOf<A>, request: { id: string; area: string }): Promise<void>
}

async function mustBeOrganisation({ tx, actor }: ActContext, id: string): Promise<void> {
  const found = (await postIndex(tx, actor.streetId)).organisations.get(id)
  if (!found?.active) throw new Refusal('points/partner-not-found')
}

async function personPath({ tx, actor }: ActContext, id: string): Promise<string> {
  const person = await findPerson(tx, actor.streetId, id)
  if (!person) throw new Refusal('points/person-not-found')
  return (await communityOf(tx, actor.streetId, person.area)).path
}

async function shopBalance({ tx, actor, at }: ActContext, organisationId: string) {
  const accountId = await moneyAccount(tx, actor.streetId, 'organisation', organisationId, at)
  return { accountId, owed: (await balancesOf(tx, [accountId])).get(accountId)?.available ?? 0 }
}

const acts: { readonly [A in AskAct]: Act<A> } = {
  rule: {
    async check(context, ask) {
      if (ask.reserveId !== undefined) {
        const { tx, actor } = context
        if (!(await takesPart(tx, actor.streetId, ask.reserveId, 'sponsor', ask.from)))
          throw new Refusal('points/partner-not-found')
      }
      return undefined
    },
    apply: ({ tx, actor, newId }, ask, request) =>
      insertRule(tx, actor.streetId, request.id, {
        id: newId(),
        code: ask.code,
        name: ask.name,
        earns: ask.earns,
        basis: ask.basis,
        points: ask.points,
        cap_activity: ask.capActivity ?? null,
        cap_day: ask.capDay ?? null,
        reserve_id: ask.reserveId ?? null,
        from_on: ask.from,
      }),
  },
  'end-rule': {
    async check({ tx, actor }, ask) {
      const rule = (await allRules(tx, actor.streetId)).find(({ id }) => id === ask.ruleId)
      if (!rule || rule.from_on > ask.to) throw new Refusal('points/rule-not-found')
      return undefined
    },
    async apply({ tx, actor }, ask) {
      if (!(await endRule(tx, actor.streetId, ask.ruleId, ask.to))) throw new Refusal('points/rule-not-found')
    },
  },
  partner: {
    async check(context, ask) {
      await mustBeOrganisation(context, ask.organisationId)
      return undefined
    },
    apply: ({ tx, actor, newId }, ask, request) =>
      insertPartner(tx, actor.streetId, request.id, {
        id: newId(),
        organisation_id: ask.organisationId,
        part: ask.part,
        terms: ask.terms,
        from_on: ask.from,
        to_on: ask.to ?? null,
      }),
  },
  'end-partner': {
    async check({ tx, actor }, ask) {
      const partner = (await allPartners(tx, actor.streetId)).find(({ id }) => id === ask.partnerId)
      if (!partner || partner.from_on > ask.to) throw new Refusal('points/partner-not-found')
      return undefined
    },
    async apply({ tx, actor }, ask) {
      if (!(await endPartner(tx, actor.streetId, ask.partnerId, ask.to)))
        throw new Refusal('points/partner-not-found')
    },
  },
  donation: {
    async check({ tx, actor, at }, ask) {
      if (!(await takesPart(tx, actor.streetId, ask.organisationId, 'sponsor', dayOf(at))))
        throw new Refusal('points/partner-not-found')
      return undefined
    },
    async apply({ tx, actor, at, newId }, ask, request) {
      const outside = await outsideAccount(tx, actor.streetId, at)
      const reserve = await moneyAccount(tx, actor.streetId, 'reserve', ask.organisationId, at)
      await postTransfer(tx, {
        id: newId(),
        cause: 'donation',
        lines: [
          { accountId: outside, amount: -ask.amountFen },
          { accountId: reserve, amount: ask.amountFen },
        ],
        subject: { type: 'request', id: request.id },
        by: actor.accountId,
        at,
      })
    },
  },
  'pay-shop': {
    async check(context, ask) {
      await mustBeOrganisation(context, ask.organisationId)
      return undefined
    },
    async apply(context, ask, request) {
      const { tx, actor, at, newId } = context
      const { accountId, owed } = await shopBalance(context, ask.organisationId)
      if (owed === 0) throw new Refusal('points/nothing-owed')
      const id = newId()
      const outside = await outsideAccount(tx, actor.streetId, at)
      await postTransfer(tx, {
        id,
        cause: 'shop-paid',
        lines: [
          { accountId, amount: -owed },
          { accountId: outside, amount: owed },
        ],
        subject: { type: 'request', id: request.id },
        by: actor.accountId,
        at,
      })
      await insertPayment(tx, actor.streetId, {
        id,
        organisationId: ask.organisationId,
        area: (await areaIndex(tx, actor.streetId)).root.path,
        until: at,
        amountFen: owed,
        requestId: request.id,
      })
    },
  },
  kin: {
    async check(context, ask) {
      if (ask.onePersonId === ask.otherPersonId) throw new Refusal('points/person-not-found')
      const path = await personPath(context, ask.onePersonId)
      await personPath(context, ask.otherPersonId)
      return path
    },
    apply: ({ tx, actor, at, newId }, ask, request) =>
      insertKin(tx, actor.streetId, request.id, {
        id: newId(),
        one_person: ask.onePersonId,
        other_person: ask.otherPersonId,
        relation: ask.relation,
        area: request.area,
        from: dayOf(at),
      }),
  },
  correction: {
    async check({ tx, actor }, ask) {
      const award = await findAward(tx, actor.streetId, ask.awardId)
      if (!award || award.points === 0) throw new Refusal('points/award-not-found')
      return award.area
    },
    async apply({ tx, actor, at, newId }, ask) {
      await reverseAward(tx, actor.streetId, {
        id: newId(),
        awardId: ask.awardId,
        by: actor.accountId,
        at,
      })
    },
  },
  care: {
    async check(context, ask) {
      if (!(await readSetting(context.tx, context.actor.streetId, timeBank, context.at)).on)
        throw new Refusal('points/time-bank-off')
      return personPath(context, ask.personId)
    },
    async apply({ tx, actor, at, newId }, ask, request) {
      const here = await communityOf(tx, actor.streetId, request.area)
      const accountId = await openAccount(
        tx,
        { kind: 'person', unit: 'minutes', holderId: ask.personId, area: here.path },
        at,
      )
      await postTransfer(tx, {
        id: newId(),
        cause: 'care-used',
        lines: [
          { accountId, amount: -ask.minutes },
          { accountId: await communityAccount(tx, 'redeemed', 'minutes', here, at), amount: ask.minutes },
        ],
        subject: { type: 'request', id: request.id },
        by: actor.accountId,
        at,
      })
    },
  },
  'year-end': {
    async check({ tx, actor, at }, ask) {
      const area = await findArea(tx, actor.streetId, ask.areaId)
      if (!area) throw new Refusal('points/not-your-area')
      if (at < yearEnd(ask.year)) throw new Refusal('points/year-not-over')
      return (await communityOf(tx, actor.streetId, area.path)).path
    },
    apply: expireYear,
  },
}

const yearEnd = (year: number): Date => startOfDay(`${year + 1}-01-01`)

/** What somebody had when the year ended and still has now, but for what is carried over. Held points stay held. */
async function expireYear(
  { tx, actor, at, newId }: ActContext,
  ask: AskOf<'year-end'>,
  request: { id: string; area: string },
): Promise<void> {
  const here = await communityOf(tx, actor.streetId, request.area)
  const expired = await communityAccount(tx, 'expired', 'points', here, at)
  const standing = await standingAt(tx, here.path, 'points', yearEnd(ask.year))
  const balances = await balancesOf(
    tx,
    standing.map(({ account_id }) => account_id),
  )
  for (const { account_id, amount } of standing) {
    const left = Math.min(amount, balances.get(account_id)?.available ?? 0) - ask.keep
    if (left <= 0) continue
    await postTransfer(tx, {
      id: newId(),
      cause: 'expire',
      lines: [
        { accountId: account_id, amount: -left },
        { accountId: expired, amount: left },
      ],
      subject: { type: 'request', id: request.id },
      by: actor.accountId,
      at,
    })
  }
}

/** The path of the area that an ask concerns. @throws Refusal what stands in its contract */
export async function checkAsk(context: ActContext, ask: Ask, roles: readonly Role[]): Promise<string> {
  const act = acts[ask.act] as Act<AskAct>
  const path = await act.check(context, ask)
  const own = widestPath(context.actor, roles)
  if (own === undefined) throw new Refusal('points/not-your-area')
  return path ?? own
}

export function applyAsk(
  context: ActContext,
  ask: Ask,
  request: { id: string; area: string },
): Promise<void> {
  return (acts[ask.act] as Act<AskAct>).apply(context, ask, request)
}

/** Names of what an ask names by id: organisations, people and areas; people are masked. */
export async function namesIn(context: ActContext, ask: Ask): Promise<Record<string, string>> {
  const { tx, actor } = context
  const { organisations } = await postIndex(tx, actor.streetId)
  const areas = await areaIndex(tx, actor.streetId)
  const names: Record<string, string> = {}
  for (const [key, value] of Object.entries(ask)) {
    if (typeof value !== 'string' || !key.endsWith('Id')) continue
    const name =
      organisations.get(value)?.name ??
      areas.byId.get(value)?.name ??
      (key.endsWith('ersonId') ? (await findPerson(tx, actor.streetId, value))?.name_masked : undefined)
    if (name !== undefined) names[value] = name
  }
  if (ask.act === 'end-rule') {
    const rule = (await allRules(tx, actor.streetId)).find(({ id }) => id === ask.ruleId)
    if (rule) names[rule.id] = rule.name
  }
  if (ask.act === 'end-partner') {
    const partner = (await allPartners(tx, actor.streetId)).find(({ id }) => id === ask.partnerId)
    if (partner) names[partner.id] = organisations.get(partner.organisation_id)?.name ?? ''
  }
  return names
}

/** Whose points a person asked for would be their own: nobody settles what concerns themselves. */
export function peopleIn(ask: Ask): string[] {
  if (ask.act === 'kin') return [ask.onePersonId, ask.otherPersonId]
  return ask.act === 'care' ? [ask.personId] : []
}
