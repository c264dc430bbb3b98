/** 治脏治乱治违: the register of a year, its counters, its workbook, one line, and its photos. */
import excel from 'exceljs'
import { type QueryOf, xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf, formatTime, startOfDay, yearOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { caseHistory } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { violationColumns, violationTitle } from '../register-cells.ts'
import { evidenceOf, withEvidence } from '../rules/evidence.ts'
import { squareMetresOf } from '../rules/square-metres.ts'
import { countLines } from '../rules/violation.ts'
import { violationKinds } from '../violation-settings.ts'
import { type ViolationType, violationStageNames } from '../violation-words.ts'
import { type Acting, acting } from './acting.ts'
import { findViolation, firstListedAt, violationsBetween } from './violation-store.ts'
import { type SeenLine, seenLines, violationView } from './violation-view.ts'

const shownAtMost = 500

type Filter = Omit<QueryOf<typeof contract.listViolations>, 'year'>

const monthOf = ({ line }: SeenLine): string => line.listedOn.slice(0, 7)

/** The same conditions as those under which the counters count, so that a number opens just its lines. */
const asked =
  ({ month, type, kind, stage, areaId, measured }: Filter) =>
  (one: SeenLine): boolean =>
    (month === undefined || monthOf(one) === month) &&
    (type === undefined || one.line.type === type) &&
    (kind === undefined || one.line.kind === kind) &&
    (stage === undefined || one.line.stage === stage) &&
    (areaId === undefined || one.under.id === areaId) &&
    (measured === undefined || one.line.removedCm2 !== null)

async function linesOfYear(call: Acting, year: number): Promise<SeenLine[]> {
  const [from, before] = [year, year + 1].map((one) => startOfDay(`${one}-01-01`))
  if (!from || !before) throw new Error(`no year ${year}`)
  return seenLines(call, await violationsBetween(call.tx, call.actor.streetId, from, before))
}

export const listViolations = operation(contract.listViolations, async (of) => {
  const call = acting(of)
  const { tx, actor, at } = call
  const today = yearOf(dayOf(at))
  const { year = today, ...filter } = of.query
  const lines = await linesOfYear(call, year)
  const first = await firstListedAt(tx, actor.streetId)
  const shown = lines.filter(asked(filter))
  const kinds = new Map<
    string,
    { code: string; zh: string; en: string; type: ViolationType; measured: boolean }
  >()
  for (const one of await readSetting(tx, actor.streetId, violationKinds, at)) kinds.set(one.code, one)
  for (const { line, measured } of lines)
    if (!kinds.has(line.kind))
      kinds.set(line.kind, { code: line.kind, ...line.kindName, type: line.type, measured })
  return {
    year,
    firstYear: first ? yearOf(dayOf(first)) : today,
    items: shown.slice(0, shownAtMost).map(({ line }) => line),
    total: shown.length,
    late: lines.filter(({ line }) => line.late).length,
    counts: countLines(
      lines.map((one) => ({
        kind: one.line.kind,
        areaId: one.under.id,
        month: monthOf(one),
        stage: one.line.stage,
        removedCm2: one.line.removedCm2,
      })),
    ),
    areas: [...new Map(lines.map(({ under }) => [under.id, under])).values()].map(
      ({ id, code, level, name }) => ({ id, code, level, name }),
    ),
    kinds: [...kinds.values()].map(({ code, zh, en, type, measured }) => ({ code, zh, en, type, measured })),
  }
})

const registerName = { zh: '治脏治乱治违台账', en: 'Register of violations' } as const

export const exportViolations = operation(contract.exportViolations, async (of) => {
  const call = acting(of)
  const { language = 'zh', year = yearOf(dayOf(call.at)), ...filter } = of.query
  const lines = (await linesOfYear(call, year)).filter(asked(filter))
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(registerName[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow(violationColumns.map((column) => violationTitle[column][language])).font = { bold: true }
  for (const { line } of lines) {
    const cells: Record<(typeof violationColumns)[number], string> = {
      number: line.number,
      listedOn: line.listedOn,
      kind: line.kindName[language],
      title: line.title,
      place: [line.area?.name, line.placeText].filter(Boolean).join(' '),
      supervisor: line.supervisor?.name ?? '',
      rectifyBy: line.rectifyBy ? formatTime(new Date(line.rectifyBy), language) : '',
      stage: violationStageNames[line.stage][language],
      area: line.areaCm2 === null ? '' : squareMetresOf(line.areaCm2),
      removed: line.removedCm2 === null ? '' : squareMetresOf(line.removedCm2),
      handedOver: line.handedOver ? `${line.handedOver.to} ${line.handedOver.documentNumber}` : '',
    }
    sheet.addRow(violationColumns.map((column) => plainCell(cells[column])))
  }
  for (const index of violationColumns.keys()) sheet.getColumn(index + 1).width = 20
  call.audit({ subjectType: 'violation', detail: { year, rows: lines.length } })
  call.sendAs({ name: `${registerName[language]}-${year}.xlsx`, mediaType: xlsxMediaType })
  return new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer)
})

export const getViolation = operation(contract.getViolation, async (of) => {
  const call = acting(of)
  const row = await findViolation(call.tx, call.actor.streetId, of.params.id)
  const view = row && (await violationView(call, row))
  if (!view) throw new Refusal('safety/not-found')
  return view
})

/** 前后照片: of a hazard and of a violation alike, through the sight of the case. */
export const getEvidence = operation(contract.getEvidence, async (of) => {
  const call = acting(of)
  const history = await caseHistory(call, of.params.id)
  const special = history?.row.special
  if (!history || (special !== 'hazard' && special !== 'violation')) throw new Refusal('safety/not-found')
  return evidenceOf(history.entries.map(withEvidence))
})
