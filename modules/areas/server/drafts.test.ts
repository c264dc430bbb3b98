import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AreaGeometry } from '../../../lib/geometry.ts'
import { newId } from '../../../lib/ids.ts'
import { inTransaction, openPool } from '../../../platform/db.ts'
import { runJob } from '../../../platform/jobs.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { box, ended } from './draft-test-rows.ts'
import { areasJobs, insertBuildings, locatePlace } from './index.ts'

let t: TestStreets
let admin: TestClient
const today = '2026-09-14'
const monday = '2026-09-21'
beforeAll(async () => {
  t = await startTestStreets({ at: new Date(`${today}T09:00:00+08:00`) })
  admin = await t.as('system-admin')
  await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    insertBuildings(tx, t.street.streetId, t.clock.now(), [
      building('B1', 0.002, 0.0025, 60),
      building('B2', 0.002, 0.0075, 40),
      building('B3', 0.008, 0.0025, 100),
      { ...building('B4', 0, 0, 10), place: null },
    ]),
  )
})
afterAll(() => t.close())

/** In c1g1m1, which is 0.01° wide and high, its south-west corner at 106.5° E, 29.55° N. */
const building = (code: string, east: number, north: number, households: number) => ({
  code,
  name: `${code}栋`,
  address: `样例路${code}`,
  areaId: t.street.areaId('c1g1m1'),
  place: { lng: 106.5 + east, lat: 29.55 + north, datum: 'wgs84' as const },
  households,
})
const added = (code: string, geometry: AreaGeometry, origins: string[]): contract.DraftArea => ({
  areaId: newId(t.clock.now().getTime()),
  act: 'add',
  code,
  level: 'micro-grid',
  name: `微网格${code}`,
  kind: null,
  parentId: t.street.areaId('c1g1'),
  position: 1,
  boundsText: null,
  geometry,
  origins,
})
/** m1 cut down the middle; B1 and B2 lie in the west, B3 in the east, B4 nowhere. */
const split = (): contract.DraftArea[] => {
  const m1 = t.street.areaId('c1g1m1')
  return [
    ended(m1),
    added('west', box(0, 0, 0.006, 0.01), [m1]),
    added('east', box(0.006, 0, 0.01, 0.01), [m1]),
  ]
}
async function draftWith(put: contract.DraftArea[], name = '年末调整') {
  const made = await admin.call(contract.createDraft, { body: { name } })
  const saved = await admin.call(contract.saveDraft, {
    params: { id: made.body.id },
    body: { version: made.body.version, put, drop: [] },
  })
  expect(saved.status).toBe(200)
  return saved.body
}
const putInForce = (draft: { id: string; version: number }, onDay: string) =>
  admin.call(contract.putDraftInForce, {
    params: { id: draft.id },
    body: { version: draft.version, onDay, approval: '滨街发〔2026〕18号' },
  })
const microGrids = async (onDay?: string) =>
  (
    await admin.call(contract.listAreas, { query: { level: 'micro-grid', ...(onDay ? { onDay } : {}) } })
  ).body.items
    .filter(({ parentId }) => parentId === t.street.areaId('c1g1'))
    .map(({ code }) => code)

test('a draft is kept as it is drawn, and a second screen does not overwrite the first', async () => {
  const draft = await draftWith(split())
  expect(draft).toMatchObject({ state: 'draft', baseOn: today, counts: { add: 2, redraw: 0, end: 1 } })
  const read = await admin.call(contract.getDraft, { params: { id: draft.id } })
  expect(read.body.areas.map(({ act }) => act).sort()).toEqual(['add', 'add', 'end'])
  const stale = await admin.call(contract.saveDraft, {
    params: { id: draft.id },
    body: { version: draft.version - 1, put: [], drop: [t.street.areaId('c1g1m1')] },
  })
  expect(stale.code).toBe('areas/draft-changed')
  const dropped = await admin.call(contract.saveDraft, {
    params: { id: draft.id },
    body: { version: draft.version, name: '改名', put: [], drop: [t.street.areaId('c1g1m1')] },
  })
  expect(dropped.body).toMatchObject({ name: '改名', counts: { end: 0 } })
  expect((await admin.call(contract.giveUpDraft, { params: { id: draft.id } })).body.state).toBe('given-up')
  const late = await admin.call(contract.saveDraft, {
    params: { id: draft.id },
    body: { version: draft.version + 2, put: [], drop: [] },
  })
  expect(late.code).toBe('areas/draft-settled')
  expect((await admin.call(contract.listDrafts)).body.items[0]?.id).toBe(draft.id)
})

test('what a draft would change is told before it holds: parts, households moved, and what had to be guessed', async () => {
  const draft = await draftWith(split())
  const { body } = await admin.call(contract.compareDraft, { params: { id: draft.id } })
  expect(body.faults).toEqual([])
  expect(body.ended).toMatchObject([{ area: { code: 'c1g1m1' }, before: { buildings: 4, households: 210 } }])
  expect(body.added.map(({ area, after }) => [area.code, after.households]).sort()).toEqual([
    ['east', 100],
    ['west', 110],
  ])
  expect(body.moved).toMatchObject({ buildings: 4, households: 210, ofHouseholds: 210 })
  expect(body.moved.items.filter(({ guessed }) => guessed).map(({ name }) => name)).toEqual(['B4栋'])
  expect(body.lineage.map(({ to, share, basis }) => [to.code, share, basis]).sort()).toEqual([
    ['east', 0.47619, 'households'],
    ['west', 0.52381, 'households'],
  ])
})

test('faults name the areas they are about, and nothing is put in force over them', async () => {
  const m1 = t.street.areaId('c1g1m1')
  const draft = await draftWith([
    ended(t.street.areaId('c1g2')),
    ended(newId(0)),
    { ...added('c1g1m2', box(0, 0, 1, 1), [m1]), level: 'community' },
    { ...added('lost', box(0, 0, 1, 1), []), parentId: newId(1) },
  ])
  const { body } = await admin.call(contract.compareDraft, { params: { id: draft.id } })
  expect(body.faults.map(({ kind }) => kind).sort()).toEqual([
    'area-gone',
    'code-taken',
    'has-children',
    'level-order',
    'parent-missing',
  ])
  expect((await putInForce(draft, monday)).code).toBe('areas/draft-unfit')
  const empty = await draftWith([])
  expect((await putInForce(empty, monday)).code).toBe('areas/draft-unfit')
  expect((await putInForce(await draftWith(split()), '2026-09-13')).code).toBe('areas/day-past')
})

test('from its day on a draft is the tree; every day before keeps what it had, buildings and places with it', async () => {
  const draft = await draftWith(split())
  const done = await putInForce(draft, monday)
  expect(done.body).toMatchObject({ state: 'in-force', inForceOn: monday, approval: '滨街发〔2026〕18号' })
  expect(await microGrids()).toEqual(['c1g1m1', 'c1g1m2'])
  expect(await microGrids('2026-09-20')).toEqual(['c1g1m1', 'c1g1m2'])
  expect((await microGrids(monday)).sort()).toEqual(['c1g1m2', 'east', 'west'])
  const shapes = (onDay: string) =>
    admin
      .call(contract.getBoundaries, { query: { onDay, level: 'micro-grid' } })
      .then(({ body }) => body.features.length)
  expect(await shapes(monday)).toBe((await shapes(today)) + 1)
  const areaOf = async (onDay?: string) =>
    (await admin.call(contract.listBuildings, { query: { q: 'B3', ...(onDay ? { onDay } : {}) } })).body
      .items[0]?.area.code
  expect([await areaOf(), await areaOf(monday)]).toEqual(['c1g1m1', 'east'])
  const place = { lng: 106.508, lat: 29.5525, datum: 'wgs84' as const }
  const leafOn = (at: Date) =>
    inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
      locatePlace(tx, t.street.streetId, at, { place }),
    ).then(({ leaf }) => leaf?.code)
  expect(await leafOn(new Date('2026-09-20T23:59:00+08:00'))).toBe('c1g1m1')
  expect(await leafOn(new Date(`${monday}T00:00:00+08:00`))).toBe('east')
  const again = await draftWith([ended(t.street.areaId('c1g1m1'))])
  expect((await admin.call(contract.compareDraft, { params: { id: again.id } })).body.faults[0]?.kind).toBe(
    'area-changed-later',
  )
})

test('an ended area says where it went, a new one where it came from and which approval drew it', async () => {
  const old = await admin.call(contract.getAreaHistory, { params: { id: t.street.areaId('c1g1m1') } })
  expect(old.body).toMatchObject({ validTo: '2026-09-20', cameFrom: [] })
  expect(old.body.wentTo.map(({ to, onDay }) => [to.code, onDay])).toEqual([
    ['west', monday],
    ['east', monday],
  ])
  const west = old.body.wentTo[0]?.to.id ?? ''
  const fresh = await admin.call(contract.getAreaHistory, { params: { id: west } })
  expect(fresh.body.cameFrom.map(({ from }) => from.code)).toEqual(['c1g1m1'])
  expect(fresh.body.boundaries).toEqual([
    { validFrom: monday, validTo: null, approval: '滨街发〔2026〕18号', draftName: '年末调整' },
  ])
  expect((await admin.call(contract.getAreaHistory, { params: { id: newId(0) } })).code).toBe(
    'areas/not-found',
  )
})

/** Turns the job of these instants in the worker's role. */
async function settleAt(...instants: string[]) {
  const job = areasJobs.jobs[0]
  if (job?.scope !== 'street') throw new Error('no job')
  const queued = { street: t.street.streetId, payload: {} } as Parameters<typeof runJob>[2]
  const workerPool = openPool(t.database.workerUrl, 1, 'linli-test-worker')
  for (const at of instants)
    await runJob({ pool: workerPool, services: t.services }, job, queued, new Date(at))
  await workerPool.end()
}

test('on the day itself the job lets the buildings’ rows follow, once', async () => {
  const inArea = 'select 1 from buildings b join areas a on (a.street_id, a.id) = (b.street_id, b.area_id)'
  const rowsIn = (code: string) => t.look(`${inArea} where a.code = '${code}'`)
  expect(await rowsIn('west')).toHaveLength(0)
  await settleAt(`${monday}T00:00:05+08:00`, `${monday}T01:00:00+08:00`)
  expect(await rowsIn('west')).toHaveLength(3)
})

const wordsOf = async (id: string, onDay?: string) => {
  const { items } = (await admin.call(contract.listAreas, { query: onDay ? { onDay } : {} })).body
  const area = items.find((one) => one.id === id)
  return area && [area.name, area.code, area.kind]
}

test('other names, codes and kinds go into force with a draft; every day before keeps its own, and no code comes twice', async () => {
  const m2 = t.street.areaId('c1g1m2')
  const renamed = (words: Partial<contract.DraftArea>): contract.DraftArea => ({
    ...ended(m2),
    act: 'rename',
    ...words,
  })
  const taken = await draftWith([renamed({ code: 'c1g2m1' })])
  const faults = (await admin.call(contract.compareDraft, { params: { id: taken.id } })).body.faults
  expect(faults.map(({ kind }) => kind)).toEqual(['code-taken'])
  const draft = await draftWith([renamed({ name: '滨江农贸市场', code: 'market1', kind: 'exclusive' })])
  expect(draft.counts).toMatchObject({ redraw: 0, rename: 1 })
  const day = '2026-10-08'
  const before = ['天桥社区第1网格微网格02', 'c1g1m2', 'ordinary']
  const after = ['滨江农贸市场', 'market1', 'exclusive']
  const changes = (
    await admin.call(contract.compareDraft, { params: { id: draft.id }, query: { onDay: day } })
  ).body
  expect(changes.renamed).toMatchObject([
    { area: { name: before[0] }, to: { name: after[0], code: 'market1' } },
  ])
  const pathOf = () => t.look(`select path::text from areas where id = '${m2}'`)
  const path = await pathOf()
  expect((await putInForce(draft, day)).body.state).toBe('in-force')
  expect([await wordsOf(m2), await wordsOf(m2, '2026-10-07'), await wordsOf(m2, day)]).toEqual([
    before,
    before,
    after,
  ])
  const again = await draftWith([renamed({ name: '又改' })])
  const later = (await admin.call(contract.compareDraft, { params: { id: again.id } })).body.faults
  expect(later.map(({ kind }) => kind)).toEqual(['area-changed-later'])
  await settleAt(`${day}T00:00:05+08:00`)
  expect(await pathOf()).toEqual(path)
  expect([await wordsOf(m2, today), await wordsOf(m2, day)]).toEqual([before, after])
  const history = await admin.call(contract.getAreaHistory, { params: { id: m2 } })
  expect(history.body.renames).toMatchObject([
    { onDay: day, to: { name: after[0] }, approval: '滨街发〔2026〕18号' },
  ])
  const old = await draftWith([added('c1g1m2', box(0, 0, 1, 1), [])])
  const reused = (await admin.call(contract.compareDraft, { params: { id: old.id } })).body.faults
  expect(reused.map(({ kind }) => kind)).toEqual(['code-taken'])
})

test('a re-cut is recalled before its day: every row of that day goes, and it can be drawn and ordered again', async () => {
  const c2g1 = t.street.areaId('c2g1')
  const m = t.street.areaId('c2g1m1')
  const day = '2026-11-02'
  const parts = [
    ended(m),
    { ...added('recall1', box(0, 0.2, 0.006, 0.21), [m]), parentId: c2g1 },
    { ...ended(t.street.areaId('c2g1m2')), act: 'rename' as const, name: '新名字' },
    { ...ended(c2g1), act: 'redraw' as const, geometry: box(0, 0.2, 0.02, 0.22) },
  ]
  const all = async () => ({
    areas: (await admin.call(contract.listAreas, { query: { onDay: day } })).body.items,
    shapes: (await admin.call(contract.getBoundaries, { query: { onDay: day } })).body.features,
  })
  const before = await all()
  const draft = (await putInForce(await draftWith(parts), day)).body
  const during = await all()
  expect(during).not.toEqual(before)
  const recall = (version = draft.version) =>
    admin.call(contract.recallDraft, {
      params: { id: draft.id },
      body: { version, reason: '名单要再公示一周' },
    })
  expect((await recall(draft.version - 1)).code).toBe('areas/draft-changed')
  const upon = (
    await putInForce(
      await draftWith([{ ...parts[3], geometry: box(0, 0.2, 0.03, 0.22) } as contract.DraftArea]),
      '2026-11-09',
    )
  ).body
  expect((await recall()).code).toBe('areas/recall-built-upon')
  await admin.call(contract.recallDraft, {
    params: { id: upon.id },
    body: { version: upon.version, reason: '先不改外边界' },
  })
  expect(await all()).toEqual(during)
  const recallId = parts[1]?.areaId ?? ''
  const inStreet = (query: RawBuilder<unknown>) =>
    inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) => tx.run(query))
  await inStreet(sql`insert into posts (street_id, id, account_id, role, area_id, area_path, from_day)
    select street_id, ${recallId}, account_id, role, ${recallId}, area_path, '2027-01-01' from posts
    where street_id = ${t.street.streetId} and area_id is not null limit 1`)
  expect((await recall()).code).toBe('areas/recall-staffed')
  await inStreet(sql`update posts set ended_at = ${t.clock.now()} where id = ${recallId}`)
  const back = await recall()
  expect(back.body).toMatchObject({
    state: 'draft',
    inForceOn: null,
    recalled: { inForceOn: day, approval: '滨街发〔2026〕18号', reason: '名单要再公示一周' },
  })
  expect(await all()).toEqual(before)
  expect((await recall(back.body.version)).code).toBe('areas/draft-settled')
  const once = (await putInForce(back.body, day)).body
  expect(await all()).toEqual(during)
  t.clock.moveTo(new Date(`${day}T09:00:00+08:00`))
  const late = await admin.call(contract.recallDraft, {
    params: { id: once.id },
    body: { version: once.version, reason: '太晚了' },
  })
  expect(late.code).toBe('areas/draft-holds')
  t.clock.moveTo(new Date(`${today}T09:00:00+08:00`))
})

test('figures of a parent are the sum of its children’s on any day, and given ones stand beside what adds up below', async () => {
  for (const onDay of [today, monday]) {
    const { items } = (await admin.call(contract.listAreaFigures, { query: { onDay } })).body
    for (const line of items) {
      const below = items.filter(({ parentId }) => parentId === line.area.id)
      if (below.length === 0) continue
      for (const key of ['buildings', 'households', 'leaves'] as const)
        expect(
          below.reduce((sum, one) => sum + one.counted[key], 0),
          `${line.area.code} ${key}`,
        ).toBe(line.counted[key])
    }
    expect(items[0]?.counted).toMatchObject({ buildings: 4, households: 210, buildingsWithHouseholds: 4 })
  }
})

test('a grouping holds areas of several communities, and yesterday keeps what it held', async () => {
  const id = newId(t.clock.now().getTime())
  const save = (areaIds: string[]) =>
    admin.call(contract.saveGrouping, {
      params: { id },
      body: { kind: '片区', name: '东片区', note: null, areaIds },
    })
  const made = await save([t.street.areaId('c1g1'), t.street.areaId('c2g1')])
  expect(made.body).toMatchObject({ name: '东片区', counted: { buildings: 4, households: 210 } })
  t.clock.moveTo(new Date('2026-09-15T09:00:00+08:00'))
  expect((await save([t.street.areaId('c2g1')])).body.areas.map(({ code }) => code)).toEqual(['c2g1'])
  const on = async (onDay: string) =>
    (await admin.call(contract.listGroupings, { query: { onDay } })).body.items[0]?.areas.map(
      ({ code }) => code,
    )
  expect(await on('2026-09-14')).toEqual(['c1g1', 'c2g1'])
  expect((await save([t.other.areaId('c1g1')])).code).toBe('areas/grouping-area-unknown')
  expect((await admin.call(contract.endGrouping, { params: { id } })).status).toBe(200)
  expect((await admin.call(contract.endGrouping, { params: { id } })).code).toBe('areas/grouping-not-found')
  expect(await on('2026-09-16')).toBeUndefined()
  expect((await save([t.street.areaId('c2g1')])).code).toBe('areas/grouping-not-found')
})

test('what goes out as a file comes in again as it was, in any datum; a wrong datum is noticed', async () => {
  const read = (content: Buffer, fileName: string, datum: contract.DatumName) =>
    admin.call(contract.readAreaFile, { body: { fileName, content: content.toString('base64'), datum } })
  for (const format of contract.areaFileFormats)
    for (const datum of ['wgs84', 'gcj02'] as const) {
      const sent = await fetch(
        `${t.baseUrl}/api/area-boundaries/export?format=${format}&datum=${datum}&level=micro-grid`,
        { headers: { cookie: `linli=${admin.cookies.get('linli')}` } },
      )
      const bytes = Buffer.from(await sent.arrayBuffer())
      const { body } = await read(bytes, `x.${format}`, datum)
      expect(body.failed).toEqual([])
      expect(body.areas).toHaveLength(8)
      const back = body.areas.find(({ code }) => code === 'c1g1m2')
      expect(back).toMatchObject({ name: '天桥社区第1网格微网格02', level: 'micro-grid', parentCode: 'c1g1' })
      expect(body.outside).toMatchObject({ count: 0, of: 8, better: null })
      expect(body.samples.length).toBeGreaterThan(3)
      const wrong = (await read(bytes, 'x', datum === 'wgs84' ? 'bd09' : 'wgs84')).body.outside
      expect(wrong?.count).toBeGreaterThan(0)
      expect(wrong?.better).toBe(datum === 'wgs84' ? 'wgs84' : 'gcj02')
    }
  expect((await read(Buffer.from('PK nothing'), 'x.zip', 'wgs84')).code).toBe('areas/file-unreadable')
  expect((await read(Buffer.from('{}'), 'x.json', 'wgs84')).code).toBe('areas/file-unreadable')
})

test('another street’s drafts are not there, and whoever may not draw is refused', async () => {
  const draft = await draftWith([])
  const other = await t.as('other-system-admin')
  expect((await other.call(contract.getDraft, { params: { id: draft.id } })).code).toBe(
    'areas/draft-not-found',
  )
  const clerk = await t.as('clerk-c1')
  expect((await clerk.call(contract.createDraft, { body: { name: 'x' } })).status).toBe(403)
  const secretary = await t.as('secretary-c1')
  expect((await secretary.call(contract.getDraft, { params: { id: draft.id } })).status).toBe(200)
})
