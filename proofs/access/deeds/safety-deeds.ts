/** Deeds of public safety: mediations from the first word to their end, hazards of campaigns, and violations. */
import { randomUUID } from 'node:crypto'
import type { BodyOf, OutputOf } from '../../../lib/contract.ts'
import * as s from '../../../modules/safety/contract.ts'
import { filed } from './case-deeds.ts'
import { type Caller, type Deed, found, type Hands, inDays, inHours } from './hands.ts'

type View = OutputOf<typeof s.getMediation>
const clerk = 'clerk-c1'

/** Of the courtyard, with an account. */
const mediator = (h: Hands) =>
  h.once('mediator', async () => {
    const id = randomUUID()
    const body = {
      areaId: h.street.areaId('c1g1'),
      tier: 'courtyard',
      name: '老郑',
      postId: h.street.staffOf('grid-head-c1g1').postId,
      active: true,
    } as const
    await h.make(clerk, s.putMediator, { params: { id }, body })
    return id
  })

async function opened(h: Hands, first?: Caller): Promise<View> {
  await mediator(h)
  const phone = first?.phone ?? `1377${String(h.next()).padStart(7, '0')}`
  return h.make(clerk, s.registerMediation, {
    body: {
      areaId: h.street.areaId('c1g1m1'),
      kind: 'neighbours',
      level: 'yellow',
      facts: '楼上半夜拖椅子，楼下睡不着。',
      parties: [{ name: '欧阳金丝雀', phone }, { name: '司徒铁柱' }],
    },
  })
}
const party = (view: View, at = 0) => found(view.parties[at], 'party').id
async function consented(h: Hands): Promise<View> {
  const view = await opened(h)
  for (const { id: partyId } of view.parties)
    await h.make(clerk, s.recordConsent, {
      params: { id: view.id },
      body: { partyId, answer: 'yes', way: 'in-person' },
    })
  const body = { mediatorIds: [await mediator(h)], by: 'committee' } as const
  return h.make(clerk, s.setMediators, {
    params: { id: view.id },
    body: { ...body, mediatorIds: [...body.mediatorIds] },
  })
}
const session = (result: 'goes-on' | 'no-agreement'): BodyOf<typeof s.recordSession> => ({
  heldAt: inHours(-1),
  place: '居委会调解室',
  came: [],
  words: '双方都说了各自的难处。',
  result,
})
const agreement = (view: View, form: 'written' | 'oral'): BodyOf<typeof s.writeAgreement> => ({
  form,
  facts: '楼上夜间拖动家具',
  responsibility: '双方互相谅解',
  content: '晚十点后不拖动家具',
  aboutStatus: false,
  duties: [{ partyId: party(view, 1), what: '装脚垫', way: '自行安装', dueOn: inDays(10) }],
})
/** Written down, with nobody's name on it yet. */
async function written(h: Hands): Promise<View> {
  const view = await consented(h)
  return h.make('grid-head-c1g1', s.writeAgreement, {
    params: { id: view.id },
    body: agreement(view, 'written'),
  })
}
/** In force by word of mouth. */
async function agreed(h: Hands): Promise<View> {
  const view = await consented(h)
  return h.make('grid-head-c1g1', s.writeAgreement, {
    params: { id: view.id },
    body: agreement(view, 'oral'),
  })
}

const campaignBody = (h: Hands) => ({
  areaId: h.street.areaId(h.street.code),
  name: `除险清患${h.next()}`,
  kinds: ['fire'],
  from: inDays(0),
  until: inDays(60),
})
async function campaign(h: Hands): Promise<string> {
  return (await h.make('dispatcher', s.createCampaign, { body: campaignBody(h) })).id
}

async function seen(h: Hands): Promise<string> {
  return filed(h, 'grid-worker-c1g1', {
    text: '烧烤摊把炭灰倒在树池里',
    fileIds: [await h.photo('grid-worker-c1g1')],
  })
}
const violationBody = (h: Hands, kind = 'structure'): BodyOf<typeof s.putViolation> => ({
  kind,
  organisationId: h.street.organisationId('property'),
  rectifyOn: inDays(3),
})
async function violation(h: Hands): Promise<string> {
  const id = await seen(h)
  await h.make(clerk, s.putViolation, { params: { id }, body: violationBody(h) })
  return id
}

async function quarrel(h: Hands): Promise<{ id: string; who: Caller }> {
  const who = await h.newResident()
  return { id: await filed(h, who, { text: '楼上半夜拖椅子，说了几次都不听。' }), who }
}

export const safetyDeeds: Readonly<Record<string, Deed>> = {
  'safety.recordConsent': async (h) => {
    const view = await opened(h)
    return h.ask(clerk, s.recordConsent, {
      params: { id: view.id },
      body: { partyId: party(view), answer: 'yes', way: 'in-person' },
    })
  },
  'safety.wishMediator': async (h) => {
    const view = await opened(h)
    return h.ask(clerk, s.wishMediator, {
      params: { id: view.id },
      body: { partyId: party(view, 1), mediatorId: await mediator(h) },
    })
  },
  'safety.setMediators': async (h) =>
    h.ask(clerk, s.setMediators, {
      params: { id: (await opened(h)).id },
      body: { mediatorIds: [await mediator(h)], by: 'committee' },
    }),
  'safety.planSession': async (h) =>
    h.ask('grid-head-c1g1', s.planSession, {
      params: { id: (await consented(h)).id },
      body: { at: inHours(24), place: '三栋架空层', isPublic: false },
    }),
  'safety.recordSession': async (h) =>
    h.ask('grid-head-c1g1', s.recordSession, {
      params: { id: (await consented(h)).id },
      body: session('goes-on'),
    }),
  'safety.moveMediationUp': async (h) => {
    const params = { id: (await consented(h)).id }
    await h.make('grid-head-c1g1', s.recordSession, { params, body: session('no-agreement') })
    return h.ask('grid-head-c1g1', s.moveUp, {
      params,
      body: { reason: 'attempt-failed', words: '谈不拢，请社区调解' },
    })
  },
  'safety.putOffMediation': async (h) =>
    h.ask('grid-head-c1g1', s.putOffMediation, {
      params: { id: (await consented(h)).id },
      body: { dueOn: inDays(50), words: '还在谈' },
    }),
  'safety.notePoliceReport': async (h) =>
    h.ask(clerk, s.noteToPolice, {
      params: { id: (await consented(h)).id },
      body: { words: '已报' },
    }),
  'safety.endMediation': async (h) =>
    h.ask(clerk, s.endMediation, {
      params: { id: (await opened(h)).id },
      body: { reason: 'withdrawn', words: '撤回' },
    }),
  'safety.unmaskParty': async (h) => {
    const view = await opened(h)
    return h.ask(clerk, s.unmaskParty, {
      params: { id: view.id },
      body: { partyId: party(view), field: 'phone', reason: '约时间' },
    })
  },
  'safety.writeAgreement': async (h) => {
    const view = await consented(h)
    return h.ask('grid-head-c1g1', s.writeAgreement, {
      params: { id: view.id },
      body: agreement(view, 'written'),
    })
  },
  'safety.signAgreement': async (h) => {
    const view = await written(h)
    return h.ask('grid-head-c1g1', s.signAgreement, {
      params: { id: view.id },
      body: { who: 'party', id: party(view), way: 'fingerprint' },
    })
  },
  'safety.recordPerformance': async (h) => {
    const view = await agreed(h)
    const dutyId = found(view.agreement?.duties[0], 'duty').id
    return h.ask(clerk, s.recordPerformance, {
      params: { id: view.id },
      body: { dutyId, done: true, words: '装好了' },
    })
  },
  'safety.recordCourtStep': async (h) =>
    h.ask(clerk, s.recordCourtStep, { params: { id: (await agreed(h)).id }, body: { step: 'applied' } }),
  'safety.endCampaign': async (h) =>
    h.ask('dispatcher', s.endCampaign, { params: { id: await campaign(h) }, body: {} }),
  'safety.putHazard': async (h) => {
    const caseId = await filed(h, 'grid-worker-c1g1', { text: '楼道堆满纸箱，消防通道堵了。' })
    return h.ask(clerk, s.putHazard, {
      params: { id: await campaign(h), caseId },
      body: {
        kind: 'fire',
        level: 'greater',
        owner: '一楼百货店',
        organisationId: h.street.organisationId('property'),
        rectifyOn: inDays(3),
      },
    })
  },
  'safety.putViolation': async (h) =>
    h.ask(clerk, s.putViolation, { params: { id: await seen(h) }, body: violationBody(h) }),
  'safety.measureViolation': async (h) =>
    h.ask(clerk, s.measureViolation, {
      params: { id: await violation(h) },
      body: { areaCm2: 200_000, removedCm2: null },
    }),
  'safety.handOverViolation': async (h) =>
    h.ask(clerk, s.handOverViolation, {
      params: { id: await violation(h) },
      body: {
        to: '综合行政执法大队',
        documentNumber: '滨综执移〔2026〕7号',
        on: inDays(-1),
        fileIds: [await h.photo(clerk)],
      },
    }),
  'safety.askMediation': async (h) => {
    const { id, who } = await quarrel(h)
    return h.ask(who, s.askMediation, { params: { id }, body: {} })
  },
  'safety.mediateRequest': async (h) => {
    const { id, who } = await quarrel(h)
    await h.make(who, s.askMediation, { params: { id }, body: {} })
    return h.ask(clerk, s.mediateRequest, {
      params: { id },
      body: { kind: 'neighbours', level: 'blue', name: '欧阳金丝雀', others: [{ name: '司徒铁柱' }] },
    })
  },
}
