import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { leastHolders } from '../rules/benefit-groups.ts'
import { pointWorth } from '../settings.ts'
import { allPartners } from './earning-store.ts'
import { accountsOf, balancesOf, ledgerTotals } from './ledger-store.ts'
import { benefitsBySponsor } from './shop-store.ts'

/** 商家与爱心企业: with their balances, and whether the reserve covers what is outstanding. */
export const listPartners = operation(contract.listPartners, async (call) => {
  const { tx, actor, at } = call
  const root = await streetRoot(tx, actor.streetId)
  const { organisations } = await postIndex(tx, actor.streetId)
  const today = dayOf(at)
  const rateFen = await readSetting(tx, actor.streetId, pointWorth, at)
  return call.asSystem(root.path, async () => {
    const partners = await allPartners(tx, actor.streetId)
    const accounts = await accountsOf(tx, actor.streetId, [
      ...new Set(partners.map(({ organisation_id }) => organisation_id)),
    ])
    const balances = await balancesOf(
      tx,
      accounts.map(({ id }) => id),
    )
    const money = (holder: string, kind: string) => {
      const account = accounts.find(
        (one) => one.holder_id === holder && one.kind === kind && one.unit === 'fen',
      )
      return account ? (balances.get(account.id)?.posted ?? 0) : 0
    }
    const benefits = new Map(
      (await benefitsBySponsor(tx, actor.streetId)).map((row) => [row.reserve_id, row]),
    )
    const items = partners.map((row) => {
      const benefit = row.part === 'sponsor' ? benefits.get(row.organisation_id) : undefined
      const enough = (benefit?.holders ?? 0) >= leastHolders
      return {
        id: row.id,
        organisationId: row.organisation_id,
        organisation: organisations.get(row.organisation_id)?.name ?? '',
        part: row.part,
        terms: row.terms,
        from: row.from_on,
        to: row.to_on,
        inForce: row.from_on <= today && (row.to_on === null || row.to_on >= today),
        balanceFen: money(row.organisation_id, row.part === 'shop' ? 'organisation' : 'reserve'),
        openFen: row.part === 'sponsor' ? money(row.organisation_id, 'vouchers') : 0,
        spentFen: benefit?.spent_fen ?? 0,
        people: enough ? (benefit?.holders ?? null) : null,
      }
    })
    const totals = await ledgerTotals(tx)
    const sum = (unit: string, ...kinds: string[]) =>
      totals
        .filter((total) => total.unit === unit && kinds.includes(total.kind))
        .reduce((all, { amount }) => all + amount, 0)
    const points = sum('points', 'person', 'organisation')
    const [vouchersFen, reserveFen] = [sum('fen', 'vouchers'), sum('fen', 'reserve')]
    const pointsFen = points * rateFen
    return {
      items,
      liability: {
        at: at.toISOString(),
        points,
        rateFen,
        pointsFen,
        vouchersFen,
        reserveFen,
        // What vouchers are good for was taken out of the reserve when they were issued.
        covered: pointsFen <= reserveFen,
      },
    }
  })
})
