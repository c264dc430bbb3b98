/** What the server shows of the duty roster. */
import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, roles, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { shiftDays } from './rules/roster-shifts.ts'
import { swapStates } from './rules/roster-swap.ts'

/** A colleague by name: the roster hangs on the wall. */
export const Colleague = Type.Object({ accountId: Id, displayName: Type.String() })
export type Colleague = Static<typeof Colleague>

const kindFields = {
  code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,19}$' }),
  name: Type.String({ minLength: 1, maxLength: 20 }),
  nameEn: Type.String({ minLength: 1, maxLength: 40 }),
  applies: Words(shiftDays),
  /** Minutes after midnight. */
  startMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
  lengthMinutes: Type.Integer({ minimum: 30, maximum: 1440 }),
}
export const ShiftKindView = Type.Object(kindFields, { additionalProperties: false })
export type ShiftKindView = Static<typeof ShiftKindView>

export const ShiftView = Type.Object({
  id: Id,
  deskId: Id,
  day: Day,
  kind: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  head: Colleague,
  members: Type.Array(Colleague),
  /** False: the head has no post on that day any more, or is on leave; the shift counts as missing. */
  headThere: Type.Boolean(),
})
export type ShiftView = Static<typeof ShiftView>

export const GapView = Type.Object({ day: Day, kind: Type.String(), startsAt: Instant })
export type GapView = Static<typeof GapView>

/** Somebody who may stand shifts at a desk. */
export const DeskPerson = Type.Object({
  ...Colleague.properties,
  role: Words(roles),
  mayHead: Type.Boolean(),
})
export type DeskPerson = Static<typeof DeskPerson>

export const DeskView = Type.Object({
  desk: AreaRef,
  isStreet: Type.Boolean(),
  /** Has shifts of late or to come: only then gaps are told. */
  inUse: Type.Boolean(),
  can: Type.Object({ run: Type.Boolean(), settle: Type.Boolean(), read: Type.Boolean() }),
})
export type DeskView = Static<typeof DeskView>

export const RosterView = Type.Object({
  ...DeskView.properties,
  month: Type.String(),
  /** `off` by the working calendar; `announced` is false for a year whose holidays are not known yet. */
  days: Type.Array(Type.Object({ day: Day, off: Type.Boolean(), announced: Type.Boolean() })),
  kinds: Type.Array(ShiftKindView),
  /** Kinds of the street may be changed by this person. */
  mayChangeKinds: Type.Boolean(),
  shifts: Type.Array(ShiftView),
  gaps: Type.Array(GapView),
  people: Type.Array(DeskPerson),
})
export type RosterView = Static<typeof RosterView>

export const SwapView = Type.Object({
  id: Id,
  deskId: Id,
  shift: Nullable(ShiftView),
  returnShift: Nullable(ShiftView),
  askedBy: Colleague,
  withPerson: Colleague,
  state: Words(swapStates),
  reason: Nullable(Type.String()),
  askedAt: Instant,
  settledBy: Nullable(Colleague),
  /** What this person may do with it now. */
  can: Type.Object({ answer: Type.Boolean(), withdraw: Type.Boolean(), settle: Type.Boolean() }),
})
export type SwapView = Static<typeof SwapView>

export const HandoverNoteView = Type.Object({
  id: Id,
  desk: AreaRef,
  shiftDay: Day,
  shiftKind: Type.String(),
  writtenBy: Colleague,
  writtenAt: Instant,
  words: Type.String(),
  /** The next head to whom it is written has read it. */
  read: Type.Boolean(),
  /** It waits for this person. */
  mine: Type.Boolean(),
})
export type HandoverNoteView = Static<typeof HandoverNoteView>

export const CallChainView = Type.Object({
  /** For whoever heads the shift at that moment. */
  headWaitMinutes: Type.Integer({ minimum: 1, maximum: 120 }),
  steps: Type.Array(Type.Object({ ...Colleague.properties, waitMinutes: Type.Integer() })),
  /** Who may stand in it. */
  people: Type.Array(Type.Object({ ...Colleague.properties, role: Words(roles) })),
})
export type CallChainView = Static<typeof CallChainView>

export const DutyNowView = Type.Object({
  at: Instant,
  items: Type.Array(Type.Object({ desk: AreaRef, isStreet: Type.Boolean(), shift: Nullable(ShiftView) })),
  kinds: Type.Array(ShiftKindView),
})
export type DutyNowView = Static<typeof DutyNowView>

export const MyDutyView = Type.Object({
  /** The shift that one stands now, and the next ones. */
  turns: Type.Array(Type.Object({ ...ShiftView.properties, desk: AreaRef, now: Type.Boolean() })),
  /** Written for me and not read yet. */
  unread: Type.Array(HandoverNoteView),
  /** Swaps that wait for me, as the other, as the asker or to be settled. */
  swaps: Type.Array(SwapView),
  /** Missing shifts of the desks that I run, already told. */
  gaps: Type.Array(Type.Object({ ...GapView.properties, desk: AreaRef })),
  /** A shift that I head or headed today whose note is not written. */
  toWrite: Nullable(Type.Object({ ...ShiftView.properties, desk: AreaRef })),
  kinds: Type.Array(ShiftKindView),
})
export type MyDutyView = Static<typeof MyDutyView>
