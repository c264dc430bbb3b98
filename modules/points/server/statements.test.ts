/** What a shop is owed and what came of a sponsor's gift: statements that add up, line by line and in sums. */
import excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { peopleModule } from '../../people/server/index.ts'
import { type PointsSteps, pointsSteps } from '../../testing/points-steps.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'
import { pointsModule } from './index.ts'

let t: TestStreets
let steps: PointsSteps
const day = (text: string) => new Date(`${text}T02:00:00Z`)
const shop = () => steps.by('handler-property')
const property = () => t.street.organisationId('property')
const water = () => t.street.organisationId('water')

/** Six people earned sixty points together, a quarter made vouchers of ten yuan of them, and the shop took all but one. */
beforeAll(async () => {
  t = await startTestStreets({ modules: [peopleModule, pointsModule] })
  steps = pointsSteps(t)
  await steps.ready()
  await t.look("update earning_rules set cap_activity = null, cap_day = null where code = 'service'")
  for (let n = 0; n < 6; n++)
    await steps.serve(await steps.person(`志愿${'甲乙丙丁戊己'[n]}`, `1371111000${n}`), 90)
  t.clock.moveTo(day('2026-10-08'))
  const body = { areaId: t.street.areaId('c1'), quarter: '2026Q3' }
  const params = { id: (await (await steps.by('clerk-c1')).call(contract.freezeRun, { body })).body.id }
  await (await steps.by('clerk-c1')).call(contract.noticeRun, { params, body: {} })
  t.clock.moveTo(day('2026-10-15'))
  await (await steps.by('secretary-c1')).call(contract.approveRun, { params, body: {} })
  const run = await (await steps.by('supervisor')).call(contract.approveRun, { params, body: {} })
  if (run.body.state !== 'issued') throw new Error(`nothing was issued: ${JSON.stringify(run.body)}`)
  const rows = await t.look<{ id: string; code_encrypted: string }>(
    'select id, code_encrypted from vouchers order by serial',
  )
  const codes = rows.map((row) => t.services.keys.open(`vouchers.code.${row.id}`, row.code_encrypted))
  for (const [index, code] of codes.slice(1).entries()) {
    t.clock.moveTo(new Date(day('2026-10-16').getTime() + index * 3_600_000))
    await (await shop()).call(contract.redeemVoucher, { body: { code } })
  }
  await (await shop()).call(contract.returnVoucher, { body: { code: codes[1] ?? '' } })
  t.clock.moveTo(day('2026-10-20'))
})
afterAll(() => t.close())

const taken = 53
const page = async (cursor?: string, by?: TestClient) =>
  (
    await (by ?? (await shop())).call(contract.getShop, {
      query: { ...(cursor ? { cursor } : {}) },
    })
  ).body
const allLines = async () => {
  const lines: contract.ShopStatement['lines'] = []
  let cursor: string | null | undefined
  do {
    const one = await page(cursor ?? undefined)
    lines.push(...one.lines)
    cursor = one.nextCursor
  } while (cursor)
  return lines
}
const sumOf = (lines: readonly { amountFen: number }[]) =>
  lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
const bookOf = async (path: string, by: TestClient) => {
  const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const reply = await fetch(`${t.baseUrl}${path}`, { headers: { cookie } })
  if (reply.status !== 200) return { status: reply.status, rows: [] }
  const book = new excel.Workbook()
  await book.xlsx.load(await reply.arrayBuffer())
  const rows: unknown[][] = []
  book.worksheets[0]?.eachRow((row) => {
    rows.push((row.values as unknown[]).slice(1))
  })
  return { status: reply.status, rows }
}

describe('the statement of a shop', () => {
  test('is paged to its first line, each line once, and its sums are what is owed', async () => {
    const first = await page()
    expect(first.lines).toHaveLength(50)
    expect(first).toMatchObject({ spentFen: taken * 1000, returnedFen: 1000, paidFen: 0 })
    const lines = await allLines()
    expect(lines).toHaveLength(taken + 1)
    expect(new Set(lines.map(({ serial, what }) => `${what}${serial}`)).size).toBe(taken + 1)
    expect(lines.map(({ at }) => at)).toEqual([...lines.map(({ at }) => at)].sort().reverse())
    expect(sumOf(lines)).toBe(first.owedFen)
    expect(first.spentFen - first.returnedFen - first.paidFen).toBe(first.owedFen)
  })

  test('is a file of every line with what is owed after each; before and after a payment, and of a period, it adds up', async () => {
    const whole = await bookOf('/api/points/shop.xlsx', await shop())
    expect(whole.rows[0]).toEqual(['时间', '事由', '券号', '金额（元）', '待结算（元）'])
    expect(whole.rows).toHaveLength(1 + 1 + taken + 1 + 1)
    expect(whole.rows.at(-1)?.slice(1)).toEqual(['期末待结算', '', 520, 520])
    await steps.approved('clerk-c1', 'duty-head', {
      act: 'pay-shop',
      organisationId: property(),
      note: '十月结算',
    })
    const paid = await page()
    expect(paid).toMatchObject({ owedFen: 0, paidFen: 52_000 })
    expect(sumOf(await allLines())).toBe(0)
    const desk = await steps.by('clerk-c1')
    const of = `organisationId=${property()}`
    const first = await bookOf(`/api/points/shop.xlsx?${of}&to=2026-10-16`, desk)
    const rest = await bookOf(`/api/points/shop.xlsx?${of}&from=2026-10-17`, desk)
    // A day of the street begins at sixteen hours UTC of the day before: fourteen vouchers were taken on the sixteenth.
    expect(first.rows.at(-1)?.slice(1)).toEqual(['期末待结算', '', 140, 140])
    expect(rest.rows[1]?.slice(1)).toEqual(['期初待结算', '', undefined, 140])
    expect(rest.rows.at(-1)?.slice(1)).toEqual(['期末待结算', '', -140, 0])
    expect((await bookOf(`/api/points/shop.xlsx?${of}`, await steps.by('handler-water'))).status).toBe(403)
  })
})

describe('what came of a sponsor’s gift', () => {
  const read = async (by: string, id = water()) =>
    (await steps.by(by)).call(contract.getSponsor, { params: { id } })

  test('adds up: given is what is left, what stands in good vouchers and what was spent', async () => {
    const { body } = await read('organisation-lead-water')
    expect(body).toMatchObject({
      gaveFen: 100_000,
      openFen: 2000,
      spentFen: (taken - 1) * 1000,
      donations: [{ amountFen: 100_000, receivedOn: '2026-09-01' }],
      shops: [{ spentFen: (taken - 1) * 1000 }],
    })
    expect(body.leftFen + body.openFen + body.spentFen).toBe(body.gaveFen)
    expect(body.ages).toEqual([{ group: 'old', holders: 6, spentFen: body.spentFen }])
    expect(body.communities).toMatchObject([{ area: expect.any(String), holders: 6 }])
  })

  test('tells nobody apart: a group of two hides in the others, and fewer than five are not told at all', async () => {
    await t.look(
      `update people set birth_on = '2000-01-01' where id in (select holder_id from ledger_accounts where kind = 'person' order by id limit 2)`,
    )
    expect((await read('supervisor')).body.ages).toMatchObject([{ group: 'others', holders: 6 }])
    const text = JSON.stringify((await read('clerk-c1')).body)
    expect(text).not.toMatch(/志|\d{10}/)
  })

  test('is the sponsor’s own and the desks’, and nobody else’s', async () => {
    expect((await read('handler-property')).code).toBe('points/partner-not-found')
    expect((await read('supervisor', property())).code).toBe('points/partner-not-found')
    expect((await read('viewer')).code).toBe('platform/not-for-your-role')
  })
})
