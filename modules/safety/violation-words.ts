/** The fixed words of violations 治脏治乱治违. */
import type { Bilingual } from '../../lib/language.ts'

/** What a kind of violation is counted under; a street gives the three its own names. */
export const violationTypes = ['dirt', 'disorder', 'breach'] as const
export type ViolationType = (typeof violationTypes)[number]

/** Where a violation stands, read from its case and from whether it was handed over. */
export const violationStages = [
  'to-give',
  'rectifying',
  'to-check',
  'put-right',
  'handed-over',
  'left',
  'dropped',
] as const
export type ViolationStage = (typeof violationStages)[number]

export const violationStageNames: Readonly<Record<ViolationStage, Bilingual>> = {
  'to-give': { zh: '待交办', en: 'To be given out' },
  rectifying: { zh: '整改中', en: 'Being put right' },
  'to-check': { zh: '待复查', en: 'To be re-checked' },
  'put-right': { zh: '已整改', en: 'Put right' },
  'handed-over': { zh: '已移交', en: 'Handed over' },
  left: { zh: '未整改到位', en: 'Not wholly put right' },
  dropped: { zh: '不属违法', en: 'No violation' },
}
