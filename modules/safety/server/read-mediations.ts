/** The register 登记簿, one mediation, and one's own as a party. */
import excel from 'exceljs'
import { type RawBuilder, sql } from 'kysely'
import { type OperationContract, type QueryOf, xlsxMediaType } from '../../../lib/contract.ts'
import type { Language } from '../../../lib/language.ts'
import { dayOf, formatTime } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { residentContact } from '../../accounts/server/index.ts'
import * as contract from '../contract.ts'
import { endingNames, stageNames, tierNames } from '../mediation-words.ts'
import { registerColumns, registerTitle } from '../register-cells.ts'
import { disputeKinds, disputeLevels } from '../settings.ts'
import { acting, inStreet } from './acting.ts'
import { openParty } from './mediation-seal.ts'
import {
  changeMediation,
  changeParties,
  countMediations,
  findMediation,
  mediationsWhere,
  partiesByPhone,
  partiesOf,
} from './mediation-store.ts'
import { linesOf, mayRun, partyOf, seenOf, viewOf } from './mediation-view.ts'

type Tab = (typeof contract.mediationTabs)[number]
type Filter = Omit<QueryOf<typeof contract.listMediations>, 'tab'>

const rowsAtMost = 300
const exportedAtMost = 5000

/** What each tab holds; the count beside it is made from the same condition. */
const tabs = (at: Date): Readonly<Record<Tab, RawBuilder<unknown>>> => ({
  open: sql`stage = 'open'`,
  late: sql`stage = 'open' and due_on < ${dayOf(at)}`,
  agreed: sql`stage = 'agreed'`,
  done: sql`stage in ('performed', 'ended')`,
  all: sql`true`,
})

function conditionOf({ kind, level, tier, stage }: Filter): RawBuilder<unknown> {
  const all = [
    sql`true`,
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(level === undefined ? [] : [sql`level = ${level}`]),
    ...(tier === undefined ? [] : [sql`tier = ${tier}`]),
    ...(stage === undefined ? [] : [sql`stage = ${stage}`]),
  ]
  return sql.join(all, sql` and `)
}

async function linesIn<C extends OperationContract>(
  of: Call<C>,
  { tab, ...filter }: Filter & { tab?: Tab | undefined },
  limit: number,
) {
  const call = acting(of)
  const where = sql`${tabs(call.at)[tab ?? 'open']} and ${conditionOf(filter)}`
  return linesOf(call, await mediationsWhere(call.tx, call.actor.streetId, where, limit))
}

export const listMediations = operation(contract.listMediations, async (call) => {
  const { tab, ...filter } = call.query
  const items = await linesIn(call, { tab, ...filter }, rowsAtMost)
  const own = conditionOf(filter)
  const counted = Object.entries(tabs(call.at)).map(([name, where]) => [name, sql`${where} and ${own}`])
  const counts = await countMediations<Tab>(
    call.tx,
    call.actor.streetId,
    Object.fromEntries(counted) as Record<Tab, RawBuilder<unknown>>,
  )
  return { items, counts }
})

const registerName = { zh: '人民调解登记簿', en: 'Register of mediations' } as const

export const exportMediations = operation(contract.exportMediations, async (call) => {
  const { tx, actor, at } = call
  const { language = 'zh', ...query } = call.query
  const items = await linesIn(call, query, exportedAtMost)
  const kinds = await readSetting(tx, actor.streetId, disputeKinds, at)
  const levels = await readSetting(tx, actor.streetId, disputeLevels, at)
  const nameIn = (list: readonly { code: string; zh: string; en: string }[], code: string) =>
    list.find((one) => one.code === code)?.[language] ?? code
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(registerName[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow(registerColumns.map((column) => registerTitle[column][language])).font = { bold: true }
  for (const line of items) {
    const cells: Record<(typeof registerColumns)[number], string> = {
      number: line.number,
      registered: formatTime(new Date(line.registeredAt), language),
      kind: nameIn(kinds, line.kind),
      level: nameIn(levels, line.level),
      tier: tierNames[line.tier][language],
      area: line.area?.name ?? '',
      parties: line.parties.join('、'),
      mediators: line.mediators.join('、'),
      stage: stageOf(line, language),
      dueOn: line.dueOn,
    }
    sheet.addRow(registerColumns.map((column) => plainCell(cells[column])))
  }
  for (const index of registerColumns.keys()) sheet.getColumn(index + 1).width = 20
  call.audit({ subjectType: 'mediation', detail: { rows: items.length } })
  call.sendAs({ name: `${registerName[language]}-${dayOf(at)}.xlsx`, mediaType: xlsxMediaType })
  return new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer)
})

const stageOf = ({ stage, endedFor }: contract.MediationLine, language: Language): string =>
  endedFor === null ? stageNames[stage][language] : endingNames[endedFor][language]

export const getMediation = operation(contract.getMediation, async (of) => {
  const call = acting(of)
  const { tx, actor } = call
  const row = await findMediation(tx, actor.streetId, of.params.id)
  if (!row) throw new Refusal('safety/not-found')
  const parties = await partiesOf(tx, actor.streetId, [row.case_id])
  // What is one's own needs no trace.
  if (!mayRun(await seenOf(call), row, contract.desk) && partyOf(actor, parties)) call.skipAudit()
  else call.audit({ subjectType: 'mediation', subjectId: row.case_id })
  return viewOf(call, row, contract.desk)
})

/** 我的调解: also those that were registered under one's phone before one signed in here. */
export const openMyMediations = operation(contract.openMyMediations, async (of) => {
  const call = acting(of)
  const { tx, actor, services } = call
  const { streetId, accountId } = actor
  call.skipAudit()
  const { phone } = await residentContact(tx, services.keys, accountId)
  if (phone)
    await inStreet(call, async () => {
      for (const party of await partiesByPhone(tx, streetId, services.keys.blindIndex('phone', phone))) {
        const row = await findMediation(tx, streetId, party.case_id)
        if (!row) continue
        await changeParties(tx, streetId, { caseId: row.case_id, id: party.id }, { account_id: accountId })
        await changeMediation(tx, streetId, row.case_id, {
          readers: [...new Set([...row.readers, accountId])],
        })
      }
    })
  const rows = await mediationsWhere(tx, streetId, sql`${accountId}::uuid = any (readers)`, rowsAtMost)
  const own = await partiesOf(
    tx,
    streetId,
    rows.map(({ case_id }) => case_id),
  )
  const mine = rows.filter((row) =>
    own.some((party) => party.case_id === row.case_id && party.account_id === accountId),
  )
  return { items: await linesOf(call, mine) }
})

/** 查看联系方式: one field, with a reason that stays in the trail. */
export const unmaskParty = operation(contract.unmaskParty, async (of) => {
  const call = acting(of)
  const { tx, actor, services } = call
  const { partyId, field, reason } = of.body
  const row = await findMediation(tx, actor.streetId, of.params.id)
  if (!row || !mayRun(await seenOf(call), row, contract.desk)) throw new Refusal('safety/not-found')
  const party = (await partiesOf(tx, actor.streetId, [row.case_id])).find(({ id }) => id === partyId)
  const value = party && openParty(services.keys, party, field)
  if (!value) throw new Refusal('safety/party-unknown')
  call.audit({ subjectType: 'mediation', subjectId: row.case_id, detail: { field, reason } })
  return { value }
})
