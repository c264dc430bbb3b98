/** Calls of the party tree and of recruiting: for each, what is sent when its subject lies in this relation. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan, StreetScene } from './street-probes.ts'

const once = (): StreetPlan => ({ once: true, send: () => ({}) })
/** Of something that is not there: whoever may not ask must hear so before that. */
const ofNone = (body?: unknown): StreetPlan => ({
  once: true,
  send: () => ({ params: { id: randomUUID() }, ...(body === undefined ? {} : { body }) }),
})
const ofArea = (body: (areaId: string) => unknown): StreetPlan => ({
  send: (scene: StreetScene) => ({
    foreign: scene.relation === 'another-street',
    body: body(scene.street.areaId(scene.areaCode)),
  }),
})

export const memberPlans: Readonly<Record<string, StreetPlan>> = {
  'accounts.listPartyBodies': once(),
  'accounts.addPartyBody': ofArea((areaId) => ({
    level: 'grid-branch',
    name: '党支部',
    parentId: null,
    areaId,
  })),
  'accounts.endPartyBody': ofNone({}),
  'accounts.appointPartyPost': ofNone({ accountId: randomUUID(), title: 'member' }),
  'accounts.endPartyPost': ofNone({}),
  'accounts.listOwnPartyPosts': once(),
  'accounts.showPartyPost': ofNone({ shown: true }),
  'accounts.getPlaceRoster': {
    send: (scene) => ({
      params: { id: scene.street.areaId(scene.areaCode) },
      foreign: scene.relation === 'another-street',
    }),
  },
  'accounts.listRecruitCalls': once(),
  'accounts.openRecruitCall': ofArea((areaId) => ({
    areaId,
    title: '招募',
    words: '招募微网格员',
    opensOn: '2030-01-01',
    closesOn: '2030-02-01',
    termMonths: 12,
  })),
  'accounts.applyToCall': ofNone({ areaId: randomUUID(), pool: 'resident', words: '' }),
  'accounts.withdrawApplication': ofNone({}),
  'accounts.listApplications': ofNone(),
  'accounts.settleApplication': ofNone({ chosen: true }),
  'accounts.takeUpApplication': ofNone({ accountId: randomUUID() }),
  'accounts.listKeptItems': once(),
  'accounts.addKeptItem': {
    once: true,
    send: () => ({ body: { postId: randomUUID(), what: '单元门钥匙', place: '' } }),
  },
  'accounts.handKeptItem': ofNone({ postId: randomUUID(), place: '' }),
  'accounts.endKeptItem': ofNone({ how: 'returned' }),
  'accounts.listOwnCards': once(),
  'accounts.setOwnCard': ofNone({ shown: true }),
  'accounts.getDoorRoster': { once: true, send: () => ({ params: { door: 'NOSUCHDOOR' } }) },
}
