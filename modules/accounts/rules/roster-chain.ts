/** The call chain of a desk: who is called next for what cannot wait. */

export interface ChainStep {
  readonly accountId: string
  readonly waitMinutes: number
  readonly part: 'on-duty' | 'chain'
}

export interface Called {
  readonly accountId: string
  readonly calledAt: Date
}

export type NextCall =
  | { readonly do: 'call'; readonly step: ChainStep }
  | { readonly do: 'wait'; readonly until: Date }
  /** Everybody was called and had their minutes. */
  | { readonly do: 'exhausted' }

/** Minutes for the head on duty where a desk has set none. */
export const shippedHeadWait = 5

/** The order of calls: whoever heads the shift now, then the chain; nobody stands in it twice. */
export function callOrder(
  headId: string | undefined,
  headWaitMinutes: number,
  chain: readonly { readonly accountId: string; readonly waitMinutes: number }[],
): ChainStep[] {
  const order: ChainStep[] =
    headId === undefined ? [] : [{ accountId: headId, waitMinutes: headWaitMinutes, part: 'on-duty' }]
  for (const { accountId, waitMinutes } of chain)
    if (!order.some((step) => step.accountId === accountId))
      order.push({ accountId, waitMinutes, part: 'chain' })
  return order
}

/**
 * What happens now. The order is made anew each time, so that a head who comes on duty meanwhile is called too; nobody
 * is called twice.
 */
export function nextCall(order: readonly ChainStep[], called: readonly Called[], at: Date): NextCall {
  const last = [...called].sort((a, b) => b.calledAt.getTime() - a.calledAt.getTime())[0]
  if (last !== undefined) {
    const wait = order.find((step) => step.accountId === last.accountId)?.waitMinutes ?? 0
    const until = new Date(last.calledAt.getTime() + wait * 60_000)
    if (at < until) return { do: 'wait', until }
  }
  const step = order.find((one) => called.every(({ accountId }) => accountId !== one.accountId))
  return step ? { do: 'call', step } : { do: 'exhausted' }
}
