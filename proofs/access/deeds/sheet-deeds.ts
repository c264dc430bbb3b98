/** Deeds of tables brought in and of a street's own forms. */
import excel from 'exceljs'
import * as s from '../../../modules/sheets/contract.ts'
import { sheetsJobs } from '../../../modules/sheets/server/index.ts'
import { type Deed, found, type Hands, unique } from './hands.ts'

async function bytesOf(rows: readonly (readonly string[])[]): Promise<Uint8Array<ArrayBuffer>> {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('名单')
  for (const row of rows) sheet.addRow([...row])
  return new Uint8Array(await book.xlsx.writeBuffer())
}
/** A unit that nobody knows yet. */
const organisations = () =>
  bytesOf([
    ['单位编码', '单位名称', '单位类型'],
    [`u${unique()}`, `新单位${unique()}`, '物业'],
  ])
const admin = 'system-admin'

const upload = async () => ({
  query: { kind: 'organisations' },
  file: await organisations(),
  fileName: 'list.xlsx',
})
async function uploaded(h: Hands): Promise<s.BatchDetail> {
  return (await h.make(admin, s.createBatch, await upload())) as s.BatchDetail
}
async function checked(h: Hands): Promise<string> {
  const { batch } = await uploaded(h)
  await h.make(admin, s.checkBatch, { params: { id: batch.id }, body: {} })
  return batch.id
}
async function putIn(h: Hands, by: string, id: string): Promise<void> {
  await h.make(by, s.confirmBatch, { params: { id }, body: { leaveOutBad: true } })
  for (let turn = 0; turn < 20; turn += 1) {
    const { batch } = await h.make(by, s.getBatch, { params: { id } })
    if (batch.state !== 'applying') return
    for (const job of sheetsJobs.jobs.filter(({ everyMinutes }) => everyMinutes === undefined))
      await h.work(job, { batchId: id })
  }
}
async function applied(h: Hands): Promise<string> {
  const id = await checked(h)
  await putIn(h, admin, id)
  return id
}

/** Staff whom nobody knows yet, put in: their first passwords wait to be taken. */
async function newStaff(h: Hands): Promise<string> {
  const security = 'security-admin'
  const phone = `1344${String(h.next()).padStart(7, '0')}`
  const sent = {
    query: { kind: 'staff' },
    file: await bytesOf([
      ['姓名', '职务', '所属网格或单位', '手机号码'],
      [`试${unique()}`, '核查员', '', phone],
    ]),
    fileName: 'staff.xlsx',
  }
  const { batch } = (await h.make(security, s.createBatch, sent)) as s.BatchDetail
  await h.make(security, s.checkBatch, { params: { id: batch.id }, body: {} })
  await putIn(h, security, batch.id)
  return batch.id
}

const form = () =>
  bytesOf([['{{街道}}诉求台账'], ['序号', '编号', '事由'], ['{{序号}}', '{{编号}}', '{{title}}']])
const newForm = async () => ({ query: { list: 'cases' }, file: await form(), fileName: `${unique()}.xlsx` })

export const sheetDeeds: Readonly<Record<string, Deed>> = {
  'sheets.createBatch': async (h) => h.ask(admin, s.createBatch, await upload()),
  'sheets.setMatching': async (h) =>
    h.ask(admin, s.setMatching, { params: { id: (await uploaded(h)).batch.id }, body: { sheet: 0 } }),
  'sheets.checkBatch': async (h) =>
    h.ask(admin, s.checkBatch, { params: { id: (await uploaded(h)).batch.id }, body: {} }),
  'sheets.confirmBatch': async (h) =>
    h.ask(admin, s.confirmBatch, { params: { id: await checked(h) }, body: { leaveOutBad: true } }),
  'sheets.undoBatch': async (h) => h.ask(admin, s.undoBatch, { params: { id: await applied(h) }, body: {} }),
  'sheets.discardBatch': async (h) =>
    h.ask(admin, s.discardBatch, { params: { id: await checked(h) }, body: {} }),
  'sheets.takePasswords': async (h) =>
    h.ask('security-admin', s.takePasswords, { params: { id: await newStaff(h) }, body: {} }),
  'sheets.addTemplate': async (h) => h.ask(admin, s.addTemplate, await newForm()),
  'sheets.removeTemplate': async (h) => {
    const { id } = found(await h.make(admin, s.addTemplate, await newForm()), 'form')
    return h.ask(admin, s.removeTemplate, { params: { id }, body: {} })
  },
}
