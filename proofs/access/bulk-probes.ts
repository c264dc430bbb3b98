/** Calls of bulk work and reply templates: for each, what is sent. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan } from './street-probes.ts'

const once = (send: StreetPlan['send'] = () => ({})): StreetPlan => ({ once: true, send })
const ofNone = (body?: unknown): StreetPlan => once(() => ({ params: { id: randomUUID() }, body }))

export const bulkPlans: Readonly<Record<string, StreetPlan>> = {
  'cases.listCaseKeys': once(() => ({ query: { state: 'pending' } })),
  // What nobody may see is refused case by case, when the batch runs.
  'cases.startCaseBatch': once(() => ({
    body: { items: [{ caseId: randomUUID(), version: 1 }], order: { act: 'remind', words: '请抓紧办理' } },
  })),
  'cases.getCaseBatch': ofNone(),
  'cases.listCaseBatches': once(),
  'cases.undoCaseBatch': ofNone({}),
  'cases.listReplyTemplates': once(),
  'cases.getReplyTemplate': ofNone(),
  'cases.putReplyTemplate': ofNone({
    title: '路灯不亮',
    acts: ['answer-now'],
    matterCodes: [],
    words: '{称呼}您好，已转{承办单位}。',
    retired: false,
  }),
  'cases.previewReplyTemplate': once(() => ({ body: { caseId: randomUUID(), words: '{称呼}您好' } })),
}
