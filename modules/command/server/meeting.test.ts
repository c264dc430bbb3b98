/** Monday's meeting from its plan to its minutes: what it shows, decides, keeps and prints, and who may. */
import excel from 'exceljs'
import PizZip from 'pizzip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '../../../lib/time.ts'
import { getCase, superviseCase } from '../../cases/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'
import { commandModule } from './index.ts'

let t: TestCases
let steps: CaseSteps
let meetingId: string
let late: string
let secret: string

beforeAll(async () => {
  t = await startTestCases({ modules: [commandModule] })
  steps = caseSteps(t)
  late = await steps.inProgress()
  secret = await steps.filed({ text: '=HYPERLINK("http://x") 三楼王某家漏水' })
  await t.look(`update cases set due_at = '2026-09-16T15:59:59.999Z' where id = $1`, [late])
  t.clock.moveTo(new Date('2026-09-21T01:00:00Z'))
  const made = await (await steps.by('supervisor')).call(contract.planMeeting, { body: {} })
  expect(made.status).toBe(201)
  meetingId = made.body.id
})
afterAll(() => t.close())

const open = async (by: string, id = meetingId) =>
  (await steps.by(by)).call(contract.getMeeting, { params: { id } })
const figure = (view: contract.MeetingView, name: string) =>
  view.paper.figures.find((one) => one.figure === name)

test('planned on a Monday, it looks back on last week for the whole street', async () => {
  const { body } = await open('dispatcher')
  expect(body).toMatchObject({ from: '2026-09-14', to: '2026-09-20', meetsOn: '2026-09-21', state: 'draft' })
  expect(body.area.code).toBe(t.street.code)
  expect(figure(body, 'due-answered-in-time')).toMatchObject({ numerator: 0, denominator: 1, of: 'due' })
  expect(figure(body, 'reworked')).toMatchObject({ numerator: 0, denominator: 0 })
  expect(figure(body, 'reopened')).toMatchObject({ numerator: 0, denominator: null })
  const overdue = body.paper.sections.find(({ section }) => section === 'overdue')
  expect(overdue).toMatchObject({ count: 1, rows: [{ caseId: late, organisation: '安居物业' }] })
  expect(body.paper.byOrganisation.map(({ name }) => name)).toContain('安居物业')
  expect(body.paper.byCommunity.map(({ name }) => name)).toEqual(['天桥社区'])
})

test('by organisation and by community, the parts make up the whole', async () => {
  const { paper } = (await open('supervisor')).body
  const sum = (lines: contract.FigureLine[]) =>
    lines.reduce(
      (all, { figures }) => all + (figures.find((one) => one.figure === 'overdue')?.numerator ?? 0),
      0,
    )
  expect([sum(paper.byOrganisation), sum(paper.byCommunity)]).toEqual([1, 1])
})

test('a second meeting on the same days is refused; so is a period that ends before it begins', async () => {
  const supervisor = await steps.by('supervisor')
  expect((await supervisor.call(contract.planMeeting, { body: {} })).code).toBe('command/meeting-exists')
  const wrong = { from: '2026-09-10', to: '2026-09-01' }
  expect((await supervisor.call(contract.planMeeting, { body: wrong })).code).toBe('command/period-wrong')
})

test('a decision stands on the case as a supervision with its new date, and the lawful deadline does not move', async () => {
  const supervisor = await steps.by('supervisor')
  const before = (await supervisor.call(getCase, { params: { id: late } })).body.case.dueAt
  const body = { caseId: late, dueOn: '2026-09-25', words: '物业本周内修好' }
  const reply = await supervisor.call(contract.decideOnCase, { params: { id: meetingId }, body })
  expect(reply.status).toBe(200)
  expect(reply.body.decided).toMatchObject([
    {
      caseId: late,
      dueOn: '2026-09-25',
      words: '物业本周内修好',
      organisation: { name: '安居物业' },
      fate: 'open',
    },
  ])
  const { case: now, entries } = (await supervisor.call(getCase, { params: { id: late } })).body
  expect(now.dueAt).toBe(before)
  expect(entries.at(-1)).toMatchObject({
    act: 'supervise',
    words: '物业本周内修好',
    detail: { until: '2026-09-25T15:59:59.999Z', meeting: meetingId },
  })
})

test('only who may supervise decides; a day past, a case elsewhere and a stranger’s organisation are refused', async () => {
  const decide = async (by: string, more: object) =>
    (
      await (
        await steps.by(by)
      ).call(contract.decideOnCase, {
        params: { id: meetingId },
        body: { caseId: late, dueOn: '2026-09-25', words: '办', ...more },
      })
    ).code
  expect(await decide('duty-head', {})).toBe('platform/not-for-your-role')
  expect(await decide('supervisor', { dueOn: '2026-09-20' })).toBe('command/day-past')
  expect(await decide('supervisor', { caseId: secret })).toBe('cases/wrong-state')
  const foreign = t.other.organisationId('water')
  expect(await decide('supervisor', { organisationId: foreign })).toBe('command/organisation-unknown')
  expect(await decide('other-supervisor', {})).toBe('command/meeting-not-found')
})

test('a viewer reads the figures and rows without texts; a community does not see the street’s meeting', async () => {
  const seen = (await open('viewer')).body
  expect(figure(seen, 'overdue')?.numerator).toBe(1)
  expect(seen.paper.sections.flatMap(({ rows }) => rows.map(({ title }) => title))).toEqual([null])
  expect(seen.decided[0]?.words).toBeNull()
  expect(seen.can).toEqual({ decide: false, hold: false, keepMinutes: false })
  const hold = await (await steps.by('viewer')).call(contract.holdMeeting, {
    params: { id: meetingId },
    body: {},
  })
  expect(hold.code).toBe('platform/not-for-your-role')
  expect((await open('secretary-c1')).code).toBe('command/meeting-not-found')
  expect((await open('clerk-c1')).code).toBe('platform/not-for-your-role')
})

test('a secretary holds the meeting of their own community and of no other', async () => {
  const secretary = await steps.by('secretary-c2')
  const own = await secretary.call(contract.planMeeting, { body: {} })
  expect(own.body.area.code).toBe('c2')
  expect(figure(own.body, 'overdue')?.numerator).toBe(0)
  const other = await secretary.call(contract.planMeeting, { body: { areaId: t.street.areaId('c1') } })
  expect(other.code).toBe('command/not-your-area')
})

test('minutes wait until it was held; held, the paper stays although the cases go on', async () => {
  const head = await steps.by('duty-head')
  const params = { id: meetingId }
  expect((await head.call(contract.keepMinutes, { params, body: { words: '记' } })).code).toBe(
    'command/not-held-yet',
  )
  const held = await head.call(contract.holdMeeting, { params, body: {} })
  expect(held.body.state).toBe('held')
  const kept = await t.look<{ paper: string }>('select paper::text as paper from meetings where id = $1', [
    meetingId,
  ])
  expect(kept[0]?.paper).not.toContain('一个星期')
  const { paper } = held.body
  t.clock.moveTo(new Date('2026-09-24T01:00:00Z'))
  await steps.act('handler-property', (await import('../../cases/contract.ts')).submitResult, late, {
    outcome: 'solved',
    words: '修好了',
    answer: '修好了',
  })
  await steps.pass(late)
  const again = (await open('duty-head')).body
  expect(again.paper).toEqual(paper)
  expect(again.decided[0]?.fate).toBe('in-time')
  expect((await head.call(contract.holdMeeting, { params, body: {} })).code).toBe('command/meeting-over')
})

test('next week it is shown with what became of it', async () => {
  t.clock.moveTo(new Date('2026-09-28T01:00:00Z'))
  const next = await (await steps.by('supervisor')).call(contract.planMeeting, { body: {} })
  expect(next.body.paper.before).toMatchObject([{ caseId: late, dueOn: '2026-09-25', fate: 'in-time' }])
  expect(next.body.meetsOn).toBe(addDays('2026-09-21', 7))
})

async function file(by: string, format: 'xlsx' | 'docx'): Promise<Buffer> {
  const cookie = [...(await steps.by(by)).cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const reply = await fetch(`${t.baseUrl}/api/meetings/${meetingId}/export?format=${format}`, {
    headers: { cookie },
  })
  expect(reply.status).toBe(200)
  return Buffer.from(await reply.arrayBuffer())
}
async function cellsOf(bytes: Buffer): Promise<string[]> {
  const book = new excel.Workbook()
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  const texts: string[] = []
  for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.text)))
  return texts
}

test('the paper prints as a workbook and as a Word file, with nothing left to fill', async () => {
  const cells = await cellsOf(await file('supervisor', 'xlsx'))
  expect(cells).toContain('滨河街道 调度会')
  expect(cells).toContain('物业本周内修好')
  expect(cells.filter((text) => text.includes('{{'))).toEqual([])
  const text = new PizZip(await file('supervisor', 'docx')).file('word/document.xml')?.asText() ?? ''
  expect(text).toContain('物业本周内修好')
  expect(text).toContain('安居物业')
  expect(text).not.toContain('{{')
})

test('the street’s own workbook is filled in place, its repeated row, its merged cells and no formula', async () => {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('本街道')
  sheet.addRow(['{{标题}}'])
  sheet.mergeCells('A1:C1')
  sheet.addRow(['{{序号}}', '合计', '{{已超期数}}'])
  sheet.addRow(['{{会议决定.编号}}', '{{会议决定.要求}}', '{{会议决定.办理情况}}'])
  sheet.addRow(['{{没有这个}}', '以上'])
  sheet.mergeCells('B4:C4')
  const contentBase64 = Buffer.from(await book.xlsx.writeBuffer()).toString('base64')
  const admin = await steps.by('system-admin')
  const put = (body: object) =>
    admin.call(contract.putTemplate, { params: { format: 'xlsx' }, body: body as never })
  expect((await put({ contentBase64: Buffer.from('no workbook').toString('base64') })).code).toBe(
    'command/template-unfit',
  )
  expect((await put({ fileName: '本街道.xlsx', contentBase64 })).body.fileName).toBe('本街道.xlsx')
  expect(await cellsOf(await file('supervisor', 'xlsx'))).toEqual(
    expect.arrayContaining(['滨河街道 调度会', '合计', '1', '物业本周内修好', '以上']),
  )
  await put({})
  expect((await admin.call(contract.listTemplates, {})).body.items[0]).toMatchObject({ fileName: null })
  const wrong = await (await steps.by('supervisor')).call(contract.putTemplate, {
    params: { format: 'xlsx' },
    body: { contentBase64 },
  })
  expect(wrong.code).toBe('platform/not-for-your-role')
})

test('once the minutes are kept nothing changes, neither by the program nor by a supervisor', async () => {
  const params = { id: meetingId }
  const kept = await (await steps.by('dispatcher')).call(contract.keepMinutes, {
    params,
    body: { words: '到会六人。' },
  })
  expect(kept.body).toMatchObject({ state: 'minutes-kept', minutes: '到会六人。' })
  const body = { caseId: late, dueOn: '2026-10-01', words: '再办' }
  expect((await (await steps.by('supervisor')).call(contract.decideOnCase, { params, body })).code).toBe(
    'command/meeting-over',
  )
  expect((await open('viewer')).body.minutes).toBeNull()
  await expect(t.pool.query('update meeting_decisions set words = words')).rejects.toThrow(
    /permission denied/,
  )
})

test('every change is in the audit trail, a decision as the act on the case too', async () => {
  const rows = await t.look<{ operation: string; subject_type: string }>(
    `select operation, subject_type from audit_entries where operation like 'command.%' order by 1, 2`,
  )
  const found = new Set(rows.map((row) => `${row.operation} ${row.subject_type}`))
  expect(found).toContain('command.decideOnCase case')
  expect(found).toContain('command.decideOnCase meeting')
  expect(found).toContain('command.holdMeeting meeting')
  expect(superviseCase.refusals.every((code) => contract.decideOnCase.refusals.includes(code))).toBe(true)
})
