/** accounts 账号与岗位: sign-in, organisations, people in posts with area and term, stand-ins, the audit trail. */
import { Type } from 'typebox'
import {
  Cursor,
  Day,
  defineOperation,
  Id,
  IdParams,
  Nothing,
  Nullable,
  Page,
  type RefusalCatalogue,
  roles,
  Words,
} from '../../lib/contract.ts'
import {
  createAccount,
  listAccounts,
  resetPassword,
  resetSecondFactor,
  setAccountDisabled,
} from './account-operations.ts'
import { AuditEntryView, LeaveView, PostView, SessionView } from './account-views.ts'
import { keptOperations, keptRefusals } from './kept-operations.ts'
import { endLeave, listStandIns, setLeave } from './leave-operations.ts'
import { memberOperations, memberRefusals } from './member-operations.ts'
import {
  changeOrganisation,
  createOrganisation,
  getOrganisation,
  listOrganisations,
  setOrganisationActive,
} from './organisation-operations.ts'
import { rosterOperations, rosterRefusals } from './roster-operations.ts'
import { endOtherSessions, endOwnSession, listOwnSessions } from './session-operations.ts'

export * from './account-operations.ts'
export * from './account-views.ts'
export * from './kept-operations.ts'
export * from './leave-operations.ts'
export * from './member-operations.ts'
export * from './organisation-operations.ts'
export * from './roster-operations.ts'
export * from './roster-views.ts'
export * from './session-operations.ts'

export const refusals = {
  'accounts/wrong-credentials': 401,
  'accounts/password-needed': 422,
  'accounts/totp-needed': 401,
  'accounts/totp-wrong': 401,
  'accounts/locked': 429,
  'accounts/no-post': 403,
  'accounts/one-time-password-ended': 403,
  'accounts/choose-street': 409,
  'accounts/wrong-code': 401,
  'accounts/code-too-often': 429,
  'accounts/not-found': 404,
  'accounts/username-taken': 409,
  'accounts/weak-password': 422,
  'accounts/roles-exclude-each-other': 409,
  'accounts/role-needs-area': 422,
  'accounts/role-needs-organisation': 422,
  'accounts/own-account': 409,
  'accounts/area-not-found': 422,
  'accounts/organisation-not-found': 422,
  'accounts/code-taken': 409,
  'accounts/stale-version': 412,
  'accounts/organisation-has-open-work': 409,
  'accounts/organisation-has-posts': 409,
  'accounts/organisation-never-signs-in': 422,
  'accounts/not-your-leave': 403,
  'accounts/leave-in-the-past': 422,
  'accounts/leave-overlaps': 409,
  'accounts/stand-in-unfit': 422,
  'accounts/nobody-stands-in': 409,
  ...rosterRefusals,
  ...keptRefusals,
  ...memberRefusals,
} as const satisfies RefusalCatalogue

const Password = Type.String({ minLength: 1, maxLength: 200 })
const Totp = Type.String({ pattern: '^[0-9]{6}$' })

export const signIn = defineOperation({
  name: 'accounts.signIn',
  method: 'POST',
  path: '/api/session',
  summary: 'Staff sign-in by user name and password, with the second factor where it is enrolled',
  who: 'anyone',
  idempotency: 'unstored',
  body: Type.Object(
    {
      username: Type.String({ minLength: 1, maxLength: 80 }),
      password: Password,
      totp: Type.Optional(Totp),
      /** The street's code; needed only by a person with posts in several streets. */
      street: Type.Optional(Type.String({ maxLength: 20 })),
    },
    { additionalProperties: false },
  ),
  output: SessionView,
  refusals: [
    'accounts/wrong-credentials',
    'accounts/totp-needed',
    'accounts/totp-wrong',
    'accounts/locked',
    'accounts/no-post',
    'accounts/one-time-password-ended',
    'accounts/choose-street',
  ],
})

export const requestResidentCode = defineOperation({
  name: 'accounts.requestResidentCode',
  method: 'POST',
  path: '/api/resident-codes',
  summary: 'Sends a one-time code to a resident’s phone; the same answer whether the phone is known or not',
  who: 'anyone',
  idempotency: 'unstored',
  body: Type.Object(
    { phone: Type.String({ maxLength: 20 }), street: Type.Optional(Type.String({ maxLength: 20 })) },
    { additionalProperties: false },
  ),
  output: Type.Object({ sent: Type.Boolean(), validMinutes: Type.Integer() }),
  refusals: ['accounts/code-too-often'],
})

export const signInResident = defineOperation({
  name: 'accounts.signInResident',
  method: 'POST',
  path: '/api/resident-session',
  summary: 'Resident sign-in by phone and one-time code; a first sign-in makes the account',
  who: 'anyone',
  idempotency: 'unstored',
  body: Type.Object(
    {
      phone: Type.String({ maxLength: 20 }),
      code: Type.String({ pattern: '^[0-9]{6}$' }),
      street: Type.Optional(Type.String({ maxLength: 20 })),
    },
    { additionalProperties: false },
  ),
  output: SessionView,
  refusals: ['accounts/wrong-code', 'accounts/locked', 'accounts/choose-street'],
})

export const getSession = defineOperation({
  name: 'accounts.getSession',
  method: 'GET',
  path: '/api/session',
  summary: 'Who is signed in',
  who: 'signed-in',
  output: SessionView,
})

export const signOut = defineOperation({
  name: 'accounts.signOut',
  method: 'DELETE',
  path: '/api/session',
  summary: 'Ends this session, or with everywhere=true all sessions of the account',
  who: 'signed-in',
  query: Type.Object({ everywhere: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  output: Nothing,
})

export const beginTotp = defineOperation({
  name: 'accounts.beginTotp',
  method: 'POST',
  path: '/api/session/totp',
  summary: 'Begins enrolment of a second factor: the secret and its otpauth address, shown once',
  who: 'staff',
  idempotency: 'unstored',
  /** Needed where a second factor is in force already. */
  body: Type.Object(
    { password: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
    { additionalProperties: false },
  ),
  output: Type.Object({ secret: Type.String(), otpauthUrl: Type.String() }),
  refusals: ['accounts/password-needed', 'accounts/wrong-credentials', 'accounts/locked'],
})

export const confirmTotp = defineOperation({
  name: 'accounts.confirmTotp',
  method: 'POST',
  path: '/api/session/totp/confirm',
  summary: 'Ends enrolment with a first right code',
  who: 'staff',
  idempotency: 'unstored',
  body: Type.Object({ totp: Totp }, { additionalProperties: false }),
  output: SessionView,
  refusals: ['accounts/totp-wrong'],
})

export const changePassword = defineOperation({
  name: 'accounts.changePassword',
  method: 'POST',
  path: '/api/session/password',
  summary: 'Changes one’s own password; all other sessions of the account end',
  who: 'staff',
  idempotency: 'unstored',
  body: Type.Object({ current: Password, next: Password }, { additionalProperties: false }),
  output: Nothing,
  refusals: ['accounts/wrong-credentials', 'accounts/weak-password', 'accounts/locked'],
})

export const listPosts = defineOperation({
  name: 'accounts.listPosts',
  method: 'GET',
  path: '/api/posts',
  summary: 'Who holds which post, where, from when to when, with stand-ins',
  who: 'staff',
  query: Type.Object(
    {
      areaId: Type.Optional(Id),
      organisationId: Type.Optional(Id),
      role: Type.Optional(Words(roles)),
      accountId: Type.Optional(Id),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        ...PostView.properties,
        holder: Type.Object({ accountId: Id, displayName: Type.String() }),
        standInFor: Nullable(Type.String()),
        /** The one lead among the members of a micro-grid. */
        lead: Type.Boolean(),
        /** The leave that runs today, or the next one. */
        leave: Nullable(LeaveView),
        /** Whether the reader may set or end a leave of this post. */
        maySetLeave: Type.Boolean(),
      }),
    ),
  }),
})

export const appointPost = defineOperation({
  name: 'accounts.appointPost',
  method: 'POST',
  path: '/api/posts',
  summary: 'Gives an account a post: a role in an area or organisation for a term',
  who: ['security-admin'],
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      accountId: Id,
      role: Words(roles),
      areaId: Type.Optional(Id),
      organisationId: Type.Optional(Id),
      fromDay: Type.Optional(Day),
      toDay: Type.Optional(Day),
      /** A stand-in holds the post of another person for a while. */
      standInForPostId: Type.Optional(Id),
      /** Of a micro-grid member: the one lead 微网格长 from now on, in the place of whoever was. */
      lead: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  output: PostView,
  refusals: [
    'accounts/not-found',
    'accounts/own-account',
    'accounts/roles-exclude-each-other',
    'accounts/role-needs-area',
    'accounts/role-needs-organisation',
    'accounts/area-not-found',
    'accounts/organisation-not-found',
    'accounts/organisation-never-signs-in',
  ],
})

export const endPost = defineOperation({
  name: 'accounts.endPost',
  method: 'POST',
  path: '/api/posts/{id}/end',
  summary: 'Ends a post today; its holder loses its access with the next request',
  who: ['security-admin'],
  params: IdParams,
  body: Nothing,
  output: PostView,
  refusals: ['accounts/not-found', 'accounts/own-account'],
})

export const listAudit = defineOperation({
  name: 'accounts.listAudit',
  method: 'GET',
  path: '/api/audit-entries',
  summary: 'The audit trail, newest first',
  who: ['audit-admin'],
  audit: 'read',
  query: Type.Object(
    {
      operation: Type.Optional(Type.String({ maxLength: 80 })),
      actorId: Type.Optional(Id),
      subjectId: Type.Optional(Type.String({ maxLength: 80 })),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    { additionalProperties: false },
  ),
  output: Page(AuditEntryView),
})

export const getDemoNote = defineOperation({
  name: 'accounts.getDemoNote',
  method: 'GET',
  path: '/api/demo-note',
  summary: 'Whether this is a demo, and which accounts it has (never the password)',
  who: 'anyone',
  output: Type.Object({
    demo: Type.Boolean(),
    streetName: Nullable(Type.String()),
    usernames: Type.Array(Type.String()),
    residentPhones: Type.Array(Type.String()),
  }),
})

export const operations = [
  signIn,
  requestResidentCode,
  signInResident,
  getSession,
  signOut,
  beginTotp,
  confirmTotp,
  changePassword,
  listOrganisations,
  getOrganisation,
  createOrganisation,
  changeOrganisation,
  setOrganisationActive,
  listOwnSessions,
  endOwnSession,
  endOtherSessions,
  listAccounts,
  createAccount,
  setAccountDisabled,
  resetPassword,
  resetSecondFactor,
  listPosts,
  appointPost,
  endPost,
  setLeave,
  endLeave,
  listStandIns,
  listAudit,
  getDemoNote,
  ...rosterOperations,
  ...keptOperations,
  ...memberOperations,
] as const
