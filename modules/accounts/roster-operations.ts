/** 值班表: shifts of a desk, swaps, hand-over notes, the call chain, who is on duty. A desk is named by its area. */
import { Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Nothing,
  type RefusalCatalogue,
  type Who,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import {
  CallChainView,
  DeskView,
  DutyNowView,
  HandoverNoteView,
  MyDutyView,
  RosterView,
  ShiftKindView,
  ShiftView,
  SwapView,
} from './roster-views.ts'

export const rosterRefusals = {
  'accounts/desk-not-found': 404,
  'accounts/not-your-desk': 403,
  'accounts/shift-not-found': 404,
  'accounts/shift-past': 409,
  'accounts/shift-kind-unknown': 422,
  'accounts/not-at-this-desk': 422,
  'accounts/may-not-head': 422,
  'accounts/kinds-overlap': 422,
  'accounts/kind-in-use': 409,
  'accounts/pattern-too-long': 422,
  'accounts/swap-not-found': 404,
  'accounts/swap-settled': 409,
  'accounts/swap-not-yours': 403,
  'accounts/swap-own': 403,
  'accounts/not-on-shift': 409,
  'accounts/already-on-shift': 409,
  'accounts/note-not-found': 404,
  'accounts/not-called-here': 422,
} as const satisfies RefusalCatalogue

/** Who can belong to a desk at all; which desk is decided by their posts. */
const deskRoles: Who = [
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
]
const rosterHeads: Who = ['secretary', 'duty-head', 'supervisor']

export const Month = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$', description: 'YYYY-MM' })

const Turn = Type.Object(
  { headId: Id, memberIds: Type.Array(Id, { maxItems: 20 }) },
  { additionalProperties: false },
)

export const listDesks = defineOperation({
  name: 'accounts.listDesks',
  method: 'GET',
  path: '/api/rosters',
  summary: 'The desks of the street: its own and each community’s, with what this person may do there',
  who: 'staff',
  output: Type.Object({ items: Type.Array(DeskView) }),
})

export const getRoster = defineOperation({
  name: 'accounts.getRoster',
  method: 'GET',
  path: '/api/rosters/{id}',
  summary: 'The roster of a desk for a month, with its gaps',
  who: 'staff',
  params: IdParams,
  query: Type.Object({ month: Type.Optional(Month) }, { additionalProperties: false }),
  output: RosterView,
  refusals: ['accounts/desk-not-found'],
})

export const exportRoster = defineOperation({
  name: 'accounts.exportRoster',
  method: 'GET',
  path: '/api/rosters/{id}/export',
  summary: 'The roster of a month as an xlsx or csv file, a row for each shift',
  who: 'staff',
  params: IdParams,
  query: Type.Object(
    {
      month: Type.Optional(Month),
      format: Type.Optional(Words(['xlsx', 'csv'] as const)),
      language: Type.Optional(Words(['zh', 'en'] as const)),
    },
    { additionalProperties: false },
  ),
  output: Bytes(xlsxMediaType),
  refusals: ['accounts/desk-not-found'],
})

export const putShifts = defineOperation({
  name: 'accounts.putShifts',
  method: 'POST',
  path: '/api/rosters/{id}/shifts',
  summary: 'Puts or changes shifts that are not over; all of them or none',
  who: rosterHeads,
  params: IdParams,
  body: Type.Object(
    {
      shifts: Type.Array(
        Type.Object({ day: Day, kind: Type.String(), ...Turn.properties }, { additionalProperties: false }),
        { minItems: 1, maxItems: 100 },
      ),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ shifts: Type.Array(ShiftView) }),
  refusals: [
    'accounts/desk-not-found',
    'accounts/not-your-desk',
    'accounts/shift-past',
    'accounts/shift-kind-unknown',
    'accounts/not-at-this-desk',
    'accounts/may-not-head',
  ],
})

export const repeatShifts = defineOperation({
  name: 'accounts.repeatShifts',
  method: 'POST',
  path: '/api/rosters/{id}/shifts/repeat',
  summary:
    'Puts a turn that repeats, from shift to shift or week to week; shifts that are there already stay',
  who: rosterHeads,
  params: IdParams,
  body: Type.Object(
    {
      kind: Type.String(),
      fromDay: Day,
      toDay: Day,
      /** 0 is Sunday; without any, all days on which the kind is stood. */
      weekdays: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { maxItems: 7 })),
      per: Words(['shift', 'week'] as const),
      turns: Type.Array(Turn, { minItems: 1, maxItems: 60 }),
      /** Also changes shifts that are there already. */
      replace: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ put: Type.Integer(), kept: Type.Integer() }),
  refusals: [
    'accounts/desk-not-found',
    'accounts/not-your-desk',
    'accounts/shift-past',
    'accounts/shift-kind-unknown',
    'accounts/pattern-too-long',
    'accounts/not-at-this-desk',
    'accounts/may-not-head',
  ],
})

export const removeShift = defineOperation({
  name: 'accounts.removeShift',
  method: 'DELETE',
  path: '/api/shifts/{id}',
  summary: 'Takes a shift off the roster that has not begun; what was stood is a record and stays',
  who: rosterHeads,
  params: IdParams,
  output: Nothing,
  refusals: ['accounts/shift-not-found', 'accounts/not-your-desk', 'accounts/shift-past'],
})

export const putShiftKinds = defineOperation({
  name: 'accounts.putShiftKinds',
  method: 'PUT',
  path: '/api/shift-kinds',
  summary: 'The kinds of shifts of the street; shifts that have not begun take the new times',
  who: ['duty-head', 'supervisor'],
  body: Type.Object(
    { kinds: Type.Array(ShiftKindView, { minItems: 1, maxItems: 8 }) },
    { additionalProperties: false },
  ),
  output: Type.Object({ kinds: Type.Array(ShiftKindView) }),
  refusals: ['accounts/not-your-desk', 'accounts/kinds-overlap', 'accounts/kind-in-use'],
})

export const listSwaps = defineOperation({
  name: 'accounts.listSwaps',
  method: 'GET',
  path: '/api/rosters/{id}/swaps',
  summary: 'Swaps of a desk, the open ones first, at most 50',
  who: deskRoles,
  params: IdParams,
  output: Type.Object({ items: Type.Array(SwapView) }),
  refusals: ['accounts/desk-not-found', 'accounts/not-your-desk'],
})

export const askSwap = defineOperation({
  name: 'accounts.askSwap',
  method: 'POST',
  path: '/api/shifts/{id}/swaps',
  summary: 'Asks a colleague to stand one’s shift, with a shift in return or without',
  who: deskRoles,
  status: 201,
  params: IdParams,
  body: Type.Object(
    {
      withAccountId: Id,
      returnShiftId: Type.Optional(Id),
      reason: Type.Optional(Type.String({ maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
  output: SwapView,
  refusals: [
    'accounts/shift-not-found',
    'accounts/shift-past',
    'accounts/not-on-shift',
    'accounts/already-on-shift',
    'accounts/not-at-this-desk',
    'accounts/may-not-head',
  ],
})

export const answerSwap = defineOperation({
  name: 'accounts.answerSwap',
  method: 'POST',
  path: '/api/swaps/{id}/answer',
  summary: 'The colleague who was asked agrees or not; the asker may take it back',
  who: deskRoles,
  params: IdParams,
  body: Type.Object({ agree: Type.Boolean() }, { additionalProperties: false }),
  output: SwapView,
  refusals: [
    'accounts/swap-not-found',
    'accounts/swap-not-yours',
    'accounts/swap-settled',
    'accounts/shift-past',
    'accounts/not-on-shift',
    'accounts/already-on-shift',
  ],
})

export const settleSwap = defineOperation({
  name: 'accounts.settleSwap',
  method: 'POST',
  path: '/api/swaps/{id}/settle',
  summary: 'Approves or refuses an agreed swap; neither of the two may',
  who: rosterHeads,
  params: IdParams,
  body: Type.Object({ approve: Type.Boolean() }, { additionalProperties: false }),
  output: SwapView,
  refusals: [
    'accounts/swap-not-found',
    'accounts/not-your-desk',
    'accounts/swap-own',
    'accounts/swap-settled',
    'accounts/shift-past',
    'accounts/not-on-shift',
    'accounts/already-on-shift',
    'accounts/may-not-head',
  ],
})

export const listHandoverNotes = defineOperation({
  name: 'accounts.listHandoverNotes',
  method: 'GET',
  path: '/api/rosters/{id}/handover-notes',
  summary: 'Hand-over notes of a desk, newest first, at most 50',
  who: deskRoles,
  params: IdParams,
  output: Type.Object({ items: Type.Array(HandoverNoteView) }),
  refusals: ['accounts/desk-not-found', 'accounts/not-your-desk'],
})

export const writeHandoverNote = defineOperation({
  name: 'accounts.writeHandoverNote',
  method: 'POST',
  path: '/api/shifts/{id}/handover-notes',
  summary: 'What the next shift has to know, written by somebody of a shift that has begun',
  who: deskRoles,
  status: 201,
  params: IdParams,
  body: Type.Object(
    { words: Type.String({ minLength: 1, maxLength: 4000 }) },
    { additionalProperties: false },
  ),
  output: HandoverNoteView,
  refusals: ['accounts/shift-not-found', 'accounts/not-on-shift'],
})

export const readHandoverNote = defineOperation({
  name: 'accounts.readHandoverNote',
  method: 'POST',
  path: '/api/handover-notes/{id}/read',
  summary: 'Says that one has read a note, so that it stops asking; nothing is counted from it',
  who: deskRoles,
  params: IdParams,
  body: Nothing,
  output: HandoverNoteView,
  refusals: ['accounts/note-not-found'],
})

export const getCallChain = defineOperation({
  name: 'accounts.getCallChain',
  method: 'GET',
  path: '/api/rosters/{id}/call-chain',
  summary: 'Who is called after the head on duty, in order, with the minutes to wait',
  who: deskRoles,
  params: IdParams,
  output: CallChainView,
  refusals: ['accounts/desk-not-found', 'accounts/not-your-desk'],
})

export const putCallChain = defineOperation({
  name: 'accounts.putCallChain',
  method: 'PUT',
  path: '/api/rosters/{id}/call-chain',
  summary: 'Sets the call chain of a desk; calls under way go on by the new one',
  who: rosterHeads,
  params: IdParams,
  body: Type.Object(
    {
      headWaitMinutes: Type.Integer({ minimum: 1, maximum: 120 }),
      steps: Type.Array(
        Type.Object(
          { accountId: Id, waitMinutes: Type.Integer({ minimum: 1, maximum: 120 }) },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
    },
    { additionalProperties: false },
  ),
  output: CallChainView,
  refusals: ['accounts/desk-not-found', 'accounts/not-your-desk', 'accounts/not-called-here'],
})

export const getDutyNow = defineOperation({
  name: 'accounts.getDutyNow',
  method: 'GET',
  path: '/api/duty-now',
  summary: 'Who is on duty now at each desk whose roster is in use',
  who: 'staff',
  output: DutyNowView,
})

export const getMyDuty = defineOperation({
  name: 'accounts.getMyDuty',
  method: 'GET',
  path: '/api/my-duty',
  summary: 'My next turns, notes written for me, swaps that wait for me, gaps of the desks that I run',
  who: 'staff',
  output: MyDutyView,
})

export const rosterOperations = [
  listDesks,
  getRoster,
  exportRoster,
  putShifts,
  repeatShifts,
  removeShift,
  putShiftKinds,
  listSwaps,
  askSwap,
  answerSwap,
  settleSwap,
  listHandoverNotes,
  writeHandoverNote,
  readHandoverNote,
  getCallChain,
  putCallChain,
  getDutyNow,
  getMyDuty,
] as const
