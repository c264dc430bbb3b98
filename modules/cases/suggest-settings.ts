/** What a street lets its text model do by itself, and whether a helper outside may draft words. Both are off. */
import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

const strict = { additionalProperties: false } as const

export const autoDispatch = defineSetting({
  key: 'cases.autoDispatch',
  group: 'cases',
  words: { zh: '有把握时自动派单的事项', en: 'Matters dispatched by themselves when it is certain' },
  help: {
    zh: '填事项编号和最低把握（%）。新诉求被判为该事项、把握不低于这个数、职责清单上必须承办的单位只有一个时，系统自动受理并派单，经过里写明是系统、把握多少、依据哪一条。紧急的、保密的、地点不明的、说得像要打 110 的都不自动派。留空就都由人派。',
    en: 'Codes of matters with the least certainty in percent. A new case that is taken for such a matter with at least that certainty, whose duty list names exactly one organisation that must act, is accepted and assigned by the system; its history says so, with the certainty and the reason. Urgent and confidential cases, those without a place and those that sound like an emergency are left to people. Empty: people dispatch everything.',
  },
  schema: Type.Array(
    Type.Object(
      {
        matterCode: Type.String({ minLength: 2, maxLength: 20 }),
        atLeastPercent: Type.Integer({ minimum: 80, maximum: 100 }),
      },
      strict,
    ),
    { maxItems: 60 },
  ),
  fallback: [],
  labels: {
    matterCode: { zh: '事项编号', en: 'Matter code' },
    atLeastPercent: { zh: '把握不低于（%）', en: 'Certainty at least (%)' },
  },
})

export const draftsByHelper = defineSetting({
  key: 'cases.draftsByHelper',
  group: 'cases',
  words: { zh: '请外部模型起草答复', en: 'Let a model outside draft replies' },
  help: {
    zh: '打开后，办理人员可以请外部模型起草摘要和答复；发出前遮去姓名、电话、证件号和门牌，保密诉求不发。地址和密钥由机房在环境变量里设置，没有设置时这一项不起作用。起草的文字总要由人改过、由人发出。',
    en: 'Staff may then ask a model outside for a draft of a summary or reply. Names, phones, id numbers and doors are masked before anything leaves, and confidential cases never leave. Its address and key stand in the environment of the server; without them this does nothing. A person always edits and sends the words.',
  },
  schema: Type.Boolean(),
  fallback: false,
})

export const suggestSettings = [autoDispatch, draftsByHelper] as const
