import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { entryView } from './entry-view.ts'
import { honoursOfAccount } from './honour-store.ts'
import { honourViews } from './honours.ts'
import { accountsOf, balancesOf, entriesOf } from './ledger-store.ts'
import { voucherViews } from './voucher-view.ts'

/** 单位积分: an organisation its own; a desk any of the street, without the codes of vouchers. */
export const getOrganisationBook = operation(contract.getOrganisationBook, async (call) => {
  const { tx, actor, at, query, services } = call
  const { streetId } = actor
  const own = actor.posts.find(({ organisationId }) => organisationId !== null)?.organisationId ?? undefined
  const desk = actor.posts.some(({ areaPath }) => areaPath !== null)
  const id = query.organisationId ?? own
  const organisation =
    id !== undefined && (desk || id === own)
      ? (await postIndex(tx, streetId)).organisations.get(id)
      : undefined
  if (id === undefined || !organisation) throw new Refusal('points/partner-not-found')
  const heads = actor.posts.some(
    ({ role, organisationId }) => role === 'organisation-lead' && organisationId === id,
  )
  const root = await streetRoot(tx, streetId)
  call.audit({ subjectType: 'organisation', subjectId: id })
  return call.asSystem(root.path, async () => {
    const account = (await accountsOf(tx, streetId, [id])).find(
      ({ kind, unit }) => kind === 'organisation' && unit === 'points',
    )
    const balance = account && (await balancesOf(tx, [account.id])).get(account.id)
    return {
      organisationId: id,
      organisation: organisation.name,
      points: balance?.available ?? 0,
      heldPoints: balance?.held ?? 0,
      entries: account ? (await entriesOf(tx, account.id, undefined, 200)).map(entryView) : [],
      vouchers: account
        ? await voucherViews(tx, streetId, {
            accountId: account.id,
            keys: heads ? services.keys : null,
            today: dayOf(at),
          })
        : [],
      honours: account
        ? await honourViews(
            { tx, streetId, keys: services.keys },
            await honoursOfAccount(tx, streetId, account.id),
          )
        : [],
    }
  })
})
