/** By which ways a notice leaves the system, and who calls when none of them reached. */
import type { NoticeUrgency, Port, Reader } from '../notice-parts.ts'

export interface NoticeFacts {
  readonly event: string
  readonly reader: Reader
  readonly urgency: NoticeUrgency
}

export interface PortSettings {
  /** Events of which residents get a text. */
  readonly textEvents: readonly string[]
  /** Events of which the group of the street hears. */
  readonly chatEvents: readonly string[]
  readonly hasChat: boolean
}

/**
 * Beside the inbox, which everybody with an account has. A resident gets texts about what the street chose; staff get
 * one where a life may hang on it, and their group hears of what the street chose.
 */
export function portsOf(notice: NoticeFacts, settings: PortSettings): Exclude<Port, 'phone'>[] {
  const urgent = notice.urgency === 'P0'
  if (notice.reader === 'resident')
    return urgent || settings.textEvents.includes(notice.event) ? ['text'] : []
  const toGroup = settings.hasChat && (urgent || settings.chatEvents.includes(notice.event))
  return [...(urgent ? (['text'] as const) : []), ...(toGroup ? (['chat'] as const) : [])]
}

/**
 * Whether a person phones after a text was given up. Staff are asked to read their inbox and are phoned only where a
 * life may hang on it; whoever has read the notice meanwhile is told.
 */
export function needsCall(notice: NoticeFacts & { readonly read: boolean }, port: Port): boolean {
  return port === 'text' && !notice.read && (notice.reader === 'resident' || notice.urgency === 'P0')
}
