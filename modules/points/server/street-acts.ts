/** Asked for and approved at the street: rules, partners, what sponsors gave and what shops are paid. */
import { dayOf } from '../../../lib/time.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex } from '../../areas/server/index.ts'
import type { ActContext, Acts } from './act.ts'
import {
  allPartners,
  allRules,
  endPartner,
  endRule,
  insertPartner,
  insertRule,
  takesPart,
} from './earning-store.ts'
import { postTransfer } from './ledger.ts'
import { balancesOf } from './ledger-store.ts'
import { insertPayment } from './request-store.ts'
import { moneyAccount, outsideAccount } from './system-accounts.ts'

async function mustBeOrganisation({ tx, actor }: ActContext, id: string): Promise<void> {
  const found = (await postIndex(tx, actor.streetId)).organisations.get(id)
  if (!found?.active) throw new Refusal('points/partner-not-found')
}

async function shopBalance({ tx, actor, at }: ActContext, organisationId: string) {
  const accountId = await moneyAccount(tx, actor.streetId, 'organisation', organisationId, at)
  return { accountId, owed: (await balancesOf(tx, [accountId])).get(accountId)?.available ?? 0 }
}

export const streetActs: Acts<'rule' | 'end-rule' | 'partner' | 'end-partner' | 'donation' | 'pay-shop'> = {
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
}
