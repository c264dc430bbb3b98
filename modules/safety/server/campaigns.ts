/** 除险清患: campaigns, their ledgers, and the press that puts a case on one and gives it out. */
import excel from 'exceljs'
import { type QueryOf, xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf, formatTime } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex } from '../../areas/server/index.ts'
import type { CaseSummary } from '../../cases/contract.ts'
import { type CaseRow, caseStandings } from '../../cases/server/index.ts'
import { type HazardLevel, hazardStageNames } from '../campaign-words.ts'
import * as contract from '../contract.ts'
import { ledgerColumns, ledgerTitle } from '../register-cells.ts'
import { campaignRuns, candidateRefusal, hazardStage } from '../rules/hazard.ts'
import { hazardKinds, hazardLevelNames } from '../settings.ts'
import { type Acting, acting, deskArea, isWithin, postOver } from './acting.ts'
import {
  allCampaigns,
  type CampaignRow,
  endCampaignRow,
  findCampaign,
  type HazardRow,
  hazardsOf,
  insertCampaign,
  putHazardRow,
} from './campaign-store.ts'
import { deskPost, giveOut, holderOf } from './give-out.ts'

async function campaignView(call: Acting, row: CampaignRow): Promise<contract.CampaignView> {
  const { byId } = await areaIndex(call.tx, call.actor.streetId)
  const area = byId.get(row.area_id)
  const ended = row.ended_at !== null
  const open = campaignRuns({ from: row.from_on, until: row.until_on, ended }, dayOf(call.at))
  const keeps = postOver(call.actor, row.area, contract.desk) !== undefined
  // A community’s desk adds what lies with it to a campaign of the whole street.
  const adds = call.actor.posts.some(
    ({ role, areaPath }) =>
      contract.desk.includes(role) &&
      areaPath !== null &&
      (isWithin(row.area, areaPath) || isWithin(areaPath, row.area)),
  )
  return {
    id: row.id,
    name: row.name,
    area: area ? { id: area.id, code: area.code, level: area.level, name: area.name } : null,
    kinds: row.kinds,
    from: row.from_on,
    until: row.until_on,
    open,
    endedAt: row.ended_at?.toISOString() ?? null,
    can: { add: open && adds, end: keeps && !ended && dayOf(call.at) <= row.until_on },
  }
}

export const listCampaigns = operation(contract.listCampaigns, async (of) => {
  const call = acting(of)
  const items: contract.CampaignView[] = []
  for (const row of await allCampaigns(call.tx, call.actor.streetId))
    items.push(await campaignView(call, row))
  return { items: items.sort((a, b) => Number(b.open) - Number(a.open)) }
})

export const createCampaign = operation(contract.createCampaign, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const { areaId, name, kinds, from, until } = of.body
  const { area } = await deskArea(call, areaId)
  if (from > until || until < dayOf(at)) throw new Refusal('safety/date-wrong')
  const known = await readSetting(tx, actor.streetId, hazardKinds, at)
  if (!kinds.every((kind) => known.some(({ code }) => code === kind)))
    throw new Refusal('safety/kind-unknown')
  const row: CampaignRow = {
    id: call.newId(),
    area_id: area.id,
    area: area.path,
    name: name.trim(),
    kinds: [...new Set(kinds)],
    from_on: from,
    until_on: until,
    created_by: actor.accountId,
    created_at: at,
    ended_by: null,
    ended_at: null,
  }
  await insertCampaign(tx, actor.streetId, row)
  call.audit({ subjectType: 'campaign', subjectId: row.id, detail: { from, until } })
  return campaignView(call, row)
})

/** @throws Refusal safety/not-found */
async function getCampaign({ tx, actor }: Acting, id: string): Promise<CampaignRow> {
  const row = await findCampaign(tx, actor.streetId, id)
  if (!row) throw new Refusal('safety/not-found')
  return row
}

export const endCampaign = operation(contract.endCampaign, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const row = await getCampaign(call, of.params.id)
  if (!postOver(actor, row.area, contract.desk)) throw new Refusal('safety/not-found')
  if (!(await endCampaignRow(tx, actor.streetId, row.id, actor.accountId, at)))
    throw new Refusal('safety/campaign-over')
  call.audit({ subjectType: 'campaign', subjectId: row.id, detail: { ended: true } })
  return campaignView(call, { ...row, ended_by: actor.accountId, ended_at: at })
})

function lineOf(row: HazardRow, one: CaseSummary, at: Date): contract.HazardLine {
  const stage = hazardStage(one.state, one.outcome)
  const underWay = stage === 'rectifying' || stage === 'to-check'
  return {
    caseId: row.case_id,
    number: one.number,
    title: one.title,
    area: one.area,
    placeText: one.placeText,
    kind: row.kind,
    level: row.level,
    owner: row.owner,
    supervisor: one.holder.organisation,
    rectifyBy: one.dueAt,
    putOff: one.dueAt !== null && dayOf(new Date(one.dueAt)) > row.rectify_on,
    stage,
    state: one.state,
    late: underWay && one.dueAt !== null && new Date(one.dueAt) < at,
  }
}

/** Every line within sight: the counts are made from these very rows. */
async function linesOf(call: Acting, campaign: CampaignRow): Promise<contract.HazardLine[]> {
  const rows = await hazardsOf(call.tx, call.actor.streetId, campaign.id)
  const standings = await caseStandings(
    call,
    rows.map(({ case_id }) => case_id),
  )
  return rows.flatMap((row) => {
    const standing = standings.get(row.case_id)
    return standing ? [lineOf(row, standing.summary, call.at)] : []
  })
}

type Filter = Pick<QueryOf<typeof contract.getLedger>, 'level' | 'stage'>
const asked =
  ({ level, stage }: Filter) =>
  (line: contract.HazardLine): boolean =>
    (level === undefined || line.level === level) && (stage === undefined || line.stage === stage)

export const getLedger = operation(contract.getLedger, async (of) => {
  const call = acting(of)
  const campaign = await getCampaign(call, of.params.id)
  const lines = await linesOf(call, campaign)
  const counts = new Map<string, { level: HazardLevel; stage: contract.HazardLine['stage']; count: number }>()
  for (const { level, stage } of lines) {
    const key = `${level} ${stage}`
    counts.set(key, { level, stage, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return {
    campaign: await campaignView(call, campaign),
    items: lines.filter(asked(of.query)),
    counts: [...counts.values()],
    late: lines.filter(({ late }) => late).length,
  }
})

const ledgerName = { zh: '隐患台账', en: 'Ledger of hazards' } as const

export const exportLedger = operation(contract.exportLedger, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const { language = 'zh', ...filter } = of.query
  const campaign = await getCampaign(call, of.params.id)
  const lines = (await linesOf(call, campaign)).filter(asked(filter))
  const kinds = await readSetting(tx, actor.streetId, hazardKinds, at)
  const levels = await readSetting(tx, actor.streetId, hazardLevelNames, at)
  const nameIn = (list: readonly { code: string; zh: string; en: string }[], code: string) =>
    list.find((one) => one.code === code)?.[language] ?? code
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(ledgerName[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow(ledgerColumns.map((column) => ledgerTitle[column][language])).font = { bold: true }
  for (const line of lines) {
    const cells: Record<(typeof ledgerColumns)[number], string> = {
      number: line.number,
      title: line.title,
      place: [line.area?.name, line.placeText].filter(Boolean).join(' '),
      kind: nameIn(kinds, line.kind),
      level: nameIn(levels, line.level),
      owner: line.owner,
      supervisor: line.supervisor?.name ?? '',
      rectifyBy: line.rectifyBy ? formatTime(new Date(line.rectifyBy), language) : '',
      stage: hazardStageNames[line.stage][language],
    }
    sheet.addRow(ledgerColumns.map((column) => plainCell(cells[column])))
  }
  for (const index of ledgerColumns.keys()) sheet.getColumn(index + 1).width = 22
  call.audit({ subjectType: 'campaign', subjectId: campaign.id, detail: { rows: lines.length } })
  call.sendAs({
    name: `${ledgerName[language]}-${campaign.name}-${dayOf(at)}.xlsx`,
    mediaType: xlsxMediaType,
  })
  return new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer)
})

const urgencies = { major: 'P1', greater: 'P2', general: 'P3', low: 'P3' } as const

/** One press: the case stands on the ledger and is given out. */
export const putHazard = operation(contract.putHazard, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const { streetId } = actor
  const { kind, level, owner, rectifyOn } = of.body
  const campaign = await getCampaign(call, of.params.id)
  if (!(await campaignView(call, campaign)).open) throw new Refusal('safety/campaign-over')
  if (!campaign.kinds.includes(kind)) throw new Refusal('safety/kind-unknown')
  if (rectifyOn < dayOf(at)) throw new Refusal('safety/date-wrong')
  const holder = await holderOf(call, of.body)
  if (!(await caseStandings(call, [of.params.caseId])).has(of.params.caseId))
    throw new Refusal('safety/not-found')
  const { after, postId } = await giveOut(call, of.params.caseId, {
    special: 'hazard',
    holder,
    urgency: urgencies[level],
    dueOn: rectifyOn,
    rule: rectifyRule,
    answer: '隐患已整改，经复查消除。',
    decide: (row) => mayList(call, campaign, row),
  })
  const line: HazardRow = {
    case_id: after.id,
    campaign_id: campaign.id,
    area: after.area,
    kind,
    level,
    owner: owner.trim(),
    organisation_id: holder.organisationId,
    rectify_on: rectifyOn,
    listed_by: actor.accountId,
    listed_at: at,
  }
  if (!(await putHazardRow(tx, streetId, line))) throw new Refusal('safety/case-elsewhere')
  call.audit({ subjectType: 'case', subjectId: after.id, postId, detail: { campaign: campaign.id, level } })
  const standing = (await caseStandings(call, [after.id])).get(after.id)
  if (!standing) throw new Error('a hazard that was just listed is not there')
  return lineOf(line, standing.summary, at)
})

const rectifyRule = {
  response: { amount: 1, unit: 'natural-days' },
  finish: { amount: 1, unit: 'natural-days' },
  words: {
    zh: '隐患整改期限，由交办时定；延期须另一人批准',
    en: 'The day for rectifying a hazard, set when it was given out; put off only with a second person',
  },
  provisional: false,
}

/** The post under which this case may be listed here. @throws Refusal why not */
function mayList(call: Acting, campaign: CampaignRow, row: CaseRow): string {
  const postId = deskPost(call, row)
  if (!isWithin(row.area, campaign.area)) throw new Refusal('safety/not-your-area')
  const why = candidateRefusal({
    state: row.state,
    isPetition: row.petition !== null,
    isTask: row.task !== null,
    special: row.special,
    isOrderFromAbove: row.channel === 'upstream',
  })
  if (why) throw new Refusal(why)
  return postId
}
