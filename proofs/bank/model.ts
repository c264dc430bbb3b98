/** What a bank of a few people must answer, written from the words of the ledger and not from its code. */
import { randomUUID } from 'node:crypto'
import type { SeededRandom } from '../../lib/seeded-random.ts'

export type Deed =
  | {
      readonly do: 'transfer'
      readonly id: string
      readonly from: string
      readonly to: string
      readonly amount: number
      readonly pending: boolean
    }
  | { readonly do: 'settle'; readonly id: string; readonly outcome: 'posted' | 'voided' }
  | { readonly do: 'look' }

interface Account {
  posted: number
  held: number
}

interface Made {
  readonly deed: Deed & { do: 'transfer' }
  outcome: 'posted' | 'pending' | 'voided' | 'settled-posted'
}

/** People of one sequence, whose accounts nobody else touches; the counterparts are shared and hold anything. */
export class BankModel {
  readonly people: ReadonlyMap<string, Account>
  private readonly made = new Map<string, Made>()
  private readonly issuance: string
  private readonly redeemed: string

  constructor(people: readonly string[], issuance: string, redeemed: string) {
    this.people = new Map(people.map((id) => [id, { posted: 0, held: 0 }]))
    this.issuance = issuance
    this.redeemed = redeemed
  }

  /** Something to do next, sensible or not. */
  next(random: SeededRandom): Deed {
    const ids = [...this.people.keys()]
    const known = [...this.made.values()]
    const draw = random.next()
    const amount = 1 + random.int(30)
    const fresh = (from: string, to: string, pending: boolean): Deed => ({
      do: 'transfer',
      id: randomUUID(),
      from,
      to,
      amount,
      pending,
    })
    const [one = '', other = ''] = random.shuffle(ids)
    if (draw < 0.28 || known.length === 0) return fresh(this.issuance, one, false)
    if (draw < 0.5) return fresh(one, other, false)
    if (draw < 0.6) return fresh(one, this.redeemed, false)
    if (draw < 0.72) return fresh(one, this.redeemed, true)
    const old = random.pick(known)
    if (draw < 0.84) {
      const pending = known.filter(({ deed }) => deed.pending)
      const picked = pending.length > 0 ? random.pick(pending) : undefined
      return picked
        ? { do: 'settle', id: picked.deed.id, outcome: random.chance(0.6) ? 'posted' : 'voided' }
        : { do: 'look' }
    }
    if (draw < 0.9) return { ...old.deed }
    if (draw < 0.93) return { ...old.deed, amount: old.deed.amount + 1 }
    return { do: 'look' }
  }

  /** What must be answered, and what it changes. */
  expect(deed: Deed): string {
    if (deed.do === 'look') return 'looked'
    const known = this.made.get(deed.id)
    if (deed.do === 'settle') {
      if (!known) throw new Error('the model settles what it made')
      return this.settle(known, deed.outcome)
    }
    if (known)
      return known.deed.amount === deed.amount && known.deed.from === deed.from && known.deed.to === deed.to
        ? 'again'
        : 'points/transfer-reused'
    const from = this.people.get(deed.from)
    if (from && from.posted - from.held < deed.amount) return 'points/too-little'
    this.made.set(deed.id, { deed, outcome: deed.pending ? 'pending' : 'posted' })
    if (deed.pending) {
      if (from) from.held += deed.amount
      return 'pending'
    }
    this.move(deed)
    return 'posted'
  }

  private settle(known: Made, outcome: 'posted' | 'voided'): string {
    if (known.outcome !== 'pending')
      return (known.outcome === 'voided') === (outcome === 'voided') ? 'again' : 'points/settled-otherwise'
    const from = this.people.get(known.deed.from)
    if (from) from.held -= known.deed.amount
    if (outcome === 'posted') this.move(known.deed)
    known.outcome = outcome === 'posted' ? 'settled-posted' : 'voided'
    return outcome
  }

  private move({ from, to, amount }: Deed & { do: 'transfer' }): void {
    const [source, target] = [this.people.get(from), this.people.get(to)]
    if (source) source.posted -= amount
    if (target) target.posted += amount
  }

  get transfers(): number {
    return this.made.size
  }
}
