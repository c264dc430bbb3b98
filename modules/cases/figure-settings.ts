import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'
import { satisfactionNames } from './case-names.ts'

export const acceptWithinMinutes = defineSetting({
  key: 'cases.acceptWithinMinutes',
  group: 'times',
  words: { zh: '多久以内受理算按时立案', en: 'Accepted in time: within' },
  help: {
    zh: '从登记到受理不超过这个时间，算按时立案；夜里和周末也计时。改了以后，只对之后登记的诉求起作用。',
    en: 'A case accepted within this time of being filed counts as accepted in time; nights and weekends count. A change holds for what is filed from then on.',
  },
  schema: Type.Integer({ minimum: 5, maximum: 10_080 }),
  // Rule: rules.md §1.5, stage limits in practice: 受理/立案 within 10 to 30 minutes.
  fallback: 30,
  unit: { zh: '分钟', en: 'minutes' },
})

const Weight = Type.Integer({ minimum: 0, maximum: 100 })

export const satisfactionWeights = defineSetting({
  key: 'cases.satisfactionWeights',
  group: 'cases',
  words: { zh: '满意率各档怎么折算', en: 'How much each grade of satisfaction counts' },
  help: {
    zh: '分档折算的满意率：每条评价按它的档折算成百分之几，再除以评价的件数。各地算法不同，请按上级的口径填。',
    en: 'For the graded rate each rating counts as so many per cent, and the sum is divided by the number of ratings. Places differ: enter what those above you ask for.',
  },
  schema: Type.Object(
    { satisfied: Weight, mostly: Weight, fair: Weight, dissatisfied: Weight },
    { additionalProperties: false },
  ),
  // Rule: rules.md §4.3, 满意率: 满意 1, 基本满意 about 0.8, 一般 about 0.6, 不满意 0; the values vary from place to place.
  fallback: { satisfied: 100, mostly: 80, fair: 60, dissatisfied: 0 },
  unit: { zh: '%', en: '%' },
  labels: satisfactionNames,
})

export const figureSettings = [acceptWithinMinutes, satisfactionWeights] as const
