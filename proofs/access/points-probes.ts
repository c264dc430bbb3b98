/** How the operations of points are called. Subjects that are not there answer everybody alike. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan } from './street-probes.ts'

const nothing = () => ({})
const nobodys = (body?: unknown): StreetPlan => ({
  once: true,
  send: () => ({ params: { id: randomUUID() }, ...(body === undefined ? {} : { body }) }),
})

export const pointsPlans: Readonly<Record<string, StreetPlan>> = {
  'points.listAccounts': { once: true, send: () => ({ query: { limit: '100' } }) },
  'points.getAccount': nobodys(),
  'points.getLedger': { once: true, send: nothing },
  'points.checkLedger': { once: true, send: () => ({ body: {} }) },
}
