/** What a street changes itself about volunteering: kinds and skills are data, and so are the days of notice. */
import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

const strict = { additionalProperties: false } as const
const Code = Type.String({ minLength: 1, maxLength: 30, pattern: '^[a-z0-9-]+$' })
const Word = Type.String({ minLength: 1, maxLength: 20 })
const EnglishWord = Type.String({ minLength: 1, maxLength: 40 })
const listLabels = {
  code: { zh: '代码（小写字母，用过的不要改）', en: 'Code (lower case; keep once used)' },
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
  licensed: { zh: '要有资格证', en: 'Needs a licence' },
}

export const serviceKinds = defineSetting({
  key: 'volunteering.kinds',
  group: 'volunteering',
  words: { zh: '志愿服务类别', en: 'Kinds of volunteering' },
  help: {
    zh: '活动、居民求助和志愿者的意愿都从这里选。',
    en: 'Activities, needs and what volunteers like to do are chosen from these.',
  },
  schema: Type.Array(Type.Object({ code: Code, zh: Word, en: EnglishWord }, strict), {
    minItems: 1,
    maxItems: 40,
  }),
  // Rule: systems.md 000-22 names the first three.
  fallback: [
    { code: 'elder-care', zh: '养老助残', en: 'Help for old and disabled people' },
    { code: 'safety', zh: '平安创建', en: 'A safe neighbourhood' },
    { code: 'convenience', zh: '便民服务', en: 'Everyday services' },
    { code: 'children', zh: '儿童关爱', en: 'Care for children' },
    { code: 'environment', zh: '环境整治', en: 'Clean surroundings' },
    { code: 'culture', zh: '文体活动', en: 'Culture and sport' },
    { code: 'mind', zh: '心理陪伴', en: 'Company and counsel' },
  ],
  labels: listLabels,
})

export const skillKinds = defineSetting({
  key: 'volunteering.skills',
  group: 'volunteering',
  words: { zh: '志愿者技能', en: 'Skills of volunteers' },
  help: {
    zh: '要资格证的技能，登记时填证书到期日；到期后不能报需要它的活动。',
    en: 'A licensed skill is noted with the last day of its licence; after that its activities are closed to the volunteer.',
  },
  schema: Type.Array(
    Type.Object({ code: Code, zh: Word, en: EnglishWord, licensed: Type.Boolean() }, strict),
    { minItems: 1, maxItems: 60 },
  ),
  fallback: [
    { code: 'hair', zh: '理发', en: 'Hairdressing', licensed: false },
    { code: 'repair', zh: '小家电维修', en: 'Small repairs', licensed: false },
    { code: 'teaching', zh: '教学辅导', en: 'Teaching', licensed: false },
    { code: 'electrician', zh: '电工', en: 'Electrician', licensed: true },
    { code: 'medicine', zh: '医疗护理', en: 'Medicine and nursing', licensed: true },
    { code: 'law', zh: '法律咨询', en: 'Legal advice', licensed: true },
    { code: 'counselling', zh: '心理咨询', en: 'Counselling', licensed: true },
    { code: 'first-aid', zh: '急救', en: 'First aid', licensed: true },
  ],
  labels: listLabels,
})

/** Solar ones on the same day each year, lunar ones by the old calendar. */
export const festivals = defineSetting({
  key: 'volunteering.festivals',
  group: 'volunteering',
  words: { zh: '节日活动日历', en: 'Calendar of festivals' },
  help: {
    zh: '社区每年按这些节日和宣传日安排活动。历法选 lunar 的按农历算，solar 的按公历算。',
    en: 'Communities plan activities for these days each year. Lunar ones follow the old calendar, solar ones the new.',
  },
  schema: Type.Array(
    Type.Object(
      {
        code: Code,
        zh: Word,
        en: EnglishWord,
        calendar: Type.Union([Type.Literal('solar'), Type.Literal('lunar')]),
        month: Type.Integer({ minimum: 1, maximum: 12 }),
        day: Type.Integer({ minimum: 1, maximum: 31 }),
      },
      strict,
    ),
    { maxItems: 40 },
  ),
  // Rule: systems.md 003-25 names 六一, 端午, 爱眼 and 安全宣传.
  fallback: [
    { code: 'spring', zh: '春节', en: 'Spring Festival', calendar: 'lunar', month: 1, day: 1 },
    { code: 'lantern', zh: '元宵节', en: 'Lantern Festival', calendar: 'lunar', month: 1, day: 15 },
    { code: 'lei-feng', zh: '学雷锋日', en: 'Lei Feng Day', calendar: 'solar', month: 3, day: 5 },
    { code: 'labour', zh: '劳动节', en: 'Labour Day', calendar: 'solar', month: 5, day: 1 },
    { code: 'children', zh: '儿童节', en: 'Children’s Day', calendar: 'solar', month: 6, day: 1 },
    { code: 'eyes', zh: '爱眼日', en: 'Eye Care Day', calendar: 'solar', month: 6, day: 6 },
    { code: 'dragon-boats', zh: '端午节', en: 'Dragon Boat Festival', calendar: 'lunar', month: 5, day: 5 },
    { code: 'safety', zh: '安全宣传日', en: 'Work Safety Day', calendar: 'solar', month: 6, day: 16 },
    { code: 'mid-autumn', zh: '中秋节', en: 'Mid-Autumn Festival', calendar: 'lunar', month: 8, day: 15 },
    { code: 'national', zh: '国庆节', en: 'National Day', calendar: 'solar', month: 10, day: 1 },
    { code: 'double-nine', zh: '重阳节', en: 'Double Ninth Festival', calendar: 'lunar', month: 9, day: 9 },
    { code: 'fire', zh: '消防宣传日', en: 'Fire Safety Day', calendar: 'solar', month: 11, day: 9 },
    { code: 'volunteers', zh: '志愿者日', en: 'Volunteer Day', calendar: 'solar', month: 12, day: 5 },
  ],
  labels: {
    ...listLabels,
    calendar: { zh: '历法', en: 'Calendar' },
    solar: { zh: '公历', en: 'Solar' },
    lunar: { zh: '农历', en: 'Lunar' },
    month: { zh: '月', en: 'Month' },
    day: { zh: '日', en: 'Day' },
  },
})

export const noticeDays = defineSetting({
  key: 'volunteering.noticeDays',
  group: 'volunteering',
  words: { zh: '时长公示天数', en: 'Days of notice before hours are entered' },
  help: {
    zh: '记入之前，在记录组织的成员中公示几天。至少三天。',
    en: 'How long hours are shown to the members of the recording organisation before they are entered. Three at least.',
  },
  // Rule: rules.md §8: 公示 of three days or more before entry (2021 rules); 2015 guideline seven.
  schema: Type.Integer({ minimum: 3, maximum: 30 }),
  fallback: 3,
  unit: { zh: '天', en: 'days' },
})

export const offerHours = defineSetting({
  key: 'volunteering.offerHours',
  group: 'volunteering',
  words: { zh: '候补答复时间', en: 'Time to answer for a free place' },
  help: {
    zh: '有人取消报名，空出的名额留给候补第一位几个小时；没有答复就顺延给下一位。活动开始后不再顺延。',
    en: 'How long a place that became free is kept for whoever waits longest; unanswered it goes to the next. It ends when the shift begins.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 72 }),
  fallback: 12,
  unit: { zh: '小时', en: 'hours' },
})

export const volunteeringSettings = [serviceKinds, skillKinds, festivals, noticeDays, offerHours] as const
