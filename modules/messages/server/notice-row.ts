import type { DeliveryReason, DeliveryState, NoticeUrgency, Port, Reader } from '../notice-parts.ts'
import type { Facts } from '../rules/plain-facts.ts'

/** One row of `notices`, as the database gives it. */
export interface NoticeRow {
  street_id: number
  id: string
  event: string
  reader: Reader
  account_id: string | null
  subject_type: string
  subject_id: string
  round: string
  area: string
  urgency: NoticeUrgency
  facts: Facts
  created_at: Date
  planned_at: Date | null
  read_at: Date | null
}

/** One row of `notice_deliveries`. */
export interface DeliveryRow {
  street_id: number
  id: string
  notice_id: string
  port: Port
  once_key: string
  area: string
  state: DeliveryState
  next_at: Date
  tries: number
  reason: DeliveryReason | null
  provider_id: string | null
  created_at: Date
  tried_at: Date | null
  settled_at: Date | null
  settled_by: string | null
}
