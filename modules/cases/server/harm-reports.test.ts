import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '../../../lib/time.ts'
import { contextStatements } from '../../../platform/db.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { listInbox } from '../../messages/contract.ts'
import { refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const words = '孩子身上有成片淤青，说是被机构人员打的。'
const said = {
  concern: 'violence' as const,
  words,
  told: [{ authority: 'police' as const, takenBy: '接警员 0721' }],
}
const post = (username: string) => t.street.staff.get(username)

/** A case that the property firm holds; then a clerk reports, and nobody there may know of either. */
async function reported(): Promise<{ caseId: string; reportId: string; number: string }> {
  const caseId = await steps.inProgress()
  const [row] = await t.look<{ number: string }>('select number from cases where id = $1', [caseId])
  const reply = await (await steps.by('clerk-c1')).call(contract.reportHarm, { body: { caseId, ...said } })
  expect([reply.status, reply.problem]).toEqual([201, undefined])
  return { caseId, reportId: reply.body.id, number: row?.number ?? '' }
}

test('one act writes who told which authority what and when, sealed; the maker and the supervising posts open it, each time traced', async () => {
  const { caseId, reportId } = await reported()
  const [kept] = await t.look<{ words_encrypted: string }>('select * from harm_reports where id = $1', [
    reportId,
  ])
  expect(kept?.words_encrypted).not.toContain('淤青')
  for (const username of ['clerk-c1', 'supervisor', 'duty-head']) {
    const reply = await (await steps.by(username)).call(contract.openHarmReport, { params: { id: reportId } })
    expect([username, reply.status]).toEqual([username, 200])
    expect(reply.body).toMatchObject({ words, caseId, concern: 'violence', guarded: true, told: ['police'] })
  }
  const added = await (await steps.by('supervisor')).call(contract.addToHarmReport, {
    params: { id: reportId },
    body: { told: { authority: 'procuratorate' }, words: '已移送，孩子由亲属照料。' },
  })
  expect(added.body.entries.map(({ act, authority }) => authority ?? act)).toEqual([
    'police',
    'opened',
    'opened',
    'opened',
    'procuratorate',
    'noted',
  ])
  expect(added.body.entries[0]).toMatchObject({ words: '接警员 0721', by: { role: 'clerk' } })
  const changed = await t.look(
    "select 1 from pg_class where has_table_privilege('linli_app', 'harm_reports', 'update')",
  )
  expect(changed).toEqual([])
})

test('the case is gone from lists, searches, counts, figures, exports, clusters and its own address for everybody else', async () => {
  const about = '培训点围墙外三棵梧桐'
  const caseId = await steps.filed({ text: `${about}下有孩子哭。` })
  await steps.act('clerk-c1', contract.acceptCase, caseId, { kind: 'complaint', matterCode: publicMatter })
  await steps.act('clerk-c1', contract.assignCase, caseId, {
    organisationId: t.street.organisationId('property'),
  })
  const others = [
    'clerk-c1-2',
    'secretary-c1',
    'grid-worker-c1g1',
    'grid-head-c1g1',
    'dispatcher',
    'verifier-c1',
    'handler-property',
    'viewer-c1',
    'clerk-c2',
  ].filter((name) => post(name) !== undefined)
  expect(others.length).toBeGreaterThanOrEqual(7)
  const today = dayOf(t.clock.now())
  const seenBy = async (browser: TestClient) => {
    const page = await browser.call(contract.listCases, { query: { limit: 100 } })
    const found = await browser.call(contract.listCases, { query: { q: '三棵梧桐' } })
    const figure = await browser.call(contract.listCases, {
      query: { figure: 'reported', from: today, to: today, limit: 100 },
    })
    const counts = await browser.call(contract.countCases)
    const one = await browser.call(contract.getCase, { params: { id: caseId } })
    const sheet = await browser.call(contract.exportCases, {
      query: { columns: 'number,title', q: '三棵梧桐' },
    })
    const ids = (reply: typeof page) => (reply.status === 200 ? reply.body.items.map(({ id }) => id) : [])
    return {
      listed: ids(page).includes(caseId),
      found: ids(found).includes(caseId),
      figure: ids(figure).includes(caseId),
      assigned: counts.body.states.find(({ state }) => state === 'assigned')?.count ?? 0,
      status: one.status,
      exported: sheet.status,
    }
  }
  const before = new Map<string, Awaited<ReturnType<typeof seenBy>>>()
  for (const name of others) before.set(name, await seenBy(await steps.by(name)))
  expect(before.get('handler-property')).toMatchObject({ listed: true, status: 200 })
  await t.look('delete from event_outbox where subject_id = $1', [caseId])
  const made = await (await steps.by('micro-grid-member-c1g1m1')).call(contract.reportHarm, {
    body: { caseId, ...said },
  })
  expect(made.status).toBe(201)
  for (const name of others) {
    const now = await seenBy(await steps.by(name))
    const was = before.get(name)
    expect({ name, ...now }).toEqual({
      name,
      listed: false,
      found: false,
      figure: false,
      status: 404,
      assigned: (was?.assigned ?? 0) - (was?.status === 200 ? 1 : 0),
      exported: was?.exported,
    })
    const list = await (await steps.by(name)).call(contract.listHarmReports)
    if (list.status === 200) expect(list.body.items.map(({ id }) => id)).not.toContain(made.body.id)
    const open = await (await steps.by(name)).call(contract.openHarmReport, { params: { id: made.body.id } })
    expect([403, 404]).toContain(open.status)
  }
  const reporter = await (await steps.resident()).call(contract.getCase, { params: { id: caseId } })
  expect([reporter.status, reporter.body.entries.map(({ act }) => act)]).toEqual([
    200,
    ['file', 'accept', 'assign'],
  ])
  expect((await seenBy(await steps.by('supervisor'))).status).toBe(200)
})

test('no entry, no line of the common trail, no event and no notice of it reaches anybody but those who watch over it', async () => {
  const { caseId, reportId, number } = await reported()
  await (await steps.by('supervisor')).call(contract.openHarmReport, { params: { id: reportId } })
  expect(
    await t.look(
      "select 1 from case_entries where case_id = $1 and act not in ('file', 'accept', 'assign', 'take')",
      [caseId],
    ),
  ).toEqual([])
  expect(
    await t.look("select operation from audit_entries where operation ilike '%harm%' or subject_id = $1", [
      reportId,
    ]),
  ).toEqual([])
  const trail = await t.look<{ row: string }>(
    'select row_to_json(a)::text as row from audit_entries a order by at desc limit 50',
  )
  expect(trail.filter(({ row }) => row.includes(reportId) || row.includes('淤青'))).toEqual([])
  const watching = ['supervisor', 'supervisor-2', 'duty-head', 'duty-head-2'].flatMap(
    (name) => post(name)?.accountId ?? [],
  )
  const events = await t.look<{
    type: string
    audience: { area?: string; organisations?: string[]; accounts?: string[] }
  }>(
    'select type, audience from event_outbox where subject_id in ($1, $2) or id in (select id from event_outbox order by id desc limit 1)',
    [reportId, caseId],
  )
  for (const { audience } of events.filter(({ type }) => type === 'notice.new')) {
    expect(audience.area ?? null).toBeNull()
    expect(audience.organisations ?? []).toEqual([])
    for (const account of audience.accounts ?? []) expect(watching).toContain(account)
  }
  const told = await t.look<{ account_id: string; area: string; facts: unknown }>(
    "select account_id, area::text, facts from notices where event = 'harm.reported' and subject_id = $1",
    [reportId],
  )
  expect(told.length).toBeGreaterThan(0)
  for (const one of told) {
    expect(watching).toContain(one.account_id)
    expect([one.area, one.facts]).toEqual(['guarded', {}])
  }
  const inbox = await (await steps.by('supervisor')).call(listInbox, { query: {} })
  expect(JSON.stringify(inbox.body)).not.toMatch(new RegExp(`${number}|淤青|未成年`))
})

test('the database alone keeps report and case from whoever has the place, the organisation or the order', async () => {
  const { caseId, reportId } = await reported()
  const ask = async (actor: {
    areas?: string[]
    organisations?: string[]
    supervises?: string[]
    account?: string
  }) => {
    const path = (code: string) => t.street.areas.get(code)?.path ?? ''
    const client = await t.pool.connect()
    try {
      await client.query(
        `begin; ${contextStatements({
          streetId: t.street.streetId,
          accountId: actor.account ?? '01900000-0000-7000-8000-000000000001',
          scope: { areas: (actor.areas ?? []).map(path), organisations: actor.organisations ?? [] },
          posts: (actor.supervises ?? []).map((code) => ({
            id: reportId,
            role: 'duty-head' as const,
            areaId: null,
            areaPath: path(code),
            organisationId: null,
          })),
        })}`,
      )
      const seen: number[] = []
      for (const statement of [
        'select from cases where id = $1',
        'select from entries_of_case($1)',
        'select from reporter_of_case($1)',
        'update cases set version = version where id = $1',
        'select from harm_reports where case_id = $1',
        'select from harm_report_entries e join harm_reports r on r.id = e.report_id where r.case_id = $1',
      ])
        seen.push((await client.query(statement, [caseId])).rowCount ?? 0)
      const found = await client.query(
        "select from search_cases($1::text[], '2100-01-01', 1000) s where s.case_id = $2",
        [['楼道'], caseId],
      )
      return [...seen, found.rowCount].map((count) => (count ?? 0) > 0)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const nothing = Array(7).fill(false)
  expect(await ask({ areas: [t.street.code] })).toEqual(nothing)
  expect(await ask({ areas: ['c1'], organisations: [t.street.organisationId('property')] })).toEqual(nothing)
  expect(await ask({ account: post('handler-property')?.accountId ?? '' })).toEqual(nothing)
  expect(await ask({ areas: ['c2'], supervises: ['c2'] })).toEqual(nothing)
  expect(await ask({ areas: ['c1'], supervises: ['c1'] })).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    false,
  ])
  expect((await ask({ account: post('clerk-c1')?.accountId ?? '' })).slice(0, 6)).toEqual(Array(6).fill(true))
})

test('nothing more is done on it here; a supervising post brings it back with a reason, and nobody else', async () => {
  const { caseId, reportId } = await reported()
  expect(await refusal(steps, 'clerk-c1', contract.remindHolder, caseId, { words: '请抓紧' })).toEqual([
    409,
    'cases/guarded',
  ])
  const twice = await (await steps.by('clerk-c1')).call(contract.reportHarm, { body: { caseId, ...said } })
  expect([twice.status, twice.code]).toEqual([409, 'cases/guarded'])
  const release = async (username: string) =>
    (await steps.by(username)).call(contract.releaseHarmCase, {
      params: { id: reportId },
      body: { words: '公安查明与未成年人无关。' },
    })
  expect((await release('clerk-c1')).status).toBe(403)
  const back = await release('supervisor')
  expect([back.status, back.body.guarded]).toEqual([200, false])
  expect((await release('supervisor')).code).toBe('cases/wrong-state')
  const seen = await (await steps.by('dispatcher')).call(contract.getCase, { params: { id: caseId } })
  expect([seen.status, seen.body.case.state, seen.body.case.holder.organisation]).toEqual([
    200,
    'accepted',
    null,
  ])
  const list = await (await steps.by('dispatcher')).call(contract.listHarmReports)
  expect(list.body.items.map(({ id }) => id)).not.toContain(reportId)
})

test('without a case the place is named; who meets nobody reports nothing, and nothing is told that has not happened', async () => {
  const handler = await steps.by('handler-water')
  const areaId = t.street.areas.get('c2')?.id
  const made = await handler.call(contract.reportHarm, { body: { areaId, ...said } })
  expect(made.status).toBe(201)
  const own = await handler.call(contract.listHarmReports)
  expect(own.body.items).toMatchObject([{ id: made.body.id, mine: true, caseId: null, told: ['police'] }])
  expect((await handler.call(contract.reportHarm, { body: said })).code).toBe('cases/place-needed')
  const later = new Date(t.clock.now().getTime() + 3_600_000).toISOString()
  expect(
    (
      await handler.call(contract.reportHarm, {
        body: { areaId, ...said, told: [{ authority: 'police', at: later }] },
      })
    ).code,
  ).toBe('cases/date-in-future')
  const unseen = await handler.call(contract.reportHarm, { body: { caseId: await steps.filed(), ...said } })
  expect([unseen.status, unseen.code]).toEqual([404, 'cases/not-found'])
  for (const name of ['system-admin', 'audit-admin', 'viewer-c1'])
    expect(
      (await (await steps.by(name)).call(contract.reportHarm, { body: { areaId, ...said } })).status,
    ).toBe(403)
  expect((await (await steps.resident()).call(contract.listHarmReports)).status).toBe(403)
})
