/** The quarter run 季度兑换 and the run of a year 年终到期: freeze, show, approve by two, issue or book. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nothing,
  Nullable,
  Words,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { ledgerReaders } from './ledger-operations.ts'
import { approvers } from './request-operations.ts'
import { quarterPattern } from './rules/quarter.ts'
import { yearPattern } from './rules/year.ts'

const strict = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1, maxLength: 400 })
const Quarter = Type.String({ pattern: `${quarterPattern}|${yearPattern}` })

export const runStates = ['frozen', 'noticed', 'issued', 'cancelled'] as const
export type RunState = (typeof runStates)[number]

const summary = {
  id: Id,
  area: AreaRef,
  /** 2026Q3, whose points become vouchers; or 2026, the rest of whose points expires. */
  quarter: Type.String(),
  year: Type.Boolean(),
  state: Words(runStates),
  points: Type.Integer(),
  fen: Type.Integer(),
  people: Type.Integer(),
  noticeUntil: Nullable(Day),
  /** How many of the two approved. */
  approvals: Type.Integer(),
}
export const RunSummary = Type.Object(summary)
export type RunSummary = Static<typeof RunSummary>

export const RunLine = Type.Object({
  accountId: Id,
  number: Nullable(Type.String()),
  holder: Nullable(Type.String()),
  points: Type.Integer(),
  fen: Type.Integer(),
  leftOut: Nullable(Type.String()),
})

export const ObjectionView = Type.Object({
  id: Id,
  accountId: Nullable(Id),
  words: Type.String(),
  madeAt: Instant,
  outcome: Nullable(Words(['upheld', 'dismissed'] as const)),
  answer: Nullable(Type.String()),
})

const act = Type.Object({ ok: Type.Boolean(), why: Nullable(Type.String()) })
export const RunView = Type.Object({
  ...summary,
  rateFen: Type.Integer(),
  /** Of a year: what each account carries over. */
  keeps: Type.Integer(),
  cutoff: Instant,
  frozenAt: Instant,
  sha256: Type.String(),
  /** Whether the list made anew from the ledger has the same hash. */
  reproduced: Type.Boolean(),
  lines: Type.Array(RunLine),
  /** Which reserve pays how much, and whether it holds enough. */
  reserves: Type.Array(
    Type.Object({
      name: Nullable(Type.String()),
      fen: Type.Integer(),
      heldFen: Type.Integer(),
      enough: Type.Boolean(),
    }),
  ),
  objections: Type.Array(ObjectionView),
  vouchers: Type.Integer(),
  can: Type.Object({
    notice: act,
    approve: act,
    object: Type.Boolean(),
    settleObjection: Type.Boolean(),
    cancel: Type.Boolean(),
  }),
})
export type RunView = Static<typeof RunView>

export const listRuns = defineOperation({
  name: 'points.listRuns',
  method: 'GET',
  path: '/api/points/runs',
  summary: 'Quarter runs of the communities that one reaches, newest first',
  who: ledgerReaders,
  output: Type.Object({ items: Type.Array(RunSummary) }),
})

export const freezeRun = defineOperation({
  name: 'points.freezeRun',
  method: 'POST',
  path: '/api/points/runs',
  summary:
    'Freezes a quarter or a year of a community: its list, and the points that become vouchers or expire',
  who: ['clerk', 'secretary'],
  status: 201,
  body: Type.Object({ areaId: Id, quarter: Quarter }, strict),
  output: RunView,
  refusals: [
    'points/not-your-area',
    'points/quarter-not-over',
    'points/year-not-over',
    'points/year-carried',
    'points/run-exists',
    'points/nothing-to-redeem',
    'points/stopped',
  ],
})

const runRefusals = ['points/run-not-found', 'points/run-over'] as const

export const getRun = defineOperation({
  name: 'points.getRun',
  method: 'GET',
  path: '/api/points/runs/{id}',
  summary: 'A run with its lines, objections and reserves',
  who: ledgerReaders,
  audit: 'read',
  params: IdParams,
  output: RunView,
  refusals: ['points/run-not-found'],
})

export const noticeRun = defineOperation({
  name: 'points.noticeRun',
  method: 'POST',
  path: '/api/points/runs/{id}/notice',
  summary: 'Shows the list for objections, from today for the days that the street set',
  who: ['clerk', 'secretary'],
  params: IdParams,
  body: Nothing,
  output: RunView,
  refusals: runRefusals,
})

export const cancelRun = defineOperation({
  name: 'points.cancelRun',
  method: 'POST',
  path: '/api/points/runs/{id}/cancel',
  summary: 'Gives a run up before it is issued; all points go back',
  who: approvers,
  params: IdParams,
  body: Nothing,
  output: RunView,
  refusals: runRefusals,
})

export const approveRun = defineOperation({
  name: 'points.approveRun',
  method: 'POST',
  path: '/api/points/runs/{id}/approve',
  summary: 'Approves a run whose notice is over; the second of two different people issues the vouchers',
  who: approvers,
  params: IdParams,
  body: Nothing,
  output: RunView,
  refusals: [
    ...runRefusals,
    'points/asked-yourself',
    'points/notice-not-over',
    'points/objection-open',
    'points/reserve-short',
    'points/stopped',
  ],
})

export const settleObjection = defineOperation({
  name: 'points.settleObjection',
  method: 'POST',
  path: '/api/points/runs/{id}/objections/{objectionId}',
  summary: 'Answers an objection; upheld, its account leaves the run and gets its points back',
  who: approvers,
  params: Type.Object({ id: Id, objectionId: Id }, strict),
  body: Type.Object({ outcome: Words(['upheld', 'dismissed'] as const), answer: Text }, strict),
  output: RunView,
  refusals: [...runRefusals, 'points/objection-not-found', 'points/asked-yourself'],
})

export const NoticeView = Type.Object({
  id: Id,
  area: AreaRef,
  quarter: Type.String(),
  year: Type.Boolean(),
  until: Day,
  rateFen: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      /** The last four digits of the passbook: no name stands in public. */
      number: Type.String(),
      /** Of an organisation, whose name is public. */
      name: Nullable(Type.String()),
      points: Type.Integer(),
      own: Type.Boolean(),
    }),
  ),
})
export type NoticeView = Static<typeof NoticeView>

/** Rule: volunteers' regulation, articles 20 and 40: nothing about a volunteer in public without consent. */
export const listNotices = defineOperation({
  name: 'points.listNotices',
  method: 'GET',
  path: '/api/points/notices',
  summary: 'Lists that are shown for objections now, by the last digits of the passbooks',
  who: 'signed-in',
  output: Type.Object({ items: Type.Array(NoticeView) }),
})

export const objectToRun = defineOperation({
  name: 'points.objectToRun',
  method: 'POST',
  path: '/api/points/notices/{id}/objections',
  summary: 'An objection to a list while it is shown; to one line if a passbook is named',
  who: 'signed-in',
  status: 201,
  params: IdParams,
  body: Type.Object(
    { words: Text, number: Type.Optional(Type.String({ pattern: '^[0-9]{4}([0-9]{6})?$' })) },
    strict,
  ),
  output: Nothing,
  refusals: ['points/run-not-found', 'points/notice-over'],
})

export const printVouchers = defineOperation({
  name: 'points.printVouchers',
  method: 'GET',
  path: '/api/points/runs/{id}/vouchers.pdf',
  summary: 'The good vouchers of a run on paper with serial number and code, for whom has no phone',
  who: ['clerk', 'secretary'],
  audit: 'read',
  params: IdParams,
  query: Type.Object({ number: Type.Optional(Type.String({ pattern: '^[0-9]{10}$' })) }, strict),
  output: Bytes('application/pdf'),
  refusals: ['points/run-not-found', 'points/no-vouchers'],
})

export const runOperations = [
  listRuns,
  freezeRun,
  getRun,
  noticeRun,
  cancelRun,
  approveRun,
  settleObjection,
  listNotices,
  objectToRun,
  printVouchers,
] as const
