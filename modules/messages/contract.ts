/** messages 通知: the inbox, what became of a notice on its way, and the calls that a person makes. */
import { type Static, Type } from 'typebox'
import {
  Cursor,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nothing,
  Nullable,
  Page,
  type RefusalCatalogue,
  roles,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { deliveryReasons, deliveryStates, noticeUrgencies, ports, readers } from './notice-parts.ts'

export * from './notice-parts.ts'

export const refusals = {
  'messages/not-found': 404,
  'messages/call-settled': 409,
  'messages/receipt-unsigned': 403,
} as const satisfies RefusalCatalogue

/** Who makes the calls of a desk. Rule: rights.md, "Desk" is clerk and secretary, dispatcher and duty head. */
const deskRoles: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head']

/** Staff who read cases with their texts; a viewer reads figures. */
const caseStaff: Who = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]

const InWords = Type.Object({ zh: Type.String(), en: Type.String() })

/** What the notice speaks of: `type` is a module's word for it, such as `case`. */
const About = Type.Object({ type: Type.String(), id: Id })

export const NoticeView = Type.Object({
  id: Id,
  event: Type.String(),
  reader: Words(readers),
  about: About,
  urgency: Words(noticeUrgencies),
  text: InWords,
  at: Instant,
  readAt: Nullable(Instant),
})
export type NoticeView = Static<typeof NoticeView>

export const listInbox = defineOperation({
  name: 'messages.listInbox',
  method: 'GET',
  path: '/api/notices',
  summary: 'What I was told, newest first',
  who: 'signed-in',
  query: Type.Object(
    {
      unread: Type.Optional(Type.Boolean()),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  output: Page(NoticeView),
})

export const countUnread = defineOperation({
  name: 'messages.countUnread',
  method: 'GET',
  path: '/api/notices/unread',
  summary: 'How many notices I have not read; counted to 100',
  who: 'signed-in',
  output: Type.Object({ count: Type.Integer({ minimum: 0, maximum: 100 }) }),
})

/** Not audited: a mark on one's own inbox. */
export const markRead = defineOperation({
  name: 'messages.markRead',
  method: 'POST',
  path: '/api/notices/read',
  summary: 'Marks notices of mine as read; without ids all that came until now',
  who: 'signed-in',
  audit: 'none',
  body: Type.Object(
    { ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 100 })) },
    { additionalProperties: false },
  ),
  output: Type.Object({ marked: Type.Integer() }),
})

const DeliveryView = Type.Object({
  port: Words(ports),
  state: Words(deliveryStates),
  tries: Type.Integer(),
  reason: Nullable(Words(deliveryReasons)),
  at: Instant,
})

/** Who was told: a post, never a name; `resident` stands for whoever the subject is about. */
const Told = Type.Object({
  role: Words(roles),
  place: Nullable(Type.String()),
})

export const ToldView = Type.Object({
  id: Id,
  event: Type.String(),
  words: InWords,
  to: Told,
  at: Instant,
  /** In the system; false for a contact without an account. */
  inApp: Type.Boolean(),
  readAt: Nullable(Instant),
  deliveries: Type.Array(DeliveryView),
})
export type ToldView = Static<typeof ToldView>

export const listToldAbout = defineOperation({
  name: 'messages.listToldAbout',
  method: 'GET',
  path: '/api/notices/about/{id}',
  summary:
    'Who was told of this subject, when, and whether it arrived; within my areas, and what I was told myself',
  who: caseStaff,
  params: IdParams,
  output: Type.Object({ items: Type.Array(ToldView) }),
})

/** No phone stands here: it is shown by the case, with a reason, and that is audited. */
export const PhoneTaskView = Type.Object({
  id: Id,
  about: About,
  event: Type.String(),
  words: InWords,
  text: InWords,
  to: Told,
  facts: Type.Object({ number: Nullable(Type.String()) }),
  urgency: Words(noticeUrgencies),
  state: Words(deliveryStates),
  reason: Nullable(Words(deliveryReasons)),
  tries: Type.Integer(),
  triesLeft: Type.Integer(),
  since: Instant,
  triedAt: Nullable(Instant),
  settledAt: Nullable(Instant),
})
export type PhoneTaskView = Static<typeof PhoneTaskView>

export const listPhoneTasks = defineOperation({
  name: 'messages.listPhoneTasks',
  method: 'GET',
  path: '/api/phone-tasks',
  summary: 'Calls that a person of the desk makes because nothing else reached; the oldest open one first',
  who: deskRoles,
  query: Type.Object(
    {
      state: Type.Optional(Words(['open', 'settled'] as const)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  output: Page(PhoneTaskView),
})

export const settlePhoneTask = defineOperation({
  name: 'messages.settlePhoneTask',
  method: 'POST',
  path: '/api/phone-tasks/{id}/settle',
  summary: 'Told by phone, or not reached; after the last try in vain the task is closed',
  who: deskRoles,
  params: IdParams,
  body: Type.Object({ result: Words(['told', 'not-reached'] as const) }, { additionalProperties: false }),
  output: PhoneTaskView,
  refusals: ['messages/not-found', 'messages/call-settled'],
})

/** Called by the text gateway, or by what stands between; nothing about a person is taken or given. */
export const takeReceipt = defineOperation({
  name: 'messages.takeReceipt',
  method: 'POST',
  path: '/api/messages/receipts',
  summary: 'What became of a text, signed with the secret of the gateway',
  who: 'anyone',
  audit: 'none',
  idempotency: 'unstored',
  body: Type.Object(
    {
      /** The `Idempotency-Key` under which the text was sent. */
      id: Type.String({ pattern: '^\\d{1,9}-[0-9a-f-]{36}$' }),
      state: Words(['delivered', 'failed'] as const),
      /** Seconds since 1970; older than five minutes is refused. */
      time: Type.Integer(),
      /** Hex HMAC-SHA256 over id, state and time, joined by line feeds. */
      signature: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    },
    { additionalProperties: false },
  ),
  output: Nothing,
  refusals: ['messages/receipt-unsigned', 'messages/not-found'],
})
