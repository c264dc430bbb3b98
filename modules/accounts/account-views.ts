/** What the server shows of people in posts, organisations, sessions and the audit trail. */
import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, roles, type StaffRole, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'

export const OrganisationRef = Type.Object({ id: Id, code: Type.String(), name: Type.String() })

export const PostView = Type.Object({
  id: Id,
  role: Words(roles),
  area: Nullable(AreaRef),
  organisation: Nullable(OrganisationRef),
  fromDay: Day,
  toDay: Nullable(Day),
})
export type PostView = Static<typeof PostView>

export const SessionView = Type.Object({
  kind: Words(['staff', 'resident'] as const),
  accountId: Id,
  /** A staff member's own name, or a resident's masked phone. */
  displayName: Type.String(),
  street: Type.Object({ id: Type.Integer(), code: Type.String(), name: Type.String() }),
  roles: Type.Array(Words(roles)),
  posts: Type.Array(PostView),
  /** Posts of colleagues who are away, which this person acts for until the day named. */
  standingIn: Type.Array(
    Type.Object({ ...PostView.properties, holderName: Type.String(), untilDay: Nullable(Day) }),
  ),
  /** Screens and acts that this person has any use for; the server still decides each call. */
  demo: Type.Boolean(),
  /** True until a required second factor is enrolled: only enrolment is open then. */
  mustEnrolTotp: Type.Boolean(),
  /** True after a sign-in with a one-time password: only changing it is open then. */
  mustChangePassword: Type.Boolean(),
})
export type SessionView = Static<typeof SessionView>

/** Kinds decide which matters an organisation answers for (duty_rules); one kind may have several organisations. */
export const organisationKinds = [
  'urban-enforcement',
  'market-regulation',
  'police',
  'traffic-police',
  'fire-rescue',
  'justice',
  'housing',
  'emergency',
  'civil-affairs',
  'municipal-works',
  'sanitation',
  'greening',
  'water',
  'gas',
  'power',
  'property',
  'community-service',
  'partner',
  'department',
  'import',
] as const

export const OrganisationView = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  kind: Words(organisationKinds),
  /** Null: works in the whole street. */
  areas: Type.Array(AreaRef),
  /** False: no new cases are given to it. */
  active: Type.Boolean(),
  /** False: it never signs in; the desk prints or sends its orders and records its results 代录. */
  signsIn: Type.Boolean(),
  /** True: an answer leaves only after its lead approved it 审签. */
  answersNeedApproval: Type.Boolean(),
  version: Type.Integer(),
})
export type OrganisationView = Static<typeof OrganisationView>

/** With what stands on a printed order, and its former names, the newest first. */
export const OrganisationDetail = Type.Object({
  ...OrganisationView.properties,
  contactPhone: Nullable(Type.String()),
  address: Nullable(Type.String()),
  formerNames: Type.Array(Type.Object({ name: Type.String(), untilAt: Instant })),
})
export type OrganisationDetail = Static<typeof OrganisationDetail>

/** Somebody who is signed in somewhere: when, and with what kind of browser. Nothing else is known of it. */
export const OwnSession = Type.Object({
  id: Id,
  /** The one that asks. */
  current: Type.Boolean(),
  /** 'Chrome · Windows'; null where the browser says nothing known. */
  device: Nullable(Type.String()),
  since: Instant,
  lastSeenAt: Instant,
})
export type OwnSession = Static<typeof OwnSession>

/** A time in which the holder of a post is away. No reason is asked for. */
export const LeaveView = Type.Object({
  id: Id,
  postId: Id,
  fromDay: Day,
  toDay: Day,
  /** The person who stands in was named; else the rule chose. */
  named: Type.Boolean(),
  /** Who acts for the post today, or would if it began today; null when nobody can. */
  standIn: Nullable(Type.Object({ postId: Id, accountId: Id, displayName: Type.String() })),
  endedAt: Nullable(Instant),
})
export type LeaveView = Static<typeof LeaveView>

export const AccountView = Type.Object({
  id: Id,
  username: Type.String(),
  displayName: Type.String(),
  disabled: Type.Boolean(),
  totpEnrolled: Type.Boolean(),
  lastSignInAt: Nullable(Instant),
  posts: Type.Array(PostView),
})
export type AccountView = Static<typeof AccountView>

export const AuditEntryView = Type.Object({
  id: Id,
  at: Instant,
  actorId: Nullable(Id),
  /** Role and place of the post that acted, in words. */
  actorPost: Nullable(Type.String()),
  operation: Type.String(),
  subjectType: Nullable(Type.String()),
  subjectId: Nullable(Type.String()),
  outcome: Type.String(),
  /** Field names and codes only; never names, phones or texts. */
  detail: Type.Unsafe<Record<string, unknown>>(Type.Any()),
  requestId: Type.String(),
})

/** Where a post of a role stands: the street's own area, an area of any level, or an organisation. */
export type PlaceOfRole = 'street' | 'area' | 'organisation'

// Rule: rights.md, "Roles and what they see", column "Scope of the post".
export const placesOfRoles: Readonly<Record<StaffRole, PlaceOfRole>> = {
  'micro-grid-member': 'area',
  'grid-worker': 'area',
  'grid-head': 'area',
  clerk: 'area',
  secretary: 'area',
  dispatcher: 'street',
  'duty-head': 'street',
  verifier: 'area',
  supervisor: 'area',
  handler: 'organisation',
  'organisation-lead': 'organisation',
  viewer: 'area',
  'system-admin': 'street',
  'security-admin': 'street',
  'audit-admin': 'street',
}
