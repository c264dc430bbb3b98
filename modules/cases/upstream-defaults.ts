/** Sources of orders that every street has until it says otherwise; changing one makes it the street's own. */
import type { InsideUnit, UpstreamKind } from './words.ts'

export interface UpstreamSourceFacts {
  code: string
  name: string
  nameEn: string
  kind: UpstreamKind
  /** Their classification to a code of our catalogue. */
  mapping: Readonly<Record<string, string>>
  insideAmount: number
  insideUnit: InsideUnit
  replyTemplate: string
  /** Best first; the words of those above. */
  ratingScale: readonly string[]
  contact: string | null
  active: boolean
}

const replyTemplate =
  '{outsideNumber}号工单“{title}”，我街道于{acceptedOn}受理，由{organisation}办理，{contactedOn}与来电人联系。办理情况：{answer}办理结果：{outcome}。（{answeredOn}）'

const source = (code: string, name: string, nameEn: string, kind: UpstreamKind): UpstreamSourceFacts => ({
  code,
  name,
  nameEn,
  kind,
  mapping: {},
  insideAmount: 1,
  insideUnit: 'working-days',
  replyTemplate,
  ratingScale: ['满意', '基本满意', '一般', '不满意', '未评价'],
  contact: null,
  active: true,
})

export const defaultSources: readonly UpstreamSourceFacts[] = [
  source('12345', '12345政务服务便民热线', 'Hotline 12345', 'hotline'),
  source('district', '区治理中心', 'District centre', 'district-centre'),
  source('petition', '网上信访转办', 'Online petitions', 'petition'),
  source('school', '校园专线', 'School line', 'school'),
  source('consumer', '12315消费专线', 'Consumer line 12315', 'consumer'),
]
