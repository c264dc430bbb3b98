/** How a list or record that was asked for stands: what its screen shows in place of it. */
import { ClientRefusal } from './client-error.ts'

export type ReadStatus = 'ready' | 'loading' | 'failed' | 'forbidden'

export function readStatus(error: unknown, pending: boolean): ReadStatus {
  if (error instanceof ClientRefusal && error.status === 403) return 'forbidden'
  if (error) return 'failed'
  return pending ? 'loading' : 'ready'
}
