/** 换班: asked, agreed and settled by three people; the roster changes with the third. */
import type { OperationContract } from '../../../lib/contract.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { ShiftToPut } from '../rules/roster-rows.ts'
import { decideAnswer, decideSettle, decideSwap, exchanged, type SwapFacts } from '../rules/roster-swap.ts'
import { putAtDesk, tellDesk } from './put-shifts.ts'
import { deskRights, getDesk, peopleOf, refuseOthers } from './roster-desk.ts'
import { lockShifts, type ShiftRow, shiftsById } from './roster-store.ts'
import {
  answerSwapRow,
  insertSwap,
  lockSwap,
  type SwapRow,
  settleSwapRow,
  swapsOfDesk,
} from './roster-swap-store.ts'
import { swapViews } from './swap-view.ts'

export const listSwaps = operation(contract.listSwaps, async (call) => {
  const { tx, actor, params, at } = call
  const desk = await getDesk(tx, actor.streetId, params.id)
  refuseOthers(desk, actor.posts, 'read')
  const rows = await swapsOfDesk(tx, actor.streetId, desk.id)
  return { items: await swapViews(tx, call.services.keys, rows, { actor, at, settles: deskIds(desk, call) }) }
})

const deskIds = (desk: Parameters<typeof deskRights>[0] & { id: string }, { actor }: AnyCall): string[] =>
  deskRights(desk, actor.posts).settle ? [desk.id] : []

type AnyCall = Pick<Call<OperationContract>, 'actor'>

export const askSwap = operation(contract.askSwap, async (call) => {
  const { tx, actor, at, body, params } = call
  const { streetId } = actor
  const wanted = [params.id, ...(body.returnShiftId ? [body.returnShiftId] : [])]
  const shifts = await shiftsById(tx, streetId, wanted)
  const shift = shifts.find(({ id }) => id === params.id)
  const returnShift = shifts.find(({ id }) => id === body.returnShiftId)
  const known = shift !== undefined && (body.returnShiftId === undefined || returnShift !== undefined)
  if (!known || (returnShift && returnShift.deskId !== shift.deskId))
    throw new Refusal('accounts/shift-not-found')
  const desk = await getDesk(tx, streetId, shift.deskId)
  const parties = { askedBy: actor.accountId, withAccount: body.withAccountId }
  const decision = decideSwap({ ...parties, shift, returnShift, hasReturn: returnShift !== undefined }, at)
  if (!decision.ok) throw new Refusal(decision.why)
  const people = await peopleOf(tx, streetId, desk, at)
  if (!people.mayStand(body.withAccountId, shift.day)) throw new Refusal('accounts/not-at-this-desk')
  if (shift.headId === actor.accountId && !people.mayHead(body.withAccountId, shift.day))
    throw new Refusal('accounts/may-not-head')
  const swap: SwapRow = {
    id: call.newId(),
    deskId: desk.id,
    shiftId: shift.id,
    returnShiftId: returnShift?.id ?? null,
    ...parties,
    state: 'asked',
    reason: body.reason?.trim() || null,
    askedAt: at,
    settledBy: null,
  }
  await insertSwap(tx, streetId, desk.path, swap)
  return told(call, swap)
})

export const answerSwap = operation(contract.answerSwap, async (call) => {
  const { tx, actor, at, body, params } = call
  const swap = await lockSwap(tx, actor.streetId, params.id)
  if (swap === undefined) throw new Refusal('accounts/swap-not-found')
  const shifts = await shiftsById(tx, actor.streetId, shiftIdsOf(swap))
  const decision = decideAnswer(factsOf(swap, shifts), actor.accountId, body.agree, at)
  if (!decision.ok) throw new Refusal(decision.why)
  const no = actor.accountId === swap.askedBy ? ('withdrawn' as const) : ('declined' as const)
  const state = body.agree ? ('agreed' as const) : no
  await answerSwapRow(tx, actor.streetId, swap.id, state, at)
  return told(call, { ...swap, state })
})

export const settleSwap = operation(contract.settleSwap, async (call) => {
  const { tx, actor, at, body, params } = call
  const { streetId } = actor
  const swap = await lockSwap(tx, streetId, params.id)
  if (swap === undefined) throw new Refusal('accounts/swap-not-found')
  const desk = await getDesk(tx, streetId, swap.deskId)
  refuseOthers(desk, actor.posts, 'settle')
  const facts = factsOf(swap, await lockShifts(tx, streetId, shiftIdsOf(swap)))
  const decision = decideSettle(facts, actor.accountId, body.approve, at)
  if (!decision.ok) throw new Refusal(decision.why)
  if (body.approve)
    await putAtDesk(tx, streetId, desk, shiftsOfSwap(facts), {
      source: 'swap',
      at,
      accountId: actor.accountId,
    })
  const state = body.approve ? ('approved' as const) : ('refused' as const)
  await settleSwapRow(tx, streetId, swap.id, state, { at, accountId: actor.accountId })
  tellDesk(call, desk)
  return told(call, { ...swap, state, settledBy: actor.accountId })
})

const shiftIdsOf = ({ shiftId, returnShiftId }: SwapRow): string[] => [
  shiftId,
  ...(returnShiftId === null ? [] : [returnShiftId]),
]

function factsOf(swap: SwapRow, shifts: readonly ShiftRow[]): SwapFacts {
  return {
    state: swap.state,
    askedBy: swap.askedBy,
    withAccount: swap.withAccount,
    shift: shifts.find(({ id }) => id === swap.shiftId),
    returnShift: shifts.find(({ id }) => id === swap.returnShiftId),
    hasReturn: swap.returnShiftId !== null,
  }
}

function shiftsOfSwap({ shift, returnShift, askedBy, withAccount }: SwapFacts): ShiftToPut[] {
  return [
    ...(shift ? [{ ...shift, ...exchanged(shift, askedBy, withAccount) }] : []),
    ...(returnShift ? [{ ...returnShift, ...exchanged(returnShift, withAccount, askedBy) }] : []),
  ]
}

/** Both hear of it, and whoever settles it at the desk. */
async function told<C extends OperationContract>(call: Call<C>, swap: SwapRow) {
  const { tx, actor, at, services } = call
  const desk = await getDesk(tx, actor.streetId, swap.deskId)
  call.audit({ subjectType: 'swap', subjectId: swap.id, detail: { state: swap.state } })
  const accounts = [swap.askedBy, swap.withAccount]
  call.event({ type: 'roster.swap', subjectId: swap.id, audience: { area: desk.path, accounts } })
  const seen = { actor, at, settles: deskIds(desk, call) }
  const [view] = await swapViews(tx, services.keys, [swap], seen)
  if (view === undefined) throw new Error('the swap is gone')
  return view
}
