/** Deeds of areas: drafts, groupings, proposals, buildings and doors. */
import { randomUUID } from 'node:crypto'
import * as a from '../../../modules/areas/contract.ts'
import { areasJobs, insertBuildings } from '../../../modules/areas/server/index.ts'
import { type Deed, found, type Hands, inDays, unique } from './hands.ts'

const admin = 'system-admin'

const draft = (h: Hands) => h.make(admin, a.createDraft, { body: { name: `年末调整${unique()}` } })
/** Renames one micro-grid: the smallest change that can be put in force. */
const renaming = (h: Hands): a.DraftArea => ({
  areaId: h.street.areaId('c2g2m2'),
  act: 'rename',
  code: null,
  level: null,
  name: `微网格${unique()}`,
  kind: null,
  parentId: null,
  position: 1,
  boundsText: null,
  geometry: null,
  origins: [],
})
async function drawn(h: Hands) {
  const { id, version } = await draft(h)
  return h.make(admin, a.saveDraft, { params: { id }, body: { version, put: [renaming(h)], drop: [] } })
}
async function inForce(h: Hands) {
  const { id, version } = await drawn(h)
  // Each from a day of its own: two from the same day would be about the same area.
  const onDay = inDays(30 + h.next())
  return h.make(admin, a.putDraftInForce, {
    params: { id },
    body: { version, onDay, approval: '样例〔2030〕1号' },
  })
}

async function buildings(h: Hands, count: number): Promise<string> {
  const { lng, lat } = h.street.pointIn('c1g1m1')
  const mark = unique()
  const made = await h.asSystem((tx) =>
    insertBuildings(
      tx,
      h.street.streetId,
      new Date(),
      Array.from({ length: count }, (_, index) => ({
        code: `B${mark}${index}`,
        name: `${index}栋`,
        address: `样例路${mark}${index}号`,
        areaId: h.street.areaId('c1g1m1'),
        place: { lng: lng + 0.0002 * index, lat: lat + 0.0001 * (index % 3), datum: 'wgs84' as const },
        households: 30,
      })),
    ),
  )
  return found([...made.values()][0], 'building')
}

const asked = (h: Hands) => ({
  name: `按户数划分${unique()}`,
  areaId: h.street.areaId('c1g1'),
  level: 'micro-grid',
  target: 100,
  deviation: 0.5,
  seed: 1,
  recut: false,
  withBarriers: false,
})
async function proposal(h: Hands): Promise<string> {
  await buildings(h, 12)
  // One at a time in a place: what an earlier deed left running is stopped.
  const { items } = await h.make(admin, a.listProposals)
  for (const { id, state } of items)
    if (state === 'running') await h.make(admin, a.cancelProposal, { params: { id }, body: {} })
  return (await h.make(admin, a.startProposal, { body: asked(h) })).id
}

export const groundDeeds: Readonly<Record<string, Deed>> = {
  'areas.saveDraft': async (h) => {
    const { id, version } = await draft(h)
    return h.ask(admin, a.saveDraft, { params: { id }, body: { version, put: [renaming(h)], drop: [] } })
  },
  'areas.putDraftInForce': async (h) => {
    const { id, version } = await drawn(h)
    return h.ask(admin, a.putDraftInForce, {
      params: { id },
      body: { version, onDay: inDays(30 + h.next()), approval: '样例〔2030〕1号' },
    })
  },
  'areas.recallDraft': async (h) => {
    const { id, version } = await inForce(h)
    return h.ask(admin, a.recallDraft, { params: { id }, body: { version, reason: '改期' } })
  },
  'areas.giveUpDraft': async (h) =>
    h.ask(admin, a.giveUpDraft, { params: { id: (await draft(h)).id }, body: {} }),
  'areas.endGrouping': async (h) => {
    const id = randomUUID()
    const body = { kind: '片区', name: `片区${unique()}`, note: null, areaIds: [h.street.areaId('c1')] }
    await h.make(admin, a.saveGrouping, { params: { id }, body })
    return h.ask(admin, a.endGrouping, { params: { id }, body: {} })
  },
  'areas.startProposal': async (h) => {
    await buildings(h, 12)
    return h.ask(admin, a.startProposal, { body: asked(h) })
  },
  'areas.cancelProposal': async (h) =>
    h.ask(admin, a.cancelProposal, { params: { id: await proposal(h) }, body: {} }),
  'areas.adoptProposal': async (h) => {
    const proposalId = await proposal(h)
    const job = found(
      areasJobs.jobs.find(({ task }) => task === 'areas.advanceProposal'),
      'job',
    )
    for (let slice = 0; slice < 20; slice += 1) {
      await h.work(job, { proposalId })
      const { proposal: now } = await h.make(admin, a.getProposal, { params: { id: proposalId } })
      if (now.state !== 'running') break
    }
    return h.ask(admin, a.adoptProposal, { params: { id: proposalId }, body: {} })
  },
  'areas.saveBuilding': async (h) =>
    h.ask(admin, a.saveBuilding, {
      params: { id: await buildings(h, 1) },
      body: { households: 40, compound: null, entrances: [] },
    }),
  'areas.printDoorCodes': async (h) =>
    h.ask(admin, a.printDoorCodes, { body: { buildingId: await buildings(h, 1) } }),
}
