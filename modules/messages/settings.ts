/** What a street changes itself about how people are told: quiet hours, what leaves the system, and every text. */
import { Type } from 'typebox'
import { Words } from '../../lib/contract.ts'
import { defineSetting, type StreetSetting } from '../../lib/setting.ts'
import type { Reader } from './notice-parts.ts'
import { noticeFields, templatePattern } from './rules/fill-template.ts'
import { type NoticeTemplate, noticeTemplates } from './templates/index.ts'

const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })

export const quietHours = defineSetting({
  key: 'messages.quietHours',
  group: 'messages',
  words: { zh: '免打扰时间', en: 'Quiet hours' },
  help: {
    zh: '这段时间里不发短信和工作群消息，到时间后再发；P0 紧急事件照发。系统内的消息不受影响。两个时间相同表示不设免打扰。',
    en: 'In this time no text and no chat message leaves; they go out when it ends. P0 goes out all the same. Messages inside the system are not held back. Two equal times mean none.',
  },
  schema: Type.Object({ from: TimeOfDay, until: TimeOfDay }, { additionalProperties: false }),
  fallback: { from: '22:00', until: '07:00' },
  labels: { from: { zh: '从', en: 'From' }, until: { zh: '到', en: 'Until' } },
})

export const deskPhone = defineSetting({
  key: 'messages.deskPhone',
  group: 'messages',
  words: { zh: '咨询电话', en: 'Phone of the desk' },
  help: {
    zh: '印在受理回执上，也可以写进通知。街道对外公开的电话，不要填个人手机。',
    en: 'Printed on the slip and usable in texts. A public number of the street, never somebody’s own.',
  },
  schema: Type.String({ pattern: '^[0-9 +()-]{0,30}$' }),
  fallback: '',
})

const eventsOf = (reader: (one: Reader) => boolean) => {
  const templates = noticeTemplates.filter((one) => reader(one.reader))
  return {
    events: [...new Set(templates.map(({ event }) => event))],
    usual: [...new Set(templates.filter(({ goesOut }) => goesOut).map(({ event }) => event))],
    labels: Object.fromEntries(templates.map(({ event, words }) => [event, words])),
  }
}
const forResidents = eventsOf((reader) => reader === 'resident')
const forStaff = eventsOf((reader) => reader !== 'resident')

export const textEvents = defineSetting({
  key: 'messages.textEvents',
  group: 'messages',
  words: { zh: '给居民发短信的事', en: 'What residents get a text about' },
  help: {
    zh: '其余的事只在“我的消息”里告知。没有账号的居民只会收到短信，发不到的由工作人员打电话。',
    en: 'Of all else they are told inside the system only. A resident without an account gets texts alone; where none arrives, somebody phones.',
  },
  schema: Type.Array(Words(forResidents.events), { uniqueItems: true }),
  fallback: forResidents.usual,
  labels: forResidents.labels,
})

export const chatEvents = defineSetting({
  key: 'messages.chatEvents',
  group: 'messages',
  words: { zh: '发到工作群的事', en: 'What the work chat hears of' },
  help: {
    zh: '需要先由运维人员接好工作群机器人。群里只出现编号和期限，不出现居民信息。',
    en: 'Needs a group robot that the operator has connected. The group reads numbers and deadlines, nothing about residents.',
  },
  schema: Type.Array(Words(forStaff.events), { uniqueItems: true }),
  fallback: forStaff.usual,
  labels: forStaff.labels,
})

const readerWords = {
  resident: { zh: '给居民', en: 'to the resident' },
  holder: { zh: '给承办人', en: 'to the holder' },
  desk: { zh: '给受理台', en: 'to the desk' },
} as const satisfies Record<Reader, { zh: string; en: string }>

function textSetting(template: NoticeTemplate) {
  const { event, reader, words, fields, text } = template
  const listed = (language: 'zh' | 'en') =>
    fields.map((field) => `{${field}} ${noticeFields[field][language]}`).join(language === 'zh' ? '、' : ', ')
  const Text = Type.String({ minLength: 1, maxLength: 200, pattern: templatePattern(fields) })
  return defineSetting({
    key: `messages.text.${event}.${reader}`,
    group: 'messages',
    words: {
      zh: `通知模板：${words.zh}（${readerWords[reader].zh}）`,
      en: `Text: ${words.en} (${readerWords[reader].en})`,
    },
    help: {
      zh: `可以用的栏目：${listed('zh')}。花括号里写别的会被退回。`,
      en: `Fields you can use: ${listed('en')}. Anything else in braces is refused.`,
    },
    schema: Type.Object({ zh: Text, en: Text }, { additionalProperties: false }),
    fallback: { zh: text.zh, en: text.en },
    labels: { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } },
  })
}
type TextSetting = ReturnType<typeof textSetting>

const texts = new Map<NoticeTemplate, TextSetting>(noticeTemplates.map((one) => [one, textSetting(one)]))

/** The setting that holds the words of a template. */
export function textOf(template: NoticeTemplate): TextSetting {
  const setting = texts.get(template)
  if (setting === undefined) throw new Error(`no setting for the text of ${template.event}`)
  return setting
}

export const messageSettings: readonly StreetSetting[] = [
  quietHours,
  deskPhone,
  textEvents,
  chatEvents,
  ...texts.values(),
]
