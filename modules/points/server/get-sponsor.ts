import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex } from '../../areas/server/index.ts'
import { ageOn, peopleById } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { type Benefit, tellGroups } from '../rules/benefit-groups.ts'
import { allPartners } from './earning-store.ts'
import { accountsOf, balancesOf } from './ledger-store.ts'
import { benefitsByHolder, donationsOf, type HolderBenefit, spentByShop } from './shop-store.ts'

/** 捐赠去向: a sponsor its own; a desk any of the street. Who benefited is told by groups of five at least, never by name. */
export const getSponsor = operation(contract.getSponsor, async (call) => {
  const { tx, actor, at, params } = call
  const { streetId } = actor
  const own = actor.posts.some(({ organisationId }) => organisationId === params.id)
  const desk = actor.posts.some(({ areaPath }) => areaPath !== null)
  const { organisations } = await postIndex(tx, streetId)
  const name = organisations.get(params.id)?.name
  if (name === undefined || !(own || desk)) throw new Refusal('points/partner-not-found')
  const areas = await areaIndex(tx, streetId)
  call.audit({ subjectType: 'organisation', subjectId: params.id })
  return call.asSystem(areas.root.path, async () => {
    const partners = await allPartners(tx, streetId)
    if (!partners.some((one) => one.organisation_id === params.id && one.part === 'sponsor'))
      throw new Refusal('points/partner-not-found')
    const accounts = await accountsOf(tx, streetId, [params.id])
    const balances = await balancesOf(
      tx,
      accounts.map(({ id }) => id),
    )
    const fen = (kind: 'reserve' | 'vouchers') => {
      const account = accounts.find((one) => one.kind === kind && one.unit === 'fen')
      return account ? (balances.get(account.id)?.posted ?? 0) : 0
    }
    const donations = await donationsOf(tx, streetId, params.id)
    const holders = await benefitsByHolder(tx, streetId, params.id)
    const people = await peopleById(
      tx,
      streetId,
      holders.flatMap(({ kind, holder_id }) => (kind === 'person' ? [holder_id] : [])),
    )
    const today = dayOf(at)
    const band = ({ kind, holder_id }: HolderBenefit): (typeof contract.ageBands)[number] => {
      const birthOn = people.get(holder_id)?.birth_on
      if (kind === 'organisation' || birthOn === undefined) return 'organisation'
      const age = ageOn(birthOn, today)
      // Rule: Law on the Protection of the Rights of the Elderly, article 2: sixty and older.
      return age < 18 ? 'minor' : age < 60 ? 'adult' : 'old'
    }
    const ages = tellGroups(sumsBy(holders, band))
    const communities = tellGroups(sumsBy(holders, ({ area }) => area))
    return {
      organisationId: params.id,
      organisation: name,
      gaveFen: donations.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
      leftFen: fen('reserve'),
      openFen: fen('vouchers'),
      spentFen: holders.reduce((sum, { spent_fen }) => sum + spent_fen, 0),
      donations: donations.map(({ received_on, amount_fen, note }) => ({
        receivedOn: received_on,
        amountFen: amount_fen,
        note,
      })),
      ages: ages?.map(({ key, ...sums }) => ({ group: key ?? 'others', ...sums })) ?? null,
      communities:
        communities?.map(({ key, ...sums }) => ({
          area: key === null ? null : (areas.byPath.get(key)?.name ?? null),
          ...sums,
        })) ?? null,
      shops: (await spentByShop(tx, streetId, params.id)).map(({ organisation_id, spent_fen }) => ({
        organisation: organisations.get(organisation_id)?.name ?? '',
        spentFen: spent_fen,
      })),
    }
  })
})

function sumsBy<K>(rows: readonly HolderBenefit[], keyOf: (row: HolderBenefit) => K): Benefit<K>[] {
  const sums = new Map<K, { holders: number; spentFen: number }>()
  for (const row of rows) {
    const { holders, spentFen } = sums.get(keyOf(row)) ?? { holders: 0, spentFen: 0 }
    sums.set(keyOf(row), { holders: holders + 1, spentFen: spentFen + row.spent_fen })
  }
  return [...sums].map(([key, sum]) => ({ key, ...sum }))
}
