/** The rows that the loader makes, held against the rules that every act of the program obeys. */
import { expect, test } from 'vitest'
import { decideAct } from '../modules/cases/rules/decide-act.ts'
import { buildWorkingCalendar, shippedCalendar } from '../modules/cases/rules/working-days.ts'
import { loadCatalogue } from '../modules/cases/seeds/load-catalogue.ts'
import { type CaseRow, factsOf } from '../modules/cases/server/index.ts'
import { openKeys } from '../platform/keys.ts'
import { generateStreet } from './generate-street.ts'
import { applyAct } from './load-act.ts'
import { filedRow, wholeCase } from './load-case.ts'
import { demoIds } from './load-ids.ts'
import { partyIds, wanted } from './load-place.ts'
import { demoNumbers, type LoadWorld, partyOf } from './load-world.ts'
import type { DemoAct, DemoActor, DemoCase } from './types.ts'

const street = generateStreet({ seed: 3, today: '2026-11-22' })
const idOf = demoIds(3, '2026-11-22')
const ids = partyIds(street, idOf)
const keys = openKeys({
  encryption: Buffer.alloc(32, 1).toString('base64'),
  blindIndex: Buffer.alloc(32, 2).toString('base64'),
})
const areas = new Map(
  street.areas.map(({ code, path }) => [code, { id: idOf(`area ${code}`, 0), path }] as const),
)
const organisationOf = (code: string | null) => (code === null ? null : (ids.organisations.get(code) ?? null))
const world: LoadWorld = {
  streetId: 1,
  idOf,
  calendar: buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions),
  root: wanted(areas.get(street.code), 'root'),
  areas,
  buildings: new Map(street.buildings.map(({ code }) => [code, idOf(`building ${code}`, 0)])),
  matters: new Map(
    loadCatalogue().matters.map(({ key, level }) => [key, { id: idOf(`matter ${key}`, 0), level }]),
  ),
  organisations: ids.organisations,
  posts: new Map(
    street.posts.map((post) => [
      post.key,
      {
        id: wanted(ids.posts.get(post.key), post.key),
        accountId: wanted(ids.accounts.get(post.personKey), post.personKey),
        organisationId: organisationOf(post.organisationCode),
      },
    ]),
  ),
  residents: new Map(
    street.residents.map((resident) => [
      resident.key,
      {
        ...resident,
        accountId: wanted(ids.accounts.get(resident.key), resident.key),
        address: resident.room,
      },
    ]),
  ),
  cases: new Map(street.cases.map((each) => [each.key, each])),
  numbers: demoNumbers(street.cases),
  caseIds: new Map(street.cases.map((each) => [each.key, idOf(each.key, Date.parse(each.createdAt))])),
}

/** As sign-in would give it: the person with all their posts. */
function actorOf(by: DemoActor) {
  const { accountId } = partyOf(world, by)
  const posts = street.posts
    .filter((post) => ids.accounts.get(post.personKey) === accountId)
    .map((post) => ({
      id: ids.posts.get(post.key) ?? '',
      role: post.role,
      areaPath: post.areaCode === null ? null : (areas.get(post.areaCode)?.path ?? null),
      organisationId: organisationOf(post.organisationCode),
    }))
  return { accountId, posts }
}

function replay(each: DemoCase): { row: CaseRow; faults: string[] } {
  const row = filedRow(world, each)
  const faults: string[] = []
  for (const act of each.history.slice(1)) {
    if (!('system' in act.by)) {
      const decision = decideAct(act.act, factsOf(row), actorOf(act.by), new Date(act.at))
      if (!decision.ok) faults.push(`${each.key} ${act.act}: ${decision.why}`)
    }
    applyAct(world, row, act)
  }
  return { row, faults }
}

test('the rules of the program refuse no act of any demo history', () => {
  expect(street.cases.flatMap((each) => replay(each).faults)).toEqual([])
})

const responds = (act: DemoAct) =>
  act.act === 'solve-on-spot' || (act.act === 'answer-now' && act.toState === 'closed')

test('every demo case ends where its history leads', () => {
  const instant = (text: string | null) => (text === null ? null : new Date(text))
  for (const each of street.cases) {
    const { row } = replay(each)
    const { now } = each
    expect({
      key: each.key,
      state: row.state,
      desk: row.desk,
      outcome: row.outcome,
      organisation: row.organisation_id,
      holder: row.holder_post_id,
      helpers: row.shared_organisations,
      acceptedAt: row.accepted_at,
      contacted: row.responded_at !== null,
      answeredAt: row.answered_at,
      closedAt: row.closed_at,
      answer: row.answer,
      reviewOn: row.review_on,
      parent: row.parent_case_id,
      rework: row.rework_count,
      reopen: row.reopen_count,
      supervised: row.supervised,
      rated: row.rating?.satisfaction ?? null,
      waits: row.pending_approval?.act ?? null,
    }).toEqual({
      key: each.key,
      state: now.state,
      desk: now.desk,
      outcome: now.outcome,
      organisation: organisationOf(now.organisation),
      holder: now.holderPost === null ? null : (ids.posts.get(now.holderPost) ?? null),
      helpers: now.helpers.map(organisationOf),
      acceptedAt: instant(now.acceptedAt),
      contacted: now.contactedAt !== null || each.history.some(responds),
      answeredAt: instant(now.answeredAt),
      closedAt: instant(now.closedAt),
      answer: now.answer,
      reviewOn: now.reviewOn,
      parent: now.parentCase === null ? null : world.caseIds.get(now.parentCase),
      rework: now.reworkCount,
      reopen: now.reopenCount,
      supervised: now.supervised,
      rated: now.rating?.satisfaction ?? null,
      waits: now.pendingApproval?.act ?? null,
    })
  }
})

test('entries keep the order of the history, by time and id, and an accepted case has its deadlines with the rule', () => {
  for (const each of street.cases) {
    const { row, entries } = wholeCase(world, keys, each)
    const order = entries.map(({ at, id }) => `${at.toISOString()} ${id}`)
    expect([...order].sort()).toEqual(order)
    const told = entries.filter((entry) => !(entry.act === 'answer' && entry.from_state === 'merged'))
    expect(told.map((entry) => entry.act)).toEqual(each.history.map((entry) => entry.act))
    if (row.accepted_at === null) continue
    expect(row.due_at?.getTime()).toBeGreaterThan(row.clock_start_at?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(row.clock_rule?.words.zh).toContain('依据')
  }
})

test('a merged child is left unrated, and no name, phone or room stands outside the sealed contact', () => {
  for (const each of street.cases) {
    const whole = wholeCase(world, keys, each)
    if (whole.row.state === 'merged') expect(whole.row.rating).toBeNull()
    if (!('resident' in each.reporter)) continue
    const { phone } = wanted(world.residents.get(each.reporter.resident), 'resident')
    expect(JSON.stringify(whole)).not.toContain(phone)
  }
})

test('what was answered to a parent is told to every case merged into it', () => {
  const told = street.cases.flatMap((each) => {
    if (each.now.parentCase === null) return []
    const parent = wanted(world.cases.get(each.now.parentCase), 'parent')
    const { row, entries } = wholeCase(world, keys, each)
    expect(row.answer).toBe(parent.now.answer)
    if (parent.now.answer !== null) expect(entries.at(-1)).toMatchObject({ act: 'answer', words: row.answer })
    return row.answer === null ? [] : [row.id]
  })
  expect(told.length).toBeGreaterThan(50)
})
