/** Calls of people and volunteering: for each, what is sent when its subject lies in this relation. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan, StreetScene } from './street-probes.ts'

const nothing = () => ({})
const abroad = ({ relation }: StreetScene) => relation === 'another-street'
/** Of something that is not there. */
const ofNone = (body?: unknown): StreetPlan => ({
  once: true,
  send: () => ({ params: { id: randomUUID() }, ...(body === undefined ? {} : { body }) }),
})

const freshPhone = () => `136${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`

export const volunteeringPlans: Readonly<Record<string, StreetPlan>> = {
  'people.registerPerson': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        areaId: scene.street.areaId(scene.areaCode),
        name: '某人',
        phone: freshPhone(),
        birthOn: '1980-01-01',
      },
    }),
  },
  'people.findPeople': { once: true, send: () => ({ body: { words: '没有这个人' } }) },
  'people.getPerson': ofNone(),
  'people.correctPerson': ofNone({ name: '某人' }),
  'people.unmaskPerson': ofNone({ field: 'phone', reason: '核对用' }),
  'people.giveConsent': ofNone({ name: '某人', relation: '父亲' }),
  'people.withdrawConsent': ofNone({}),
  'people.getMyself': { once: true, send: nothing },
  'people.registerMyself': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: { areaId: scene.street.areaId(scene.areaCode), name: '本人', birthOn: '1980-01-01' },
    }),
  },
  'people.listReadsOfMe': { once: true, send: nothing },
}
