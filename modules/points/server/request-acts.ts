/** What each thing that can be asked for needs to be asked, and does when it is approved. */
import type { Role } from '../../../lib/contract.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex } from '../../areas/server/index.ts'
import { findPerson, peopleById } from '../../people/server/index.ts'
import type { Ask, AskAct } from '../contract.ts'
import type { Act, ActContext, Acts } from './act.ts'
import { widestPath } from './community.ts'
import { allPartners, allRules, findAward, findKin } from './earning-store.ts'
import { holderNames } from './holder-names.ts'
import { honourActs } from './honour-acts.ts'
import { findHonour } from './honour-store.ts'
import { accountsByIds } from './ledger-store.ts'
import { peopleActs } from './people-acts.ts'
import { streetActs } from './street-acts.ts'

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
  award: community,
  kin: community,
  'end-kin': community,
  gift: community,
  'gift-hours': community,
  correction: community,
  care: community,
  honours: community,
  'end-honour': community,
}

const acts: Acts<AskAct> = { ...streetActs, ...peopleActs, ...honourActs }

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
  if (ask.act === 'award') {
    const rule = (await allRules(tx, actor.streetId)).find(({ code }) => code === ask.ruleCode)
    if (rule) names[ask.ruleCode] = rule.name
  }
  if (ask.act === 'honours') {
    const accounts = await accountsByIds(tx, actor.streetId, ask.accountIds)
    for (const [id, name] of await holderNames(tx, actor.streetId, accounts)) names[id] = name ?? '—'
  }
  if (ask.act === 'correction') {
    const award = await findAward(tx, actor.streetId, ask.awardId)
    const [account] = award ? await accountsByIds(tx, actor.streetId, [award.account_id]) : []
    const holder = account && (await holderNames(tx, actor.streetId, [account])).get(account.id)
    if (award) names[award.id] = `${holder ?? '—'} ${award.points}`
  }
  if (ask.act === 'end-kin') {
    const link = await findKin(tx, actor.streetId, ask.kinId)
    const kin = link
      ? await peopleById(tx, actor.streetId, [link.one_person, link.other_person])
      : new Map<string, { name_masked: string }>()
    names[ask.kinId] = [...kin.values()].map(({ name_masked }) => name_masked).join(' · ')
  }
  if (ask.act === 'end-honour') {
    const row = await findHonour(tx, actor.streetId, ask.honourId)
    if (row) names[row.id] = row.number
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
  if (ask.act === 'gift' || ask.act === 'gift-hours')
    return [ask.personId, ...(ask.toPersonId ? [ask.toPersonId] : [])]
  return (ask.act === 'care' || ask.act === 'award') && ask.personId ? [ask.personId] : []
}
