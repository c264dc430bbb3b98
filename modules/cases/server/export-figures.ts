import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import { operation } from '../../../platform/operation.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { lengthNames } from '../case-lengths.ts'
import * as contract from '../contract.ts'
import { figurePlan, sectionNames } from '../figure-plan.ts'
import { gradedMeaning, gradedName } from '../graded-rate.ts'
import { figuresFor } from './get-figures.ts'

const words = {
  title: { zh: '诉求数据', en: 'Case figures' },
  line: { zh: '范围', en: 'Scope' },
  section: { zh: '类别', en: 'Section' },
  figure: { zh: '指标', en: 'Figure' },
  numerator: { zh: '数量', en: 'Count' },
  denominator: { zh: '分母', en: 'Of' },
  rate: { zh: '比率', en: 'Rate' },
  meaning: { zh: '口径', en: 'What it means' },
  none: { zh: '（未归属）', en: '(none)' },
  median: { zh: '中位数（小时）', en: 'Median (hours)' },
  p90: { zh: '九成在此以内（小时）', en: 'Nine of ten within (hours)' },
  cases: { zh: '件数', en: 'Cases' },
  times: { zh: '用时', en: 'Lengths' },
  length: { zh: '阶段', en: 'Length' },
} as const

/** A row for each line and figure, with its denominator beside it; "—" where there is nothing to divide by. */
export const exportFigures = operation(contract.exportFigures, async (call) => {
  const { language = 'zh', ...query } = call.query
  const view = await figuresFor(call, query)
  const book = new excel.Workbook()
  const lines = [{ ...view.total, name: view.scope.name }, ...view.lines]
  const sheet = book.addWorksheet(words.title[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  const columns = ['line', 'section', 'figure', 'numerator', 'denominator', 'rate', 'meaning'] as const
  sheet.columns = columns.map((key) => ({
    key,
    header: words[key][language],
    width: key === 'meaning' ? 60 : 18,
  }))
  for (const line of lines)
    for (const { figure, numerator, denominator } of line.figures) {
      const planned = figurePlan.find((one) => one.figure === figure)
      sheet.addRow({
        line: plainCell(line.name ?? words.none[language]),
        section: planned ? sectionNames[planned.section][language] : '',
        figure: (planned?.rate ?? contract.figureNames[figure])[language],
        numerator,
        denominator: denominator ?? '',
        rate: denominator === null ? '' : denominator === 0 ? '—' : numerator / denominator,
        meaning: planned?.meaning[language] ?? '',
      })
    }
  for (const line of lines)
    if (line.figures.some(({ figure }) => figure === 'rated-fully'))
      sheet.addRow({
        line: plainCell(line.name ?? words.none[language]),
        section: sectionNames.rating[language],
        figure: gradedName[language],
        rate: line.graded === null ? '—' : line.graded / 100,
        meaning: gradedMeaning(view.weights, language),
      })
  sheet.getColumn('rate').numFmt = '0.0%'
  const times = book.addWorksheet(words.times[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  times.columns = (['line', 'length', 'cases', 'median', 'p90'] as const).map((key) => ({
    key,
    header: words[key][language],
    width: 24,
  }))
  for (const line of lines)
    for (const { length, cases, median, p90 } of line.lengths)
      times.addRow({
        line: plainCell(line.name ?? words.none[language]),
        length: lengthNames[length][language],
        cases,
        median: Number((median / 60).toFixed(1)),
        p90: Number((p90 / 60).toFixed(1)),
      })
  call.audit({ subjectType: 'figures', detail: { ...query, lines: view.lines.length } })
  call.sendAs({ name: `${words.title[language]}-${view.from}-${view.to}.xlsx`, mediaType: xlsxMediaType })
  return new Uint8Array(await book.xlsx.writeBuffer())
})
