import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSeededRandom } from '../../../lib/seeded-random.ts'
import { inTransaction, openPool } from '../../../platform/db.ts'
import { type Job, runJob } from '../../../platform/jobs.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { advanceProposalWith, type RunSlices } from './advance-proposal.ts'
import { areasJobs, insertBoundaries, insertBuildings, locatePlace } from './index.ts'
import { slicesInThread } from './partition-in-thread.ts'

let t: TestStreets
let admin: TestClient
const at = new Date('2026-09-14T09:00:00+08:00')
const [west, south] = [106.5, 29.55]

beforeAll(async () => {
  t = await startTestStreets({ at })
  admin = await t.as('system-admin')
  const random = createSeededRandom(9)
  await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    insertBuildings(tx, t.street.streetId, at, [
      ...Array.from({ length: 60 }, (_, index) => ({
        code: `B${String(index).padStart(2, '0')}`,
        name: `${index}栋`,
        address: `样例路${index}号`,
        compound: index < 8 ? '样例苑' : null,
        areaId: t.street.areaId('c1g1m1'),
        place: {
          lng: west + 0.0005 + random.next() * 0.009,
          lat: south + 0.0005 + random.next() * 0.009,
          datum: 'wgs84' as const,
        },
        households: 20 + random.int(40),
      })),
      { code: 'LOST', name: '无坐标', address: '样例路', areaId: t.street.areaId('c1g1m1'), households: 5 },
    ]),
  )
})
afterAll(() => t.close())

/** Runs the job as the worker does, until the proposal is settled. */
async function work(
  proposalId: string,
  job = areasJobs.jobs.find(({ task }) => task === 'areas.advanceProposal') as Job,
): Promise<void> {
  const pool = openPool(t.database.workerUrl, 1, 'linli-test-worker')
  try {
    for (let slice = 0; slice < 20; slice++) {
      const queued = { street: t.street.streetId, payload: { proposalId } } as unknown as Parameters<
        typeof runJob
      >[2]
      await runJob({ pool, services: t.services }, job, queued, at)
      const { body } = await admin.call(contract.getProposal, { params: { id: proposalId } })
      if (body.proposal.state !== 'running') return
    }
  } finally {
    await pool.end()
  }
}

const asked = (more: Partial<Parameters<typeof start>[0]> = {}) => ({
  name: '按户数划分',
  areaId: t.street.areaId('c1g1'),
  level: 'micro-grid',
  target: 300,
  deviation: 0.15,
  seed: 7,
  recut: false,
  withBarriers: false,
  ...more,
})
const start = (body: {
  name: string
  areaId: string
  level: string
  target: number
  deviation: number
  seed: number
  recut: boolean
  withBarriers: boolean
}) => admin.call(contract.startProposal, { body })

test('a proposal is worked out in the background, adopted into a draft, and puts every building into one micro-grid', async () => {
  const made = await start(asked())
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ state: 'running', doneShare: 0, unplaced: 1, figures: null })
  expect((await admin.call(contract.adoptProposal, { params: { id: made.body.id }, body: {} })).status).toBe(
    409,
  )
  await work(made.body.id)
  const { body } = await admin.call(contract.getProposal, { params: { id: made.body.id } })
  const { figures } = body.proposal
  expect(body.proposal).toMatchObject({ state: 'ready', doneShare: 1 })
  expect(figures).toMatchObject({ groups: body.groups.length, buildings: 60, contiguous: body.groups.length })
  expect(body.groups.every(({ geometry }) => geometry !== null)).toBe(true)
  const again = await start(asked({ name: '同一个种子' }))
  await work(again.body.id)
  const twin = await admin.call(contract.getProposal, { params: { id: again.body.id } })
  expect(twin.body.groups.map(({ households }) => households)).toEqual(
    body.groups.map(({ households }) => households),
  )
  const adopted = await admin.call(contract.adoptProposal, { params: { id: made.body.id }, body: {} })
  expect(adopted.body).toMatchObject({ state: 'adopted' })
  const draft = { id: adopted.body.draftId ?? '' }
  const { body: changes } = await admin.call(contract.compareDraft, { params: draft, query: {} })
  expect(changes.faults).toEqual([])
  expect(changes.added.reduce((sum, { after }) => sum + after.buildings, 0)).toBe(61)
  const sizes = changes.added.map(({ after }) => after.households).sort((a, b) => a - b)
  const proposed = body.groups.map(({ households }) => households).sort((a, b) => a - b)
  // The building without a place goes with one of them.
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(proposed.reduce((a, b) => a + b, 0) + 5)
  const state = await admin.call(contract.listProposals, {})
  expect(state.body.items.map(({ name }) => name)).toEqual(['同一个种子', '按户数划分'])
})

test('a proposal that was stopped is never finished, and nothing is divided where nothing can be', async () => {
  const made = await start(asked({ name: '停下' }))
  const stopped = await admin.call(contract.cancelProposal, { params: { id: made.body.id }, body: {} })
  expect(stopped.body.state).toBe('cancelled')
  await work(made.body.id)
  const { body } = await admin.call(contract.getProposal, { params: { id: made.body.id } })
  expect(body).toMatchObject({ proposal: { state: 'cancelled', figures: null }, groups: [] })
  expect((await start(asked({ areaId: t.street.areaId('c2g1') }))).problem?.code).toBe(
    'areas/nothing-to-divide',
  )
  expect((await start(asked({ areaId: made.body.id }))).problem?.code).toBe('areas/not-found')
  const clerk = await t.as('clerk-c1')
  expect((await clerk.call(contract.startProposal, { body: asked() })).status).toBe(403)
})

test('a proposal that is stopped while its thread works is left there and then: nothing is kept, nothing goes on', async () => {
  const made = await start(asked({ name: '中途停下' }))
  const params = { id: made.body.id }
  const random = createSeededRandom(5)
  const many = Array.from({ length: 4_000 }, (_, index) => ({
    id: `m${index}`,
    lng: west + random.next() * 0.01,
    lat: south + random.next() * 0.01,
    households: 20 + random.int(40),
    compound: null,
    before: null,
  }))
  const seen: { stopped: string; toldToStop: boolean; came: unknown }[] = []
  // Work of a minute and more in one slice: that the job ends is the end of its thread.
  const runSlices: RunSlices = async (parts, signal) => {
    const heavy = parts.map((one) => ({ ...one, input: { ...one.input, buildings: many }, target: 60 }))
    const working = slicesInThread(
      heavy.map((one) => ({ ...one, deviation: 0.001, sliceMs: 3_600_000 })),
      signal,
    )
    const { body } = await admin.call(contract.cancelProposal, { params, body: {} })
    const came = await working
    seen.push({ stopped: body.state, toldToStop: signal.aborted, came })
    return came
  }
  const before = await t.look('select id from job_outbox')
  const run = advanceProposalWith(runSlices)
  await work(made.body.id, { task: 'areas.advanceProposal', scope: 'street', run })
  expect(seen).toEqual([{ stopped: 'cancelled', toldToStop: true, came: undefined }])
  const parts = `select progress, result from area_proposal_parts where proposal_id = $1`
  expect(await t.look(parts, [made.body.id])).toEqual([{ progress: null, result: null }])
  expect(await t.look('select id from job_outbox')).toEqual(before)
  const { body } = await admin.call(contract.getProposal, { params })
  expect(body).toMatchObject({ proposal: { state: 'cancelled', doneShare: 0, figures: null }, groups: [] })
})

test('barriers are kept in WGS-84 and replaced as a whole', async () => {
  const line = [
    [west + 0.005, south - 0.01],
    [west + 0.005, south + 0.02],
  ]
  const save = (items: { name: string; line: number[][] }[]) =>
    admin.call(contract.saveBarriers, { body: { datum: 'wgs84', items } })
  expect((await save([{ name: '主干道', line }])).body.count).toBe(1)
  expect((await save([{ name: '围墙', line }])).body.count).toBe(1)
  const { body } = await admin.call(contract.listBarriers, {})
  expect(body.items).toEqual([{ name: '围墙', line }])
})

test('the report names what is wrong with its place, is clean where nothing is, and goes out as a workbook', async () => {
  const report = async (areaId?: string) =>
    (await admin.call(contract.checkAreas, { query: areaId ? { areaId } : {} })).body
  const before = await report(t.street.areaId('c2'))
  expect(before.items.filter(({ kind }) => !['vacant-post', 'no-lead'].includes(kind))).toEqual([])
  expect(before.looked).toMatchObject({ buildings: 61, placed: 60, withHouseholds: 61, branches: null })
  const all = await report()
  expect(all.items.filter(({ kind }) => kind === 'too-many-households')).toMatchObject([
    { areas: [{ code: 'c1g1' }] },
  ])
  await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    insertBoundaries(tx, t.street.streetId, at, [
      {
        areaId: t.street.areaId('c2g2m2'),
        datum: 'wgs84',
        synthetic: true,
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [west + 0.03, south + 0.012],
              [west + 0.04, south + 0.012],
              [west + 0.04, south + 0.02],
              [west + 0.03, south + 0.02],
              [west + 0.03, south + 0.012],
            ],
          ],
        },
      },
    ]),
  )
  const after = await report()
  const gap = after.items.find(({ kind }) => kind === 'gap')
  expect(gap).toMatchObject({ areas: [{ code: 'c2g2' }], shape: { type: 'Polygon' } })
  expect(gap?.at?.lat).toBeCloseTo(south + 0.011, 4)
  const reply = await fetch(`${t.baseUrl}${contract.exportAreaChecks.path}?kind=gap`, {
    headers: { cookie: [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  })
  const book = new excel.Workbook()
  await book.xlsx.load(await reply.arrayBuffer())
  expect(book.worksheets[0]?.getRow(2).getCell(1).text).toBe('没有覆盖')
  expect(book.worksheets[0]?.rowCount).toBe(2)
})

test('another process sees a boundary that was drawn anew with its next question', async () => {
  const pool = openPool(t.database.appUrl, 1, 'another-process')
  try {
    const place = { lng: west + 0.035, lat: south + 0.011, datum: 'wgs84' as const }
    const ask = () =>
      inTransaction(pool, { actor: systemActorOf(t.street) }, async (tx) => {
        const { leaf } = await locatePlace(tx, t.street.streetId, at, { place })
        return leaf?.code
      })
    expect(await ask()).not.toBe('c2g2m2')
    const box = [
      [west + 0.03, south + 0.01],
      [west + 0.04, south + 0.01],
      [west + 0.04, south + 0.02],
      [west + 0.03, south + 0.02],
      [west + 0.03, south + 0.01],
    ]
    await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
      insertBoundaries(tx, t.street.streetId, at, [
        {
          areaId: t.street.areaId('c2g2m2'),
          datum: 'wgs84',
          synthetic: true,
          geometry: { type: 'Polygon', coordinates: [box] },
        },
      ]),
    )
    expect(await ask()).toBe('c2g2m2')
  } finally {
    await pool.end()
  }
})

test('a building’s entrances and dwellings are kept with their days: what is left out ends and stays to be read', async () => {
  const { body: found } = await admin.call(contract.listBuildings, { query: { q: 'B07' } })
  const params = { id: found.items[0]?.id ?? '' }
  const save = (entrances: contract.BuildingParts['entrances'], households: number | null = null) =>
    admin.call(contract.saveBuilding, { params, body: { households, compound: '样例苑', entrances } })
  const first = await save(
    [
      { code: '1', floors: 6, dwellings: ['101', '102', '601'] },
      { code: '2', floors: 6, dwellings: ['101'] },
    ],
    36,
  )
  expect(first.body).toMatchObject({
    households: 36,
    compound: { name: '样例苑', code: 'X0001' },
    counts: [{ onDay: '2026-09-14', households: 36 }],
    entrances: [
      { code: '1', dwellings: 3, validTo: null },
      { code: '2', dwellings: 1 },
    ],
  })
  expect(first.body.dwellings.map(({ code, floor }) => [code, floor])).toContainEqual(['601', 6])
  t.clock.moveTo(new Date('2026-09-20T09:00:00+08:00'))
  const second = await save([{ code: '1', floors: 7, dwellings: ['101', '701'] }])
  t.clock.moveTo(at)
  expect(second.body.dwellings.map(({ code }) => code)).toEqual(['101', '701'])
  expect(second.body.entrances).toMatchObject([
    { code: '1', floors: 7, validFrom: '2026-09-14', validTo: null, dwellings: 2 },
    { code: '2', validTo: '2026-09-19', dwellings: 0 },
  ])
  const twice = await save([
    { code: '1', floors: null, dwellings: [] },
    { code: '1', floors: null, dwellings: [] },
  ])
  expect(twice.status).toBe(400)
  const { body: compounds } = await admin.call(contract.listCompounds, {})
  expect(compounds.items).toMatchObject([{ name: '样例苑', buildings: 1, households: 36 }])
  const missing = { params: { id: t.street.areaId('c1') } }
  expect((await admin.call(contract.getBuilding, missing)).problem?.code).toBe('areas/building-not-found')
})

test('a printed code opens its building, an unknown one nothing, and counting through them is stopped', async () => {
  const sheet = await admin.call(contract.printDoorCodes, { body: { areaId: t.street.areaId('c1g1') } })
  expect(sheet.headers.get('content-type')).toBe('application/pdf')
  expect(String(sheet.body).slice(0, 5)).toBe('%PDF-')
  const rows = await t.look(
    `select door_id, code from buildings where door_id is not null and street_id = ${t.street.streetId}`,
  )
  expect(rows).toHaveLength(61)
  expect(new Set(rows.map(({ door_id }) => door_id)).size).toBe(61)
  const resident = await t.asResident('13900000001')
  const open = (door: string) => resident.call(contract.openDoor, { params: { door } })
  const [one] = rows as { door_id: string; code: string }[]
  expect((await open(one?.door_id ?? '')).body.code).toBe(one?.code)
  const neighbour = await t.asResident('13900000003')
  expect((await neighbour.call(contract.openDoor, { params: { door: one?.door_id ?? '' } })).status).toBe(404)
  const told = []
  for (let i = 0; i < 45; i++) told.push((await open('ZZZZZZZZZZ')).status)
  expect(told[0]).toBe(404)
  expect(told.at(-1)).toBe(429)
  const reprinted = await admin.call(contract.printDoorCodes, {
    body: {
      buildingId:
        (await admin.call(contract.listBuildings, { query: { q: one?.code ?? '' } })).body.items[0]?.id ?? '',
    },
  })
  expect(reprinted.status).toBe(200)
  expect((await t.look(`select door_id from buildings where code = '${one?.code}'`))[0]?.door_id).toBe(
    one?.door_id,
  )
})
