import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { pointWorth } from '../settings.ts'
import { allPartners, takesPart } from './earning-store.ts'
import { accountsOf, balancesOf, ledgerTotals } from './ledger-store.ts'
import { benefitsBySponsor, shopLines } from './voucher-store.ts'

/** 商家对账: a shop its own; a desk any of the street. */
export const getShop = operation(contract.getShop, async (call) => {
  const { tx, actor, at, query } = call
  const own = actor.posts.find(({ organisationId }) => organisationId !== null)?.organisationId ?? null
  const desk = actor.posts.some(({ areaPath }) => areaPath !== null)
  const id = desk ? (query.organisationId ?? own) : own
  const organisation = id === null ? undefined : (await postIndex(tx, actor.streetId)).organisations.get(id)
  if (
    !organisation ||
    id === null ||
    (!desk && query.organisationId !== undefined && query.organisationId !== own)
  )
    throw new Refusal('points/not-a-shop')
  const root = await streetRoot(tx, actor.streetId)
  return call.asSystem(root.path, async () => {
    const account = (await accountsOf(tx, actor.streetId, [id])).find(
      ({ kind, unit }) => kind === 'organisation' && unit === 'fen',
    )
    const lines = await shopLines(tx, actor.streetId, id, 200)
    const today = lines.filter((line) => line.what !== 'paid' && dayOf(line.at) === dayOf(at))
    return {
      organisationId: id,
      organisation: organisation.name,
      takesVouchers: await takesPart(tx, actor.streetId, id, 'shop', dayOf(at)),
      owedFen: account ? ((await balancesOf(tx, [account.id])).get(account.id)?.available ?? 0) : 0,
      todayFen: today.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
      todayCount: today.filter(({ what }) => what === 'spent').length,
      lines: lines.map(({ at: when, what, serial, amount_fen }) => ({
        at: when.toISOString(),
        what,
        serial,
        amountFen: amount_fen,
      })),
    }
  })
})

/** Fewer are not told apart: a sum of one is a person. */
// Rule: product.md principle 8: small samples; here it is privacy too.
const leastPeople = 5

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
      const enough = (benefit?.people ?? 0) >= leastPeople
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
        people: enough ? (benefit?.people ?? null) : null,
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
