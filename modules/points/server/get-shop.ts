/** 商家对账: what a shop took, gave back and was paid; on a page, and as a file that adds up. */
import excel from 'exceljs'
import type { OperationContract } from '../../../lib/contract.ts'
import { xlsxMediaType } from '../../../lib/contract.ts'
import type { Bilingual, Language } from '../../../lib/language.ts'
import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { addDays, dayOf, formatTime, startOfDay } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { shopLineWords } from '../passbook-words.ts'
import { takesPart } from './earning-store.ts'
import { accountsOf, balancesOf } from './ledger-store.ts'
import { owedAt, type ShopLine, shopLinesBetween, shopPage, shopSums } from './shop-store.ts'

/** A shop reads its own; a desk any of the street. @throws Refusal points/not-a-shop */
async function shopToRead<C extends OperationContract>(
  { tx, actor }: Call<C>,
  asked: string | undefined,
): Promise<{ id: string; name: string }> {
  const own = actor.posts.find(({ organisationId }) => organisationId !== null)?.organisationId ?? undefined
  const desk = actor.posts.some(({ areaPath }) => areaPath !== null)
  const id = asked ?? own
  const organisation =
    id && (desk || id === own) && (await postIndex(tx, actor.streetId)).organisations.get(id)
  if (!id || !organisation) throw new Refusal('points/not-a-shop')
  return { id, name: organisation.name }
}

const pageSize = 50

export const getShop = operation(contract.getShop, async (call) => {
  const { tx, actor, at, query } = call
  const { streetId } = actor
  const shop = await shopToRead(call, query.organisationId)
  const root = await streetRoot(tx, streetId)
  const [time, id, what] = decodeCursor(query.cursor, ['string', 'string', 'string']) ?? []
  const before =
    time !== undefined && id !== undefined && contract.shopLineKinds.includes(what as contract.ShopLineKind)
      ? { at: new Date(time), id, what: what as contract.ShopLineKind }
      : undefined
  return call.asSystem(root.path, async () => {
    const account = (await accountsOf(tx, streetId, [shop.id])).find(
      ({ kind, unit }) => kind === 'organisation' && unit === 'fen',
    )
    const rows = await shopPage(tx, streetId, shop.id, { before, limit: pageSize + 1 })
    const page = rows.slice(0, pageSize)
    const last = page.at(-1)
    const sums = await shopSums(tx, streetId, shop.id, startOfDay(dayOf(at)))
    return {
      organisationId: shop.id,
      organisation: shop.name,
      takesVouchers: await takesPart(tx, streetId, shop.id, 'shop', dayOf(at)),
      owedFen: account ? ((await balancesOf(tx, [account.id])).get(account.id)?.available ?? 0) : 0,
      todayFen: sums.today_fen,
      todayCount: sums.today_count,
      spentFen: sums.spent_fen,
      returnedFen: sums.returned_fen,
      paidFen: sums.paid_fen,
      lines: page.map((line) => ({
        at: line.at.toISOString(),
        what: line.what,
        serial: line.serial,
        amountFen: line.amount_fen,
      })),
      nextCursor:
        rows.length > pageSize && last ? encodeCursor([last.at.toISOString(), last.id, last.what]) : null,
    }
  })
})

/** 下载对账单: what was owed before, every line of the period, and what is owed after it; the last is the sum. */
export const exportShop = operation(contract.exportShop, async (call) => {
  const { tx, actor, query } = call
  const { streetId } = actor
  const { language = 'zh', from, to } = query
  const shop = await shopToRead(call, query.organisationId)
  const root = await streetRoot(tx, streetId)
  const period = {
    from: from === undefined ? null : startOfDay(from),
    to: to === undefined ? null : startOfDay(addDays(to, 1)),
  }
  const { before, lines } = await call.asSystem(root.path, async () => ({
    before: period.from === null ? 0 : await owedAt(tx, streetId, shop.id, period.from),
    lines: await shopLinesBetween(tx, streetId, shop.id, period),
  }))
  call.audit({ subjectType: 'organisation', subjectId: shop.id, detail: { statement: lines.length } })
  const days = [from, to].filter(Boolean).join('-')
  call.sendAs({
    name: `${columns.title[language]}-${shop.name}${days ? `-${days}` : ''}.xlsx`,
    mediaType: xlsxMediaType,
  })
  return statementBook(shop.name, before, lines, language)
})

const columns = {
  title: { zh: '爱心券对账单', en: 'Voucher statement' },
  time: { zh: '时间', en: 'Time' },
  what: { zh: '事由', en: 'What' },
  serial: { zh: '券号', en: 'Serial' },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
  owed: { zh: '待结算（元）', en: 'Owed (yuan)' },
  before: { zh: '期初待结算', en: 'Owed before' },
  after: { zh: '期末待结算', en: 'Owed after' },
} as const satisfies Record<string, Bilingual>

const money = '#,##0.00'

async function statementBook(
  name: string,
  before: number,
  lines: readonly ShopLine[],
  language: Language,
): Promise<Uint8Array> {
  const say = (key: keyof typeof columns) => columns[key][language]
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(say('title'), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddHeader: `&C${name.replaceAll('&', '&&')} ${say('title')}` },
  })
  sheet.columns = [
    { header: say('time'), width: 20, style: { numFmt: '@' } },
    { header: say('what'), width: 14, style: { numFmt: '@' } },
    { header: say('serial'), width: 24, style: { numFmt: '@' } },
    { header: say('amount'), width: 14, style: { numFmt: money } },
    { header: say('owed'), width: 14, style: { numFmt: money } },
  ]
  let owed = before
  sheet.addRow(['', say('before'), '', null, owed / 100])
  for (const line of lines) {
    owed += line.amount_fen
    sheet.addRow([
      formatTime(line.at, language),
      shopLineWords[line.what][language],
      plainCell(line.serial ?? ''),
      line.amount_fen / 100,
      owed / 100,
    ])
  }
  const sum = sheet.addRow(['', say('after'), '', (owed - before) / 100, owed / 100])
  sum.font = { bold: true }
  sheet.getRow(1).font = { bold: true }
  return new Uint8Array(await book.xlsx.writeBuffer())
}
