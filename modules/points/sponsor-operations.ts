/** What a sponsor 爱心企业 gave and what came of it: in sums, and by groups that are never small. */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, IdParams, Nullable, Words } from '../../lib/contract.ts'

export const ageBands = ['minor', 'adult', 'old', 'organisation'] as const
/** `others`: what was too few to stand alone. */
export const benefitGroups = [...ageBands, 'others'] as const
export type BenefitGroup = (typeof benefitGroups)[number]

/** Whoever earned the points: people, and organisations where `ages` says so. */
const Benefit = { holders: Type.Integer(), spentFen: Type.Integer() }

export const SponsorView = Type.Object({
  organisationId: Id,
  organisation: Type.String(),
  /** Given in all: what is left of it, what stands in good vouchers, and what was spent. */
  gaveFen: Type.Integer(),
  leftFen: Type.Integer(),
  openFen: Type.Integer(),
  spentFen: Type.Integer(),
  donations: Type.Array(Type.Object({ receivedOn: Day, amountFen: Type.Integer(), note: Type.String() })),
  /** By age; null while all together are too few to be told. */
  ages: Nullable(Type.Array(Type.Object({ group: Words(benefitGroups), ...Benefit }))),
  /** By community; `area` is null for what was too few to stand alone. */
  communities: Nullable(Type.Array(Type.Object({ area: Nullable(Type.String()), ...Benefit }))),
  /** By shop, in which the vouchers were spent. */
  shops: Type.Array(Type.Object({ organisation: Type.String(), spentFen: Type.Integer() })),
})
export type SponsorView = Static<typeof SponsorView>

export const getSponsor = defineOperation({
  name: 'points.getSponsor',
  method: 'GET',
  path: '/api/points/sponsors/{id}',
  summary:
    'What a sponsor gave and who benefited, in sums and groups of five at least: its own, or any for the desks',
  who: ['handler', 'organisation-lead', 'clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'],
  params: IdParams,
  output: SponsorView,
  refusals: ['points/partner-not-found'],
})

export const sponsorOperations = [getSponsor] as const
