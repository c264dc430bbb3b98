import { maskIdNumberForPublic } from '../../../lib/mask.ts'
import { type Day, dayOf, formatDay } from '../../../lib/time.ts'
import { drawPaper, type Paper } from '../../../platform/pdf.ts'
import type { CertificateRow } from './certificate-store.ts'

export interface CertificatePaper {
  row: CertificateRow
  name: string
  idNumber: string | undefined
  birthOn: Day
  joinedOn: Day | undefined
  streetName: string
  code: string
  target: string
  at: Date
}

/** As many as fit on the first page with its seal; what does not stands in the sum. */
const mostLines = 18

/** 3 小时 30 分钟; the law counts hours, and minutes are told where there are any. */
export function hoursWords(minutes: number): string {
  const whole = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [whole > 0 || rest === 0 ? `${whole} 小时` : '', rest > 0 ? `${rest} 分钟` : '']
    .filter(Boolean)
    .join(' ')
}

/** The same certificate is always the same paper. */
// Rule: 志愿服务记录与证明出具办法(试行) 2021 (rules.md §8): name, paper, number, hours, content, issuer, head, handler, contact, date.
export function certificatePaper(paper: CertificatePaper): Promise<Buffer> {
  return drawPaper({ size: 'A4', title: `志愿服务记录证明 ${paper.row.number}`, at: paper.at }, (sheet) =>
    draw(sheet, paper),
  )
}

function draw(
  sheet: Paper,
  { row, name, idNumber, birthOn, joinedOn, streetName, code, target, at }: CertificatePaper,
): void {
  const facts = row.facts
  if (!facts) return
  const day = (on: Day) => formatDay(on, 'zh')
  sheet.qr(target, 28, '扫码查验真伪')
  sheet.text(`${streetName} · ${facts.groupName}`, { size: 10, grey: true, after: 0.1 })
  sheet.title('志愿服务记录证明')
  sheet.facts([
    ['证明编号', row.number ?? ''],
    ['校验码', code],
    ['姓名', name],
    ['证件', idNumber === undefined ? '未登记证件号码' : `居民身份证 ${maskIdNumberForPublic(idNumber)}`],
    ['出生日期', day(birthOn)],
    ['志愿者登记', joinedOn === undefined ? '' : day(joinedOn)],
    ['服务起止', `${day(row.from_on)} 至 ${day(row.to_on)}`],
    ['服务时间', `${hoursWords(facts.minutes)}（实际服务时间，不含路途、休息、用餐）`],
  ])
  sheet.text('服务内容', { grey: true, after: 0.1 })
  sheet.facts(
    facts.lines
      .slice(0, mostLines)
      .map((line) => [
        day(line.on),
        `${line.title} · ${hoursWords(line.minutes)}${line.placeText ? ` · ${line.placeText}` : ''}`,
      ]),
  )
  if (facts.lines.length > mostLines)
    sheet.text(`另有 ${facts.lines.length - mostLines} 次服务，已计入服务时间。`, { grey: true })
  sheet.facts([
    ['出具组织', facts.groupName],
    ['负责人', facts.head],
    ['经办人', row.handler ?? ''],
    ['联系方式', facts.phone],
    ['出具日期', day(dayOf(at))],
  ])
  sheet.text('以上服务由本组织记录，情况属实，特此证明。（盖章）', { after: 0.6 })
  sheet.text('本证明免费出具。扫码，或在“证明查验”页输入编号和校验码，可以查验真伪和是否撤销。', {
    size: 9,
    grey: true,
  })
}
