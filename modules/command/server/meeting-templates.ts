/** The street's own templates of the meeting's paper: which count, the file itself, and a new one. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PaperFormat, TemplateView } from '../contract.ts'
import * as contract from '../contract.ts'
import { shippedTemplate } from './export-meeting.ts'
import { countDocxFields } from './fill-docx.ts'
import { countXlsxFields } from './fill-xlsx.ts'
import { insertTemplate, newestTemplates, type TemplateRow } from './meeting-store.ts'

const viewOf = (format: PaperFormat, row: TemplateRow | undefined): TemplateView => ({
  format,
  fileName: row?.file_name ?? null,
  putAt: row?.put_at.toISOString() ?? null,
})

export const listTemplates = operation(contract.listTemplates, async ({ tx, actor }) => {
  const rows = await newestTemplates(tx, actor.streetId)
  return {
    items: contract.paperFormats.map((format) =>
      viewOf(
        format,
        rows.find((row) => row.format === format),
      ),
    ),
  }
})

export const getTemplate = operation(contract.getTemplate, async ({ tx, actor, params, query }) => {
  const own = (await newestTemplates(tx, actor.streetId)).find((row) => row.format === params.format)
  return Buffer.from(own?.content ?? (await shippedTemplate(params.format, query.language ?? 'zh')))
})

export const putTemplate = operation(contract.putTemplate, async (call) => {
  const { tx, actor, at, params, body } = call
  const content = body.contentBase64 === undefined ? null : Buffer.from(body.contentBase64, 'base64')
  if (content !== null && !(await isTemplate(params.format, content)))
    throw new Refusal('command/template-unfit')
  const fileName = content === null ? null : (body.fileName ?? `meeting.${params.format}`)
  const id = call.newId()
  await insertTemplate(tx, actor.streetId, {
    id,
    format: params.format,
    fileName,
    content,
    by: actor.accountId,
    at,
  })
  call.audit({
    subjectType: 'meeting-template',
    subjectId: id,
    detail: { format: params.format, bytes: content?.length ?? 0 },
  })
  return { format: params.format, fileName, putAt: at.toISOString() }
})

/** It opens, within limits, and holds at least one {{field}}. */
async function isTemplate(format: PaperFormat, content: Buffer): Promise<boolean> {
  try {
    return (format === 'xlsx' ? await countXlsxFields(content) : countDocxFields(content)) > 0
  } catch {
    return false
  }
}
