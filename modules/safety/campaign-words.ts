/** The fixed words of campaigns against hazards 除险清患. */
import type { Bilingual } from '../../lib/language.ts'

export const hazardLevels = ['major', 'greater', 'general', 'low'] as const
export type HazardLevel = (typeof hazardLevels)[number]

/** Where a hazard stands, read from its case. */
export const hazardStages = ['to-give', 'rectifying', 'to-check', 'done', 'long-term', 'dropped'] as const
export type HazardStage = (typeof hazardStages)[number]

export const hazardStageNames: Readonly<Record<HazardStage, Bilingual>> = {
  'to-give': { zh: '待交办', en: 'To be given out' },
  rectifying: { zh: '整改中', en: 'Being rectified' },
  'to-check': { zh: '待复查', en: 'To be re-checked' },
  done: { zh: '已销号', en: 'Done' },
  'long-term': { zh: '长期跟进', en: 'Long-term' },
  dropped: { zh: '不属隐患', en: 'No hazard' },
}
