/** Asked for and approved in a community: points by the time, kin, gifts, corrections and care. */
import { dayOf } from '../../../lib/time.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { findArea } from '../../areas/server/index.ts'
import { findPerson, type PersonRow } from '../../people/server/index.ts'
import { timeBank } from '../settings.ts'
import type { ActContext, Acts, AskOf } from './act.ts'
import { awardPoints, reverseAward } from './award-points.ts'
import { communityOf } from './community.ts'
import { endKin, findAward, findKin, insertKin, ruleOn } from './earning-store.ts'
import { giveTo } from './give-to.ts'
import { openAccount, postTransfer } from './ledger.ts'
import { communityAccount } from './system-accounts.ts'

async function getPerson({ tx, actor }: ActContext, id: string): Promise<PersonRow> {
  const person = await findPerson(tx, actor.streetId, id)
  if (!person) throw new Refusal('points/person-not-found')
  return person
}

const personPath = async (context: ActContext, id: string): Promise<string> =>
  (await communityOf(context.tx, context.actor.streetId, (await getPerson(context, id)).area)).path

async function mustKeepBank({ tx, actor, at }: ActContext): Promise<void> {
  if (!(await readSetting(tx, actor.streetId, timeBank, at)).on) throw new Refusal('points/time-bank-off')
}

/** The rule under which hours of service are awarded by the volunteers' records. */
const serviceRule = 'service'

/** The path of the community that keeps the account. */
// Rule: issue 6, decision 0036: hours come with their evidence; by hand only what counts by the time.
async function checkAward(context: ActContext, ask: AskOf<'award'>): Promise<string> {
  const { tx, actor, at } = context
  const { personId, organisationId, ruleCode, on } = ask
  const earns = personId === undefined ? 'organisation' : 'person'
  const rule = on <= dayOf(at) ? await ruleOn(tx, actor.streetId, ruleCode, earns, on) : undefined
  if (!rule || (personId === undefined) === (organisationId === undefined))
    throw new Refusal('points/rule-not-found')
  if (rule.basis === 'hour' || rule.code === serviceRule) throw new Refusal('points/hours-need-evidence')
  if (personId !== undefined) return personPath(context, personId)
  if (!(await postIndex(tx, actor.streetId)).organisations.get(organisationId ?? '')?.active)
    throw new Refusal('points/partner-not-found')
  const area = await findArea(tx, actor.streetId, ask.areaId)
  if (!area) throw new Refusal('points/not-your-area')
  return (await communityOf(tx, actor.streetId, area.path)).path
}

export const peopleActs: Acts<'award' | 'kin' | 'end-kin' | 'gift' | 'gift-hours' | 'correction' | 'care'> = {
  award: {
    check: checkAward,
    async apply({ tx, actor, at, newId }, ask, request) {
      await awardPoints(tx, actor.streetId, {
        id: newId(),
        ruleCode: ask.ruleCode,
        holder: {
          kind: ask.personId === undefined ? 'organisation' : 'person',
          id: ask.personId ?? ask.organisationId ?? '',
          area: request.area,
        },
        on: ask.on,
        minutes: 0,
        by: actor.accountId,
        at,
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
  'end-kin': {
    async check({ tx, actor }, ask) {
      const link = await findKin(tx, actor.streetId, ask.kinId)
      if (!link || link.ended_on !== null) throw new Refusal('points/kin-not-found')
      return link.area
    },
    apply: ({ tx, actor, at }, ask) => endKin(tx, actor.streetId, ask.kinId, dayOf(at)),
  },
  gift: {
    check: (context, ask) => personPath(context, ask.personId),
    async apply(context, ask) {
      const { toPersonId, points: amount } = ask
      await giveTo(context, await getPerson(context, ask.personId), { unit: 'points', amount, toPersonId })
    },
  },
  'gift-hours': {
    async check(context, ask) {
      await mustKeepBank(context)
      return personPath(context, ask.personId)
    },
    async apply(context, ask) {
      const { toPersonId, minutes: amount } = ask
      await giveTo(context, await getPerson(context, ask.personId), { unit: 'minutes', amount, toPersonId })
    },
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
      await mustKeepBank(context)
      return personPath(context, ask.personId)
    },
    async apply({ tx, actor, at, newId }, ask, request) {
      const here = await communityOf(tx, actor.streetId, request.area)
      const own = { kind: 'person', unit: 'minutes', holderId: ask.personId, area: here.path } as const
      const accountId = ask.fromPool
        ? await communityAccount(tx, 'pool', 'minutes', here, at)
        : await openAccount(tx, own, at)
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
}
