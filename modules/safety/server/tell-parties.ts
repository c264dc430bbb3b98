/** Whom a mediation tells something. A notice says only that there is something to read: what it is stays behind sign-in. */
import { type NoticeAsk, type Recipient, type TellCall, tell } from '../../messages/server/index.ts'
import type { MediationRow, PartyRow } from './mediation-store.ts'

type Told = Pick<MediationRow, 'case_id' | 'area' | 'version' | 'number'>

/** Those who sign in see it there; the others are phoned or texted by the desk, under their own number. */
export function tellParties(
  call: TellCall,
  row: Told,
  parties: readonly PartyRow[],
  event: Extract<NoticeAsk['event'], `safety.${string}`> = 'safety.mediation-news',
  more: { readonly facts?: NoticeAsk['facts']; readonly dedupe?: string } = {},
): void {
  tell(
    call,
    parties
      .filter((party) => party.account_id !== call.actor.accountId)
      .filter((party) => party.account_id !== null || party.phone_encrypted !== null)
      .map((party): NoticeAsk => {
        const to: Recipient = party.account_id === null ? 'contact' : { account: party.account_id }
        return {
          event,
          reader: 'resident',
          to: [to],
          about: { type: 'mediation-party', id: party.id, area: row.area },
          facts: more.facts ?? {},
          urgency: 'P2',
          dedupe: more.dedupe ?? `v${row.version}`,
        }
      }),
  )
}

/** Desk and mediators: the accounts that keep this mediation. */
export function tellKeepers(
  call: TellCall,
  row: Told,
  accounts: readonly string[],
  event: 'safety.court-days' | 'safety.duty-due',
  dueAt: Date,
  dedupe: string,
): void {
  tell(call, [
    {
      event,
      reader: 'desk',
      to: accounts.map((account) => ({ account })),
      about: { type: 'mediation', id: row.case_id, area: row.area },
      facts: { number: row.number, due: dueAt.toISOString() },
      urgency: 'P2',
      dedupe,
    },
  ])
}
