/** Who is told what of volunteering. A notice holds instants and ids; what and where stands on the page that it opens. */
import { type NoticeAsk, type Recipient, type TellCall, tell } from '../../messages/server/index.ts'
import { accountsSignedUp } from './sign-up-store.ts'

type About = NoticeAsk['about']
type Told = Pick<NoticeAsk, 'event' | 'facts' | 'dedupe'> & { about: About }

const toResidents = (call: TellCall, to: readonly Recipient[], told: Told): void =>
  tell(call, [{ ...told, reader: 'resident', to, urgency: 'P2' }])

/** Whoever has no account is phoned by the desk; the register knows the number. */
function whoever(
  person: { id: string; account_id: string | null },
  about: About,
): { to: Recipient; about: About } {
  return person.account_id === null
    ? { to: 'contact', about: { ...about, type: 'person', id: person.id } }
    : { to: { account: person.account_id }, about }
}

/** 候补: a place is kept for this person until then. */
export function tellOffered(
  call: TellCall,
  place: { activityId: string; area: string; shiftId: string; startsAt: Date; until: Date },
  person: { id: string; account_id: string | null },
): void {
  const { to, about } = whoever(person, { type: 'activity', id: place.activityId, area: place.area })
  const until = place.until.toISOString()
  toResidents(call, [to], {
    event: 'volunteering.place-offered',
    about,
    facts: { starts: place.startsAt.toISOString(), due: until },
    dedupe: `${place.shiftId}.${until}`,
  })
}

/** 活动取消: everybody who meant to come. The caller reaches the street. */
export async function tellCalledOff(call: TellCall, activity: { id: string; area: string }): Promise<void> {
  const { tx, actor, at } = call
  for (const shift of await accountsSignedUp(tx, actor.streetId, activity.id, at)) {
    const told = {
      event: 'volunteering.called-off' as const,
      facts: { starts: shift.starts_at.toISOString() },
      dedupe: shift.shift_id,
    }
    const about = { type: 'activity', id: activity.id, area: activity.area }
    toResidents(
      call,
      shift.accounts.map((account) => ({ account })),
      { ...told, about },
    )
    for (const id of shift.people)
      toResidents(call, ['contact'], { ...told, about: { ...about, type: 'person', id } })
  }
}

type NeedEvent = 'volunteering.need-taken' | 'volunteering.need-done'

/** To whoever asked: somebody comes; it is said to be done. */
export function tellAsker(
  call: TellCall,
  event: NeedEvent,
  need: { id: string; area: string; asker_id: string; account_id: string | null; version: number },
): void {
  const { to, about } = whoever(
    { id: need.asker_id, account_id: need.account_id },
    { type: 'need', id: need.id, area: need.area },
  )
  toResidents(call, [to], { event, about, facts: {}, dedupe: `${need.id}.${need.version}` })
}

/** 居务监督委员会: a paper sheet waits for their word. */
export function tellCommittee(
  call: TellCall,
  sheet: { id: string; area: string; rows: number },
  accounts: readonly string[],
): void {
  toResidents(
    call,
    accounts.map((account) => ({ account })),
    {
      event: 'volunteering.sheet-to-confirm',
      about: { type: 'sheet', id: sheet.id, area: sheet.area },
      facts: { number: sheet.rows },
      dedupe: sheet.id,
    },
  )
}

type WishEvent = 'volunteering.wish-claimed' | 'volunteering.wish-fulfilled' | 'volunteering.wish-withdrawn'

/** 心愿: a claim, its fulfilment, and that it was taken back. */
export function tellAboutWish(
  call: TellCall,
  event: WishEvent,
  wish: { id: string; area: string; version: number },
  accounts: readonly string[],
): void {
  toResidents(
    call,
    accounts.map((account) => ({ account })),
    {
      event,
      about: { type: 'wish', id: wish.id, area: wish.area },
      facts: {},
      dedupe: `${wish.id}.${wish.version}`,
    },
  )
}

/** 时长作废: to whose hours they were. */
export function tellStruck(
  call: TellCall,
  sessions: readonly { id: string; area: string; account_id: string | null; started_at: Date }[],
): void {
  for (const one of sessions)
    if (one.account_id !== null)
      toResidents(call, [{ account: one.account_id }], {
        event: 'volunteering.hours-struck',
        about: { type: 'service-session', id: one.id, area: one.area },
        facts: { starts: one.started_at.toISOString() },
        dedupe: one.id,
      })
}
