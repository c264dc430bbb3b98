/** The fixed words of a notice: who reads it, by which ways it goes, what becomes of it. */

/** In what capacity somebody is told: the same event is told in other words to a resident than to a desk. */
export const readers = ['resident', 'holder', 'desk'] as const
export type Reader = (typeof readers)[number]

export const noticeUrgencies = ['P0', 'P1', 'P2', 'P3'] as const
export type NoticeUrgency = (typeof noticeUrgencies)[number]

/** text: a text message; chat: a post to a group of the work chat; phone: a call that a person makes. */
export const ports = ['text', 'chat', 'phone'] as const
export type Port = (typeof ports)[number]

export const deliveryStates = ['queued', 'failed', 'sent', 'delivered', 'given-up'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Why a delivery failed, or why a person is asked to call. */
export const deliveryReasons = ['no-number', 'refused', 'unreachable', 'not-reached'] as const
export type DeliveryReason = (typeof deliveryReasons)[number]
