import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Operation, operation } from '../../../platform/operation.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import * as contract from '../contract.ts'
import { findingWords, roleWords } from '../finding-words.ts'
import { areaReport, type StaffReader } from './area-report.ts'

const words = {
  title: { zh: '网格检查', en: 'Check of areas' },
  kind: { zh: '问题', en: 'Finding' },
  area: { zh: '区域', en: 'Area' },
  code: { zh: '编码', en: 'Code' },
  other: { zh: '相关区域', en: 'Other areas' },
  building: { zh: '楼栋', en: 'Building' },
  figure: { zh: '数量', en: 'Figure' },
  unit: { zh: '单位', en: 'Unit' },
  place: { zh: '位置（经度,纬度 WGS-84）', en: 'Place (lng,lat WGS-84)' },
  mend: { zh: '怎么改', en: 'How to mend it' },
} as const
const widths = {
  kind: 20,
  area: 26,
  code: 18,
  other: 30,
  building: 30,
  figure: 10,
  unit: 12,
  place: 26,
  mend: 50,
}

/** One row a finding; the map of the page shows the same. */
export const exportAreaChecks = (readStaff: StaffReader | undefined): Operation =>
  operation(contract.exportAreaChecks, async (call) => {
    const { tx, actor, at, query } = call
    const language = query.language ?? 'zh'
    const day = query.onDay ?? dayOf(at)
    const asked = { streetId: actor.streetId, day, at, areaId: query.areaId }
    const { findings, tree, buildings } = await areaReport(tx, asked, readStaff)
    const book = new excel.Workbook()
    const sheet = book.addWorksheet(words.title[language], { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = (Object.keys(widths) as (keyof typeof widths)[]).map((key) => ({
      key,
      header: words[key][language],
      width: widths[key],
      style: { alignment: { vertical: 'top' as const, wrapText: true } },
    }))
    sheet.getRow(1).font = { bold: true }
    for (const finding of findings) {
      if (query.kind !== undefined && finding.kind !== query.kind) continue
      const { name, mend, unit } = findingWords[finding.kind]
      const [area, ...others] = finding.areaIds.flatMap((id) => tree.byId.get(id) ?? [])
      const building = buildings.get(finding.buildingId ?? '')
      const role =
        finding.role === undefined ? '' : `：${roleWords[finding.role]?.[language] ?? finding.role}`
      sheet.addRow({
        kind: `${name[language]}${role}`,
        area: plainCell(area?.name ?? ''),
        code: plainCell(area?.code ?? ''),
        other: plainCell(others.map((other) => other.name).join('、')),
        building: plainCell(building ? `${building.name} ${building.address}` : ''),
        figure: finding.figure ?? '',
        unit: finding.figure === undefined ? '' : (unit?.[language] ?? ''),
        place: finding.at ? finding.at.map((one) => one.toFixed(6)).join(',') : '',
        mend: mend[language],
      })
    }
    call.audit({ subjectType: 'area-checks', detail: { onDay: day, rows: findings.length } })
    call.sendAs({ name: `${words.title[language]}-${day}.xlsx`, mediaType: xlsxMediaType })
    return new Uint8Array(await book.xlsx.writeBuffer())
  })
