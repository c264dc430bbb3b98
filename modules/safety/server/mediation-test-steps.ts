/** Brings a mediation to any point over HTTP, each step by somebody who may do it, for the tests of this module. */
import type { BodyOf, OperationContract, OutputOf } from '../../../lib/contract.ts'
import { newId } from '../../../lib/ids.ts'
import type { TestCases } from '../../testing/case-fixture.ts'
import type { CaseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'

export type View = OutputOf<typeof contract.getMediation>

/** Of the courtyard with an account, of the community without one, of the street with one. */
export const mediators = { head: newId(0), granny: newId(0), street: newId(0), other: newId(0) }
export const facts = '楼上半夜拖椅子，楼下老人睡不着，吵了三次。'

export async function mediationSteps(t: TestCases, steps: CaseSteps) {
  const put = async (by: string, id: string, body: BodyOf<typeof contract.putMediator>) =>
    (await steps.by(by)).call(contract.putMediator, { params: { id }, body })
  const postId = (name: string) => t.street.staff.get(name)?.postId ?? ''
  const made = [
    await put('clerk-c1', mediators.head, {
      areaId: t.street.areaId('c1g1'),
      tier: 'courtyard',
      name: '老郑',
      postId: postId('grid-head-c1g1'),
      active: true,
    }),
    await put('clerk-c1', mediators.granny, {
      areaId: t.street.areaId('c1'),
      tier: 'community',
      name: '秦大姐',
      active: true,
    }),
    await put('dispatcher', mediators.street, {
      areaId: t.street.areaId(t.street.code),
      tier: 'street',
      name: '司法所老何',
      postId: postId('supervisor'),
      active: true,
    }),
    await put('clerk-c2', mediators.other, {
      areaId: t.street.areaId('c2'),
      tier: 'community',
      name: '别处的人',
      active: true,
    }),
  ]
  if (made.some(({ status }) => status !== 200)) throw new Error('a mediator was refused')
  const register = async (more: object = {}, by = 'clerk-c1') =>
    (await steps.by(by)).call(contract.registerMediation, {
      body: {
        areaId: t.street.areaId('c1g1m1'),
        kind: 'neighbours',
        level: 'yellow',
        facts,
        parties: [
          { name: '欧阳金丝雀', phone: '13900000001', address: '3栋501室' },
          { name: '司徒铁柱', phone: '13711112222' },
        ],
        ...more,
      },
    })
  const opened = async (more: object = {}): Promise<View> => {
    const reply = await register(more)
    if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
    return reply.body
  }
  const ask = async <C extends OperationContract>(by: string, act: C, id: string, body?: BodyOf<C>) => {
    const browser = await (by === 'resident' ? steps.resident() : steps.by(by))
    return browser.call(act, { params: { id } as never, ...(body === undefined ? {} : { body }) })
  }
  const step = async <C extends OperationContract>(
    by: string,
    act: C,
    id: string,
    body?: BodyOf<C>,
  ): Promise<View> => {
    const reply = await ask(by, act, id, body)
    if (reply.status !== 200) throw new Error(`${act.name} by ${by}: ${JSON.stringify(reply.body)}`)
    return reply.body as View
  }
  const agreeAll = async (view: View) => {
    for (const { id: partyId } of view.parties)
      await step('clerk-c1', contract.recordConsent, view.id, { partyId, answer: 'yes', way: 'in-person' })
  }
  const session = (result: 'agreed' | 'no-agreement' = 'no-agreement') => ({
    heldAt: t.clock.now().toISOString(),
    place: '居委会调解室',
    came: [],
    words: '双方都说了各自的难处。',
    result,
  })
  const ready = async (): Promise<View> => {
    const view = await opened()
    await agreeAll(view)
    return step('clerk-c1', contract.setMediators, view.id, {
      mediatorIds: [mediators.head],
      by: 'committee',
    })
  }
  const draft = (view: View, more: object = {}) => ({
    form: 'written' as const,
    facts: '楼上夜间拖动家具，影响楼下休息。',
    responsibility: '楼上负主要责任，双方互相谅解。',
    content: '晚十点后不拖动家具，椅子加脚垫。',
    aboutStatus: false,
    duties: [
      {
        partyId: view.parties[1]?.id ?? '',
        what: '给椅子装脚垫',
        way: '自行安装，网格长看一眼',
        dueOn: '2026-09-24',
      },
    ],
    ...more,
  })
  const agreedOn = async (more: object = {}): Promise<View> => {
    const view = await ready()
    return step('grid-head-c1g1', contract.writeAgreement, view.id, draft(view, { form: 'oral', ...more }))
  }
  /** What was told of a mediation and its parties: event, reader and how often. */
  const toldOf = async (view: View) => {
    const rows = await t.look<{ said: string; n: number }>(
      `select event || ' ' || reader as said, count(*)::int as n from notices
       where subject_id = any($1) and event not like '%news' group by 1 order by 1`,
      [[view.id, ...view.parties.map(({ id }) => id)]],
    )
    return Object.fromEntries(rows.map(({ said, n }) => [said, n]))
  }

  return { opened, ask, step, agreeAll, session, ready, draft, agreedOn, toldOf }
}
