import { dayOf, formatDay } from '../../../lib/time.ts'
import { drawPaper } from '../../../platform/pdf.ts'
import type { HonourRow } from './honour-store.ts'

export interface HonourPaper {
  readonly row: HonourRow
  readonly name: string
  readonly street: string
  readonly community: string
  readonly code: string
  /** What the QR code opens: the page where everybody checks it. */
  readonly target: string
}

/** The same honour is always the same paper. */
export function honourPaper({ row, name, street, community, code, target }: HonourPaper): Promise<Buffer> {
  const organisation = row.kind === 'organisation'
  return drawPaper({ size: 'A4', title: `荣誉证书 ${row.number}`, at: row.given_at }, (paper) => {
    paper.qr(target, 28, '扫码查验真伪')
    paper.text(`${street} · ${community}`, { size: 10, grey: true, after: 0.1 })
    paper.title('荣誉证书')
    paper.text('')
    paper.text(`${name}：`, { size: 15 })
    paper.text(
      `    ${row.year} 年度，${organisation ? '贵单位' : '您'}热心社区公益，全年获得服务积分 ${row.points} 分，被评为“年度${organisation ? '爱心单位' : '爱心志愿者'}”。`,
      { size: 13, after: 0.8 },
    )
    paper.text('    特发此证，以资感谢。', { size: 13, after: 1.6 })
    paper.facts([
      ['颁发', `${street} ${community}（盖章）`],
      ['颁发日期', formatDay(dayOf(row.given_at), 'zh')],
      ['证书编号', row.number],
      ['校验码', code],
    ])
    paper.text('积分兑换不影响本荣誉。扫码，或在“荣誉证书查验”页输入编号和校验码，可以查验真伪和是否撤销。', {
      size: 9,
      grey: true,
    })
  })
}
