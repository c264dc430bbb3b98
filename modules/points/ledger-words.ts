/** What accounts are of, what they count, and why value moves: lists that server and screens share. */

export const accountKinds = [
  'person',
  'organisation',
  'pool',
  'reserve',
  'issuance',
  'redeemed',
  'expired',
  'vouchers',
  'outside',
] as const
export type AccountKind = (typeof accountKinds)[number]

/** Whole points; whole minutes of care in the time bank; money that is only recorded, in fen. */
export const units = ['points', 'minutes', 'fen'] as const
export type Unit = (typeof units)[number]

/** Why value moved. The database holds any short word, so that a later module brings its own. */
export const causes = [
  'award',
  'award-reversed',
  'redeem',
  'expire',
  'carry-over',
  'gift-to-kin',
  'gift-to-pool',
  'surplus-to-pool',
  'care-used',
  'donation',
  'voucher-issued',
  'voucher-spent',
  'voucher-returned',
  'voucher-expired',
  'shop-paid',
  'correction',
] as const
export type Cause = (typeof causes)[number]
