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
  'points.askApproval': {
    once: true,
    send: () => ({
      body: {
        act: 'rule',
        code: 'service',
        name: '志愿服务',
        earns: 'person',
        basis: 'hour',
        points: 1,
        from: '2026-01-01',
      },
    }),
  },
  'points.listRequests': { once: true, send: nothing },
  'points.settleRequest': nobodys({ outcome: 'approved' }),
  'points.listRules': { once: true, send: nothing },
  'points.listPartners': { once: true, send: nothing },
  'points.listRuns': { once: true, send: nothing },
  'points.freezeRun': {
    send: (scene) => ({
      foreign: scene.relation === 'another-street',
      body: { areaId: scene.street.areaId(scene.areaCode), quarter: '2024Q1' },
    }),
  },
  'points.getRun': nobodys(),
  'points.noticeRun': nobodys({}),
  'points.cancelRun': nobodys({}),
  'points.approveRun': nobodys({}),
  'points.settleObjection': {
    once: true,
    send: () => ({
      params: { id: randomUUID(), objectionId: randomUUID() },
      body: { outcome: 'dismissed', answer: '核对过' },
    }),
  },
  'points.listNotices': { once: true, send: nothing },
  'points.objectToRun': nobodys({ words: '不对' }),
  'points.printVouchers': nobodys(),
  'points.checkVoucher': { once: true, send: () => ({ body: { code: 'ABCDE-ABCDE' } }) },
  'points.redeemVoucher': { once: true, send: () => ({ body: { code: 'ABCDE-ABCDE' } }) },
  'points.returnVoucher': { once: true, send: () => ({ body: { code: 'ABCDE-ABCDE' } }) },
  'points.takeOfflineList': { once: true, send: () => ({ body: {} }) },
  'points.sendOffline': nobodys({ items: [{ code: 'ABCDE-ABCDE', at: '2026-09-14T01:00:00Z' }] }),
  'points.getShop': { once: true, send: nothing },
  'points.exportShop': { once: true, send: nothing },
  'points.getSponsor': nobodys(),
  'points.getPassbook': { once: true, send: nothing },
  'points.giveHours': { once: true, send: () => ({ body: { minutes: 60 } }) },
  'points.givePoints': { once: true, send: () => ({ body: { points: 1 } }) },
  'points.printPassbook': { once: true, send: nothing },
  'points.exportPassbook': { once: true, send: nothing },
  'points.getPassbookOf': nobodys(),
  'points.printPassbookOf': nobodys(),
  'points.listHonours': {
    send: (scene) => ({
      foreign: scene.relation === 'another-street',
      query: { areaId: scene.street.areaId(scene.areaCode), year: '2025' },
    }),
  },
  'points.printHonour': nobodys(),
  'points.checkHonour': {
    once: true,
    send: () => ({ body: { number: 'RY20260101-ABCDEF', code: 'ABCDEFGH' } }),
  },
  'points.getOrganisationBook': { once: true, send: nothing },
}
