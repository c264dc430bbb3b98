/** 满意率 by grade: each rating counts as the street's setting says. */
import type { Bilingual, Language } from '../../lib/language.ts'
import { satisfactionNames } from './case-names.ts'
import { type Satisfaction, satisfactions } from './words.ts'

export const gradedName: Bilingual = { zh: '满意率（分档折算）', en: 'Satisfaction, by grade' }

const meaning: Bilingual = {
  zh: '期内每条评价按“设置”里的折算（{grades}）算成百分之几，再除以评价的件数。',
  en: 'Each rating of the period counts as the settings say ({grades}); the sum is divided by the number of ratings.',
}

/** With the weights that hold: 满意 100%、基本满意 80% … */
export function gradedMeaning(weights: Readonly<Record<Satisfaction, number>>, language: Language): string {
  const grades = satisfactions.map((grade) => `${satisfactionNames[grade][language]} ${weights[grade]}%`)
  return meaning[language].replace('{grades}', grades.join(language === 'zh' ? '、' : ', '))
}
