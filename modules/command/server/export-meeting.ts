import type { Language } from '../../../lib/language.ts'
import { operation } from '../../../platform/operation.ts'
import type { PaperFormat } from '../contract.ts'
import * as contract from '../contract.ts'
import { defaultDocx } from './default-docx.ts'
import { defaultXlsx } from './default-xlsx.ts'
import { fillDocx } from './fill-docx.ts'
import { fillXlsx } from './fill-xlsx.ts'
import { newestTemplates } from './meeting-store.ts'
import { getMeetingRow, meetingView } from './meeting-view.ts'
import { paperFields } from './paper-fields.ts'

export const shippedTemplate = async (format: PaperFormat, language: Language): Promise<Uint8Array> =>
  format === 'xlsx' ? await defaultXlsx(language) : defaultDocx(language)

/** 导出: the paper as one sees it, in the street's own template or the shipped one. */
export const exportMeeting = operation(contract.exportMeeting, async (call) => {
  const { tx, actor, params, query } = call
  const { format, language = 'zh' } = query
  const meeting = await meetingView(call, await getMeetingRow(call, params.id))
  const own = (await newestTemplates(tx, actor.streetId)).find((one) => one.format === format)
  const template = own?.content ?? (await shippedTemplate(format, language))
  const fields = paperFields(meeting, language)
  call.audit({ subjectType: 'meeting', subjectId: meeting.id, detail: { format } })
  return Buffer.from(format === 'xlsx' ? await fillXlsx(template, fields) : fillDocx(template, fields))
})
