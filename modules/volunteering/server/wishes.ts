/** 心愿廊: a wish is put into words that name nobody, claimed, fulfilled, and confirmed by whoever wished. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaRefs, findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { type Acting, inStreet, runs } from './acting.ts'
import { allWishes, changeWish, insertWish, lockWish, type WishChange, type WishRow } from './need-store.ts'
import { tellAboutWish } from './tell-volunteers.ts'

export const makeWish = operation(contract.makeWish, async (call) => {
  const { tx, actor, at, body } = call
  const area = await findArea(tx, actor.streetId, body.areaId)
  if (!area) throw new Refusal('volunteering/not-found')
  const id = call.newId()
  await insertWish(tx, actor.streetId, {
    id,
    area_id: area.id,
    area: area.path,
    words: body.words.trim(),
    made_by: actor.accountId,
    made_at: at,
  })
  call.audit({ subjectType: 'wish', subjectId: id })
  return viewOf(call, id)
})

/** What is said to be done is for its wisher to confirm or not. */
const isWithdrawable = ({ state }: WishRow): boolean =>
  state === 'waiting' || state === 'open' || state === 'claimed'

async function views({ tx, actor }: Acting, rows: readonly WishRow[]): Promise<contract.WishView[]> {
  const areas = await areaRefs(
    tx,
    actor.streetId,
    rows.map((row) => row.area_id),
  )
  return rows.map((row) => {
    const wished = row.made_by === actor.accountId
    const claimed = row.claimed_by === actor.accountId
    const runner = runs(actor, row.area)
    return {
      id: row.id,
      area: areas.get(row.area_id) ?? null,
      words: wished || runner ? row.words : null,
      publicWords: row.public_words,
      state: row.state,
      madeAt: row.made_at.toISOString(),
      claimedAs: row.claimed_as,
      fulfilledWords: row.fulfilled_words,
      thanks: row.thanks,
      withdrawnWords: row.withdrawn_words,
      mine: wished ? 'wished' : claimed ? 'claimed' : 'no',
      can: {
        publish: runner && row.state === 'waiting' && !wished,
        claim: row.state === 'open' && !wished,
        fulfil: row.state === 'claimed' && claimed,
        confirm: row.state === 'fulfilled' && wished,
        withdraw: isWithdrawable(row) && (wished || runner),
      },
      version: row.version,
    }
  })
}

async function viewOf(call: Acting, id: string): Promise<contract.WishView> {
  const row = await inStreet(call, () => lockWish(call.tx, call.actor.streetId, id))
  const [view] = row ? await views(call, [row]) : []
  if (!view) throw new Refusal('volunteering/not-found')
  return view
}

/**
 * What was never put on the board is its wisher's and the desk's alone; what was taken back is theirs and of whoever had
 * claimed it.
 */
const isShown = (actor: Acting['actor'], row: WishRow): boolean =>
  !(row.state === 'waiting' || row.state === 'declined' || row.state === 'withdrawn') ||
  row.made_by === actor.accountId ||
  (row.state === 'withdrawn' && row.claimed_by === actor.accountId) ||
  runs(actor, row.area)

export const listWishes = operation(contract.listWishes, async (call) => {
  const { tx, actor } = call
  const rows = await inStreet(call, () => allWishes(tx, actor.streetId))
  return {
    items: await views(
      call,
      rows.filter((row) => isShown(actor, row)),
    ),
  }
})

type Decide = (row: WishRow, view: contract.WishView) => WishChange

/** Locks the wish, asks `decide` what becomes of it, and keeps that. */
async function change(call: Acting, id: string, decide: Decide): Promise<contract.WishView> {
  const { tx, actor, at } = call
  const row = await inStreet(call, () => lockWish(tx, actor.streetId, id))
  const [view] = row ? await views(call, [row]) : []
  if (!row || !view) throw new Refusal('volunteering/not-found')
  if (!isShown(actor, row)) throw new Refusal('volunteering/not-found')
  const to = decide(row, view)
  await inStreet(call, () => changeWish(tx, actor.streetId, row, to, { account: actor.accountId, at }))
  tellOthers(call, row, to)
  call.audit({ subjectType: 'wish', subjectId: row.id, detail: { state: to.state } })
  return viewOf(call, row.id)
}

/** 上墙: in words of the desk; null takes it off the list with no more said. */
export const publishWish = operation(contract.publishWish, (call) =>
  change(call, call.params.id, (row, { can }) => {
    if (row.state !== 'waiting') throw new Refusal('volunteering/wrong-state')
    if (!can.publish) throw new Refusal('volunteering/not-your-area')
    const words = call.body.publicWords?.trim() || null
    return { state: words === null ? 'declined' : 'open', publicWords: words }
  }),
)

export const claimWish = operation(contract.claimWish, (call) =>
  change(call, call.params.id, (row, { mine }) => {
    if (row.state !== 'open') throw new Refusal('volunteering/wrong-state')
    if (mine === 'wished') throw new Refusal('volunteering/own-need')
    return { state: 'claimed', claimed: { by: call.actor.accountId, as: call.body.as.trim() } }
  }),
)

export const fulfilWish = operation(contract.fulfilWish, (call) =>
  change(call, call.params.id, (row, { mine }) => {
    if (row.state !== 'claimed') throw new Refusal('volunteering/wrong-state')
    if (mine !== 'claimed') throw new Refusal('volunteering/not-yours')
    const words = call.body.words?.trim() || null
    return words === null ? { state: 'open', claimed: null } : { state: 'fulfilled', fulfilledWords: words }
  }),
)

export const confirmWish = operation(contract.confirmWish, (call) =>
  change(call, call.params.id, (row, { mine }) => {
    if (row.state !== 'fulfilled') throw new Refusal('volunteering/wrong-state')
    if (mine !== 'wished') throw new Refusal('volunteering/not-yours')
    return call.body.cameTrue
      ? { state: 'confirmed', thanks: call.body.thanks?.trim() || null }
      : { state: 'claimed', fulfilledWords: null }
  }),
)

/** 撤回: it is not needed any more. Staff of the desk say who asked for it; whoever had claimed it need not go. */
export const withdrawWish = operation(contract.withdrawWish, (call) =>
  change(call, call.params.id, (row, { mine, can }) => {
    if (!isWithdrawable(row)) throw new Refusal('volunteering/wrong-state')
    if (!can.withdraw) throw new Refusal('volunteering/not-yours')
    const words = call.body.words?.trim() || null
    if (mine !== 'wished' && words === null) throw new Refusal('volunteering/reason-missing')
    return { state: 'withdrawn', withdrawnWords: words }
  }),
)

/** The wisher of a claim and its fulfilment; of a wish taken back everybody whom it concerns but who did it. */
function tellOthers(call: Acting, row: WishRow, to: WishChange): void {
  if (to.state === 'claimed' && row.state === 'open')
    tellAboutWish(call, 'volunteering.wish-claimed', row, [row.made_by])
  if (to.state === 'fulfilled') tellAboutWish(call, 'volunteering.wish-fulfilled', row, [row.made_by])
  if (to.state === 'withdrawn') {
    const concerned = [row.made_by, row.claimed_by].flatMap((id) => id ?? [])
    tellAboutWish(
      call,
      'volunteering.wish-withdrawn',
      row,
      concerned.filter((id) => id !== call.actor.accountId),
    )
  }
}
